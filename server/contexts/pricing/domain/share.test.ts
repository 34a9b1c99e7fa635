import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import { money } from '#platform/money'

import { shareOf } from './share.ts'

const eur = (amount: number) => money(amount, 'EUR')

test('three units of 100.00 with 15.97 of tax come back as 33.33, 33.34 and 33.33', () => {
  const line = { quantity: 3, total: eur(10_000), tax: eur(1_597), discount: eur(0) }
  const units = [0, 1, 2].map((from) => shareOf(line, { from, units: 1 }))
  assert.deepEqual(
    units.map(({ total, tax }) => [total.amount, tax.amount]),
    [
      [3_333, 532],
      [3_334, 533],
      [3_333, 532],
    ],
  )
})

test('however a line comes back, it comes back whole, its tax and its discount too (PRICING-9)', () => {
  const line = fc.record({
    bits: fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 }),
    total: fc.nat(1_000_000_000),
    tax: fc.nat(1_000_000_000),
    discount: fc.nat(1_000_000_000),
  })
  fc.assert(
    fc.property(line, ({ bits, ...amounts }) => {
      const quantity = bits.reduce((all, units) => all + units, 0)
      const { total, tax, discount } = amounts
      const whole = { quantity, total: eur(total), tax: eur(tax), discount: eur(discount) }
      let from = 0
      const given = { total: 0, tax: 0, discount: 0 }
      for (const units of bits) {
        const share = shareOf(whole, { from, units })
        from += units
        for (const name of ['total', 'tax', 'discount'] as const) {
          assert(share[name].amount >= 0)
          given[name] += share[name].amount
        }
      }
      assert.deepEqual(given, amounts)
    }),
  )
})

test('more units than a line has are a bug', () => {
  const line = { quantity: 2, total: eur(1), tax: eur(0), discount: eur(0) }
  assert.throws(() => shareOf(line, { from: 1, units: 2 }), /more units/)
  assert.throws(() => shareOf(line, { from: 0, units: 0 }), /more units/)
})
