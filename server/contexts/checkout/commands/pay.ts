import type { Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Order } from '#context/orders'
import type { Payment, PaymentView, Standing } from '#context/payments'

import type { Checkout, CheckoutRefusal, Done, PayTerms } from '../contract.ts'
import { heldWhilePaying } from './held-while-paying.ts'
import { resumption, type Ports } from './ports.ts'
import { settlePayment } from './settle-payment.ts'

type Needs = Pick<Platform, 'write' | 'ids'>

/**
 * Two commits around the call of the provider: the first notes that it is asked and keeps the units
 * held, the second books what it said. A process that dies in between leaves a timer; the provider
 * is asked again under the same key and charges once (requirements R5, R6). When the buyer has to go
 * to the provider's page first, the answer says where; a delivery or the reconciler brings the end.
 */
export function pay(platform: Needs, ports: Ports): Checkout['pay'] {
  const { payments } = ports
  return async (tenant, paymentId, asker, terms, cause) => {
    const unknown = { code: 'payments.unknown', paymentId } as const
    const payment = await payments.recall(tenant.id, paymentId)
    if (payment.status === 'none') return refuse(unknown)
    const may = (order: Order): boolean =>
      ports.orders.maySee(tenant.id, payment.orderId, order, asker)

    const begun = await begin(platform, ports, tenant.id, paymentId, payment.orderId, may, cause)
    if (!begun.ok) return begun
    // Guests behind one address share a name, so a remembered beginning says nothing of who asks now.
    if (begun.value.replayed && !may(await ports.orders.see(tenant.id, payment.orderId))) {
      return refuse(unknown)
    }
    return charge(platform, ports, tenant.id, paymentId, payment, terms, cause)
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
        if (payment.transactionId !== null) return accept({ answer: null })
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
          transfers: heldWhilePaying(shelves, order),
          timers: [resumption(paymentId)],
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
  terms: PayTerms,
  cause: Cause,
): Promise<Outcome<Done<PaymentView>>> {
  const { orderId, transactionId } = payment
  const standing: Standing =
    transactionId === null
      ? await ports.payments.charge(paymentId, payment, terms)
      : { is: 'taken', transactionId }
  switch (standing.is) {
    case 'taken':
    case 'declined':
      return settlePayment(platform, ports, tenant, { paymentId, orderId, word: standing }, cause)
    case 'open':
      return waits(platform, ports, tenant, paymentId, standing.url, cause)
    case 'absent':
      return refuse({ code: 'payments.provider-down', retryAfterSeconds: 10 } as const)
    case 'unknown': {
      const { retryAfterSeconds } = standing
      return refuse({ code: 'payments.provider-down', retryAfterSeconds } as const)
    }
  }
}

/** The address of the provider's page is for this answer alone: it lets whoever has it pay or decline. */
async function waits(
  { write }: Needs,
  { payments }: Ports,
  tenant: TenantId,
  paymentId: Id,
  url: string | null,
  cause: Cause,
): Promise<Outcome<Done<PaymentView>>> {
  const noted = await write({
    tenant,
    ...cause,
    key: `${cause.key}/waits`,
    streams: { payment: payments.stream(paymentId) },
    decide({ payment }) {
      const isNews = url !== null && payment.status === 'processing' && !payment.waitsForBuyer
      return accept({
        append: { payment: isNews ? [{ type: 'payment.action-needed' }] : [] },
        answer: null,
      })
    },
  })
  if (!noted.ok) return noted
  const view = payments.present(paymentId, await payments.see(tenant, paymentId))
  const isStill = url !== null && view.status === 'processing'
  // What is under way is told as it is now, though the same key noted it before.
  const { replayed } = noted.value
  return accept({ answer: isStill ? { ...view, action: { url } } : view, replayed })
}
