import assert from 'node:assert/strict'
import { test } from 'node:test'

import { money } from '#platform/money'
import type { OrderEvent } from '#context/orders'
import type { PaymentEvent } from '#context/payments'

import {
  compensationsOf,
  orderTrail,
  outstanding,
  paymentTrail,
  stateOf,
  stepsOf,
  type OrderTrail,
  type PaymentTrail,
} from './process.ts'

const uah = (amount: number) => money(amount, 'UAH')
const created: OrderEvent = {
  type: 'order.created',
  number: '7K3M-Q9XT-B2ZD',
  userId: null,
  cartId: null,
  lines: [],
  items: uah(200),
  discount: uah(0),
  tax: uah(0),
  delivery: uah(50),
  total: uah(250),
  deliveryMethod: 'post',
  paymentMethod: 'card',
  paymentId: 'p1',
}
const opened: PaymentEvent = {
  type: 'payment.opened',
  orderId: 'o',
  userId: null,
  amount: uah(250),
  method: 'card',
}
const attempted: PaymentEvent = { type: 'payment.attempted', attempt: 1 }
const succeeded: PaymentEvent = { type: 'payment.succeeded', transactionId: 't' }

/** Each event a second after the one before. */
function anOrder(...events: readonly OrderEvent[]): OrderTrail {
  return [created, { type: 'order.reserved' } as const, ...events].reduce(
    (trail, event, i) => orderTrail.apply(trail, event, { version: i + 1, at: i * 1000 }),
    orderTrail.initial,
  )
}

function aPayment(...events: readonly PaymentEvent[]): PaymentTrail {
  return [opened, ...events].reduce(
    (trail, event, i) => paymentTrail.apply(trail, event, { version: i + 1, at: i * 1000 }),
    paymentTrail.initial,
  )
}

const NONE: ReadonlySet<string> = new Set()

function check(
  order: OrderTrail,
  payments: readonly PaymentTrail[],
  expected: { readonly steps: string; readonly state: string; readonly open: string },
  troubled = NONE,
): void {
  const named = new Map(
    payments.map(({ state, refunds }, i) => [
      `p${i + 1}`,
      { isProcessing: state === 'processing', refunds },
    ]),
  )
  const isReserved = order.status === 'created' || order.status === 'reserved'
  const open = outstanding('o', isReserved, named)
  assert.deepEqual(
    {
      steps: stepsOf(order, payments)
        .map(({ state }) => state)
        .join(' '),
      state: stateOf(order, open, troubled),
      open: open.map(({ timer }) => timer).join(' '),
    },
    expected,
  )
}

test('the steps follow from what is recorded, and from nothing else', () => {
  const confirmed: OrderEvent = { type: 'order.confirmed', paymentId: 'p1' }
  const cancelled: OrderEvent = { type: 'order.cancelled', reason: 'staff' }
  const told = (about: 'order-confirmed' | 'order-cancelled'): PaymentEvent => ({
    type: 'payment.notice-due',
    orderId: 'o',
    about,
  })
  check(anOrder(), [aPayment()], {
    steps: 'done waiting waiting waiting',
    state: 'running',
    open: 'order/o/deadline',
  })
  check(anOrder(), [aPayment(attempted)], {
    steps: 'done under-way waiting waiting',
    state: 'running',
    open: 'order/o/deadline payment/p1/resume',
  })
  check(anOrder(confirmed), [aPayment(attempted, succeeded, told('order-confirmed'))], {
    steps: 'done done done done',
    state: 'done',
    open: '',
  })
  check(anOrder(confirmed), [aPayment(attempted, succeeded)], {
    steps: 'done done done waiting',
    state: 'done',
    open: '',
  })
  check(anOrder(cancelled), [aPayment({ type: 'payment.cancelled' }, told('order-cancelled'))], {
    steps: 'undone failed failed done',
    state: 'failed',
    open: '',
  })
})

test('a paid order that is cancelled runs until its money is back', () => {
  const order = anOrder(
    { type: 'order.confirmed', paymentId: 'p1' },
    { type: 'order.cancelled', reason: 'staff' },
  )
  const refund = { refundId: 'r', amount: uah(250) }
  const started: PaymentEvent = { type: 'payment.refund-started', ...refund, reason: 'x' }
  const refunded: PaymentEvent = { type: 'payment.refunded', ...refund, transactionId: 't2' }
  check(order, [aPayment(attempted, succeeded, started)], {
    steps: 'undone undone undone waiting',
    state: 'running',
    open: 'refund/r',
  })
  const ended = aPayment(attempted, succeeded, started, refunded)
  check(order, [ended], { steps: 'undone undone undone waiting', state: 'failed', open: '' })
  assert.deepEqual(
    compensationsOf(order, [ended]).map(({ what, state, endedAt }) => [what, state, endedAt]),
    [
      ['release-units', 'done', '1970-01-01T00:00:03.000Z'],
      ['refund', 'done', '1970-01-01T00:00:04.000Z'],
    ],
  )
})

test('what failed or what nobody sees to makes a checkout stuck, and what is over does not', () => {
  const resume = new Set(['payment/p1/resume'])
  const open = 'order/o/deadline payment/p1/resume'
  const steps = 'done under-way waiting waiting'
  check(anOrder(), [aPayment(attempted)], { steps, state: 'stuck', open }, resume)
  const order = anOrder({ type: 'order.confirmed', paymentId: 'p1' })
  const done = { steps: 'done done done waiting', state: 'done', open: '' }
  check(order, [aPayment(attempted, succeeded)], done, resume)
})

test('a payment that replaced a declined one is the one that is waited for', () => {
  const order = anOrder({ type: 'order.payment-replaced', paymentId: 'p2' })
  assert.deepEqual(order.paymentIds, ['p1', 'p2'])
  const declined = aPayment(attempted, { type: 'payment.declined', reason: 'no' })
  check(order, [declined, aPayment()], {
    steps: 'done waiting waiting waiting',
    state: 'running',
    open: 'order/o/deadline',
  })
  const [, authorize] = stepsOf(order, [declined, aPayment(attempted, succeeded)])
  assert.deepEqual([authorize?.attempts, authorize?.state], [2, 'done'])
})
