/**
 * Cart: what a buyer has put aside, at which price, and until when the units are held.
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
import type { StreamOf, Timer, Write } from '#platform/write/commit'
import type { SkuQuantity } from '#context/inventory'

/** A cart was begun: a user's own, or a guest's, which whoever knows its id may use. */
export interface CartCreated {
  readonly type: 'cart.created'
  /** Every price of the cart is in it, for ever. */
  readonly currency: string
  readonly userId: Id | null
  /** Code of the market whose prices it has; absent when the shop has none there. */
  readonly market?: string
}

/** A line has this quantity from now on, at the price that was shown (CRT-12). */
export interface CartLineSet {
  readonly type: 'cart.line-set'
  readonly sku: string
  readonly productId: Id
  readonly quantity: number
  readonly unitPrice: Money
  readonly holdId: string
  /** Of one unit, when the SKU was a bundle as the line was set (decision 0021). */
  readonly components?: readonly SkuQuantity[]
  /** When the price was shown first, if that was before this event: its promise runs from then. */
  readonly pricedAt?: Instant
}

/** The cart has no such line any more; its units are free. */
export interface CartLineRemoved {
  readonly type: 'cart.line-removed'
  readonly sku: string
}

/** The cart became an order; it takes no more changes. */
export interface CartClosed {
  readonly type: 'cart.closed'
  readonly orderId: Id
}

/** A guest signed in and the cart is theirs alone from now on. */
export interface CartClaimed {
  readonly type: 'cart.claimed'
  readonly userId: Id
}

/** A guest signed in who had a cart already; the lines are in that one now. */
export interface CartMerged {
  readonly type: 'cart.merged'
  readonly into: Id
  readonly userId: Id
}

/** Nobody touched the cart for a day (CRT-03); its units are free. */
export interface CartExpired {
  readonly type: 'cart.expired'
}

export type CartEvent =
  | CartCreated
  | CartLineSet
  | CartLineRemoved
  | CartClosed
  | CartClaimed
  | CartMerged
  | CartExpired

export type CartRefusal =
  | { readonly code: 'cart.unknown'; readonly cartId: string }
  | { readonly code: 'cart.expired'; readonly cartId: string }
  | { readonly code: 'cart.closed'; readonly cartId: string }
  | { readonly code: 'cart.merged'; readonly cartId: string }
  | { readonly code: 'cart.empty'; readonly cartId: string }
  | { readonly code: 'cart.full'; readonly limit: number }
  | { readonly code: 'cart.too-many-parts'; readonly limit: number }
  | { readonly code: 'cart.line-unknown'; readonly sku: string }
  | { readonly code: 'cart.sku-unknown'; readonly sku: string }
  | { readonly code: 'cart.quantity-too-large'; readonly sku: string; readonly limit: number }
  | { readonly code: 'cart.version-stale'; readonly version: number }
  | {
      readonly code: 'cart.currency-unknown'
      readonly currency: string
      readonly known: readonly string[]
    }
  | { readonly code: 'cart.price-missing'; readonly sku: string; readonly currency: string }

export interface CartLine {
  readonly sku: string
  readonly productId: Id
  readonly quantity: number
  readonly unitPrice: Money
  readonly holdId: string
  /** Of one unit of a bundle; absent when the SKU is on shelves itself. */
  readonly components?: readonly SkuQuantity[]
  /** When this price was shown first; it is promised for a while from then (CRT-06). */
  readonly pricedAt: Instant
}

/** The state of a cart's stream. */
export interface Cart {
  readonly status: 'none' | 'open' | 'closed' | 'merged' | 'expired'
  readonly currency: string
  readonly market: string | null
  readonly userId: Id | null
  readonly lines: readonly CartLine[]
  readonly changedAt: Instant
  readonly orderId: Id | null
  /** The cart that has the lines of a merged one. */
  readonly mergedInto: Id | null
  readonly version: number
}

export interface CartLineView {
  readonly sku: string
  readonly productId: Id
  readonly name: string
  readonly quantity: number
  /** What is held for one unit of a bundle. */
  readonly components?: readonly SkuQuantity[]
  /** As it was shown, and as it is charged until `promisedUntil` should it rise. */
  readonly unitPrice: Money
  readonly promisedUntil: string
  /** What the shop asks now, when that is another price; null too when it sells the SKU no longer. */
  readonly priceNow: Money | null
  /** The price without the sale, while it is on sale. */
  readonly was: Money | null
  readonly total: Money
  /** Until when the units are held; null when the hold has lapsed and they may be gone. */
  readonly heldUntil: string | null
}

