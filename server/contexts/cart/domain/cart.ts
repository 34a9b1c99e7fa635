import type { Instant } from '#platform/clock'
import type { Money } from '#platform/money'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Aggregate } from '#platform/write/commit'
import type { SkuQuantity } from '#context/inventory'

import type { Cart, CartEvent, CartLine, CartRefusal } from '../contract.ts'

/** An abandoned cart is gone after a day without a change (CRT-03, DAT-01). */
export const LIFE_MS = 24 * 3600 * 1000

/** Lines of one cart. */
export const MOST_LINES = 100

/** Units of one line; whoever wants more talks to the shop. */
export const MOST_UNITS = 10_000

/** Lines of plain SKUs and components of bundles: each is a hold of its own in every commit. */
export const MOST_PARTS = 200

export const carts: Aggregate<Cart, CartEvent> = {
  kind: 'cart',
  initial: {
    status: 'none',
    currency: '',
    market: null,
    userId: null,
    lines: [],
    changedAt: 0,
    orderId: null,
    mergedInto: null,
    version: 0,
  },
  apply(cart, event, { at, version }) {
    const changed = { ...cart, changedAt: at, version }
    switch (event.type) {
      case 'cart.created':
        return {
          ...changed,
          status: 'open',
          currency: event.currency,
          market: event.market ?? null,
          userId: event.userId,
        }
      case 'cart.line-set': {
        const { type: _, pricedAt = at, ...facts } = event
        const line = { ...facts, pricedAt }
        const isKnown = cart.lines.some(({ sku }) => sku === line.sku)
        const lines = isKnown
          ? cart.lines.map((each) => (each.sku === line.sku ? line : each))
          : [...cart.lines, line]
        return { ...changed, lines }
      }
      case 'cart.line-removed':
        return { ...changed, lines: cart.lines.filter(({ sku }) => sku !== event.sku) }
      case 'cart.closed':
        return { ...changed, status: 'closed', orderId: event.orderId }
      case 'cart.claimed':
        return { ...changed, userId: event.userId }
      case 'cart.merged':
        return { ...changed, status: 'merged', mergedInto: event.into, userId: event.userId }
      case 'cart.expired':
        // The day is over: what the cart was when it was last touched stays to be seen.
        return { ...cart, status: 'expired', version }
    }
  },
}

export function expiresAt(cart: Cart): Instant {
  return cart.changedAt + LIFE_MS
}

/** Who asks, when, and which versions of the cart they have seen. */
export interface Asked {
  readonly userId: string | null
  readonly at: Instant
  readonly versions?: readonly number[] | undefined
}

/** Whether a cart is there for this user or guest: a user's cart is nobody else's business. */
export function isOf(cart: Cart, userId: string | null): boolean {
  return cart.status !== 'none' && (cart.userId === null || cart.userId === userId)
}

/** The cart if it may be changed now. */
export function usable(
  cart: Cart,
  cartId: string,
  { userId, at, versions }: Asked,
): Outcome<Cart, CartRefusal> {
  if (!isOf(cart, userId)) return refuse({ code: 'cart.unknown', cartId })
  if (cart.status === 'closed') return refuse({ code: 'cart.closed', cartId })
  if (cart.status === 'merged') return refuse({ code: 'cart.merged', cartId })
  if (cart.status === 'expired' || expiresAt(cart) <= at) {
    return refuse({ code: 'cart.expired', cartId })
  }
  if (versions !== undefined && !versions.includes(cart.version)) {
    return refuse({ code: 'cart.version-stale', version: cart.version })
  }
  return accept(cart)
}

export interface LineWish {
  readonly sku: string
  readonly productId: string
  /** Of a bundle as it is now; the line is held with them from now on. */
  readonly components: readonly SkuQuantity[]
  /** What so many are sold for and since when that was shown, given what was shown before. */
  readonly priced: (
    known: CartLine | undefined,
    quantity: number,
  ) => {
    readonly unitPrice: Money
    readonly pricedAt: Instant
  }
  /** The quantity afterwards, or what is added to what is there. */
  readonly quantity: { readonly set: number } | { readonly add: number }
}

/** The line as it is afterwards. Its hold is named after cart and SKU. */
export function setLine(
  cart: Cart,
  cartId: string,
  { sku, productId, components, priced, quantity }: LineWish,
): Outcome<CartLine, CartRefusal> {
  const known = cart.lines.find((line) => line.sku === sku)
  if (known === undefined && 'set' in quantity) return refuse({ code: 'cart.line-unknown', sku })
  if (known === undefined && cart.lines.length >= MOST_LINES) {
    return refuse({ code: 'cart.full', limit: MOST_LINES })
  }
  const wanted = 'set' in quantity ? quantity.set : (known?.quantity ?? 0) + quantity.add
  if (wanted > MOST_UNITS) {
    return refuse({ code: 'cart.quantity-too-large', sku, limit: MOST_UNITS })
  }
  const others = cart.lines.filter((line) => line !== known)
  if (countParts(others) + Math.max(1, components.length) > MOST_PARTS) {
    return refuse({ code: 'cart.too-many-parts', limit: MOST_PARTS })
  }
  const holdId = holdOf(cartId, sku)
  const parts = components.length === 0 ? {} : { components }
  return accept({ sku, productId, quantity: wanted, holdId, ...parts, ...priced(known, wanted) })
}

/** How many holds lines are under. */
export function countParts(lines: readonly Pick<CartLine, 'components'>[]): number {
  return lines.reduce((sum, { components = [] }) => sum + Math.max(1, components.length), 0)
}

export function holdOf(cartId: string, sku: string): string {
  return `${cartId}/${sku}`
}

/** The lines of a cart that can become an order. */
export function ready(
  cart: Cart,
  cartId: string,
  asked: Asked,
): Outcome<readonly CartLine[], CartRefusal> {
  const open = usable(cart, cartId, asked)
  if (!open.ok) return open
  if (cart.lines.length === 0) return refuse({ code: 'cart.empty', cartId })
  return accept(cart.lines)
}
