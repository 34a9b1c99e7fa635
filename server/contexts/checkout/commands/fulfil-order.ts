import type { Platform } from '#platform/context'
import { accept, refuse } from '#platform/outcome'
import type { OrderEvent } from '#context/orders'

import type { Checkout, CheckoutRefusal } from '../contract.ts'
import type { Ports } from './ports.ts'

/**
 * Hands an order over. Decided on the payment too: a refund of all of it and the hand-over exclude
 * each other, whichever comes first.
 */
export function fulfilOrder(
  { write }: Pick<Platform, 'write'>,
  { orders, payments }: Pick<Ports, 'orders' | 'payments'>,
): Checkout['fulfil'] {
  return async (tenant, orderId, cause) => {
    const { paymentId } = await orders.see(tenant.id, orderId)
    return write({
      tenant: tenant.id,
      ...cause,
      streams: { order: orders.stream(orderId), payment: payments.stream(paymentId) },
      decide({ order, payment }) {
        const may = orders.mayBecome(order, orderId, 'fulfilled', 'staff')
        if (!may.ok) return may
        if (payments.isGoneBack(payment) || order.paymentId !== paymentId) {
          const refusal: CheckoutRefusal = { code: 'checkout.given-back', paymentId }
          return refuse(refusal)
        }
        const fulfilled: OrderEvent = { type: 'order.fulfilled' }
        return accept({
          append: { order: [fulfilled] },
          answer: ({ at }) =>
            orders.present(orderId, { ...order, status: 'fulfilled', changedAt: at }),
        })
      },
    })
  }
}
