import type { Instant } from '#platform/clock'
import type { FinalWord, Payment, Standing } from '#context/payments'

/** A call to the provider is over after so long, so what it left behind can be looked at. */
const CALL_SECONDS = 60

/** After so long an attempt that the provider says nothing of is given up; money that comes later is late. */
const LONGEST_ATTEMPT_SECONDS = 3600

/** While a call may be under way nothing of it is closed: it would be taken from under the buyer. */
export function mayBeClosed(
  { waitsForBuyer, attemptedAt }: Pick<Payment, 'waitsForBuyer' | 'attemptedAt'>,
  at: Instant,
): boolean {
  return waitsForBuyer || at - attemptedAt > CALL_SECONDS * 1000
}

export function mayBeGivenUp({ attemptedAt }: Pick<Payment, 'attemptedAt'>, at: Instant): boolean {
  return at - attemptedAt > LONGEST_ATTEMPT_SECONDS * 1000
}

/**
 * It was given up while nobody knew what became of it, and may have been asked for until then: money
 * that came of it would be nobody's if the provider's news of it were lost.
 */
export function mayBeTakenYet({
  status,
  attempts,
  transactionId,
}: Pick<Payment, 'status' | 'attempts' | 'transactionId'>): boolean {
  return status === 'cancelled' && attempts > 0 && transactionId === null
}

export function isFinal(standing: Standing): standing is FinalWord {
  return standing.is === 'taken' || standing.is === 'declined'
}
