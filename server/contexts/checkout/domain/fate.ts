import type { Order } from '#context/orders'
import type { FinalWord, Payment } from '#context/payments'

/** What becomes of a payment when the provider's final word is heard. */
export type Fate =
  /** It is over already; the word changes nothing. */
  | 'nothing'
  /** The money was not taken; the buyer may pay another way. */
  | 'decline'
  /** Paid, confirmed and sold in one commit. */
  | 'sell'
  /** The clock had cancelled the order; its units are held once more and sold. */
  | 'reinstate'
  /** The units are gone: the order ends and the money goes back. */
  | 'sell-nothing'
  /** The order took another payment, or somebody cancelled it: the money goes back. */
  | 'give-back'

/**
 * Decides on the states that the commit locks, so whoever brings the word, in whatever order and
 * however often, there is one outcome (requirement R6). `unitsAreGone` is what an earlier try of the
 * same word has met.
 */
export function fateOf(
  { status, transactionId }: Pick<Payment, 'status' | 'transactionId'>,
  order: Pick<Order, 'status' | 'reason' | 'paymentId'>,
  paymentId: string,
  word: FinalWord,
  unitsAreGone: boolean,
): Fate {
  if (status === 'none' || transactionId !== null) return 'nothing'
  if (word.is === 'declined') {
    return status === 'pending' || status === 'processing' ? 'decline' : 'nothing'
  }
  // Asked twice, the provider said no and then yes. The buyer was told no and may have paid otherwise.
  if (status === 'declined' || order.paymentId !== paymentId) return 'give-back'
  if (order.status === 'reserved') return unitsAreGone ? 'sell-nothing' : 'sell'
  const isClocks = order.status === 'cancelled' && order.reason === 'not-paid-in-time'
  return isClocks && !unitsAreGone ? 'reinstate' : 'give-back'
}
