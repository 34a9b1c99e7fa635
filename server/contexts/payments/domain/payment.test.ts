import assert from 'node:assert/strict'
import { test } from 'node:test'

import { money } from '#platform/money'

import type { PaymentEvent } from '../contract.ts'
import { after, isGoneBack, payments, present, refundAmount } from './payment.ts'

const uah = (amount: number) => money(amount, 'UAH')

const opened: PaymentEvent = {
  type: 'payment.opened',
  orderId: 'o',
  userId: null,
  amount: uah(1000),
  method: 'card',
}
const succeeded: PaymentEvent = { type: 'payment.succeeded', transactionId: 'ch_1' }
const started = (refundId: string, amount: number): PaymentEvent => ({
  type: 'payment.refund-started',
  refundId,
  amount: uah(amount),
  reason: 'returned',
})
const done = (refundId: string, amount: number): PaymentEvent => ({
  type: 'payment.refunded',
  refundId,
  amount: uah(amount),
  transactionId: 're_1',
})
const aPayment = (...events: PaymentEvent[]) => after(payments.initial, events, 0)

test('a payment is refunded in parts until nothing is left', () => {
  const part = aPayment(opened, succeeded, started('r1', 400), done('r1', 400))
  assert.equal(part.status, 'partially-refunded')
  assert.deepEqual(present('p', part).refunded, uah(400))
  assert.deepEqual(refundAmount(part, 'p', undefined), { ok: true, value: uah(600) })
  const all = after(part, [started('r2', 600), done('r2', 600)], 0)
  assert.equal(all.status, 'refunded')
  assert(!refundAmount(all, 'p', undefined).ok)
})

test('a refund under way is not offered again', () => {
  const payment = aPayment(opened, succeeded, started('r1', 400))
  assert.deepEqual(refundAmount(payment, 'p', undefined), { ok: true, value: uah(600) })
  assert.equal(payment.status, 'succeeded')
})

test('a refund before the money came, or in another currency, is refused', () => {
  const code = (outcome: ReturnType<typeof refundAmount>) => !outcome.ok && outcome.refusal.code
  assert.equal(code(refundAmount(aPayment(opened), 'p', uah(1))), 'payments.not-paid')
  const paid = aPayment(opened, succeeded)
  assert.equal(code(refundAmount(paid, 'p', money(1, 'EUR'))), 'payments.wrong-currency')
  assert.equal(code(refundAmount(payments.initial, 'p', uah(1))), 'payments.unknown')
})

test('a refund that the provider refuses is offered again', () => {
  const refused: PaymentEvent = {
    type: 'payment.refund-refused',
    refundId: 'r1',
    amount: uah(400),
    reason: 'charge_disputed',
  }
  const payment = aPayment(opened, succeeded, started('r1', 400), refused)
  assert.equal(payment.status, 'succeeded')
  assert.deepEqual(payment.refunds, [
    { id: 'r1', amount: uah(400), state: 'refused', reason: 'charge_disputed' },
  ])
  assert.deepEqual(refundAmount(payment, 'p', undefined), { ok: true, value: uah(1000) })
})

test('a refund made by hand at the provider counts like any other', () => {
  const payment = aPayment(opened, succeeded, done('re_by_hand', 1000))
  assert.equal(payment.status, 'refunded')
  assert(isGoneBack(payment))
})

test('all of a payment is gone back as soon as its last part is on its way', () => {
  assert(!isGoneBack(aPayment(opened)))
  assert(!isGoneBack(aPayment(opened, succeeded, started('r1', 400))))
  assert(isGoneBack(aPayment(opened, succeeded, started('r1', 400), started('r2', 600))))
})

test('what is shown of a payment tells nothing of how it is settled', () => {
  const view = present('p', aPayment(opened, { type: 'payment.attempted', attempt: 1 }))
  assert.deepEqual(Object.keys(view).toSorted(), [
    'amount',
    'createdAt',
    'id',
    'method',
    'orderId',
    'refunded',
    'status',
    'transactionId',
    'updatedAt',
    'userId',
  ])
})
