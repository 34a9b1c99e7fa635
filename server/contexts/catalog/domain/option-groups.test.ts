import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import type { Variant } from '../contract.ts'
import { goesWith, groupsOf, madeOf } from './option-groups.ts'

const shop = { currency: 'UAH', languages: ['uk', 'en'] }
const CODES = ['size', 'color', 'cut']

/** Variants that choose of some groups, in any order. */
const variants = fc.array(
  fc
    .record({
      size: fc.option(fc.constantFrom('41', '42', '43')),
      color: fc.option(fc.constantFrom('red', 'blue')),
      cut: fc.option(fc.constantFrom('slim', 'wide')),
    })
    .map((chosen): Variant => {
      const options = CODES.flatMap((code) => {
        const value = chosen[code as keyof typeof chosen]
        if (value === null) return []
        return [{ code, valueCode: value, name: { uk: code }, value: { uk: value } }]
      })
      const price = { amount: 1, currency: 'UAH' }
      const sku = options.map(({ valueCode }) => valueCode).join('-')
      return { sku, options, price, weightGrams: null, components: [], pictures: [] }
    }),
  { maxLength: 12 },
)

test('groups that are made of variants hold exactly what the variants choose', () => {
  fc.assert(
    fc.property(variants, (some) => {
      const groups = madeOf(some)
      const held = groups.flatMap(({ code, values }) =>
        values.map((each) => `${code} ${each.code}`),
      )
      const chosen = some.flatMap(({ options }) =>
        options.map(({ code, valueCode }) => `${code} ${valueCode}`),
      )
      assert.deepEqual(held.toSorted(), [...new Set(chosen)].toSorted())
    }),
  )
})

test('a value goes with another exactly when some variant has both', () => {
  fc.assert(
    fc.property(variants, (some) => {
      const groups = madeOf(some)
      for (const { code, values } of groups) {
        for (const { code: value } of values) {
          for (const [other, others] of Object.entries(goesWith(groups, some, code, value))) {
            const truth = some
              .filter(({ options }) =>
                options.some((o) => o.code === code && o.valueCode === value),
              )
              .flatMap(({ options }) => options.filter((o) => o.code === other))
              .map(({ valueCode }) => valueCode)
            assert.deepEqual([...others].toSorted(), [...new Set(truth)].toSorted())
          }
        }
      }
    }),
  )
})

test('stated groups accept variants exactly when each chooses one value of every group', () => {
  const groups = [
    { code: 'size', values: [{ code: '41' }, { code: '42' }] },
    { code: 'color', values: [{ code: 'red' }] },
  ]
  fc.assert(
    fc.property(variants, (some) => {
      const fits = some.every(
        ({ options }) =>
          options.length === 2 &&
          groups.every(({ code, values }) =>
            options.some((o) => o.code === code && values.some((v) => v.code === o.valueCode)),
          ),
      )
      assert.equal(groupsOf(groups, some, shop).ok, fits)
    }),
  )
})
