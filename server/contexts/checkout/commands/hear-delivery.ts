import type { Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { TenantId } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Delivered } from '#context/payments'

import type { Checkout } from '../contract.ts'
import type { Ports } from './ports.ts'
import { settlePayment } from './settle-payment.ts'

type Needs = Pick<Platform, 'write' | 'ids' | 'clock' | 'log'>

/**
 * The inbox: what a delivery says is booked in the commit that notes it, under a key made of the
 * provider and the delivery, so one that comes twice, or fifty times at once, is a replay (I13).
 */
export function hearDelivery(platform: Needs, ports: Ports): Checkout['hear'] {
  return async (tenant, provider, { headers, rawBody }) => {
    const receivedAt = platform.clock.now()
    const read = ports.payments.readDelivery(provider, { headers, rawBody, receivedAt })
    if (!read.ok) return read
    const { id } = read.value
    const cause = { caller: `webhook/${provider}`, key: id, fingerprint: 'delivery' }
    const heard = await book(platform, ports, tenant.id, read.value, receivedAt, cause)
    return heard.ok ? accept({ replayed: heard.value.replayed }) : heard
  }
}

async function book(
  platform: Needs,
  ports: Ports,
  tenant: TenantId,
  delivered: Delivered,
  at: number,
  cause: Cause,
): Promise<Outcome<{ readonly replayed: boolean }>> {
  const { payments } = ports
  const rows = payments.inbox(payments.providerName, delivered, at)
  if (delivered.about === 'nothing') {
    const decide = () => accept({ rows, answer: null })
    return platform.write({ tenant, ...cause, streams: {}, decide })
  }

  const { paymentId } = delivered
  const { status, orderId, amount, transactionId } = await payments.see(tenant, paymentId)
  // Another shop's payment is as unknown here as one that never was.
  if (status === 'none') return refuse({ code: 'payments.unknown', paymentId } as const)
  if (delivered.about === 'refund') {
    return payments.settleRefund(tenant, paymentId, delivered.refund, cause, rows)
  }
  const { word } = delivered
  const isAll =
    delivered.amount.amount === amount.amount && delivered.amount.currency === amount.currency
  // Money that is not the amount of the payment is none that we asked for.
  if (!isAll) return refuse({ code: 'payments.webhook-unreadable' } as const)
  if (word.is === 'taken' && transactionId !== null && transactionId !== word.transactionId) {
    // Our key allows one charge of a payment; that there are two is for people to see and to mend.
    const { transactionId: second } = word
    platform.log.error({ paymentId, first: transactionId, second }, 'charged twice by the provider')
  }
  const news = { paymentId, orderId, word, rows, isForProvider: true }
  return settlePayment(platform, ports, tenant, news, cause)
}
