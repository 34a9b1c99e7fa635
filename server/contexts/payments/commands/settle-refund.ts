import type { Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Transfer } from '#platform/ledger/transfer'
import { accept, refuse, type Outcome } from '#platform/outcome'
import { stream, type Write } from '#platform/write/commit'

import { buyers, paid } from '../accounts.ts'
import type { Payment, PaymentDone, PaymentEvent, PaymentRefusal, RefundWord } from '../contract.ts'
import { after, payments, present } from '../domain/payment.ts'
import { asideOf } from '../domain/refund.ts'

/**
 * The one way a refund ends, whoever brings the news: the caller of the provider, a delivery or the
 * timer. Guarded by the refund's state under the payment's lock. A refund that was made by hand at
 * the provider is booked like any other, as far as there is money left of the payment.
 */
export function settleRefund(
  { write }: Pick<Platform, 'write'>,
  tenant: TenantId,
  paymentId: Id,
  refund: RefundWord,
  cause: Cause,
  rows: readonly Write[] = [],
): Promise<Outcome<PaymentDone>> {
  return write({
    tenant,
    ...cause,
    streams: { payment: stream(payments, paymentId) },
    decide({ payment }) {
      if (payment.status === 'none') return refuse({ code: 'payments.unknown', paymentId } as const)
      const { currency } = payment.amount
      if (refund.amount.currency !== currency) {
        const given = refund.amount.currency
        return refuse({ code: 'payments.wrong-currency', expected: currency, given } as const)
      }
      const { events, transfers } = ending(paymentId, payment, refund)
      return accept({
        append: { payment: events },
        transfers,
        rows,
        timers: [{ clear: asideOf(refund.refundId) }],
        answer: ({ at }) => present(paymentId, after(payment, events, at)),
      })
    },
  })
}

interface Ending {
  readonly events: readonly PaymentEvent[]
  readonly transfers: readonly Transfer[]
}

const NOTHING: Ending = { events: [], transfers: [] }

function ending(paymentId: Id, payment: Payment, refund: RefundWord): Ending {
  const { refundId, word } = refund
  const known = payment.refunds.find(({ id }) => id === refundId)
  if (known === undefined) {
    return word.is === 'refused' ? NOTHING : byHand(paymentId, payment, refund)
  }
  // A refusal that turns out to be a yes has no money set aside any more: it is booked as if by hand.
  if (known.state === 'refused' && word.is === 'given-back') {
    return byHand(paymentId, payment, { ...refund, amount: known.amount })
  }
  if (known.state !== 'under-way') return NOTHING
  const { amount } = known
  if (word.is === 'refused') {
    const { reason } = word
    return {
      events: [{ type: 'payment.refund-refused', refundId, amount, reason }],
      transfers: [{ verb: 'void', id: asideOf(refundId) }],
    }
  }
  const refusal: PaymentRefusal = { code: 'payments.unknown', paymentId }
  return {
    events: [refunded(refund, amount), noticeOf(payment)],
    transfers: [{ verb: 'post', id: asideOf(refundId), to: buyers(amount.currency), refusal }],
  }
}

function byHand(paymentId: Id, payment: Payment, refund: RefundWord): Ending {
  const { amount } = refund
  const refusal: PaymentRefusal = { code: 'payments.refund-above-paid', wanted: amount }
  const { currency } = amount
  return {
    events: [refunded(refund, amount), noticeOf(payment)],
    transfers: [
      {
        verb: 'move',
        from: paid(paymentId, currency),
        to: buyers(currency),
        amount: amount.amount,
        refusal,
      },
    ],
  }
}

function refunded({ refundId, word }: RefundWord, amount: RefundWord['amount']): PaymentEvent {
  const transactionId = word.is === 'given-back' ? word.transactionId : ''
  return { type: 'payment.refunded', refundId, amount, transactionId }
}

function noticeOf({ orderId }: Payment): PaymentEvent {
  return { type: 'payment.notice-due', orderId, about: 'given-back' }
}
