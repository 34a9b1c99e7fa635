import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { Id, TenantId } from '#platform/ids'
import type { Place } from '#platform/keyset'
import type { Table, Write } from '#platform/write/commit'

/** Which open carts a user has; written and deleted by the commits that begin and end them. */
export const openCarts: Table = { name: 'cart.open_carts', key: ['cart_id'] }

export interface OpenCartRow {
  readonly cart_id: Id
  readonly currency: string
  readonly opened_at: Date
}

const ofUser = statement<OpenCartRow>(
  'cart.open-carts-of-user',
  `select cart_id, currency, opened_at from cart.open_carts
   where tenant_id = $1 and user_id = $2
     and (opened_at, cart_id) < (to_timestamp($3 / 1000.0::float8), $4::uuid)
   order by opened_at desc, cart_id desc limit $5`,
)

/** Newest first, from a place on (keyset). */
export function openCartsOf(
  reads: Reads,
  tenant: TenantId,
  userId: Id,
  { at, id }: Place,
  limit: number,
): Promise<OpenCartRow[]> {
  return reads.read(tenant, ofUser, [tenant, userId, at, id, limit])
}

/** The row of a cart that is a user's from now on. */
export function opened(cartId: Id, userId: Id, currency: string, at: number): Write {
  const opened_at = new Date(at).toISOString()
  const row = { cart_id: cartId, user_id: userId, currency, opened_at }
  return { table: openCarts, verb: 'insert', row }
}

/** Carts of guests have no row. */
export function ended(cartId: Id, userId: Id | null): readonly Write[] {
  return userId === null ? [] : [{ table: openCarts, verb: 'delete', row: { cart_id: cartId } }]
}
