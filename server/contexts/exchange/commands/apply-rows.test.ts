import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { TableKind } from '../contract.ts'
import { groupsOf, wavesOf } from './apply-rows.ts'

function check(kind: TableKind, ...rows: readonly string[]): readonly (readonly string[])[] {
  const records = rows.map((row, n) => {
    const [sku = '', more = ''] = row.split(' ')
    const header = { products: 'product', prices: 'currency', stock: 'warehouse' }[kind]
    const cells = new Map([
      ['sku', sku],
      ...(more === '' ? [] : [[header, more] as const]),
    ] as const)
    return { line: n + 2, cells }
  })
  return wavesOf(kind, groupsOf(kind, records)).map((wave) =>
    wave.map((group) => group.map(({ line }) => line).join('+')),
  )
}

test('rows of one product that follow one another are one change, others go side by side', () => {
  assert.deepEqual(check('products', 'A tee', 'B tee', 'C', 'D'), [['2+3', '4', '5']])
})

test('what is said of a SKU or a product again is applied behind what was said before', () => {
  assert.deepEqual(check('products', 'A', 'B', 'A', 'C'), [
    ['2', '3'],
    ['4', '5'],
  ])
  assert.deepEqual(check('products', 'A tee', 'C', 'B tee'), [['2', '3'], ['4']])
})

test('prices in several currencies and units in several warehouses are different things', () => {
  assert.deepEqual(check('prices', 'A EUR', 'A USD', 'A EUR'), [['2', '3'], ['4']])
  assert.deepEqual(check('stock', 'A kyiv', 'A lviv', 'B kyiv'), [['2', '3', '4']])
})
