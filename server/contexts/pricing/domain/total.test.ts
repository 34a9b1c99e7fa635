import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import { money } from '#platform/money'

import type { PricedLine, TaxTerms, Total } from '../contract.ts'
import { taxOf, total } from './total.ts'

const CATEGORIES = ['standard', 'reduced', 'none'] as const

const anyTerms = fc.record({
  areIncluded: fc.boolean(),
  rounding: fc.constantFrom('half-up' as const, 'half-even' as const),
  zone: fc.constant('z'),
  source: fc.constant('own' as const),
  rates: fc.record({
    standard: fc.nat(1_000_000).map((partsPerMillion) => ({ name: 's', partsPerMillion })),
    reduced: fc.nat(1_000_000).map((partsPerMillion) => ({ name: 'r', partsPerMillion })),
  }),
})

const anyOrder = fc
  .array(
    fc.record({
      unitPrice: fc.nat(1_000_000_000),
      quantity: fc.integer({ min: 1, max: 10_000 }),
      taxCategory: fc.constantFrom(...CATEGORIES),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .chain((given) => {
    const lines = given.map(({ unitPrice, ...line }, place): PricedLine => ({
      ...line,
      sku: `SKU-${place}`,
      unitPrice: money(unitPrice, 'EUR'),
    }))
    const items = lines.reduce((all, line) => all + line.unitPrice.amount * line.quantity, 0)
    return fc.record({
      lines: fc.constant(lines),
      delivery: fc.oneof(fc.constant(0), fc.nat(1_000_000)),
      discount: fc.oneof(
        fc.constant(0),
        fc.constant(items),
        fc.double({ min: 0, max: 1, noNaN: true }).map((part) => Math.floor(items * part)),
      ),
    })
  })

const summed = (found: Total, of: (line: Total['lines'][number]) => number): number =>
  found.lines.reduce((all, line) => all + of(line), 0)

function check(
  { lines, delivery, discount }: { lines: PricedLine[]; delivery: number; discount: number },
  terms: TaxTerms,
): Total {
  return total('EUR', lines, money(delivery, 'EUR'), terms, money(discount, 'EUR'))
}

test('without rates the total is the lines and the delivery, and tax is nought', () => {
  const lines = [
    { sku: 'BALL-5', quantity: 3, unitPrice: money(129_900, 'UAH') },
    { sku: 'NET', quantity: 1, unitPrice: money(45_050, 'UAH') },
  ]
  const result = total('UAH', lines, money(9_000, 'UAH'))
  assert.deepEqual(result.total, { amount: 443_750, currency: 'UAH' })
  assert.deepEqual(result.items, { amount: 434_750, currency: 'UAH' })
  assert.deepEqual(result.tax, { amount: 0, currency: 'UAH' })
})

test('for any order everything adds up to the minor unit and nothing is negative (PRICING-3, PRICING-6)', () => {
  fc.assert(
    fc.property(anyOrder, anyTerms, (order, terms) => {
      const found = check(order, terms)
      const goods = summed(found, ({ total: { amount } }) => amount)
      const tax = summed(found, (line) => line.tax.amount)
      const deliveryTax = summed(found, (line) => line.deliveryTax.amount)
      assert.equal(tax + deliveryTax, found.tax.amount)
      assert.equal(
        summed(found, ({ discount }) => discount.amount),
        found.discount.amount,
      )
      assert.equal(
        summed(found, ({ delivery }) => delivery.amount),
        found.delivery.amount,
      )
      const untaxed = found.items.amount - found.discount.amount
      assert.equal(goods, terms.areIncluded ? untaxed : untaxed + tax)
      const delivered = found.delivery.amount + (terms.areIncluded ? 0 : deliveryTax)
      assert.equal(found.total.amount, goods + delivered)
      for (const line of found.lines) {
        for (const each of [line.total, line.tax, line.discount, line.delivery, line.deliveryTax]) {
          assert(Number.isSafeInteger(each.amount) && each.amount >= 0)
        }
        assert(line.tax.amount <= line.total.amount)
      }
    }),
  )
})

test('an order is the same whatever order its lines are in (PRICING-7)', () => {
  const shuffled = anyOrder.chain((order) =>
    fc.record({
      order: fc.constant(order),
      lines: fc.shuffledSubarray(order.lines, {
        minLength: order.lines.length,
        maxLength: order.lines.length,
      }),
    }),
  )
  fc.assert(
    fc.property(shuffled, anyTerms, ({ order, lines }, terms) => {
      const inOrder = (found: Total) =>
        found.lines.toSorted((one, other) => (one.sku < other.sku ? -1 : 1))
      const [one, other] = [check(order, terms), check({ ...order, lines }, terms)]
      assert.deepEqual(inOrder(one), inOrder(other))
      assert.deepEqual(one.total, other.total)
    }),
  )
})

test('tax taken out of a price and put on what is left agree within one minor unit (PRICING-8)', () => {
  const rounding = fc.constantFrom('half-up' as const, 'half-even' as const)
  fc.assert(
    fc.property(fc.nat(1_000_000_000), fc.nat(1_000_000), rounding, (gross, rate, how) => {
      const inside = taxOf(gross, rate, { areIncluded: true, rounding: how })
      const onTop = taxOf(gross - inside, rate, { areIncluded: false, rounding: how })
      assert(Math.abs(inside - onTop) <= 1, `${inside} in, ${onTop} on top`)
      // And the exact tax is never further away than half a unit.
      const exact = BigInt(gross) * BigInt(rate) * 2n
      const whole = BigInt(1_000_000 + rate)
      const off = BigInt(inside) * 2n * whole - exact
      assert(off <= whole && off >= -whole)
    }),
  )
})

test('a line in another currency is a bug and throws, and so is too much of a discount', () => {
  const lines = [{ sku: 'BALL-5', quantity: 1, unitPrice: money(100, 'EUR') }]
  assert.throws(() => total('UAH', lines, money(0, 'UAH')), /two currencies/)
  assert.throws(() => total('EUR', lines, money(0, 'UAH')), /two currencies/)
  const none = money(0, 'EUR')
  assert.throws(() => total('EUR', lines, none, undefined, money(101, 'EUR')), /discount/)
  assert.throws(() => total('EUR', lines, none, undefined, money(-1, 'EUR')), /discount/)
})