export interface CartView {
  readonly id: Id
  /** Whose it is; null while whoever knows the id may use it. */
  readonly userId: Id | null
  readonly status: 'open' | 'closed' | 'merged' | 'expired'
  readonly version: number
  readonly currency: string
  readonly market: string | null
  readonly lines: readonly CartLineView[]
  /** At the prices that were shown. */
  readonly total: Money
  /** What an order would charge for the lines now, when that is another sum. */
  readonly totalNow: Money | null
  readonly expiresAt: string
  readonly orderId: Id | null
  readonly mergedInto: Id | null
}

export interface CartDone<T> {
  readonly answer: T
  readonly replayed: boolean
}

/** What a change of a line is answered with: the line, and the version the cart has now. */
export interface LineAnswer {
  readonly cartId: Id
  readonly version: number
  readonly line: Omit<CartLineView, 'name'>
  readonly total: Money
}

export interface ItemRequest {
  readonly sku: string
  readonly quantity: number
  /** Refused as stale unless the cart has one of these versions (CRT-05). */
  readonly versions?: readonly number[]
}

/** What became of a guest's cart at sign-in. */
export interface ClaimAnswer {
  /** The cart that has the lines now. */
  readonly cartId: Id
  readonly version: number
  /** Units that found no room: above the limit of a line or of the cart, or no longer free. */
  readonly left: readonly { readonly sku: string; readonly quantity: number }[]
}

/**
 * Changes to carts. `userId` is who asks, null for a guest: a user's cart is nobody else's, and to
 * others unknown. Refusals are those of `CartRefusal`, of the hold, and `request.key-reused`.
 */
export interface CartCommands {
  /**
   * At the prices of the market that has `country`, if one is named. In that market's currency, else
   * the shop's main one, unless another of its currencies is named.
   */
  create(
    tenant: Tenant,
    userId: Id | null,
    wanted: { readonly currency?: string; readonly country?: string },
    cause: Cause,
  ): Promise<Outcome<CartDone<CartView>>>
  /** The line and its units in one commit (CRT-02): both appear or neither. Adds to what is there. */
  addItem(
    tenant: Tenant,
    userId: Id | null,
    cartId: Id,
    item: ItemRequest,
    cause: Cause,
  ): Promise<Outcome<CartDone<LineAnswer>>>
  /** The line has this quantity afterwards; units are taken or let go by the difference. */
  setQuantity(
    tenant: Tenant,
    userId: Id | null,
    cartId: Id,
    item: ItemRequest,
    cause: Cause,
  ): Promise<Outcome<CartDone<LineAnswer>>>
  removeItem(
    tenant: Tenant,
    userId: Id | null,
    cartId: Id,
    item: Pick<ItemRequest, 'sku' | 'versions'>,
    cause: Cause,
  ): Promise<Outcome<CartDone<{ readonly cartId: Id; readonly version: number }>>>
  /**
   * Makes a guest's cart the user's own. If the user has an open cart of that currency, the lines
   * move there with their units in one commit, quantities added up as far as limit and stock go.
   * Doing it again changes nothing and answers where the lines are.
   */
  claim(
    tenant: Tenant,
    userId: Id,
    cartId: Id,
    cause: Cause,
  ): Promise<Outcome<CartDone<ClaimAnswer>>>
}

/** What is shown of carts: to whoever knows their ids, and of a user's cart to that user alone. */
export interface CartQueries {
  view(tenant: Tenant, userId: Id | null, cartId: Id, language: string): Promise<Outcome<CartView>>
  /** The open carts of a user, newest first. */
  mine(
    tenant: Tenant,
    userId: Id,
    ask: { readonly limit: number; readonly after?: string; readonly language: string },
  ): Promise<Page<CartView>>
}

/** What the commit that ends a cart takes with it. */
export interface CartEnd {
  readonly events: readonly CartEvent[]
  readonly rows: readonly Write[]
  readonly timers: readonly Timer[]
}

/** Port for checkout: parts of the commit that places an order. Lives in the same database. */
export interface Carts {
  stream(cartId: Id): StreamOf<Cart, CartEvent>
  /** The lines of an open cart with something in it, or why this user (or guest) cannot order it. */
  ready(
    cart: Cart,
    cartId: Id,
    asked: { readonly userId: Id | null; readonly at: Instant },
  ): Outcome<readonly CartLine[], CartRefusal>
  /** The cart becomes this order. */
  close(cart: Cart, cartId: Id, orderId: Id): CartEnd
  /** What a cart was when this process heard of it last: to prepare what is decided under the lock. */
  recall(tenant: TenantId, cartId: Id): Promise<Cart>
}
