import { accept, refuse, type Outcome } from '#platform/outcome'

import type { Mover, Order, OrderRefusal, OrderStatus } from '../contract.ts'

const ANYONE: readonly Mover[] = ['buyer', 'staff', 'clock', 'checkout']

/**
 * Every move an order may make, and who may make it (ORD-07); whatever is not here is refused.
 * An order that is paid goes back only by staff, who give the money back in the same commit.
 */
export const MOVES: Readonly<
  Record<OrderStatus, Readonly<Partial<Record<OrderStatus, readonly Mover[]>>>>
> = {
  created: { reserved: ['checkout'], cancelled: ANYONE },
  reserved: { confirmed: ['checkout'], cancelled: ANYONE },
  confirmed: { fulfilled: ['staff', 'checkout'], cancelled: ['staff'] },
  fulfilled: {},
  cancelled: { reserved: ['checkout'] },
}

/** The order if it may go there now; see `Orders.mayBecome`. */
export function mayBecome(
  order: Order,
  orderId: string,
  to: OrderStatus,
  by: Mover = 'checkout',
): Outcome<Order, OrderRefusal> {
  const { status: from, reason } = order
  if (from === 'none') return refuse({ code: 'orders.unknown', orderId })
  const isForMover = MOVES[from][to]?.includes(by) ?? false
  // What a person cancelled stays cancelled, whatever money comes later.
  const isOver = from === 'cancelled' && reason !== 'not-paid-in-time'
  return isForMover && !isOver ? accept(order) : refuse({ code: 'orders.illegal-move', from, to })
}
