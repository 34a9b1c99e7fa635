import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'

import { money } from '#platform/money'

import type { Order, OrderEvent, OrderStatus } from '../contract.ts'
import { mayBecome, orderNumber, orders, present } from './order.ts'

const uah = (amount: number) => money(amount, 'UAH')

const created: OrderEvent = {
  type: 'order.created',
  number: '7K3M-Q9XT-B2ZD',
  userId: null,
  cartId: 'c',
  lines: [
    {
      sku: 'BALL',
      productId: 'p',
      name: 'Мʼяч',
      quantity: 2,
      unitPrice: uah(100),
      discount: uah(0),
      tax: uah(0),
      total: uah(200),
      holdId: 'c/BALL',
    },
  ],
  items: uah(200),
  discount: uah(0),
  tax: uah(0),
  delivery: uah(50),
  total: uah(250),
  deliveryMethod: 'post',
  paymentMethod: 'card',
  paymentId: 'pay',
}

function anOrder(...events: OrderEvent[]): Order {
  return events.reduce(
    (order, event, index) => orders.apply(order, event, { version: index + 1, at: index }),
    orders.initial,
  )
}

test('an order goes from created to fulfilled in this order and no other', () => {
  const reserved = anOrder(created, { type: 'order.reserved' })
  const confirmed = orders.apply(
    reserved,
    { type: 'order.confirmed', paymentId: 'pay' },
    { version: 3, at: 3 },
  )
  const fulfilled = orders.apply(confirmed, { type: 'order.fulfilled' }, { version: 4, at: 4 })
  const cancelled = anOrder(created, { type: 'order.cancelled', reason: 'buyer' })
  const all: OrderStatus[] = ['created', 'reserved', 'confirmed', 'fulfilled', 'cancelled']
  const may = (order: Order) => all.filter((to) => mayBecome(order, 'o', to).ok)
  assert.deepEqual(may(anOrder(created)), ['reserved', 'cancelled'])
  assert.deepEqual(may(reserved), ['confirmed', 'cancelled'])
  assert.deepEqual(may(confirmed), ['fulfilled'])
  assert.deepEqual(may(fulfilled), [])
  assert.deepEqual(may(cancelled), [])
  assert.deepEqual(may(orders.initial), [])
})

test('what is shown of an order holds no hold and no cart', () => {
  const view = present('o', anOrder(created, { type: 'order.reserved' }))
  assert.equal(view.status, 'reserved')
  assert(!JSON.stringify(view).includes('holdId'))
  assert(!('cartId' in view))
})

test('order numbers are twelve readable digits, and ten thousand of them differ', () => {
  const numbers = new Set(Array.from({ length: 10_000 }, () => orderNumber(randomUUID())))
  assert.equal(numbers.size, 10_000)
  for (const number of numbers)
    assert.match(number, /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
})
