import type { Money } from '#platform/money'

import { paid } from '../accounts.ts'
import type { Payment, PaymentRefusal, RefundParts } from '../contract.ts'
import { leftToRefund } from './payment.ts'

/** Money set aside for a refund waits for the provider no longer than this. */
const ASIDE_SECONDS = 30 * 24 * 3600

/** Name of the hold that sets a refund's money aside, and of the timer that asks the provider for it. */
export function asideOf(refundId: string): string {
  return `refund/${refundId}`
}

/** The beginning of a refund of all that is left; nothing when nothing is. */
export function refundParts(
  paymentId: string,
  payment: Payment,
  refundId: string,
  reason: string,
): RefundParts | undefined {
  const amount = leftToRefund(payment)
  if (amount.amount === 0) return undefined
  return beginning(paymentId, refundId, amount, reason, 0)
}

/** Set aside under the lock, so that no more ever goes back than came in (PAYMENTS-2). */
export function beginning(
  paymentId: string,
  refundId: string,
  amount: Money,
  reason: string,
  askInSeconds: number,
): RefundParts {
  const refusal: PaymentRefusal = { code: 'payments.refund-above-paid', wanted: amount }
  return {
    event: { type: 'payment.refund-started', refundId, amount, reason },
    transfers: [
      {
        verb: 'hold',
        id: asideOf(refundId),
        isNew: true,
        from: [paid(paymentId, amount.currency)],
        amount: amount.amount,
        forSeconds: ASIDE_SECONDS,
        refusal,
      },
    ],
    timers: [
      {
        set: asideOf(refundId),
        kind: 'payments.resume-refund',
        inSeconds: askInSeconds,
        data: { paymentId, refundId },
      },
    ],
  }
}
