import assert from 'node:assert/strict'
import { test } from 'node:test'

import { openRoom, turns } from '#platform/turns'

import type { TableKind } from '../contract.ts'
import { groupsOf } from './apply-rows.ts'
import { thingsOf } from './judge-rows.ts'

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** The lines that are worked on at a time, when all that is under way ends together. */
async function check(
  kind: TableKind,
  ...rows: readonly string[]
): Promise<readonly (readonly string[])[]> {
  const records = rows.map((row, n) => {
    const [sku = '', more = '', components = ''] = row.split(' ')
    const header = { products: 'product', prices: 'currency', stock: 'warehouse' }[kind]
    const cells = [
      ['sku', sku] as const,
      [header, more] as const,
      ['components', components] as const,
    ]
    return { line: n + 2, cells: new Map(cells.filter(([, text]) => text !== '')) }
  })
  const inTurn = turns()
  let begun: { readonly lines: string; end(): void }[] = []
  const all = groupsOf(kind, records).map((group) => {
    const { names, needs } = thingsOf(kind, group)
    const lines = group.map(({ line }) => line).join('+')
    return inTurn(names, needs, () => new Promise<void>((end) => begun.push({ lines, end })))
  })
  const rounds: string[][] = []
  while (begun.length > 0) {
    const round = begun
    begun = []
    rounds.push(round.map(({ lines }) => lines))
    for (const { end } of round) end()
    await tick()
  }
  await Promise.all(all)
  return rounds
}

test('rows of one product that follow one another are one change, others go side by side', async () => {
  assert.deepEqual(await check('products', 'A tee', 'B tee', 'C', 'D'), [['2+3', '4', '5']])
})

test('what is said of a SKU or a product again is applied behind what was said before', async () => {
  assert.deepEqual(await check('products', 'A', 'B', 'A', 'C', 'A'), [
    ['2', '3', '5'],
    ['4'],
    ['6'],
  ])
  assert.deepEqual(await check('products', 'A tee', 'C', 'B tee'), [['2', '3'], ['4']])
})

test('prices in several currencies and units in several warehouses are different things', async () => {
  assert.deepEqual(await check('prices', 'A EUR', 'A USD', 'A EUR'), [['2', '3'], ['4']])
  assert.deepEqual(await check('stock', 'A kyiv', 'A lviv', 'B kyiv'), [['2', '3', '4']])
})

test('a bundle waits for the rows that make what it is put together from', async () => {
  const rows = ['A a', 'C c', 'SET set A*2;B', 'B b', 'KIT kit D']
  assert.deepEqual(await check('products', ...rows), [['2', '3', '5', '6'], ['4']])
})

test('what fails holds up nobody behind it', async () => {
  const inTurn = turns()
  const failed = inTurn(['A'], [], () => Promise.reject(new Error('no')))
  assert.equal(await inTurn(['A'], [], () => Promise.resolve('yes')), 'yes')
  await assert.rejects(failed, /no/)
})

test('nobody enters a full room before somebody leaves', async () => {
  const room = openRoom(2)
  const entered: number[] = []
  for (const who of [1, 2, 3]) void room.enter().then(() => entered.push(who))
  await tick()
  assert.deepEqual(entered, [1, 2])
  room.leave()
  await tick()
  assert.deepEqual(entered, [1, 2, 3])
})
