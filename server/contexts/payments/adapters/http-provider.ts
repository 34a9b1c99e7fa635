/**
 * The provider over HTTP, as `server/test-provider` speaks it. Faults of others end here: a time-out,
 * a few retries under the same key, a breaker and a cap on concurrency, and at last a refusal that
 * says when to come back (R12).
 */
import type { IPolicy } from 'cockatiel'

import { accept, refuse, type Outcome } from '#platform/outcome'

import type {
  Charged,
  FoundCharge,
  Listed,
  PaymentProvider,
  ProviderBooks,
  ProviderRefusal,
  Refunded,
} from '../provider.ts'
import { foundCharge, isObject, listedCharge, listedRefund, newsOf } from './http-messages.ts'
import { AWAY, declined, outsideCalls } from './outside-calls.ts'
import { verifyStandardWebhook } from './standard-webhooks.ts'

/** An answer that asking again will not change; it is neither retried nor counted by the breaker. */
interface Said {
  readonly status: number
  readonly body: { readonly [name: string]: unknown } | null
}

export interface HttpProviderOptions {
  /** Without a slash at its end; it may have a path. */
  readonly url: string
  /** One try; a charge has three within about three of these. */
  readonly timeoutMs?: number
  /** Any of these may have signed a delivery; without one no delivery is believed. */
  readonly webhookSecrets?: readonly Buffer[]
}

const METHODS = ['card', 'card-redirect', 'card-slow', 'card-declined']

/** Reasons for which a refund will never be given, whoever asks again. */
const NEVER_GIVEN_BACK = ['refund_exceeds_charge', 'charge_not_paid', 'charge_unknown']

const MOST_PAGES = 100

export function httpProvider({
  url,
  timeoutMs = 5000,
  webhookSecrets = [],
}: HttpProviderOptions): PaymentProvider & ProviderBooks {
  const call = callsTo(url, outsideCalls({ timeoutMs, tries: 3 }))
  return {
    name: 'test',
    methods: METHODS,
    tokenMethods: [],
    findsAfterSeconds: 0,
    // The token is for providers with a form of their own.
    charge: async ({ key, amount, token: _token, ...rest }) =>
      charged(await call('POST', '/v1/charges', { key, body: { ...amount, ...rest } })),
    close: async ({ key, transactionId }) => {
      const path = `/v1/charges/${encodeURIComponent(transactionId)}/close`
      return charged(await call('POST', path, { key, body: {} }))
    },
    refund: async ({ key, transactionId, amount }) => {
      const body = { charge: transactionId, amount: amount.amount }
      return refunded(await call('POST', '/v1/refunds', { key, body }))
    },
    find: (reference) => find(call, reference),
    chargesSince: (since, after) => listed(call, '/v1/charges', since, after, listedCharge),
    refundsSince: (since, after) => listed(call, '/v1/refunds', since, after, listedRefund),
    readWebhook: (delivery) => {
      const verified = verifyStandardWebhook(delivery, webhookSecrets)
      return verified.ok ? newsOf(verified.value.id, delivery.rawBody) : verified
    },
  }
}

type Call = (
  method: 'GET' | 'POST',
  path: string,
  sent?: { readonly key?: string; readonly body?: unknown },
) => Promise<Outcome<Said, ProviderRefusal>>

function callsTo(url: string, policy: IPolicy): Call {
  return async (method, path, { key, body } = {}) => {
    try {
      return accept(
        await policy.execute(async ({ signal }) => {
          const answer = await fetch(url + path, {
            method,
            headers: {
              ...(body === undefined ? {} : { 'content-type': 'application/json' }),
              ...(key === undefined ? {} : { 'idempotency-key': key }),
            },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
            // A key and an amount are for the provider alone, wherever it points.
            redirect: 'error',
            signal,
          })
          if (answer.status >= 500 || answer.status === 429) {
            throw new Error(`the payment provider answered ${answer.status}`)
          }
          return { status: answer.status, body: (await answer.json()) as Said['body'] }
        }),
      )
    } catch {
      return refuse(AWAY)
    }
  }
}

async function find(
  call: Call,
  reference: string,
): Promise<Outcome<readonly FoundCharge[], ProviderRefusal>> {
  const found: FoundCharge[] = []
  let after = ''
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const query = new URLSearchParams({ reference, ...(after === '' ? {} : { after }) })
    const said = await call('GET', `/v1/charges?${query.toString()}`)
    if (!said.ok) return said
    const { items, next } = said.value.body ?? {}
    if (said.value.status !== 200 || !Array.isArray(items)) return refuse(AWAY)
    const charges = items.map(foundCharge)
    if (!charges.every((each) => each !== undefined)) return refuse(AWAY)
    found.push(...charges)
    if (typeof next !== 'string') return accept(found)
    after = next
  }
  return refuse(AWAY)
}

/** One page of what was made since an instant. */
async function listed<T>(
  call: Call,
  path: string,
  since: number,
  after: string | null,
  read: (given: unknown) => T | undefined,
): Promise<Outcome<Listed<T>, ProviderRefusal>> {
  const query = new URLSearchParams({
    since: new Date(since).toISOString(),
    ...(after === null ? {} : { after }),
  })
  const said = await call('GET', `${path}?${query.toString()}`)
  if (!said.ok) return said
  const { items, next } = said.value.body ?? {}
  if (said.value.status !== 200 || !Array.isArray(items)) return refuse(AWAY)
  const found = items.map(read)
  if (!found.every((each) => each !== undefined)) return refuse(AWAY)
  return accept({ items: found, next: typeof next === 'string' ? next : null })
}

function refunded(said: Outcome<Said, ProviderRefusal>): Outcome<Refunded, ProviderRefusal> {
  if (!said.ok) return said
  const { id, status } = said.value.body ?? {}
  if (isDone(said.value) && typeof id === 'string' && status === 'succeeded') {
    return accept({ status, transactionId: id })
  }
  const code = errorCode(said.value)
  const isNever = typeof code === 'string' && NEVER_GIVEN_BACK.includes(code)
  return refuse(said.value.status === 402 || isNever ? declined(code) : AWAY)
}

function isDone({ status }: Said): boolean {
  return status >= 200 && status < 300
}

function errorCode({ body }: Said): unknown {
  const { error } = body ?? {}
  return isObject(error) ? error['code'] : undefined
}

function charged(said: Outcome<Said, ProviderRefusal>): Outcome<Charged, ProviderRefusal> {
  if (!said.ok) return said
  if (said.value.status === 402) return refuse(declined(errorCode(said.value)))
  const { id, status, reason, url } = said.value.body ?? {}
  if (!isDone(said.value) || typeof id !== 'string') return refuse(AWAY)
  switch (status) {
    case 'succeeded':
    case 'pending':
      return accept({ status, transactionId: id })
    case 'action-needed':
      return typeof url === 'string' ? accept({ status, transactionId: id, url }) : refuse(AWAY)
    case 'declined':
      return refuse(declined(reason))
    default:
      return refuse(AWAY)
  }
}
