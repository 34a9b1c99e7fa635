/**
 * Orders: what was bought, for how much, and how far it is.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Instant } from '#platform/clock'
import type { Actor } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Page } from '#platform/keyset'
import type { Money } from '#platform/money'
import type { Outcome } from '#platform/outcome'
import type { StreamOf, Write } from '#platform/write/commit'
import type { SkuQuantity } from '#context/inventory'

/**
 * `created → reserved → confirmed → fulfilled`, and `cancelled` from wherever the rules allow: the
 * table of moves in `domain/moves.ts` (ORD-07).
 */
export type OrderStatus = 'created' | 'reserved' | 'confirmed' | 'fulfilled' | 'cancelled'

export interface OrderLine {
  readonly sku: string
  readonly productId: Id
  /** In the buyer's language, as it was shown. */
  readonly name: string
  readonly quantity: number
  /** What one unit of a bundle was put together of when its line was set; the warehouse packs these. */
  readonly components?: readonly SkuQuantity[]
  readonly unitPrice: Money
  readonly discount: Money
  /** Of the goods of the line; part of its total. */
  readonly tax: Money
  /** Parts per million, and what the rate is called; absent in orders made before there were rates. */
  readonly taxRate?: number
  readonly taxName?: string
  /** What is paid for the line: less its discount, with its tax. */
  readonly total: Money
  /** The line's share of what delivery costs, and the tax of that share. */
  readonly delivery?: Money
  readonly deliveryTax?: Money
  readonly holdId: string
}

/** How an order was taxed. `own-instead`: the tax provider was silent, so the shop's rates were used. */
export interface OrderTaxes {
  readonly areIncluded: boolean
  readonly zone: string | null
  readonly source: 'none' | 'own' | 'outside' | 'own-instead'
}

/** What was taxed at one rate. */
export interface TaxSum {
  readonly name: string
  readonly partsPerMillion: number
  readonly net: Money
  readonly tax: Money
}

/** An order exists from here on, before any money moves; every amount is stored, zeros too. */
export interface OrderCreated {
  readonly type: 'order.created'
  readonly number: string
  readonly userId: Id | null
  readonly cartId: Id | null
  readonly lines: readonly OrderLine[]
  readonly items: Money
  readonly discount: Money
  /** Of goods and delivery; included in the total either way. */
  readonly tax: Money
  /** Absent in orders made before there were rates; their tax is zero. */
  readonly taxes?: OrderTaxes
  readonly delivery: Money
  readonly total: Money
  readonly deliveryMethod: string
  readonly paymentMethod: string
  readonly paymentId: Id
}

/** All units of the order are held until the deadline of its payment. */
export interface OrderReserved {
  readonly type: 'order.reserved'
}

/** The order is paid and its units are sold. */
export interface OrderConfirmed {
  readonly type: 'order.confirmed'
  readonly paymentId: Id
}

/** The goods are on their way or handed over. */
export interface OrderFulfilled {
  readonly type: 'order.fulfilled'
}

/** The order came to nothing; its units are free and no money is kept. */
export interface OrderCancelled {
  readonly type: 'order.cancelled'
  readonly reason: CancelReason
}

/** Money for an order that the clock had cancelled came after all, and its units could be held once more. */
export interface OrderReinstated {
  readonly type: 'order.reinstated'
  /** The new hold of each line, in the order of the lines. */
  readonly holdIds: readonly string[]
}

/** Another payment takes the place of one that came to nothing. */
export interface OrderPaymentReplaced {
  readonly type: 'order.payment-replaced'
  readonly paymentId: Id
}

export type CancelReason = 'buyer' | 'staff' | 'not-paid-in-time' | 'sold-out'

export type OrderEvent =
  | OrderCreated
  | OrderReserved
  | OrderConfirmed
  | OrderFulfilled
  | OrderCancelled
  | OrderReinstated
  | OrderPaymentReplaced

/**
 * Who moves an order on. `checkout` is a commit that looks at stock and money in the same breath;
 * `clock` is the deadline of the payment.
 */
export type Mover = 'buyer' | 'staff' | 'clock' | 'checkout'

export type OrderRefusal =
  | { readonly code: 'orders.unknown'; readonly orderId: string }
  | {
      readonly code: 'orders.illegal-move'
      readonly from: OrderStatus
      readonly to: OrderStatus
    }
  | { readonly code: 'orders.changed-meanwhile'; readonly orderId: string }

