/**
 * Orders: what was bought, for how much, and how far it is.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Instant } from '#platform/clock'
import type { Actor, Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Page } from '#platform/keyset'
import type { Money } from '#platform/money'
import type { Outcome } from '#platform/outcome'
import type { StreamOf, Write } from '#platform/write/commit'

/** `created → reserved → confirmed → fulfilled`, `cancelled` from the first two (ORD-07). */
export type OrderStatus = 'created' | 'reserved' | 'confirmed' | 'fulfilled' | 'cancelled'

export interface OrderLine {
  readonly sku: string
  readonly productId: Id
  /** In the buyer's language, as it was shown. */
  readonly name: string
  readonly quantity: number
  readonly unitPrice: Money
  readonly discount: Money
  readonly tax: Money
  readonly total: Money
  readonly holdId: string
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
  readonly tax: Money
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
  | OrderPaymentReplaced

export type OrderRefusal =
  | { readonly code: 'orders.unknown'; readonly orderId: string }
  | {
      readonly code: 'orders.illegal-move'
      readonly from: OrderStatus
      readonly to: OrderStatus
    }

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

/** Whoever asks, and the token a guest shows (`X-Order-Token`). */
export interface Asker {
  readonly actor: Actor
  readonly token: string | undefined
}

export interface OrderQueries {
  /** Own, shown with the order's token, or staff's; anything else is unknown, as if it were not there. */
  view(tenant: TenantId, orderId: Id, asker: Asker, asOf?: Instant): Promise<Outcome<OrderView>>
  /** Newest first, from the read model: those of a user, or all of the shop. */
  list(
    tenant: TenantId,
    ask: { readonly userId?: Id; readonly limit: number; readonly after?: string },
  ): Promise<Page<OrderSummary>>
}

export interface OrderCommands {
  /** Hands the parcel over: `confirmed → fulfilled`, by staff. */
  fulfil(
    tenant: TenantId,
    orderId: Id,
    cause: Cause,
  ): Promise<Outcome<{ readonly answer: OrderView; readonly replayed: boolean }>>
}

/** Port for checkout: parts of its commits. Lives in the same database. */
export interface Orders {
  stream(orderId: Id): StreamOf<Order, OrderEvent>
  newStream(orderId: Id): StreamOf<Order, OrderEvent>
  /** Rows of the commit that places the order. */
  remember(orderId: Id, contact: Contact): readonly Write[]
  /** Whether the order may go there now, or `orders.illegal-move`; an order that is not there is unknown. */
  mayBecome(order: Order, orderId: Id, to: OrderStatus): Outcome<Order, OrderRefusal>
  /** A number to show to people: random, not counted. */
  number(orderId: Id): string
  /** Unguessable, derived from the order's id; a guest's key to the order and its payment. */
  token(tenant: TenantId, orderId: Id): string
  /** Whether the asker may see the order: its buyer, whoever shows its token, staff. */
  maySee(tenant: TenantId, orderId: Id, order: Order, asker: Asker): boolean
  see(tenant: TenantId, orderId: Id): Promise<Order>
  present(orderId: Id, order: Order, contact?: Contact): OrderView
}
