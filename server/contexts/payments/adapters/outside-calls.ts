import {
  bulkhead,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleAll,
  type IPolicy,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel'

import type { ProviderRefusal } from '../provider.ts'

/** Calls under way at once, and how many may wait for a place. */
const MOST_CALLS = 256
const MOST_WAITING = 2048

/**
 * Whatever is neither a yes nor a no: the money may or may not have moved, and the same key tells
 * next time. A 401 or a 409 says as little of the money as silence does.
 */
export const AWAY: ProviderRefusal = { code: 'payments.provider-down', retryAfterSeconds: 10 }

/**
 * What every call of a provider goes through (R12): a cap on concurrency, `tries` within
 * `timeoutMs` each, and a breaker that leaves the provider alone for ten seconds after five
 * failures in a row. A failure is what the call throws.
 */
export function outsideCalls({
  timeoutMs,
  tries,
}: {
  readonly timeoutMs: number
  readonly tries: number
}): IPolicy {
  return wrap(
    bulkhead(MOST_CALLS, MOST_WAITING),
    retry(handleAll, {
      maxAttempts: tries - 1,
      backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 1000 }),
    }),
    circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) }),
    timeout(timeoutMs, TimeoutStrategy.Aggressive),
  )
}

/** The reason goes into the log for ever, so it is a word of the provider's list or nothing. */
export function reasonOf(given: unknown): string {
  return typeof given === 'string' && /^[\w.-]{1,60}$/.test(given) ? given : 'declined'
}

/** The provider will not do it. */
export function declined(reason: unknown): ProviderRefusal {
  return { code: 'payments.declined', reason: reasonOf(reason) }
}
