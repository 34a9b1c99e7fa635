import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import { money } from '#platform/money'

import { total } from './total.ts'

test('the total is the lines and the delivery, to the last kopiyka', () => {
  const lines = [
    { sku: 'BALL-5', quantity: 3, unitPrice: money(129_900, 'UAH') },
    { sku: 'NET', quantity: 1, unitPrice: money(45_050, 'UAH') },
  ]
  const result = total('UAH', lines, money(9_000, 'UAH'))
  assert.deepEqual(result.total, { amount: 443_750, currency: 'UAH' })
  assert.deepEqual(result.items, { amount: 434_750, currency: 'UAH' })
})

test('for any lines the lines sum to the items, and items and delivery to the total', () => {
  const line = fc.record({
    sku: fc.string({ minLength: 1 }),
    quantity: fc.integer({ min: 1, max: 1000 }),
    unitPrice: fc.integer({ min: 1, max: 1_000_000_000 }).map((each) => money(each, 'EUR')),
  })
  fc.assert(
    fc.property(fc.array(line, { maxLength: 100 }), fc.nat(100_000), (lines, delivery) => {
      const result = total('EUR', lines, money(delivery, 'EUR'))
      const sum = result.lines.reduce((all, each) => all + each.total.amount, 0)
      assert.equal(sum, result.items.amount)
      assert.equal(result.items.amount + delivery, result.total.amount)
      assert(Number.isSafeInteger(result.total.amount))
    }),
  )
})

test('a line in another currency is a bug and throws', () => {
  const lines = [{ sku: 'BALL-5', quantity: 1, unitPrice: money(100, 'EUR') }]
  assert.throws(() => total('UAH', lines, money(0, 'UAH')), /two currencies/)
})
