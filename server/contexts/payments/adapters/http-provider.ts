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
  readonly body: { readonly id?: string; readonly code?: string; readonly detail?: string }
}

export interface HttpProviderOptions {
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
          const answer = await fetch(new URL(path, url), {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'idempotency-key': key },
            body: JSON.stringify(body),
            signal,
          })
          if (answer.status >= 500 || answer.status === 429) {
            throw new Error(`the payment provider answered ${answer.status}`)
          }
          return { status: answer.status, body: (await answer.json()) as Said['body'] }
        }),
      )
    } catch {
      // Whatever it was, the money may or may not have moved; the same key tells next time.
      return refuse({ code: 'payments.provider-down', retryAfterSeconds: 10 })
    }
  }

  const understood = (said: Outcome<Said, PaymentRefusal>) => {
    if (!said.ok) return said
    const { status, body } = said.value
    if (status >= 200 && status < 300 && typeof body.id === 'string') {
      return accept({ transactionId: body.id })
    }
    const reason = String(body.code ?? body.detail ?? status).slice(0, 200)
    return refuse({ code: 'payments.declined', reason } as const)
  }

  return {
    charge: async ({ key, amount, reference }) =>
      understood(await post('/v1/charges', key, { ...amount, reference })),
    refund: async ({ key, transactionId, amount }) =>
      understood(await post('/v1/refunds', key, { charge: transactionId, amount: amount.amount })),
  }
}
