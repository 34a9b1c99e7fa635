/**
 * Checkout: from a cart to a paid order. It owns no data; it puts the parts that cart, inventory,
 * orders and payments offer into commits that happen whole or not at all.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Instant } from '#platform/clock'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Page } from '#platform/keyset'
import type { Money } from '#platform/money'
import type { Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import type { Asker, Contact, OrderView } from '#context/orders'
import type { ChargeTerms, Delivery, PaymentStatus, PaymentView } from '#context/payments'

export type CheckoutRefusal =
  | {
      readonly code: 'checkout.delivery-unknown'
      readonly method: string
      readonly known: readonly string[]
    }
  | {
      readonly code: 'checkout.payment-method-unknown'
      readonly method: string
      readonly known: readonly string[]
    }
  | { readonly code: 'checkout.address-missing'; readonly method: string }
  | { readonly code: 'checkout.currency-wrong'; readonly expected: string; readonly given: string }
  | { readonly code: 'checkout.not-payable'; readonly status: string }
  | { readonly code: 'checkout.payment-under-way'; readonly paymentId: Id }
  | { readonly code: 'checkout.payment-open'; readonly paymentId: Id }
  | { readonly code: 'checkout.sold-out'; readonly orderId: Id }
  | { readonly code: 'checkout.nothing-to-retry'; readonly orderId: Id }
  | { readonly code: 'checkout.given-back'; readonly paymentId: Id }

/** What is bought: a cart, or so many of one product (ruling 9, ORD-06). */
export type OrderSource =
  | { readonly cartId: Id }
  | { readonly productId: Id; readonly quantity: number }
  | { readonly sku: string; readonly quantity: number }

export interface OrderRequest {
  readonly source: OrderSource
  readonly contact: Contact
  readonly deliveryMethod: string
  readonly paymentMethod: string
  /** Only a guard: another total is refused, and a total it names is agreed to. */
  readonly expectedTotal?: Money
  readonly language: string
}

export interface PlacedOrder extends OrderView {
  readonly payment: { readonly id: Id; readonly status: PaymentStatus }
}

/** How the buyer pays, beside what the payment itself says; nothing of it is stored. */
export type PayTerms = ChargeTerms

export interface Done<T> {
  readonly answer: T
  readonly replayed: boolean
}

export interface Checkout {
  /** The order, its payment and the end of the cart in one commit; the units stay held until the payment is due. */
  placeOrder(
    tenant: Tenant,
    userId: Id | null,
    request: OrderRequest,
    cause: Cause,
  ): Promise<Outcome<Done<PlacedOrder>>>
  /**
   * Asks the provider and books its answer; paid, confirmed and sold in one commit. The answer's
   * `action` says where the buyer has to go first, if so.
   */
  pay(
    tenant: Tenant,
    paymentId: Id,
    asker: Asker,
    terms: PayTerms,
    cause: Cause,
  ): Promise<Outcome<Done<PaymentView>>>
  /** Another payment for an order whose last one came to nothing. */
  openPayment(
    tenant: Tenant,
    request: { readonly orderId: Id; readonly method: string },
    asker: Asker,
    cause: Cause,
  ): Promise<Outcome<Done<PaymentView>>>
  /**
   * Hears what the provider delivers: verified, kept in the inbox and booked in one commit, once
   * however often it comes. Refused when it is forged, stale, or of a payment that this shop has not.
   */
  hear(
    tenant: Tenant,
    provider: string,
    delivery: Omit<Delivery, 'receivedAt'>,
  ): Promise<Outcome<{ readonly replayed: boolean }>>
  /**
   * Ends an order; its units are free again. One that is paid is cancelled by staff alone, and its
   * money goes back.
   */
  cancel(tenant: Tenant, orderId: Id, asker: Asker, cause: Cause): Promise<Outcome<Done<OrderView>>>
  /** Hands an order over, unless all of its money went back: `confirmed → fulfilled`, by staff. */
  fulfil(tenant: Tenant, orderId: Id, cause: Cause): Promise<Outcome<Done<OrderView>>>
  /** Staff move an order on: hand it over, or cancel it. */
  setStatus(
    tenant: Tenant,
    orderId: Id,
    status: OrderView['status'],
    asker: Asker,
    cause: Cause,
  ): Promise<Outcome<Done<OrderView>>>
  /** The name of the provider in the address of its deliveries. */
  readonly providerName: string
  /** A guest's key to the order and its payment. */
  token(tenant: Tenant, orderId: Id): string
}

