/**
 * Payments: money on its way from a buyer to a shop and back.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Instant } from '#platform/clock'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Transfer } from '#platform/ledger/transfer'
import type { Page } from '#platform/keyset'
import type { Money } from '#platform/money'
import type { Outcome } from '#platform/outcome'
import type { StreamOf } from '#platform/write/commit'
import type { Asker } from '#context/orders'

/** Money is owed for an order; nothing has moved yet. */
export interface PaymentOpened {
  readonly type: 'payment.opened'
  readonly orderId: Id
  readonly userId: Id | null
  readonly amount: Money
  readonly method: string
}

/** The provider is being asked; what it says is not known yet. */
export interface PaymentAttempted {
  readonly type: 'payment.attempted'
  readonly attempt: number
}

/** The provider has taken the money. */
export interface PaymentSucceeded {
  readonly type: 'payment.succeeded'
  readonly transactionId: string
}

/** The provider said no; another attempt or another payment may follow. */
export interface PaymentDeclined {
  readonly type: 'payment.declined'
  readonly reason: string
}

/** Nothing will be taken any more: the order was cancelled before it was paid. */
export interface PaymentCancelled {
  readonly type: 'payment.cancelled'
}

/** Money is to be given back; it is set aside so that it cannot be given back twice. */
export interface RefundStarted {
  readonly type: 'payment.refund-started'
  readonly refundId: Id
  readonly amount: Money
  readonly reason: string
}

/** The provider has given the money back. */
export interface PaymentRefunded {
  readonly type: 'payment.refunded'
  readonly refundId: Id
  readonly amount: Money
  readonly transactionId: string
}

export type PaymentEvent =
  | PaymentOpened
  | PaymentAttempted
  | PaymentSucceeded
  | PaymentDeclined
  | PaymentCancelled
  | RefundStarted
  | PaymentRefunded

export type PaymentStatus =
  | 'pending'
  | 'processing'
  | 'succeeded'
  | 'declined'
  | 'cancelled'
  | 'partially-refunded'
  | 'refunded'

export type PaymentRefusal =
  | { readonly code: 'payments.unknown'; readonly paymentId: string }
  | { readonly code: 'payments.not-paid'; readonly status: PaymentStatus }
  | { readonly code: 'payments.closed'; readonly status: PaymentStatus }
  | { readonly code: 'payments.wrong-currency'; readonly expected: string; readonly given: string }
  | {
      readonly code: 'payments.refund-above-paid'
      readonly wanted: Money
      /** Minor units that may still be given back; filled in by settle, under the lock. */
      readonly free?: number
    }
  | { readonly code: 'payments.declined'; readonly reason: string }
  | { readonly code: 'payments.provider-down'; readonly retryAfterSeconds: number }

export interface Refund {
  readonly id: Id
  readonly amount: Money
  readonly isDone: boolean
}

/** The state of a payment's stream. */
export interface Payment {
  readonly status: 'none' | PaymentStatus
  readonly orderId: Id
  readonly userId: Id | null
  readonly amount: Money
  readonly method: string
  readonly attempts: number
  readonly transactionId: string | null
  readonly refunds: readonly Refund[]
  readonly createdAt: Instant
  readonly changedAt: Instant
}

export interface PaymentView {
  readonly id: Id
  readonly orderId: Id
  readonly userId: Id | null
  readonly amount: Money
  readonly refunded: Money
  readonly status: PaymentStatus
  readonly method: string
  readonly transactionId: string | null
  readonly createdAt: string
  readonly updatedAt: string
}

/** Port: whoever moves money. Every call may be repeated under its key without moving it twice. */
export interface PaymentProvider {
  /** The ways to pay it takes, as orders name them: `card`. */
  readonly methods: readonly string[]
  /** Takes the amount. `key` is derived from the payment, never made for a try (requirement R5). */
  charge(request: {
    readonly key: string
    readonly amount: Money
    readonly reference: string
  }): Promise<Outcome<{ readonly transactionId: string }, PaymentRefusal>>
  /** Gives back all or part of what a transaction took. */
  refund(request: {
    readonly key: string
    readonly transactionId: string
    readonly amount: Money
  }): Promise<Outcome<{ readonly transactionId: string }, PaymentRefusal>>
}

export interface PaymentDone {
  readonly answer: PaymentView
  readonly replayed: boolean
}

export interface RefundRequest {
  /** All that has not been given back when absent. */
  readonly amount?: Money
  readonly reason: string
}

export interface PaymentQueries {
  /** For whoever may see its order; anything else is unknown. */
  view(tenant: TenantId, paymentId: Id, asker: Asker): Promise<Outcome<PaymentView>>
  /** Newest first, from the read model. */
  list(
    tenant: TenantId,
    of: { readonly userId: Id } | { readonly orderId: Id },
    ask: { readonly limit: number; readonly after?: string },
  ): Promise<Page<PaymentView>>
  /** Whether the asker may see the payments of this order. */
  maySeeOrder(tenant: TenantId, orderId: Id, asker: Asker): Promise<boolean>
}

export interface PaymentCommands {
  /** Sets the money aside, asks the provider, books what it said; a crash in between is resumed by a timer. */
  refund(
    tenant: TenantId,
    paymentId: Id,
    request: RefundRequest,
    cause: Cause,
  ): Promise<Outcome<PaymentDone>>
}

/** Port for checkout: parts of its commits, and the provider. Lives in the same database. */
export interface Payments extends PaymentCommands {
  stream(paymentId: Id): StreamOf<Payment, PaymentEvent>
  newStream(paymentId: Id): StreamOf<Payment, PaymentEvent>
  see(tenant: TenantId, paymentId: Id): Promise<Payment>
  present(paymentId: Id, payment: Payment): PaymentView
  /** Folds events that are about to be recorded, for the answer. */
  after(payment: Payment, events: readonly PaymentEvent[], at: Instant): Payment
  /** Money comes in from the buyer and is booked on the payment. */
  book(paymentId: Id, amount: Money): Transfer
  readonly provider: PaymentProvider
}
