import { money } from '#platform/money'
import type { Aggregate } from '#platform/write/commit'

import type { Contact, Order, OrderEvent, OrderTaxes, OrderView } from '../contract.ts'
import { taxSums } from './taxes.ts'

const nothing = money(0, 'XXX')

export const orders: Aggregate<Order, OrderEvent> = {
  kind: 'order',
  initial: {
    status: 'none',
    number: '',
    userId: null,
    cartId: null,
    lines: [],
    items: nothing,
    discount: nothing,
    tax: nothing,
    delivery: nothing,
    total: nothing,
    deliveryMethod: '',
    paymentMethod: '',
    paymentId: '',
    createdAt: 0,
    changedAt: 0,
    reason: null,
  },
  apply(order, event, { at }) {
    switch (event.type) {
      case 'order.created': {
        const { type: _, ...facts } = event
        return { ...order, ...facts, status: 'created', createdAt: at, changedAt: at }
      }
      case 'order.reserved':
        return { ...order, status: 'reserved', changedAt: at }
      case 'order.confirmed':
        return { ...order, status: 'confirmed', paymentId: event.paymentId, changedAt: at }
      case 'order.fulfilled':
        return { ...order, status: 'fulfilled', changedAt: at }
      case 'order.cancelled':
        return { ...order, status: 'cancelled', reason: event.reason, changedAt: at }
      case 'order.reinstated':
        return {
          ...order,
          lines: order.lines.map((line, place) => ({
            ...line,
            holdId: event.holdIds[place] ?? line.holdId,
          })),
          status: 'reserved',
          reason: null,
          changedAt: at,
        }
      case 'order.payment-replaced':
        return { ...order, paymentId: event.paymentId, changedAt: at }
    }
  },
}

/** Of an order from before there were rates. */
const UNTAXED: OrderTaxes = { areIncluded: true, zone: null, source: 'none' }

/** What people are shown of an order that exists. */
export function present(id: string, order: Order, contact?: Contact): OrderView {
  const { status, lines, cartId: _, createdAt, changedAt, ...facts } = order
  return {
    ...facts,
    id,
    status: status === 'none' ? 'created' : status,
    lines: lines.map(({ holdId: __, ...line }) => line),
    taxes: { ...(order.taxes ?? UNTAXED), rates: taxSums(order) },
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(changedAt).toISOString(),
    ...contact,
  }
}

/** Crockford's base 32: no I, L, O, U, so a number can be read out on the telephone. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Twelve digits of the last 60 of the id's random bits, as `7K3M-Q9XT-B2ZD`: shown to people, never a key. */
export function orderNumber(orderId: string): string {
  let bits = BigInt(`0x${orderId.slice(15, 18)}${orderId.slice(-12)}`)
  let digits = ''
  for (let place = 0; place < 12; place += 1) {
    digits += DIGITS[Number(bits & 31n)] ?? ''
    bits >>= 5n
  }
  return digits.replace(/(.{4})(?=.)/g, '$1-')
}