/** The state of an order's stream. */
export interface Order extends Omit<OrderCreated, 'type'> {
  readonly status: 'none' | OrderStatus
  readonly createdAt: Instant
  readonly changedAt: Instant
  readonly reason: CancelReason | null
}

export interface Address {
  readonly name?: string
  readonly line1: string
  readonly line2?: string
  readonly city: string
  readonly postalCode?: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly phone?: string
}

/** Who ordered and where to: personal data, kept out of the log in a table that can be erased. */
export interface Contact {
  readonly email: string
  /** Absent when the buyer comes for the goods. */
  readonly shippingAddress?: Address
}

export interface OrderView {
  readonly id: Id
  readonly number: string
  readonly status: OrderStatus
  readonly userId: Id | null
  readonly lines: readonly Omit<OrderLine, 'holdId'>[]
  readonly items: Money
  readonly discount: Money
  readonly tax: Money
  readonly taxes: OrderTaxes & { readonly rates: readonly TaxSum[] }
  readonly delivery: Money
  readonly total: Money
  readonly deliveryMethod: string
  readonly paymentMethod: string
  readonly paymentId: Id
  readonly reason: CancelReason | null
  readonly createdAt: string
  readonly updatedAt: string
  readonly email?: string
  readonly shippingAddress?: Address
}

export interface OrderSummary {
  readonly id: Id
  readonly number: string
  readonly status: OrderStatus
  readonly userId: Id | null
  readonly total: Money
  readonly createdAt: string
  readonly updatedAt: string
}

/** Which orders a list is of; everything that is named must hold. */
export interface OrderFilter {
  readonly userId?: Id
  readonly status?: OrderStatus
  /** As it is shown: `7K3M-Q9XT-B2ZD`. */
  readonly number?: string
  /** Placed at this instant or later. */
  readonly from?: Instant
  /** Placed before this instant. */
  readonly to?: Instant
}

/** Something that happened to an order, for people. */
export interface HistoryEntry {
  /** Counts the order's events from 1. */
  readonly version: number
  readonly at: string
  readonly event: string
  readonly words: string
  readonly by: 'buyer' | 'staff' | 'system'
  /** For staff only. */
  readonly internal?: {
    /** Whose commit it was. */
    readonly caller: string
    readonly userId: Id | null
    readonly paymentId: Id | null
  }
}

/** Whoever asks, and the token a guest shows (`X-Order-Token`). */
export interface Asker {
  readonly actor: Actor
  readonly token: string | undefined
}

interface PageOf {
  readonly limit: number
  readonly after?: string
}

export interface OrderQueries {
  /** Own, shown with the order's token, or staff's; anything else is unknown, as if it were not there. */
  view(tenant: TenantId, orderId: Id, asker: Asker, asOf?: Instant): Promise<Outcome<OrderView>>
  /** Newest first, from the read model; archived orders are in it like all others. */
  list(tenant: TenantId, filter: OrderFilter, page: PageOf): Promise<Page<OrderSummary>>
  /** Everything that happened to an order, oldest first; to whoever may view it. */
  history(
    tenant: TenantId,
    orderId: Id,
    asker: Asker,
    language: string,
    page: PageOf,
  ): Promise<Outcome<Page<HistoryEntry>>>
}

/** Port for checkout: parts of its commits. Lives in the same database. */
export interface Orders {
  stream(orderId: Id): StreamOf<Order, OrderEvent>
  newStream(orderId: Id): StreamOf<Order, OrderEvent>
  /** Rows of the commit that places the order. */
  remember(orderId: Id, contact: Contact): readonly Write[]
  /**
   * Whether the order may go there now, by `checkout` unless another mover is named; or
   * `orders.illegal-move`. An order that is not there is unknown. From `confirmed` only staff cancel,
   * in a commit that gives the money back; from `cancelled` an order comes back to `reserved` only
   * where the clock had cancelled it, by `order.reinstated`.
   */
  mayBecome(order: Order, orderId: Id, to: OrderStatus, by?: Mover): Outcome<Order, OrderRefusal>
  /** A number to show to people: random, not counted. */
  number(orderId: Id): string
  /** Unguessable, derived from the order's id; a guest's key to the order and its payment. */
  token(tenant: TenantId, orderId: Id): string
  /** Whether the asker may see the order: its buyer, whoever shows its token, staff. */
  maySee(tenant: TenantId, orderId: Id, order: Order, asker: Asker): boolean
  see(tenant: TenantId, orderId: Id): Promise<Order>
  present(orderId: Id, order: Order, contact?: Contact): OrderView
}
