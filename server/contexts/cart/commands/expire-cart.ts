import type { DueTimer, Platform } from '#platform/context'
import type { Id } from '#platform/ids'
import { accept } from '#platform/outcome'
import { stream, type Timer } from '#platform/write/commit'
import type { Stock } from '#context/inventory'

import { carts, expiresAt, LIFE_MS } from '../domain/cart.ts'
import { EXPIRE_CART } from '../domain/steps.ts'
import { ended } from '../store/open-carts.ts'

function nameOf(cartId: Id): string {
  return `cart/${cartId}/expiry`
}

/** Set by the commit that begins a cart. Changes leave it be: when it is due, it looks how long is left. */
export function expiry(cartId: Id, leftMs = LIFE_MS): Timer {
  const inSeconds = Math.max(1, Math.ceil(leftMs / 1000))
  return { set: nameOf(cartId), kind: EXPIRE_CART, inSeconds, data: { cartId } }
}

/** Cleared by the commit that ends the cart. */
export function noExpiry(cartId: Id): Timer {
  return { clear: nameOf(cartId) }
}

/** Ends a cart a day after its last change and lets its units go (CRT-03); one that was changed is given its day. */
export function expireCart(
  { write }: Pick<Platform, 'write'>,
  { stock }: { readonly stock: Stock },
) {
  return async ({ tenant, data, key }: DueTimer): Promise<void> => {
    const { cartId } = data as { cartId: Id }
    const shelves = await stock.of(tenant)
    const outcome = await write({
      tenant,
      caller: 'timer',
      key,
      fingerprint: 'expire-cart',
      streams: { cart: stream(carts, cartId) },
      decide({ cart }, at) {
        if (cart.status !== 'open') return accept({ timers: [noExpiry(cartId)], answer: null })
        const left = expiresAt(cart) - at
        if (left > 0) return accept({ timers: [expiry(cartId, left)], answer: null })
        return accept({
          append: { cart: [{ type: 'cart.expired' }] },
          transfers: cart.lines.flatMap(shelves.release),
          rows: ended(cartId, cart.userId),
          timers: [noExpiry(cartId)],
          answer: null,
        })
      },
    })
    if (!outcome.ok) throw new Error(`a cart could not expire: ${outcome.refusal.code}`)
  }
}
