/** Stripe's books: an intent and a refund in our words, and the lists of them. */
import type Stripe from 'stripe'

import { accept, refuse, type Outcome } from '#platform/outcome'

import type {
  FoundCharge,
  Listed,
  ListedCharge,
  ListedRefund,
  ProviderBooks,
  ProviderRefusal,
} from '../provider.ts'
import { AWAY, reasonOf } from './outside-calls.ts'
import { fromStripe } from './stripe-amounts.ts'

type Intent = Stripe.PaymentIntent

/** What Stripe answered: it did it, or it said no in words that are final. */
type Said<T> = { readonly did: T } | { readonly refused: Stripe.errors.StripeError }

export type Call = <T>(ask: () => Promise<T>) => Promise<Outcome<Said<T>, ProviderRefusal>>

/** The most that Stripe lists at once. */
const PAGE = 100

/**
 * Lists, newest first. They are immediate, where search is behind. What has no reference of ours was
 * made by another program of the account, or by hand, and is left out.
 */
export function stripeBooks(stripe: Stripe, call: Call): ProviderBooks {
  return {
    chargesSince: async (since, after) =>
      listed(
        await call(() =>
          stripe.paymentIntents.list({ ...pageOf(since, after), expand: ['data.latest_charge'] }),
        ),
        listedCharge,
      ),
    refundsSince: async (since, after) =>
      listed(
        await call(() =>
          stripe.refunds.list({ ...pageOf(since, after), expand: ['data.payment_intent'] }),
        ),
        listedRefund,
      ),
  }
}

function pageOf(since: number, after: string | null) {
  const created = { gte: Math.floor(since / 1000) }
  return { created, limit: PAGE, ...(after === null ? {} : { starting_after: after }) }
}

function listed<From extends { readonly id: string }, To>(
  said: Outcome<Said<Stripe.ApiList<From>>, ProviderRefusal>,
  read: (from: From) => To | undefined,
): Outcome<Listed<To>, ProviderRefusal> {
  if (!said.ok) return said
  if ('refused' in said.value) return refuse(AWAY)
  const { data, has_more: hasMore } = said.value.did
  const items = data.map(read).filter((each) => each !== undefined)
  return accept({ items, next: hasMore ? (data.at(-1)?.id ?? null) : null })
}

function listedCharge(intent: Intent): ListedCharge | undefined {
  const { reference } = intent.metadata
  if (reference === undefined) return undefined
  const { latest_charge: charge, currency } = intent
  const amount = typeof charge === 'object' ? (charge?.amount_refunded ?? 0) : 0
  return { ...foundCharge(intent, reference), refunded: fromStripe({ amount, currency }) }
}

function listedRefund(refund: Stripe.Refund): ListedRefund | undefined {
  const { payment_intent: intent, metadata, status } = refund
  if (typeof intent !== 'object' || intent === null) return undefined
  // One that was made by hand has no words of ours; its intent has.
  const { reference } = intent.metadata
  if (reference === undefined) return undefined
  const isNo = status === 'failed' || status === 'canceled'
  return {
    key: metadata?.['key'] ?? null,
    transactionId: refund.id,
    chargeId: intent.id,
    reference,
    status: isNo ? 'declined' : status === 'succeeded' ? 'succeeded' : 'pending',
    amount: fromStripe(refund),
    at: refund.created * 1000,
  }
}

/** An intent in our words. */
export function foundCharge(intent: Intent, reference: string): FoundCharge {
  const { status, reason, url } = stateOf(intent)
  return {
    transactionId: intent.id,
    reference,
    status,
    ...(status === 'declined' ? { reason } : {}),
    ...(status === 'action-needed' ? { url } : {}),
    amount: fromStripe(intent),
    at: intent.created * 1000,
  }
}

/** The life of a PaymentIntent in our words. */
export function stateOf(intent: Intent): {
  readonly status: FoundCharge['status']
  readonly reason: string
  readonly url: string
} {
  const url = intent.next_action?.redirect_to_url?.url ?? ''
  const { decline_code: declineCode, code } = intent.last_payment_error ?? {}
  const reason = reasonOf(declineCode ?? code ?? intent.cancellation_reason)
  switch (intent.status) {
    case 'succeeded':
      return { status: 'succeeded', reason, url }
    case 'canceled':
    case 'requires_payment_method':
      return { status: 'declined', reason, url }
    case 'requires_action':
      return { status: url === '' ? 'pending' : 'action-needed', reason, url }
    default:
      return { status: 'pending', reason, url }
  }
}
