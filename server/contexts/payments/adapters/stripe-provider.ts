/**
 * Stripe: PaymentIntents, confirmed as they are made, and Refunds. What this file relies on is in
 * Stripe's documents: idempotent requests (the first answer under a key is given again for a day,
 * a 500 included), the life of a PaymentIntent, search (up to an hour behind in an outage), webhook
 * signatures. `stripe-stand-in.testing.ts` behaves the same and the conformance suite runs on it.
 */
import assert from 'node:assert/strict'

import Stripe from 'stripe'

import { accept, refuse, type Outcome } from '#platform/outcome'

import type {
  Charged,
  ChargeRequest,
  FoundCharge,
  PaymentProvider,
  ProviderBooks,
  ProviderRefusal,
  Refunded,
  RefundRequest,
} from '../provider.ts'
import { AWAY, declined, outsideCalls } from './outside-calls.ts'
import { toStripe } from './stripe-amounts.ts'
import { type Call, foundCharge, stateOf, stripeBooks } from './stripe-books.ts'
import { readStripeWebhook } from './stripe-webhooks.ts'

export interface StripeProviderOptions {
  /** `sk_…` or, better, a restricted key that may write PaymentIntents and Refunds. */
  readonly secretKey: string
  /** `whsec_…`; any of these may have signed a delivery. */
  readonly webhookSecrets: readonly string[]
  /** Ways to pay that send the buyer to a page: `ideal`, `bancontact`. Cards come by their token. */
  readonly redirectMethods?: readonly string[]
  /** One try; a call has three. */
  readonly timeoutMs?: number
  /** Somewhere else than Stripe, for tests. */
  readonly at?: {
    readonly host: string
    readonly port: number
    readonly protocol: 'http' | 'https'
  }
}

const RETRIES = 2

/** Without a token this method is not charged but looked for. */
const CARD = 'card'

/** Reasons for which Stripe refuses a request before it does anything, and always will. */
const NEVER_CHARGED = ['amount_too_small', 'amount_too_large', 'payment_method_currency_mismatch']

type Intent = Stripe.PaymentIntent

export function stripeProvider({
  secretKey,
  webhookSecrets,
  redirectMethods = [],
  timeoutMs = 5000,
  at,
}: StripeProviderOptions): PaymentProvider & ProviderBooks {
  const stripe = new Stripe(secretKey, {
    maxNetworkRetries: RETRIES,
    timeout: timeoutMs,
    telemetry: false,
    ...at,
  })
  const call = callsTo(timeoutMs)
  return {
    name: 'stripe',
    methods: [CARD, ...redirectMethods],
    tokenMethods: [CARD],
    findsAfterSeconds: 3600,
    charge: (request) => charge(stripe, call, request),
    close: ({ key, transactionId }) => close(stripe, call, key, transactionId),
    refund: (request) => refund(stripe, call, request),
    find: (reference) => find(stripe, call, reference),
    ...stripeBooks(stripe, call),
    readWebhook: (delivery) => readStripeWebhook(stripe, delivery, webhookSecrets),
  }
}

/**
 * The package retries by itself, so the policy around it does not. Refusals of a card or of the
 * request are answers; everything else, an idempotency error among it, says nothing of the money.
 */
function callsTo(timeoutMs: number): Call {
  const policy = outsideCalls({ timeoutMs: (timeoutMs + 2000) * (RETRIES + 1), tries: 1 })
  return async (ask) => {
    try {
      return await policy.execute(async () => {
        try {
          return accept({ did: await ask() })
        } catch (error) {
          if (
            error instanceof Stripe.errors.StripeCardError ||
            error instanceof Stripe.errors.StripeInvalidRequestError
          ) {
            return accept({ refused: error })
          }
          if (error instanceof Stripe.errors.StripeIdempotencyError) return refuse(AWAY)
          throw error
        }
      })
    } catch {
      return refuse(AWAY)
    }
  }
}

async function charge(
  stripe: Stripe,
  call: Call,
  { key, amount, reference, method, token, returnTo }: ChargeRequest,
): Promise<Outcome<Charged, ProviderRefusal>> {
  if (method === CARD && token === undefined) return standsFound(stripe, call, reference)
  const said = await call(() =>
    stripe.paymentIntents.create(
      {
        ...toStripe(amount),
        confirm: true,
        metadata: { reference },
        allowed_payment_method_types: [method],
        ...(token === undefined
          ? { payment_method_data: { type: method } }
          : { payment_method: token }),
        ...(returnTo === undefined ? {} : { return_url: returnTo }),
      },
      { idempotencyKey: key },
    ),
  )
  if (!said.ok) return said
  if ('refused' in said.value) return notCharged(said.value.refused)
  const { did: intent } = said.value
  const isReplay = intent.lastResponse.headers['idempotent-replayed'] === 'true'
  if (!isReplay || intent.status === 'succeeded') return stands(intent)
  // What is given again is the first answer, which may be long out of date.
  return retrieve(stripe, call, intent.id)
}

