import type { Instant } from '#platform/clock'
import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { Id, TenantId } from '#platform/ids'
import type { Place } from '#platform/keyset'
import type { Table } from '#platform/write/commit'

/** One row a payment, built from the log: which payments an order or a user has. */
export const summaries: Table = { name: 'payments.summaries', key: ['payment_id'] }

export interface PaymentPlace {
  readonly payment_id: Id
  readonly created_at: Date
}

const pageOf = (column: string) => `
  select payment_id, created_at from payments.summaries
  where tenant_id = $1 and ${column} = $2
    and (created_at, payment_id) < (to_timestamp($3 / 1000.0::float8), $4::uuid)
  order by created_at desc, payment_id desc limit $5`

const ofUser = statement<PaymentPlace>('payments.of-user', pageOf('user_id'))
const ofOrder = statement<PaymentPlace>('payments.of-order', pageOf('order_id'))

/** Newest first, from a place on (keyset). */
export function paymentsOf(
  reads: Reads,
  tenant: TenantId,
  of: { readonly userId: Id } | { readonly orderId: Id },
  { at, id }: Place,
  limit: number,
): Promise<PaymentPlace[]> {
  return 'userId' in of
    ? reads.read(tenant, ofUser, [tenant, of.userId, at, id, limit])
    : reads.read(tenant, ofOrder, [tenant, of.orderId, at, id, limit])
}

const unfinished = statement<{ payment_id: Id }>(
  'payments.unfinished',
  `select payment_id from payments.summaries
   where tenant_id = $1 and status = 'processing' and attempted_at < to_timestamp($2 / 1000.0::float8)
   order by attempted_at limit $3`,
)

/** Payments the provider was asked for before an instant and that are still being made, oldest first. */
export async function unfinishedOf(
  reads: Reads,
  tenant: TenantId,
  before: Instant,
  limit: number,
): Promise<Id[]> {
  const rows = await reads.read(tenant, unfinished, [tenant, before, limit])
  return rows.map((row) => row.payment_id)
}
