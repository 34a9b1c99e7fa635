import type { Instant } from '#platform/clock'
import { money, sum, type Money } from '#platform/money'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Aggregate } from '#platform/write/commit'

import type { Payment, PaymentEvent, PaymentRefusal, PaymentView, Refund } from '../contract.ts'

const nothing = money(0, 'XXX')

export const payments: Aggregate<Payment, PaymentEvent> = {
  kind: 'payment',
  initial: {
    status: 'none',
    orderId: '',
    userId: null,
    amount: nothing,
    method: '',
    attempts: 0,
    attemptedAt: 0,
    waitsForBuyer: false,
    transactionId: null,
    refunds: [],
    createdAt: 0,
    changedAt: 0,
  },
  apply(payment, event, { at }) {
    const changed = { ...payment, changedAt: at }
    switch (event.type) {
      case 'payment.opened': {
        const { type: _, ...facts } = event
        return { ...changed, ...facts, status: 'pending', createdAt: at }
      }
      case 'payment.attempted':
        return { ...changed, status: 'processing', attempts: event.attempt, attemptedAt: at }
      case 'payment.action-needed':
        return { ...changed, waitsForBuyer: true }
      case 'payment.succeeded':
        return { ...changed, status: 'succeeded', transactionId: event.transactionId }
      case 'payment.declined':
        return { ...changed, status: 'declined' }
      case 'payment.cancelled':
        return { ...changed, status: 'cancelled' }
      case 'payment.refund-started': {
        const { refundId: id, amount } = event
        const begun: Refund = { id, amount, state: 'under-way', reason: null }
        return { ...changed, refunds: [...payment.refunds, begun] }
      }
      case 'payment.refund-refused': {
        const { refundId, reason } = event
        return { ...changed, refunds: refundsWith(payment, refundId, { state: 'refused', reason }) }
      }
      case 'payment.refunded': {
        const { refundId: id, amount } = event
        const isKnown = payment.refunds.some((refund) => refund.id === id)
        const done = { state: 'done', reason: null } as const
        const refunds = isKnown
          ? refundsWith(payment, id, done)
          : [...payment.refunds, { id, amount, ...done }]
        const isAll = refunded({ ...payment, refunds }).amount >= payment.amount.amount
        return { ...changed, refunds, status: isAll ? 'refunded' : 'partially-refunded' }
      }
      case 'payment.notice-due':
        return payment
    }
  },
}

function refundsWith(
  { refunds }: Payment,
  refundId: string,
  news: Pick<Refund, 'state' | 'reason'>,
): readonly Refund[] {
  return refunds.map((refund) => (refund.id === refundId ? { ...refund, ...news } : refund))
}

/** What has been given back so far. */
export function refunded(payment: Payment): Money {
  return sumOf(payment, ['done'])
}

/** What has been given back or is being given back. */
export function returning(payment: Payment): Money {
  return sumOf(payment, ['done', 'under-way'])
}

function sumOf({ refunds, amount }: Payment, states: readonly Refund['state'][]): Money {
  const counted = refunds.filter(({ state }) => states.includes(state))
  return sum(
    amount.currency,
    counted.map((refund) => refund.amount),
  )
}

/** How much is to be given back: what was asked, or all that is left. The ledger guards the limit. */
export function refundAmount(
  payment: Payment,
  paymentId: string,
  asked: Money | undefined,
): Outcome<Money, PaymentRefusal> {
  if (payment.status === 'none') return refuse({ code: 'payments.unknown', paymentId })
  const { currency } = payment.amount
  if (asked !== undefined && asked.currency !== currency) {
    return refuse({ code: 'payments.wrong-currency', expected: currency, given: asked.currency })
  }
  if (payment.transactionId === null) {
    return refuse({ code: 'payments.not-paid', status: payment.status })
  }
  const left = leftToRefund(payment)
  const wanted = asked ?? left
  if (wanted.amount === 0) {
    return refuse({ code: 'payments.refund-above-paid', wanted: payment.amount, free: 0 })
  }
  return accept(wanted)
}

/** What can still be given back, as far as the stream tells. */
export function leftToRefund(payment: Payment): Money {
  const { amount, currency } = payment.amount
  return money(Math.max(0, amount - returning(payment).amount), currency)
}

/** Whether all that was taken was given back or is going back. */
export function isGoneBack(payment: Payment): boolean {
  return payment.transactionId !== null && leftToRefund(payment).amount === 0
}

export function after(payment: Payment, events: readonly PaymentEvent[], at: Instant): Payment {
  return events.reduce((state, event) => payments.apply(state, event, { version: 0, at }), payment)
}

/** What people are shown of a payment that exists. */
export function present(id: string, payment: Payment): PaymentView {
  const { orderId, userId, amount, status, method, transactionId, createdAt, changedAt } = payment
  return {
    id,
    orderId,
    userId,
    amount,
    method,
    transactionId,
    status: status === 'none' ? 'pending' : status,
    refunded: refunded(payment),
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(changedAt).toISOString(),
  }
}