function notCharged({
  type,
  code,
  decline_code: declineCode,
  param = '',
}: Stripe.errors.StripeError): Outcome<Charged, ProviderRefusal> {
  if (type === 'StripeCardError') return refuse(declined(declineCode ?? code))
  // The token is the buyer's browser's: one that is made up or used up is a no like any other.
  if (param.startsWith('payment_method')) return refuse(declined('token_invalid'))
  return refuse(code !== undefined && NEVER_CHARGED.includes(code) ? declined(code) : AWAY)
}

async function standsFound(
  stripe: Stripe,
  call: Call,
  reference: string,
): Promise<Outcome<Charged, ProviderRefusal>> {
  const found = await search(stripe, call, reference)
  if (!found.ok) return found
  const last = found.value.at(-1)
  return last === undefined ? refuse(AWAY) : stands(last)
}

async function retrieve(
  stripe: Stripe,
  call: Call,
  id: string,
): Promise<Outcome<Charged, ProviderRefusal>> {
  const said = await call(() => stripe.paymentIntents.retrieve(id))
  if (!said.ok) return said
  return 'did' in said.value ? stands(said.value.did) : refuse(AWAY)
}

async function close(
  stripe: Stripe,
  call: Call,
  key: string,
  id: string,
): Promise<Outcome<Charged, ProviderRefusal>> {
  // Keys are the account's, whatever they are for.
  const said = await call(() =>
    stripe.paymentIntents.cancel(id, {}, { idempotencyKey: `${key}/close` }),
  )
  if (!said.ok) return said
  // Over already, or not to be stopped now: it stands as it stands.
  return 'did' in said.value ? stands(said.value.did) : retrieve(stripe, call, id)
}

/** The refunds of the charge are looked through first: a key is forgotten after a day, they are not. */
async function refund(
  stripe: Stripe,
  call: Call,
  { key, transactionId, reference, amount }: RefundRequest,
): Promise<Outcome<Refunded, ProviderRefusal>> {
  const listed = await call(() =>
    stripe.refunds
      .list({ payment_intent: transactionId, limit: 100 })
      .autoPagingToArray({ limit: 1000 }),
  )
  if (!listed.ok) return listed
  if ('refused' in listed.value) return refuse(declined(listed.value.refused.code))
  const earlier = listed.value.did.find(({ metadata }) => metadata?.['key'] === key)
  if (earlier !== undefined) {
    return earlier.amount === toStripe(amount).amount ? givenBack(earlier) : refuse(AWAY)
  }

  const said = await call(() =>
    stripe.refunds.create(
      {
        payment_intent: transactionId,
        amount: toStripe(amount).amount,
        metadata: { key, reference },
      },
      { idempotencyKey: key },
    ),
  )
  if (!said.ok) return said
  if ('refused' in said.value) return refuse(declined(said.value.refused.code ?? 'refund_refused'))
  return givenBack(said.value.did)
}

function givenBack({
  id,
  status,
  failure_reason: reason,
}: Stripe.Refund): Outcome<Refunded, ProviderRefusal> {
  if (status === 'failed' || status === 'canceled') return refuse(declined(reason ?? status))
  return accept({ status: status === 'succeeded' ? 'succeeded' : 'pending', transactionId: id })
}

async function find(
  stripe: Stripe,
  call: Call,
  reference: string,
): Promise<Outcome<readonly FoundCharge[], ProviderRefusal>> {
  const found = await search(stripe, call, reference)
  return found.ok ? accept(found.value.map((intent) => foundCharge(intent, reference))) : found
}

/** Every intent of a payment, oldest first. */
async function search(
  stripe: Stripe,
  call: Call,
  reference: string,
): Promise<Outcome<Intent[], ProviderRefusal>> {
  assert.match(reference, /^[\w-]{1,100}$/, 'a reference becomes part of a query')
  const said = await call(() =>
    stripe.paymentIntents
      .search({ query: `metadata['reference']:'${reference}'`, limit: 100 })
      .autoPagingToArray({ limit: 1000 }),
  )
  if (!said.ok) return said
  if ('refused' in said.value) return refuse(AWAY)
  return accept(said.value.did.toSorted((one, other) => one.created - other.created))
}

function stands(intent: Intent): Outcome<Charged, ProviderRefusal> {
  const { id: transactionId } = intent
  const { status, reason, url } = stateOf(intent)
  if (status === 'declined') return refuse(declined(reason))
  if (status === 'action-needed') return accept({ status, transactionId, url })
  return accept({ status, transactionId })
}
