import assert from 'node:assert/strict'
import { test } from 'node:test'

import { randomIds } from '#platform/ids'

import { orderNumber, present } from './order.ts'
import { anOrder, created } from './order.testing.ts'

test('an order that is taken up again has new holds and no reason to be cancelled', () => {
  const order = anOrder(
    created,
    { type: 'order.reserved' },
    { type: 'order.cancelled', reason: 'not-paid-in-time' },
    { type: 'order.reinstated', holdIds: ['o/again/BALL'] },
  )
  assert.equal(order.status, 'reserved')
  assert.equal(order.reason, null)
  assert.deepEqual(
    order.lines.map(({ sku, holdId }) => [sku, holdId]),
    [['BALL', 'o/again/BALL']],
  )
  assert.equal(order.changedAt, 3)
})

test('what is shown of an order holds no hold and no cart', () => {
  const view = present('o', anOrder(created, { type: 'order.reserved' }))
  assert.equal(view.status, 'reserved')
  assert(!JSON.stringify(view).includes('holdId'))
  assert(!('cartId' in view))
})

test('order numbers are twelve readable digits, and ten thousand of them differ', () => {
  const numbers = new Set(Array.from({ length: 10_000 }, () => orderNumber(randomIds.next())))
  assert.equal(numbers.size, 10_000)
  for (const number of numbers)
    assert.match(number, /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
})
