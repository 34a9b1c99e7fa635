/**
 * Golden cases of money: every figure was worked out by hand (net = gross × 1,000,000 ÷ (1,000,000 +
 * rate) and so on, with a pencil's rounding), so that none of them is the program's own opinion.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { money } from '#platform/money'

import type { PricedLine } from '../contract.ts'
import { ADDED } from './golden-added.testing.ts'
import { INCLUDED } from './golden-included.testing.ts'
import type { Case } from './golden.testing.ts'
import { total } from './total.ts'

const CASES = [...INCLUDED, ...ADDED]

function check({ currency = 'UAH', terms: given, lines, delivery = 0, discount = 0, ...is }: Case) {
  const priced = lines.map(([sku, unitPrice, quantity, taxCategory]): PricedLine => ({
    sku,
    quantity,
    unitPrice: money(unitPrice, currency),
    ...(taxCategory === undefined ? {} : { taxCategory }),
  }))
  const found = total(currency, priced, money(delivery, currency), given, money(discount, currency))
  assert.deepEqual(
    found.lines.map((line) => [
      line.total.amount,
      line.tax.amount,
      line.discount.amount,
      line.delivery.amount,
      line.deliveryTax.amount,
    ]),
    is.each.map(([all, tax, off = 0, share = 0, shareTax = 0]) => [all, tax, off, share, shareTax]),
  )
  assert.deepEqual([found.items.amount, found.tax.amount, found.total.amount], is.sums)
  assert.equal(found.total.currency, currency)
}

for (const each of CASES) test(`golden: ${each.name}`, () => check(each))

test('there are at least forty golden cases', () => {
  assert(CASES.length >= 40, `only ${CASES.length}`)
  assert.equal(new Set(CASES.map(({ name }) => name)).size, CASES.length)
})
