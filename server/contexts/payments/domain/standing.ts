import type { Instant } from '#platform/clock'

import type { Payment, Standing } from '../contract.ts'
import type { FoundCharge } from '../provider.ts'

/**
 * A call to the provider is over after so long: it has a time-out and a few tries. Silence of `find`
 * proves nothing before.
 */
export const CALL_SECONDS = 60

/**
 * What the charges of a payment add up to. There is at most one under the payment's key; should there
 * be more, money that was taken counts before anything else, and what is open before what is over.
 */
export function standingOf(
  charges: readonly FoundCharge[],
  { attemptedAt }: Pick<Payment, 'attemptedAt'>,
  at: Instant,
  findsAfterSeconds: number,
): Standing {
  const taken = charges.find(({ status }) => status === 'succeeded')
  if (taken !== undefined) return { is: 'taken', transactionId: taken.transactionId }
  const open = charges.find(({ status }) => status === 'action-needed' || status === 'pending')
  if (open !== undefined) {
    return { is: 'open', transactionId: open.transactionId, url: open.url ?? null }
  }
  const declined = charges.at(-1)
  if (declined !== undefined) return { is: 'declined', reason: declined.reason ?? 'declined' }
  const isCertain = at - attemptedAt > (CALL_SECONDS + findsAfterSeconds) * 1000
  return isCertain ? { is: 'absent' } : { is: 'unknown', retryAfterSeconds: findsAfterSeconds }
}
