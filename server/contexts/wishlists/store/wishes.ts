import { statement } from '#platform/db/statement'
import type { Id } from '#platform/ids'
import type { Table } from '#platform/write/commit'

export const wishTable: Table = { name: 'wishlists.wishes', key: ['product_id', 'user_id'] }

export interface WishRow {
  readonly product_id: Id
  readonly sku: string | null
  /** By language. */
  readonly name: Readonly<Record<string, string>>
  readonly created_at: Date
}

/** A page of somebody's list, the newest first. */
export const wishesOf = statement<WishRow>(
  'wishlists.wishes-of',
  `select product_id, sku, name, created_at from wishlists.wishes
   where tenant_id = $1 and user_id = $2
     and (created_at, product_id) < (to_timestamp($3 / 1000.0::float8), $4::uuid)
   order by created_at desc, product_id desc limit $5`,
)

/** What all of somebody's list is of. */
export const productsWishedBy = statement<Pick<WishRow, 'product_id'>>(
  'wishlists.products-wished-by',
  `select product_id from wishlists.wishes where tenant_id = $1 and user_id = $2
   order by created_at desc, product_id desc limit $3`,
)
