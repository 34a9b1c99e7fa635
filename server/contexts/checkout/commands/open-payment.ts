import type { Platform } from '#platform/context'
import { accept, refuse } from '#platform/outcome'
import type { PaymentEvent } from '#context/payments'

import type { Checkout, CheckoutRefusal } from '../contract.ts'
import { takesMethod, type Ports } from './ports.ts'

/** A declined payment does not cost the buyer the order: another may take its place. */
export function openPayment(
  { write, ids }: Pick<Platform, 'write' | 'ids'>,
  { orders, payments }: Ports,
): Checkout['openPayment'] {
  return async (tenant, { orderId, method }, asker, cause) => {
    const unknown = { code: 'orders.unknown', orderId } as const
    const seen = await orders.see(tenant.id, orderId)
    if (!orders.maySee(tenant.id, orderId, seen, asker)) return refuse(unknown)
    const paymentId = ids.next()
    return write({
      tenant: tenant.id,
      ...cause,
      streams: {
        order: orders.stream(orderId),
        last: payments.stream(seen.paymentId),
        payment: payments.newStream(paymentId),
      },
      decide({ order, last, payment }) {
        const payable = takesMethod(payments, method)
        if (!payable.ok) return payable
        if (order.status !== 'reserved') {
          const refusal: CheckoutRefusal = { code: 'checkout.not-payable', status: order.status }
          return refuse(refusal)
        }
        if (order.paymentId !== seen.paymentId || last.status !== 'declined') {
          const refusal: CheckoutRefusal = {
            code: 'checkout.payment-open',
            paymentId: order.paymentId,
          }
          return refuse(refusal)
        }
        const { userId, total: amount } = order
        const opened: PaymentEvent[] = [{ type: 'payment.opened', orderId, userId, amount, method }]
        return accept({
          append: {
            order: [{ type: 'order.payment-replaced', paymentId }],
            payment: opened,
          },
          answer: ({ at }) => payments.present(paymentId, payments.after(payment, opened, at)),
        })
      },
    })
  }
}
