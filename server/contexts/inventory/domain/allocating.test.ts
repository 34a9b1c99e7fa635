import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import { fewestParcels } from './allocating.ts'
import type { Part } from './parts.ts'

type Levels = Readonly<Record<string, Readonly<Record<string, number>>>>

const free = (levels: Levels) => (warehouse: string, sku: string) => levels[warehouse]?.[sku] ?? 0
const line = (sku: string, quantity: number, id = sku): Part => ({ id, sku, quantity })

function firsts(warehouses: readonly string[], lines: readonly Part[], levels: Levels): string[] {
  const plan = fewestParcels(warehouses, lines, free(levels))
  return lines.map(({ id }) => plan.get(id)?.[0] ?? '')
}

test('one warehouse that has everything is better than two that are preferred', () => {
  const levels = { kyiv: { a: 5 }, lviv: { b: 5 }, odesa: { a: 1, b: 1 } }
  const parcels = firsts(['kyiv', 'lviv', 'odesa'], [line('a', 1), line('b', 1)], levels)
  assert.deepEqual(parcels, ['odesa', 'odesa'])
})

test('of sets of one size the preferred one serves', () => {
  const levels = { kyiv: { a: 1, b: 1 }, lviv: { a: 1, b: 1 } }
  assert.deepEqual(firsts(['kyiv', 'lviv'], [line('a', 1), line('b', 1)], levels), ['kyiv', 'kyiv'])
  assert.deepEqual(firsts(['lviv', 'kyiv'], [line('a', 1), line('b', 1)], levels), ['lviv', 'lviv'])
})

test('two lines of one SKU share what is there', () => {
  const levels = { kyiv: { a: 3 }, lviv: { a: 3 } }
  const lines = [line('a', 2, 'x'), line('a', 2, 'y')]
  assert.deepEqual(firsts(['kyiv', 'lviv'], lines, levels).toSorted(), ['kyiv', 'lviv'])
})

test('a line that nobody has whole keeps the order of preference and changes nothing else', () => {
  const levels = { kyiv: { a: 1 }, lviv: { a: 9, b: 1 } }
  const plan = fewestParcels(['kyiv', 'lviv'], [line('a', 1), line('c', 1)], free(levels))
  assert.deepEqual(plan.get('c'), ['kyiv', 'lviv'])
  assert.deepEqual(plan.get('a'), ['kyiv', 'lviv'])
})

const CODES = ['k', 'l', 'm', 'n']
const SKUS = ['a', 'b', 'c']
const anyLevels = fc.dictionary(
  fc.constantFrom(...CODES),
  fc.dictionary(fc.constantFrom(...SKUS), fc.nat(4)),
)
const anyLines = fc
  .uniqueArray(fc.constantFrom(...SKUS), { minLength: 1 })
  .chain((skus) =>
    fc.tuple(...skus.map((sku) => fc.integer({ min: 1, max: 4 }).map((n) => line(sku, n)))),
  )

test('no fewer warehouses could serve, none gives more than it has, and every one stays a candidate', () => {
  fc.assert(
    fc.property(anyLevels, anyLines, (levels, lines) => {
      const plan = fewestParcels(CODES, lines, free(levels))
      const servable = lines.filter(({ sku, quantity }) =>
        CODES.some((code) => free(levels)(code, sku) >= quantity),
      )
      const used = new Set(servable.map(({ id }) => plan.get(id)![0]!))
      for (const { id, sku, quantity } of servable) {
        assert(free(levels)(plan.get(id)![0]!, sku) >= quantity)
      }
      for (const { id } of lines) assert.deepEqual(plan.get(id)!.toSorted(), CODES)
      // Every choice of a warehouse for each line, by counting.
      const choices = servable.reduce(
        (all, { sku, quantity }) => {
          const able = CODES.filter((code) => free(levels)(code, sku) >= quantity)
          return all.flatMap((chosen) => able.map((code) => [...chosen, code]))
        },
        [[]] as string[][],
      )
      const fewest = Math.min(...choices.map((chosen) => new Set(chosen).size))
      assert.equal(used.size, fewest)
    }),
  )
})
