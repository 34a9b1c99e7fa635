import Stripe from 'stripe'

import { accept, refuse, type Outcome } from '#platform/outcome'

import type { ProviderNews, WebhookDelivery, WebhookRefusal } from '../provider.ts'
import { reasonOf } from './outside-calls.ts'
import { TOLERANCE_SECONDS } from './standard-webhooks.ts'
import { fromStripe } from './stripe-amounts.ts'

/** The package takes 0 for "whatever its age": it would let signatures of the future through, so age is ours. */
const ANY_AGE = 0

/** What a delivery of Stripe's says, once its signature is proven. */
export function readStripeWebhook(
  stripe: Stripe,
  { headers, rawBody, receivedAt }: WebhookDelivery,
  secrets: readonly string[],
): Outcome<ProviderNews, WebhookRefusal> {
  const header = headers['stripe-signature']
  const forged = refuse({ code: 'payments.webhook-forged' } as const)
  const unreadable = refuse({ code: 'payments.webhook-unreadable' } as const)
  if (typeof header !== 'string') return forged
  for (const secret of secrets) {
    try {
      const event = stripe.webhooks.constructEvent(rawBody, header, secret, ANY_AGE)
      const signedAt = Number(/(?:^|,)t=(\d{1,12})(?:,|$)/.exec(header)?.[1])
      if (!(Math.abs(receivedAt / 1000 - signedAt) <= TOLERANCE_SECONDS)) {
        return refuse({ code: 'payments.webhook-stale' })
      }
      return newsOf(event) ?? unreadable
    } catch (error) {
      // Another secret may fit; signed words that are no event are nobody else's.
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) return unreadable
    }
  }
  return forged
}

/** Undefined when the event is not what Stripe's documents say. */
function newsOf(event: Stripe.Event): Outcome<ProviderNews, WebhookRefusal> | undefined {
  if (typeof event?.id !== 'string' || typeof event.type !== 'string') return undefined
  if (typeof event.data?.object !== 'object' || !Number.isSafeInteger(event.created)) {
    return undefined
  }
  const { id } = event
  const at = event.created * 1000
  switch (event.type) {
    case 'payment_intent.succeeded':
    case 'payment_intent.payment_failed':
    case 'payment_intent.canceled': {
      const { id: transactionId, metadata, last_payment_error: error } = event.data.object
      const reference = metadata?.['reference']
      // Somebody else's charge on the same account.
      if (reference === undefined) break
      const amount = readAmount(event.data.object)
      if (amount === undefined || typeof transactionId !== 'string') return undefined
      const news = { id, reference, transactionId, amount, at }
      if (event.type === 'payment_intent.succeeded') {
        return accept({ kind: 'charge.succeeded', ...news })
      }
      const { cancellation_reason: cancelled } = event.data.object
      const reason = reasonOf(error?.decline_code ?? error?.code ?? cancelled)
      return accept({ kind: 'charge.declined', ...news, reason })
    }
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return newsOfRefund(id, at, event.data.object)
    default:
  }
  return accept({ kind: 'ignored', id, type: reasonOf(event.type) })
}

function newsOfRefund(
  id: string,
  at: number,
  refund: Stripe.Refund,
): Outcome<ProviderNews, WebhookRefusal> | undefined {
  const { status, metadata, payment_intent: intent, failure_reason: failure } = refund
  const reference = metadata?.['reference']
  const isOver = status === 'succeeded' || status === 'failed' || status === 'canceled'
  if (reference === undefined || !isOver) return accept({ kind: 'ignored', id, type: 'refund' })
  const amount = readAmount(refund)
  const transactionId = typeof intent === 'string' ? intent : intent?.id
  if (amount === undefined || transactionId === undefined) return undefined
  const news = {
    id,
    reference,
    transactionId,
    amount,
    at,
    refundKey: metadata?.['key'] ?? null,
    refundTransactionId: refund.id,
  }
  return status === 'succeeded'
    ? accept({ kind: 'refund.succeeded', ...news })
    : accept({ kind: 'refund.declined', ...news, reason: reasonOf(failure ?? status) })
}

function readAmount(given: { readonly amount?: unknown; readonly currency?: unknown }) {
  const { amount, currency } = given
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount)) return undefined
  return typeof currency === 'string' ? fromStripe({ amount, currency }) : undefined
}
