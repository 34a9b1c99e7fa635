import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import type { CancelReason, Mover, Order, OrderEvent, OrderStatus } from '../contract.ts'
import { mayBecome } from './moves.ts'
import { orders } from './order.ts'
import { anOrder, created } from './order.testing.ts'

const STATUSES: readonly OrderStatus[] = [
  'created',
  'reserved',
  'confirmed',
  'fulfilled',
  'cancelled',
]
const MOVERS: readonly Mover[] = ['buyer', 'staff', 'clock', 'checkout']
const REASONS: readonly CancelReason[] = ['buyer', 'staff', 'not-paid-in-time', 'sold-out']

const reserved: OrderEvent = { type: 'order.reserved' }
const confirmed: OrderEvent = { type: 'order.confirmed', paymentId: 'pay' }

/** An order in each state that there is; cancelled ones by each reason. */
const IN: Readonly<Record<string, Order>> = {
  created: anOrder(created),
  reserved: anOrder(created, reserved),
  confirmed: anOrder(created, reserved, confirmed),
  fulfilled: anOrder(created, reserved, confirmed, { type: 'order.fulfilled' }),
  ...Object.fromEntries(
    REASONS.map((reason) => [
      `cancelled: ${reason}`,
      anOrder(created, reserved, { type: 'order.cancelled', reason }),
    ]),
  ),
}

/** The moves that are legal, spelled out once more: `<from> → <to> by <mover>`. */
const LEGAL: ReadonlySet<string> = new Set([
  'created → reserved by checkout',
  'created → cancelled by buyer',
  'created → cancelled by staff',
  'created → cancelled by clock',
  'created → cancelled by checkout',
  'reserved → confirmed by checkout',
  'reserved → cancelled by buyer',
  'reserved → cancelled by staff',
  'reserved → cancelled by clock',
  'reserved → cancelled by checkout',
  'confirmed → fulfilled by staff',
  'confirmed → fulfilled by checkout',
  'confirmed → cancelled by staff',
  'cancelled: not-paid-in-time → reserved by checkout',
])

test('ORDERS-1: of every state × command × mover only the moves of ORD-07 are allowed, and each refusal names from and to', () => {
  let refusals = 0
  for (const [name, order] of Object.entries(IN)) {
    for (const to of STATUSES) {
      for (const by of MOVERS) {
        const move = `${name} → ${to} by ${by}`
        const outcome = mayBecome(order, 'o', to, by)
        assert.equal(outcome.ok, LEGAL.has(move), move)
        if (outcome.ok) continue
        refusals += 1
        const refusal = { code: 'orders.illegal-move', from: order.status, to }
        assert.deepEqual(outcome.refusal, refusal, move)
      }
    }
  }
  assert.equal(refusals, Object.keys(IN).length * STATUSES.length * MOVERS.length - LEGAL.size)
})

test('an order that is not there goes nowhere: it is unknown', () => {
  for (const to of STATUSES) {
    for (const by of MOVERS) {
      const outcome = mayBecome(orders.initial, 'o', to, by)
      assert.deepEqual(outcome, { ok: false, refusal: { code: 'orders.unknown', orderId: 'o' } })
    }
  }
})

test('who is not named moves as checkout does', () => {
  for (const order of Object.values(IN)) {
    for (const to of STATUSES) {
      assert.deepEqual(mayBecome(order, 'o', to), mayBecome(order, 'o', to, 'checkout'))
    }
  }
})

const EVENT_TO: Readonly<Record<OrderStatus, OrderEvent>> = {
  created,
  reserved,
  confirmed,
  fulfilled: { type: 'order.fulfilled' },
  cancelled: { type: 'order.cancelled', reason: 'not-paid-in-time' },
}

test('whatever is tried in whatever sequence, a fulfilled order was confirmed and ends there', () => {
  const tries = fc.array(
    fc.record({ to: fc.constantFrom(...STATUSES), by: fc.constantFrom(...MOVERS) }),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(tries, (all) => {
      let order = anOrder(created)
      const path: string[] = [order.status]
      for (const { to, by } of all) {
        if (!mayBecome(order, 'o', to, by).ok) continue
        const isBack = order.status === 'cancelled'
        const event: OrderEvent = isBack ? { type: 'order.reinstated', holdIds: [] } : EVENT_TO[to]
        order = orders.apply(order, event, { version: path.length + 1, at: path.length })
        path.push(order.status)
      }
      assert.equal(order.status, path.at(-1))
      const end = path.indexOf('fulfilled')
      assert(end === -1 || (path[end - 1] === 'confirmed' && end === path.length - 1), path.join())
    }),
  )
})
