import type { Instant } from '#platform/clock'
import { money, sum, type Money } from '#platform/money'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Aggregate } from '#platform/write/commit'

import type { Payment, PaymentEvent, PaymentRefusal, PaymentView } from '../contract.ts'

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
        return { ...changed, status: 'processing', attempts: event.attempt }
      case 'payment.succeeded':
        return { ...changed, status: 'succeeded', transactionId: event.transactionId }
      case 'payment.declined':
        return { ...changed, status: 'declined' }
      case 'payment.cancelled':
        return { ...changed, status: 'cancelled' }
      case 'payment.refund-started': {
        const { refundId: id, amount } = event
        return { ...changed, refunds: [...payment.refunds, { id, amount, isDone: false }] }
      }
      case 'payment.refunded': {
        const refunds = payment.refunds.map((refund) =>
          refund.id === event.refundId ? { ...refund, isDone: true } : refund,
        )
        const isAll = refunded({ ...payment, refunds }).amount === payment.amount.amount
        return { ...changed, refunds, status: isAll ? 'refunded' : 'partially-refunded' }
      }
    }
  },
}

/** What has been given back so far. */
export function refunded({ refunds, amount }: Payment): Money {
  const done = refunds.filter(({ isDone }) => isDone)
  return sum(
    amount.currency,
    done.map((refund) => refund.amount),
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
  const started = sum(
    currency,
    payment.refunds.map(({ amount }) => amount),
  )
  const left = money(payment.amount.amount - started.amount, currency)
  const wanted = asked ?? left
  if (wanted.amount === 0) {
    return refuse({ code: 'payments.refund-above-paid', wanted: payment.amount, free: 0 })
  }
  return accept(wanted)
}

export function after(payment: Payment, events: readonly PaymentEvent[], at: Instant): Payment {
  return events.reduce((state, event) => payments.apply(state, event, { version: 0, at }), payment)
}

/** What people are shown of a payment that exists. */
export function present(id: string, payment: Payment): PaymentView {
  const { status, attempts: _, refunds: __, createdAt, changedAt, ...facts } = payment
  return {
    ...facts,
    id,
    status: status === 'none' ? 'pending' : status,
    refunded: refunded(payment),
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(changedAt).toISOString(),
  }
}
