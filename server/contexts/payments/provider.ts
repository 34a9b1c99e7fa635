/**
 * What payments asks of whoever moves money. Types only; the adapters fulfil it, and one conformance
 * suite (`adapters/provider-conformance.testing.ts`) says what fulfilling means.
 *
 * A provider is asked outside any transaction, and every answer is one of three kinds: it moved the
 * money, it will not move it, or nobody knows yet. Silence, a cut connection, a 5xx and anything
 * that is not understood are the third kind (`payments.provider-down`): the money may have moved.
 * Whoever hears it asks again under the same key or looks with `find`; it is never taken for a no.
 */
import type { Instant } from '#platform/clock'
import type { Money } from '#platform/money'
import type { Outcome } from '#platform/outcome'

/** A provider's refusals of a call. */
export type ProviderRefusal =
  /** The provider will not do it. `reason` is a word (`card_declined`), never a sentence, never personal. */
  | { readonly code: 'payments.declined'; readonly reason: string }
  /** Nobody knows whether the money moved. */
  | { readonly code: 'payments.provider-down'; readonly retryAfterSeconds: number }

/** Why a delivery is not taken for the provider's. */
export type WebhookRefusal =
  /** No signature, or none made with our secret over exactly these bytes. */
  | { readonly code: 'payments.webhook-forged' }
  /** Signed, but more than 300 s ago or ahead: somebody may be playing back what they recorded. */
  | { readonly code: 'payments.webhook-stale' }
  /** Signed and fresh, and yet its fields are not what the provider's documents say. */
  | { readonly code: 'payments.webhook-unreadable' }

export interface ChargeRequest {
  /**
   * Derived from the payment, never made for a try (requirement R5). Whatever else is in the request
   * must be the same whenever the key is. Providers remember keys for a day only; whoever asks later
   * than that, or no longer has the token, looks with `find`.
   */
  readonly key: string
  readonly amount: Money
  /** The id of the payment. It comes back in `find` and in every delivery. */
  readonly reference: string
  /** One of `methods`. */
  readonly method: string
  /** What the provider's own form gave the buyer's browser. A card's number never comes this way. */
  readonly token?: string
  /** Where the buyer's browser goes after the provider's page; whole address. */
  readonly returnTo?: string
  /** Where news of this charge and its refunds is delivered; whole address. Stripe knows its own. */
  readonly notify?: string
}

/** How a charge stands. `transactionId` is the provider's name of it, the same in every state. */
export type Charged =
  | { readonly status: 'succeeded'; readonly transactionId: string }
  /** The buyer has to do something at `url` first: the provider's page. */
  | { readonly status: 'action-needed'; readonly transactionId: string; readonly url: string }
  /** The provider is still at it; a delivery or `find` will tell. */
  | { readonly status: 'pending'; readonly transactionId: string }

export interface RefundRequest {
  /** The id of the refund, never made for a try. */
  readonly key: string
  /** The charge that is given back. */
  readonly transactionId: string
  /** The id of the payment, as it was given to `charge`. */
  readonly reference: string
  /** All or part of what is left of it. */
  readonly amount: Money
}

export interface Refunded {
  readonly status: 'succeeded' | 'pending'
  /** The provider's name of the refund. */
  readonly transactionId: string
}

/** A charge as the provider has it. */
export interface FoundCharge {
  readonly transactionId: string
  readonly reference: string
  readonly status: Charged['status'] | 'declined'
  /** A word; only of a declined charge. */
  readonly reason?: string
  /** The provider's page; only of a charge that needs the buyer. */
  readonly url?: string
  readonly amount: Money
  readonly at: Instant
}

/** A charge with what was given back of it. */
export interface ListedCharge extends FoundCharge {
  readonly refunded: Money
}

/** A refund as the provider has it. */
export interface ListedRefund {
  /** The key it was asked for under: our id of it. Null when it was made by hand at the provider. */
  readonly key: string | null
  readonly transactionId: string
  /** The charge it is of. */
  readonly chargeId: string
  /** The id of the payment, as it was given to `charge`. */
  readonly reference: string
  readonly status: 'succeeded' | 'pending' | 'declined'
  readonly amount: Money
  readonly at: Instant
}

