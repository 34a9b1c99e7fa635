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
import type { StreamOf, Timer, Write } from '#platform/write/commit'
import type { Asker } from '#context/orders'

import type {
  Charged,
  Listed,
  ListedCharge,
  ListedRefund,
  ProviderRefusal,
  Refunded,
  WebhookDelivery,
  WebhookRefusal,
} from './provider.ts'

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

/** The provider waits for the buyer, who was sent to its page. */
export interface ActionNeeded {
  readonly type: 'payment.action-needed'
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

/**
 * Nothing is waited for any more. Money that comes all the same buys the order once more if its
 * units are there, or goes back.
 */
export interface PaymentCancelled {
  readonly type: 'payment.cancelled'
  /** The order ended before anybody was asked, or the provider never said what became of its charge. */
  readonly why?: 'order-ended' | 'no-answer'
}

/** Money is to be given back; it is set aside so that it cannot be given back twice. */
export interface RefundStarted {
  readonly type: 'payment.refund-started'
  readonly refundId: Id
  readonly amount: Money
  readonly reason: string
}

/** The provider will not give this money back; it is no longer set aside, and people must see to it. */
export interface RefundRefused {
  readonly type: 'payment.refund-refused'
  readonly refundId: Id
  readonly amount: Money
  readonly reason: string
}

/** The buyer is to be told how the checkout ended; whoever sends messages hears this. */
export interface NoticeDue {
  readonly type: 'payment.notice-due'
  readonly orderId: Id
  readonly about: NoticeAbout
}

export type NoticeAbout = 'order-confirmed' | 'order-cancelled' | 'payment-declined' | 'given-back'

/**
 * The provider has given the money back. Without a `payment.refund-started` before it, the shop did
 * so by hand in the provider's own pages.
 */
export interface PaymentRefunded {
  readonly type: 'payment.refunded'
  readonly refundId: Id
  readonly amount: Money
  readonly transactionId: string
}

export type PaymentEvent =
  | PaymentOpened
  | PaymentAttempted
  | ActionNeeded
  | PaymentSucceeded
  | PaymentDeclined
  | PaymentCancelled
  | RefundStarted
  | PaymentRefunded
  | RefundRefused
  | NoticeDue

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
  | { readonly code: 'payments.provider-unknown'; readonly provider: string }
  | WebhookRefusal
  | ProviderRefusal

export interface Refund {
  readonly id: Id
  readonly amount: Money
  readonly state: 'under-way' | 'done' | 'refused'
  /** What the provider said when it refused. */
  readonly reason: string | null
}

/** The state of a payment's stream. */
export interface Payment {
  readonly status: 'none' | PaymentStatus
  readonly orderId: Id
  readonly userId: Id | null
  readonly amount: Money
  readonly method: string
  readonly attempts: number
  /** When the provider was first asked. */
  readonly attemptedAt: Instant
  /** The provider's answer was that the buyer has to do something first; no call is under way. */
  readonly waitsForBuyer: boolean
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
  /** Where the buyer has to go before the money can move; only while the provider waits for that. */
  readonly action?: { readonly url: string }
  readonly createdAt: string
  readonly updatedAt: string
}

/**
 * How the money of a payment stands at the provider. `open`: it knows the charge and has not ended
 * it; `url` is where the buyer has to go, if the buyer is waited for. `absent`: it has never heard of
 * it, and no call is under way that it could still hear of. `unknown`: it does not answer.
 */
export type Standing =
  | { readonly is: 'taken'; readonly transactionId: string }
  | { readonly is: 'declined'; readonly reason: string }
  | { readonly is: 'open'; readonly transactionId: string; readonly url: string | null }
  | { readonly is: 'absent' }
  | { readonly is: 'unknown'; readonly retryAfterSeconds: number }

/** What ends a payment, whoever brings it. */
export type FinalWord = Extract<Standing, { is: 'taken' | 'declined' }>

/** What became of a refund, whoever brings it. */
export interface RefundWord {
  /** Our id of it; one that is unknown was made by hand in the provider's own pages. */
  readonly refundId: Id
  readonly amount: Money
  readonly word:
    | { readonly is: 'given-back'; readonly transactionId: string }
    | { readonly is: 'refused'; readonly reason: string }
}

/** A delivery that is proven to be the provider's. */
export type Delivered = {
  /** The provider's name of it, the same however often it is delivered. */
  readonly id: string
} & (
  | {
      readonly about: 'charge'
      readonly paymentId: Id
      readonly amount: Money
      readonly word: FinalWord
    }
  | { readonly about: 'refund'; readonly paymentId: Id; readonly refund: RefundWord }
  | { readonly about: 'nothing' }
)

/** What came to the address of a provider's deliveries, as it came. */
export type Delivery = WebhookDelivery

export interface PaymentDone {
  readonly answer: PaymentView
  readonly replayed: boolean
}

export interface RefundRequest {
  /** All that has not been given back when absent. */
  readonly amount?: Money
  readonly reason: string
}

/** A way to pay, as buyers are offered it. */
export interface WayToPay {
  /** As orders name it. */
  readonly method: string
  readonly name: string
  /** Whether the provider's own form has to make a token for it first. */
  readonly needsToken: boolean
}

/** Who moves the money, as buyers know it. */
export interface PublicProvider {
  readonly name: string
  /** No money moves: the shop is only tried. */
  readonly isTest: boolean
}

export interface PaymentQueries {
  /** The name is of the language. */
  provider(language: string): PublicProvider
  /** What the provider takes, what it should be offered first to last; names are of the language. */
  ways(language: string): readonly WayToPay[]
  /** For whoever may see its order; anything else is unknown. */
  view(tenant: TenantId, paymentId: Id, asker: Asker): Promise<Outcome<PaymentView>>
  /** Newest first, from the read model. */
  list(
    tenant: TenantId,
    of: { readonly userId: Id } | { readonly orderId: Id },
    ask: { readonly limit: number; readonly after?: string },
  ): Promise<Page<PaymentView>>
  /** The order's books: every movement of its money and what they add up to. */
  moneyOf(tenant: TenantId, orderId: Id): Promise<Outcome<OrderMoney>>
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

/** What a commit needs to begin giving money back: it is set aside and a timer asks the provider. */
export interface RefundParts {
  readonly event: RefundStarted
  readonly transfers: readonly Transfer[]
  readonly timers: readonly Timer[]
}

/** How a charge is asked for, beside what the payment itself says. */
export interface ChargeTerms {
  /** What the provider's own form gave the buyer's browser; never stored. */
  readonly token?: string
  /** Where the buyer comes back to; whole address. */
  readonly returnTo?: string
  /** Where the provider delivers its news; whole address. */
  readonly notify?: string
}

/** Port for checkout: parts of its commits, and what it asks the provider. Lives in the same database. */
export interface Payments extends PaymentCommands {
  stream(paymentId: Id): StreamOf<Payment, PaymentEvent>
  newStream(paymentId: Id): StreamOf<Payment, PaymentEvent>
  see(tenant: TenantId, paymentId: Id): Promise<Payment>
  /** As this process heard of it last: to prepare what is decided under the lock. */
  recall(tenant: TenantId, paymentId: Id): Promise<Payment>
  present(paymentId: Id, payment: Payment): PaymentView
  /** Folds events that are about to be recorded, for the answer. */
  after(payment: Payment, events: readonly PaymentEvent[], at: Instant): Payment
  /** The order is placed: its total is owed from now on. */
  owe(orderId: Id, total: Money): readonly Transfer[]
  /** The order ended unpaid: nothing is owed for it any more. */
  forgive(orderId: Id, total: Money): readonly Transfer[]
  /** The provider took the money, and it pays what is owed for the order. */
  book(paymentId: Id, orderId: Id, amount: Money): readonly Transfer[]
  /** The provider took money that nobody owes; it is the buyer's and goes back. */
  bookSurplus(paymentId: Id, amount: Money): readonly Transfer[]
  /** Whether all of it was given back or is going back. */
  isGoneBack(payment: Payment): boolean
  /** All that has not been given back begins to go back; nothing when there is nothing left. */
  startRefund(
    paymentId: Id,
    payment: Payment,
    refundId: Id,
    reason: string,
  ): RefundParts | undefined
  /** The row of the inbox that the commit which hears a delivery writes with it (invariant I13). */
  inbox(provider: string, delivered: Delivered, at: Instant): readonly Write[]
  /** Books what became of a refund; guarded by its state, so the second to come changes nothing. */
  settleRefund(
    tenant: TenantId,
    paymentId: Id,
    refund: RefundWord,
    cause: Cause,
    rows?: readonly Write[],
  ): Promise<Outcome<PaymentDone>>
  /** Payments whose provider was asked before this instant and has not said what became of it. */
  unfinished(tenant: TenantId, before: Instant, limit: number): Promise<readonly Id[]>
  /** The ways to pay that the provider takes. */
  readonly methods: readonly string[]
  /** The name of the provider in the address of its deliveries. */
  readonly providerName: string
  /** Asks for the money under the payment's key; asked again, it says how the same charge stands. */
  charge(paymentId: Id, payment: Payment, terms: ChargeTerms): Promise<Standing>
  /** How the money stands, without asking for any. */
  look(paymentId: Id, payment: Payment, at: Instant): Promise<Standing>
  /** Ends an open charge, so that the buyer cannot complete it any more; says how it ended. */
  close(paymentId: Id, transactionId: string): Promise<Standing>
  /** What a delivery says, once it is proven to be that provider's. */
  readDelivery(provider: string, delivery: Delivery): Outcome<Delivered, PaymentRefusal>
}

/** A charge as the provider's books have it, with what was given back of it. */
export type TheirCharge = ListedCharge

/** A refund as the provider's books have it. */
export type TheirRefund = ListedRefund

export type ListedPage<T> = Listed<T>

/**
 * Port for the account after a restore: what the provider has done since an instant, whether or not
 * anybody here knows of it. Asked page by page; `after` is the `next` of the page before.
 */
export interface PaymentBooks {
  charges(since: Instant, after: string | null): Promise<Outcome<Listed<ListedCharge>>>
  refunds(since: Instant, after: string | null): Promise<Outcome<Listed<ListedRefund>>>
  /** Gives back what is left of a charge that no shop knows; once, however often it is asked. */
  giveBack(charge: ListedCharge): Promise<Outcome<Refunded, ProviderRefusal>>
  /** Ends a charge that no shop knows, so that nobody completes it any more. */
  close(charge: ListedCharge): Promise<Outcome<Charged, ProviderRefusal>>
}

/** One line of an order's books. `from` and `to` are accounts; amounts are never negative. */
export interface MoneyEntry {
  readonly at: string
  readonly what: 'owed' | 'forgiven' | 'paid' | 'set-aside' | 'released' | 'given-back'
  readonly from: string
  readonly to: string
  readonly amount: number
  readonly paymentId: Id | null
  /** Whose commit it was, and under which key. */
  readonly cause: string
}

/** The books of one order; every figure is a sum over `entries`, and a tidy sum is `total = owed + paid + refunded`. */
export interface OrderMoney {
  readonly orderId: Id
  readonly currency: string
  readonly total: number
  readonly owed: number
  readonly paid: number
  readonly setAside: number
  readonly refunded: number
  readonly payments: readonly {
    readonly id: Id
    readonly status: PaymentStatus
    readonly paid: number
    readonly setAside: number
  }[]
  readonly entries: readonly MoneyEntry[]
}
