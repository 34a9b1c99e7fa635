/**
 * The provider over HTTP. Faults of others end here: a time-out, a few retries under the same key,
 * a breaker and a cap on concurrency, and at last a refusal that says when to come back (R12).
 */
import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleAll,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel'

import { accept, refuse, type Outcome } from '#platform/outcome'

import type { PaymentProvider, PaymentRefusal } from '../contract.ts'

/** An answer that asking again will not change; it is neither retried nor counted by the breaker. */
interface Said {
  readonly status: number
  readonly body: { readonly id?: unknown; readonly error?: { readonly code?: unknown } } | null
}

/**
 * Whatever is neither a yes nor a no: the money may or may not have moved, and the same key tells
 * next time. A 401 or a 409 says as little of the money as silence does.
 */
const AWAY: PaymentRefusal = { code: 'payments.provider-down', retryAfterSeconds: 10 }

/** The reason goes into the log for ever, so it is a word of the provider's list or nothing. */
function declined(reason: unknown): PaymentRefusal {
  const isCode = typeof reason === 'string' && /^[\w.-]{1,60}$/.test(reason)
  return { code: 'payments.declined', reason: isCode ? reason : 'declined' }
}

export interface HttpProviderOptions {
  /** Without a slash at its end; it may have a path. */
  readonly url: string
  /** One try; a charge has three within about three of these. */
  readonly timeoutMs?: number
}

/** Calls under way at once, and how many may wait for a place. */
const MOST_CALLS = 256
const MOST_WAITING = 2048

export function httpProvider({ url, timeoutMs = 5000 }: HttpProviderOptions): PaymentProvider {
  const policy = wrap(
    bulkhead(MOST_CALLS, MOST_WAITING),
    retry(handleAll, {
      maxAttempts: 2,
      backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 1000 }),
    }),
    circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) }),
    timeout(timeoutMs, TimeoutStrategy.Aggressive),
  )

  const post = async (
    path: string,
    key: string,
    body: unknown,
  ): Promise<Outcome<Said, PaymentRefusal>> => {
    try {
      return accept(
        await policy.execute(async ({ signal }) => {
          const answer = await fetch(url + path, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'idempotency-key': key },
            body: JSON.stringify(body),
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

  const understood = (said: Outcome<Said, PaymentRefusal>) => {
    if (!said.ok) return said
    const { status, body } = said.value
    if (status >= 200 && status < 300 && typeof body?.id === 'string') {
      return accept({ transactionId: body.id })
    }
    return refuse(status === 402 ? declined(body?.error?.code) : AWAY)
  }

  return {
    methods: ['card'],
    charge: async ({ key, amount, reference }) =>
      understood(await post('/v1/charges', key, { ...amount, reference })),
    refund: async ({ key, transactionId, amount }) =>
      understood(await post('/v1/refunds', key, { charge: transactionId, amount: amount.amount })),
  }
}
