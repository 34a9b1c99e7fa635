import type { Instant } from '#platform/clock'
import type { Money } from '#platform/money'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Aggregate } from '#platform/write/commit'

import type { Cart, CartEvent, CartLine, CartRefusal } from '../contract.ts'

/** An abandoned cart is gone after a day without a change (CRT-03, DAT-01). */
export const LIFE_MS = 24 * 3600 * 1000

/** Lines of one cart. */
export const MOST_LINES = 100

/** Units of one line; whoever wants more talks to the shop. */
export const MOST_UNITS = 10_000

export const carts: Aggregate<Cart, CartEvent> = {
  kind: 'cart',
  initial: {
    status: 'none',
    currency: '',
    userId: null,
    lines: [],
    changedAt: 0,
    orderId: null,
    version: 0,
  },
  apply(cart, event, { at, version }) {
    const changed = { ...cart, changedAt: at, version }
    switch (event.type) {
      case 'cart.created':
        return { ...changed, status: 'open', currency: event.currency, userId: event.userId }
      case 'cart.line-set': {
        const { type: _, ...line } = event
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
    }
  },
}

export function expiresAt(cart: Cart): Instant {
  return cart.changedAt + LIFE_MS
}

/** The cart if it may be changed now. */
export function usable(
  cart: Cart,
  cartId: string,
  at: Instant,
  version?: number,
): Outcome<Cart, CartRefusal> {
  if (cart.status === 'none') return refuse({ code: 'cart.unknown', cartId })
  if (cart.status === 'closed') return refuse({ code: 'cart.closed', cartId })
  if (expiresAt(cart) <= at) return refuse({ code: 'cart.expired', cartId })
  if (version !== undefined && version !== cart.version) {
    return refuse({ code: 'cart.version-stale', version: cart.version })
  }
  return accept(cart)
}

export interface LineWish {
  readonly sku: string
  readonly productId: string
  readonly unitPrice: Money
  /** The quantity afterwards, or what is added to what is there. */
  readonly quantity: { readonly set: number } | { readonly add: number }
}

/** The line as it is afterwards, at the price of now. Its hold is named after cart and SKU. */
export function setLine(
  cart: Cart,
  cartId: string,
  { sku, productId, unitPrice, quantity }: LineWish,
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
  return accept({ sku, productId, quantity: wanted, unitPrice, holdId: `${cartId}/${sku}` })
}

/** The lines of a cart that can become an order. */
export function ready(
  cart: Cart,
  cartId: string,
  at: Instant,
): Outcome<readonly CartLine[], CartRefusal> {
  const open = usable(cart, cartId, at)
  if (!open.ok) return open
  if (cart.lines.length === 0) return refuse({ code: 'cart.empty', cartId })
  return accept(cart.lines)
}
