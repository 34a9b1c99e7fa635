import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { CancelReason, OrderEvent } from '../contract.ts'
import { doerOf, inWords } from './history.ts'
import { created } from './order.testing.ts'

const cancelled = (reason: CancelReason): OrderEvent => ({ type: 'order.cancelled', reason })

/** Every event there is, each reason of a cancellation its own. */
const ALL: readonly OrderEvent[] = [
  created,
  { type: 'order.reserved' },
  { type: 'order.confirmed', paymentId: 'pay' },
  { type: 'order.fulfilled' },
  { type: 'order.reinstated', holdIds: [] },
  { type: 'order.payment-replaced', paymentId: 'pay' },
  ...(['buyer', 'staff', 'not-paid-in-time', 'sold-out'] as const).map(cancelled),
]

test('every event has a sentence of its own in every language', () => {
  for (const language of ['en', 'ru', 'uk']) {
    const sentences = ALL.map((event) => inWords(event, language))
    for (const sentence of sentences) assert.match(sentence, /^\p{Lu}.+\.$/u)
    assert.equal(new Set(sentences).size, ALL.length)
  }
  assert.equal(inWords(created, 'de'), inWords(created, 'en'))
})

test('what timers, jobs and providers bring about is done by the system', () => {
  for (const event of ALL) {
    if (event.type === 'order.cancelled') continue
    for (const caller of ['timer', 'sub/checkout', 'job/reconcile', 'webhook/test']) {
      assert.equal(doerOf(event, caller), 'system')
    }
  }
})

test('whoever acts with the order’s token is its buyer; only staff hand goods over', () => {
  const check = (event: OrderEvent, caller: string, expected: string) =>
    assert.equal(doerOf(event, caller), expected)
  check(created, 'user/1', 'buyer')
  check(created, 'guest/abc', 'buyer')
  check({ type: 'order.confirmed', paymentId: 'pay' }, 'user/2', 'buyer')
  check({ type: 'order.fulfilled' }, 'user/3', 'staff')
  check(cancelled('buyer'), 'user/1', 'buyer')
  check(cancelled('staff'), 'user/3', 'staff')
  check(cancelled('not-paid-in-time'), 'timer', 'system')
  check(cancelled('sold-out'), 'guest/abc', 'system')
})
