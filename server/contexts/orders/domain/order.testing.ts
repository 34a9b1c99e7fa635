import { money } from '#platform/money'

import type { Order, OrderEvent } from '../contract.ts'
import { orders } from './order.ts'

const uah = (amount: number) => money(amount, 'UAH')

/** Two balls for 250 hryvnia-cents. */
export const created: OrderEvent = {
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

/** The order that these events make, recorded a millisecond apart. */
export function anOrder(...events: OrderEvent[]): Order {
  return events.reduce(
    (order, event, index) => orders.apply(order, event, { version: index + 1, at: index }),
    orders.initial,
  )
}
