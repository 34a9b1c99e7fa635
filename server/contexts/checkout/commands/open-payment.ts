import type { Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import { accept, refuse } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import type { Order } from '#context/orders'
import type { PaymentEvent } from '#context/payments'

import type { Checkout, CheckoutRefusal } from '../contract.ts'
import { mayBeClosed } from '../domain/attempt.ts'
import { chasePayment } from './chase-payment.ts'
import { takesMethod, type Ports } from './ports.ts'

type Needs = Pick<Platform, 'write' | 'ids' | 'clock'>

/**
 * A declined payment does not cost the buyer the order: another may take its place. Neither does one
 * that the buyer left at the provider's page, or of which the provider has said nothing for a minute:
 * it is looked for and closed there first, so nothing is paid twice. While nobody knows what became of
 * it, it stays the only one.
 */
export function openPayment(platform: Needs, ports: Ports): Checkout['openPayment'] {
  const { orders, payments } = ports
  return async (tenant, { orderId, method }, asker, cause) => {
    const seen = await orders.see(tenant.id, orderId)
    if (!orders.maySee(tenant.id, orderId, seen, asker)) {
      return refuse({ code: 'orders.unknown', orderId } as const)
    }
    const opened = await open(platform, ports, tenant, { orderId, method, seen }, cause)
    if (opened.ok || opened.refusal.code !== 'checkout.payment-open') return opened

    const { paymentId } = await orders.see(tenant.id, orderId)
    const payment = await payments.see(tenant.id, paymentId)
    const isUnderWay = payment.status === 'processing'
    if (!isUnderWay || !mayBeClosed(payment, platform.clock.now())) return opened
    const closing = { ...cause, key: `${cause.key}/close` }
    const found = await chasePayment(platform, ports, tenant.id, paymentId, closing, true)
    if (found === 'open') return opened
    const now = await orders.see(tenant.id, orderId)
    return open(platform, ports, tenant, { orderId, method, seen: now }, cause)
  }
}

function open(
  { write, ids }: Needs,
  { orders, payments }: Ports,
  tenant: Tenant,
  {
    orderId,
    method,
    seen,
  }: { readonly orderId: string; readonly method: string; readonly seen: Order },
  cause: Cause,
): ReturnType<Checkout['openPayment']> {
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
