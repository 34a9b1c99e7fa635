import type { Platform } from '#platform/context'
import { pageOf, placeOf } from '#platform/keyset'

import type { WishlistQueries } from '../contract.ts'
import { MOST_WISHES } from '../domain/wishlist.ts'
import { productsWishedBy, wishesOf } from '../store/wishes.ts'

export function wishlistQueries({ reads }: Pick<Platform, 'reads'>): WishlistQueries {
  return {
    async list(tenant, userId, { limit, after, language }) {
      const { at, id } = placeOf(after)
      const rows = await reads.read(tenant, wishesOf, [tenant, userId, at, id, limit + 1])
      const { items, next } = pageOf(rows, limit, (row) => ({
        at: row.created_at,
        id: row.product_id,
      }))
      return {
        items: items.map(({ product_id, sku, name, created_at }) => ({
          productId: product_id,
          sku,
          name: name[language] ?? Object.values(name)[0] ?? '',
          createdAt: created_at.toISOString(),
        })),
        next,
      }
    },
    async products(tenant, userId) {
      const rows = await reads.read(tenant, productsWishedBy, [tenant, userId, MOST_WISHES])
      return rows.map(({ product_id }) => product_id)
    },
  }
}