/** One page of a list; `next` is where the following one begins, null after the last. */
export interface Listed<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

interface ChargeNews {
  /** The provider's name of this news, the same in every delivery of it. */
  readonly id: string
  /** The id of the payment, as it was given to `charge`. */
  readonly reference: string
  readonly transactionId: string
  readonly amount: Money
  readonly at: Instant
}

interface RefundNews extends ChargeNews {
  /** The key the refund was asked for under: our id of it. Null when the refund was not our wish. */
  readonly refundKey: string | null
  /** The provider's name of the refund; `transactionId` is that of the charge. */
  readonly refundTransactionId: string
}

/** What a provider tells on its own: possibly twice, late, in any order, or never. */
export type ProviderNews =
  | ({ readonly kind: 'charge.succeeded' } & ChargeNews)
  | ({ readonly kind: 'charge.declined'; readonly reason: string } & ChargeNews)
  | ({ readonly kind: 'refund.succeeded' } & RefundNews)
  | ({ readonly kind: 'refund.declined'; readonly reason: string } & RefundNews)
  /** Verified, and of no interest to us: to be answered like any other, or it comes for days. */
  | { readonly kind: 'ignored'; readonly id: string; readonly type: string }

export interface WebhookDelivery {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The bytes as they came; a body that was parsed and written again has another signature. */
  readonly rawBody: Buffer
  /** When it came, by the platform's clock. */
  readonly receivedAt: Instant
}

/** Port: whoever moves money. Every call may be repeated under its key without moving it twice. */
export interface PaymentProvider {
  /** As deliveries name it in their path: `/api/v1/payments/webhooks/{name}`. */
  readonly name: string
  /** The ways to pay it takes, as orders name them: `card`. */
  readonly methods: readonly string[]
  /** Those of them that need a `token`. Without one they are never charged, only looked for. */
  readonly tokenMethods: readonly string[]
  /**
   * A charge shows in `find` at the latest so long after it was made. Only when `find` has been
   * silent for longer is it certain that nothing was charged by a call that has ended.
   */
  readonly findsAfterSeconds: number
  /**
   * Takes the amount, or says what is still missing. The same key gives the same charge as it stands
   * now; with another amount it moves nothing and is `payments.provider-down`, for the charge of
   * the key may have succeeded.
   */
  charge(request: ChargeRequest): Promise<Outcome<Charged, ProviderRefusal>>
  /**
   * Ends a charge that is not over, so that the buyer cannot complete it any more. `declined` with
   * the provider's reason when it is over without money, `succeeded` when the buyer was faster, and
   * `action-needed` or `pending` when the provider cannot end it now.
   */
  close(request: {
    readonly key: string
    readonly transactionId: string
  }): Promise<Outcome<Charged, ProviderRefusal>>
  /** Gives back all or part of what a charge took; `payments.declined` when it never will. */
  refund(request: RefundRequest): Promise<Outcome<Refunded, ProviderRefusal>>
  /** Every charge ever made for a payment, oldest first, in whatever state: for the reconciler. */
  find(reference: string): Promise<Outcome<readonly FoundCharge[], ProviderRefusal>>
  /** What a delivery says, once it is proven to be the provider's. Never calls anyone. */
  readWebhook(delivery: WebhookDelivery): Outcome<ProviderNews, WebhookRefusal>
}

/**
 * Port: the provider's own books, for the account of what is known there and was lost here (a restore
 * to a moment). Lists are immediate, in the provider's order, by when a thing was made, and hold what
 * carries a reference of ours; a page is bounded. `after` is the `next` of the page before.
 */
export interface ProviderBooks {
  /** Every charge made since then, in whatever state it is now. */
  chargesSince(
    since: Instant,
    after: string | null,
  ): Promise<Outcome<Listed<ListedCharge>, ProviderRefusal>>
  /** Every refund made since then, of charges of any age. */
  refundsSince(
    since: Instant,
    after: string | null,
  ): Promise<Outcome<Listed<ListedRefund>, ProviderRefusal>>
}
