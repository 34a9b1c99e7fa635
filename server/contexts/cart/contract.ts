/**
 * Cart: what a buyer has put aside, at which price, and until when the units are held.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Instant } from '#platform/clock'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Money } from '#platform/money'
import type { Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import type { StreamOf } from '#platform/write/commit'

/** A cart was begun. Whoever knows its id may use it; a guest has no other key. */
export interface CartCreated {
  readonly type: 'cart.created'
  readonly currency: string
  readonly userId: Id | null
}

/** A line has this quantity from now on, at the price that was shown (CRT-12). */
export interface CartLineSet {
  readonly type: 'cart.line-set'
  readonly sku: string
  readonly productId: Id
  readonly quantity: number
  readonly unitPrice: Money
  readonly holdId: string
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

export type CartEvent = CartCreated | CartLineSet | CartLineRemoved | CartClosed

export type CartRefusal =
  | { readonly code: 'cart.unknown'; readonly cartId: string }
  | { readonly code: 'cart.expired'; readonly cartId: string }
  | { readonly code: 'cart.closed'; readonly cartId: string }
  | { readonly code: 'cart.empty'; readonly cartId: string }
  | { readonly code: 'cart.full'; readonly limit: number }
  | { readonly code: 'cart.line-unknown'; readonly sku: string }
  | { readonly code: 'cart.sku-unknown'; readonly sku: string }
  | { readonly code: 'cart.quantity-too-large'; readonly sku: string; readonly limit: number }
  | { readonly code: 'cart.version-stale'; readonly version: number }

export interface CartLine {
  readonly sku: string
  readonly productId: Id
  readonly quantity: number
  readonly unitPrice: Money
  readonly holdId: string
}

/** The state of a cart's stream. */
export interface Cart {
  readonly status: 'none' | 'open' | 'closed'
  readonly currency: string
  readonly userId: Id | null
  readonly lines: readonly CartLine[]
  readonly changedAt: Instant
  readonly orderId: Id | null
  readonly version: number
}

export interface CartLineView {
  readonly sku: string
  readonly productId: Id
  readonly name: string
  readonly quantity: number
  readonly unitPrice: Money
  readonly total: Money
  /** Until when the units are held; null when the hold has lapsed and they may be gone. */
  readonly heldUntil: string | null
}

export interface CartView {
  readonly id: Id
  readonly status: 'open' | 'closed' | 'expired'
  readonly version: number
  readonly currency: string
  readonly lines: readonly CartLineView[]
  readonly total: Money
  readonly expiresAt: string
  readonly orderId: Id | null
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
  /** Refused as stale unless the cart has this version (CRT-05). */
  readonly version?: number
}

/** Changes to carts. Refusals are those of `CartRefusal`, of the hold, and `request.key-reused`. */
export interface CartCommands {
  create(tenant: Tenant, userId: Id | null, cause: Cause): Promise<Outcome<CartDone<CartView>>>
  /** The line and its units in one commit (CRT-02): both appear or neither. Adds to what is there. */
  addItem(
    tenant: Tenant,
    cartId: Id,
    item: ItemRequest,
    cause: Cause,
  ): Promise<Outcome<CartDone<LineAnswer>>>
  /** The line has this quantity afterwards; units are taken or let go by the difference. */
  setQuantity(
    tenant: Tenant,
    cartId: Id,
    item: ItemRequest,
    cause: Cause,
  ): Promise<Outcome<CartDone<LineAnswer>>>
  removeItem(
    tenant: Tenant,
    cartId: Id,
    item: { sku: string; version?: number },
    cause: Cause,
  ): Promise<Outcome<CartDone<{ readonly cartId: Id; readonly version: number }>>>
}

/** What is shown of carts to whoever knows their ids. */
export interface CartQueries {
  view(tenant: Tenant, cartId: Id, language: string): Promise<Outcome<CartView>>
}

/** Port for checkout: parts of the commit that places an order. Lives in the same database. */
export interface Carts {
  stream(cartId: Id): StreamOf<Cart, CartEvent>
  /** The lines of an open cart with something in it, or why it cannot be ordered. */
  ready(cart: Cart, cartId: Id, at: Instant): Outcome<readonly CartLine[], CartRefusal>
  close(orderId: Id): CartClosed
  /** What a cart is now, outside any commit. */
  see(tenant: TenantId, cartId: Id): Promise<Cart>
}
