import type { Id } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Aggregate } from '#platform/write/commit'

import type { Wished, WishlistEvent, WishlistRefusal } from '../contract.ts'

/** Nobody keeps more; all of them are told at once to whoever shows hearts. */
export const MOST_WISHES = 200

/** The variant of each product that is on the list. */
export interface Wishlist {
  readonly skus: Readonly<Record<Id, string | null>>
}

/** A stream for each user. */
export const wishlists: Aggregate<Wishlist, WishlistEvent> = {
  kind: 'wishlist',
  initial: { skus: {} },
  apply({ skus }, event) {
    switch (event.type) {
      case 'wishlists.product-added':
        return { skus: { ...skus, [event.productId]: event.sku } }
      case 'wishlists.product-removed': {
        const { [event.productId]: _, ...rest } = skus
        return { skus: rest }
      }
    }
  },
}

/** One more; nothing happens where it is there already, as this variant or for any. */
export function add(
  { skus }: Wishlist,
  { productId, sku }: Wished,
): Outcome<readonly WishlistEvent[], WishlistRefusal> {
  const before = skus[productId]
  if (before !== undefined && (sku === undefined || sku === before)) return accept([])
  if (before === undefined && Object.keys(skus).length >= MOST_WISHES) {
    return refuse({ code: 'wishlists.full', most: MOST_WISHES })
  }
  return accept([{ type: 'wishlists.product-added', productId, sku: sku ?? null }])
}

/** Those that are new to the list, as far as there is room, in the order they came. */
export function merge(
  { skus }: Wishlist,
  wished: readonly Wished[],
): { readonly events: readonly WishlistEvent[]; readonly left: readonly Id[] } {
  const fresh = [
    ...new Map(
      wished.flatMap((each) => (each.productId in skus ? [] : [[each.productId, each]])),
    ).values(),
  ]
  const room = MOST_WISHES - Object.keys(skus).length
  return {
    events: fresh.slice(0, room).map(({ productId, sku }) => ({
      type: 'wishlists.product-added',
      productId,
      sku: sku ?? null,
    })),
    left: fresh.slice(room).map(({ productId }) => productId),
  }
}

/** Off the list. */
export function remove(
  { skus }: Wishlist,
  productId: Id,
): Outcome<readonly WishlistEvent[], WishlistRefusal> {
  return productId in skus
    ? accept([{ type: 'wishlists.product-removed', productId }])
    : refuse({ code: 'wishlists.unknown', productId })
}
