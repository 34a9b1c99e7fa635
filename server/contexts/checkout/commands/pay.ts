import type { DueTimer, Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import { accept, refuse } from '#platform/outcome'
import type { Order } from '#context/orders'
import type { Payment } from '#context/payments'

import type { Checkout, CheckoutRefusal } from '../contract.ts'
import { resumptionOf, RESUME_SECONDS, type Ports } from './ports.ts'
import { settlePayment } from './settle-payment.ts'

/** While the provider is asked the units stay held so long, whatever the deadline was. */
const HOLD_WHILE_PAYING_SECONDS = 600

type Needs = Pick<Platform, 'write'>

/**
 * Two commits around the call of the provider: the first notes that it is asked and keeps the units
 * held, the second books what it said. A process that dies in between leaves a timer; the provider
 * is asked again under the same key and charges once (requirements R5, R6).
 */
export function pay(platform: Needs, ports: Ports): Checkout['pay'] {
  const { payments } = ports
  return async (tenant, paymentId, asker, cause) => {
    const unknown = { code: 'payments.unknown', paymentId } as const
    const payment = await payments.see(tenant.id, paymentId)
    if (payment.status === 'none') return refuse(unknown)
    const may = (order: Order): boolean =>
      ports.orders.maySee(tenant.id, payment.orderId, order, asker)

    const begun = await begin(platform, ports, tenant.id, paymentId, payment.orderId, may, cause)
    if (!begun.ok) return begun
    // Guests behind one address share a name, so a remembered beginning says nothing of who asks now.
    if (begun.value.replayed && !may(await ports.orders.see(tenant.id, payment.orderId))) {
      return refuse(unknown)
    }
    return charge(platform, ports, tenant.id, paymentId, payment, cause)
  }
}

/** Takes up a payment that was being made when its process died. */
export function resumePayment(platform: Needs, ports: Ports) {
  return async ({ tenant, data, key }: DueTimer): Promise<void> => {
    const { paymentId } = data as { paymentId: Id }
    const payment = await ports.payments.see(tenant, paymentId)
    const cause = { caller: 'timer', key, fingerprint: 'resume-payment' }
    const outcome = await charge(platform, ports, tenant, paymentId, payment, cause)
    if (!outcome.ok && outcome.refusal.code === 'payments.provider-down') {
      throw new Error('the payment provider does not answer')
    }
  }
}

function begin(
  { write }: Needs,
  { orders, payments, stock }: Ports,
  tenant: TenantId,
  paymentId: Id,
  orderId: Id,
  maySee: (order: Order) => boolean,
  cause: Cause,
) {
  return stock.of(tenant).then((shelves) =>
    write({
      tenant,
      ...cause,
      key: `${cause.key}/start`,
      streams: { payment: payments.stream(paymentId), order: orders.stream(orderId) },
      decide({ payment, order }) {
        if (!maySee(order)) return refuse({ code: 'payments.unknown', paymentId })
        if (isSettled(payment)) return accept({ answer: null })
        if (payment.status === 'cancelled' || payment.status === 'declined') {
          return refuse({ code: 'payments.closed', status: payment.status } as const)
        }
        if (order.status !== 'reserved') {
          const refusal: CheckoutRefusal = { code: 'checkout.not-payable', status: order.status }
          return refuse(refusal)
        }
        const attempt = payment.attempts + 1
        return accept({
          append: {
            payment:
              payment.status === 'processing' ? [] : [{ type: 'payment.attempted', attempt }],
          },
          transfers: order.lines.map(({ holdId: id, sku, quantity }) =>
            shelves.hold({ id, sku, quantity, forSeconds: HOLD_WHILE_PAYING_SECONDS }),
          ),
          timers: [
            {
              set: resumptionOf(paymentId),
              kind: 'checkout.resume-payment',
              inSeconds: RESUME_SECONDS,
              data: { paymentId },
            },
          ],
          answer: null,
        })
      },
    }),
  )
}

async function charge(
  platform: Needs,
  ports: Ports,
  tenant: TenantId,
  paymentId: Id,
  payment: Payment,
  cause: Cause,
) {
  const { amount, orderId, transactionId } = payment
  const said = isSettled(payment)
    ? accept({ transactionId: transactionId ?? '' })
    : await ports.payments.provider.charge({ key: paymentId, amount, reference: paymentId })
  if (!said.ok && said.refusal.code !== 'payments.declined') return said
  return settlePayment(platform, ports, tenant, { paymentId, orderId, said }, cause)
}

function isSettled({ status }: Payment): boolean {
  return status === 'succeeded' || status === 'refunded' || status === 'partially-refunded'
}
