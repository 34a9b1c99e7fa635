import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Order } from '#context/orders'
import type { FinalWord, Payment } from '#context/payments'

import { fateOf, type Fate } from './fate.ts'

const TAKEN: FinalWord = { is: 'taken', transactionId: 'ch_1' }
const DECLINED: FinalWord = { is: 'declined', reason: 'card_expired' }

type PaymentPart = Pick<Payment, 'status' | 'transactionId'>
type OrderPart = Pick<Order, 'status' | 'reason' | 'paymentId'>

const payment = (status: Payment['status']): PaymentPart => ({
  status,
  transactionId:
    status === 'succeeded' || status === 'refunded' || status === 'partially-refunded'
      ? 'ch_1'
      : null,
})
const order = (part: Partial<OrderPart> = {}): OrderPart => ({
  status: 'reserved',
  reason: null,
  paymentId: 'p',
  ...part,
})

function check(
  is: Payment['status'],
  its: OrderPart,
  word: FinalWord,
  expected: Fate,
  unitsAreGone = false,
): void {
  assert.equal(fateOf(payment(is), its, 'p', word, unitsAreGone), expected)
}

test('money for a reserved order sells its units, also before the buyer’s own request', () => {
  check('processing', order(), TAKEN, 'sell')
  check('pending', order(), TAKEN, 'sell')
})

test('whatever comes after the money changes nothing', () => {
  for (const status of ['succeeded', 'refunded', 'partially-refunded'] as const) {
    for (const word of [TAKEN, DECLINED]) {
      for (const its of [order({ status: 'confirmed' }), order({ status: 'fulfilled' }), order()]) {
        check(status, its, word, 'nothing')
        check(status, its, word, 'nothing', true)
      }
    }
  }
  check('none', order(), TAKEN, 'nothing')
})

test('a no ends an open payment and no other', () => {
  check('pending', order(), DECLINED, 'decline')
  check('processing', order(), DECLINED, 'decline')
  check('declined', order(), DECLINED, 'nothing')
  check('cancelled', order({ status: 'cancelled', reason: 'buyer' }), DECLINED, 'nothing')
})

test('money after a no, or for an order that took another payment, goes back', () => {
  check('declined', order(), TAKEN, 'give-back')
  check('processing', order({ paymentId: 'other' }), TAKEN, 'give-back')
  check('processing', order({ paymentId: 'other', status: 'confirmed' }), TAKEN, 'give-back')
})

test('late money brings an order back that the clock cancelled, and none that a person did', () => {
  const clocks = order({ status: 'cancelled', reason: 'not-paid-in-time' })
  check('cancelled', clocks, TAKEN, 'reinstate')
  check('cancelled', clocks, TAKEN, 'give-back', true)
  for (const reason of ['buyer', 'staff', 'sold-out'] as const) {
    check('cancelled', order({ status: 'cancelled', reason }), TAKEN, 'give-back')
  }
})

test('money for units that are gone ends the order and goes back', () => {
  check('processing', order(), TAKEN, 'sell-nothing', true)
})

test('no word of a payment is without a fate, and taken money is kept or goes back', () => {
  const statuses = ['pending', 'processing', 'declined', 'cancelled'] as const
  const orders = (['created', 'reserved', 'confirmed', 'fulfilled', 'cancelled'] as const).flatMap(
    (status) =>
      ([null, 'buyer', 'staff', 'not-paid-in-time', 'sold-out'] as const).flatMap((reason) =>
        ['p', 'other'].map((paymentId) => order({ status, reason, paymentId })),
      ),
  )
  for (const is of statuses) {
    for (const its of orders) {
      for (const isGone of [false, true]) {
        const fate = fateOf(payment(is), its, 'p', TAKEN, isGone)
        assert.notEqual(fate, 'nothing', 'money that was taken is never in limbo')
        assert.notEqual(fate, 'decline')
        if (fate === 'sell' || fate === 'reinstate') assert.equal(its.paymentId, 'p')
      }
    }
  }
})