/**
 * How far a checkout is. `running`: something is to happen by itself. `stuck`: that has failed, or
 * there is nobody left who would do it. `done`: the order is confirmed. `failed`: it is cancelled,
 * and all that was done for it is undone.
 */
export type ProcessState = 'running' | 'stuck' | 'done' | 'failed'

/** `undone` is a step that was done and was taken back by its compensation. */
export type StepState = 'waiting' | 'under-way' | 'done' | 'failed' | 'undone'

/** One step of a checkout. Instants are ISO 8601. */
export interface ProcessStep {
  readonly name: 'reserve' | 'authorize' | 'confirm' | 'notify'
  readonly state: StepState
  /** How often it was begun. */
  readonly attempts: number
  readonly startedAt: string | null
  readonly endedAt: string | null
}

/** Something that takes a step back. */
export interface Compensation {
  readonly what: 'release-units' | 'refund'
  readonly state: 'under-way' | 'done' | 'refused'
  /** Of a refund. */
  readonly amount: Money | null
  readonly startedAt: string
  readonly endedAt: string | null
}

/** What is to happen to a checkout by itself, or was given up. */
export interface ProcessTimer {
  readonly name: string
  readonly state: 'waiting' | 'failing' | 'given-up'
  /** When it is tried next; null when it was given up. */
  readonly dueAt: string | null
  readonly attempts: number
  readonly lastError: string | null
}

/** A checkout as staff see it, derived from what is recorded of the order and its payments. */
export interface CheckoutProcess {
  readonly orderId: Id
  readonly number: string
  readonly orderStatus: OrderView['status']
  readonly state: ProcessState
  readonly total: Money
  readonly startedAt: string
  readonly steps: readonly ProcessStep[]
  readonly compensations: readonly Compensation[]
  readonly timers: readonly ProcessTimer[]
  /** When something happens to it next. */
  readonly nextDeadline: string | null
}

/** What a retry has set to be done now. */
export interface Retried {
  readonly orderId: Id
  readonly timers: readonly string[]
}

/** Checkouts for the staff of a shop. */
export interface Processes {
  /**
   * Those of one state, or all. `done`, `failed` and all are newest first; `running` and `stuck` are
   * in the order of their timers' names. A page may have fewer than `limit` and still a next one. One
   * whose timer is lost altogether, which no commit of ours does, is seen by `view` only.
   */
  list(
    tenant: TenantId,
    state: ProcessState | undefined,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<Page<CheckoutProcess>>
  view(tenant: TenantId, orderId: Id): Promise<Outcome<CheckoutProcess>>
  /** Has what is open done now: the provider is asked, an order whose time is over is ended. */
  retry(tenant: TenantId, orderId: Id, cause: Cause): Promise<Outcome<Retried>>
}

export interface AccountRequest {
  /** Before the restored moment by as long as a charge may be under way. */
  readonly since: Instant
  /** Whose payments these are; those of nobody are not in the answer. */
  shopsOf(paymentIds: readonly Id[]): Promise<ReadonlyMap<Id, TenantId>>
  /**
   * Whether money for orders that are gone goes back at once. Without it such charges are named for
   * people: another program may share the provider's account.
   */
  readonly isGivingBack: boolean
}

/** What became of one charge or refund of the provider's books. */
export interface Accounted {
  readonly kind: 'charge' | 'refund'
  readonly transactionId: string
  readonly paymentId: Id
  readonly amount: Money
  readonly at: Instant
  /**
   * `booked`: known before. `settled`: booked now. `given-back`: its order is gone and the money went back.
   * `closed`: its order is gone and nothing will be taken. `nothing`: no money moved by it.
   */
  readonly what: 'booked' | 'settled' | 'given-back' | 'closed' | 'nothing' | 'for-people'
  /** Why people have to look at it. */
  readonly why?: string
}

/**
 * Compares everything the provider has done since an instant with what is known here, and mends what
 * differs. `heard` is told of each; a provider that does not answer is a refusal, and it is made again.
 */
export type AccountFor = (
  request: AccountRequest,
  heard: (accounted: Accounted) => void,
) => Promise<Outcome<null>>
