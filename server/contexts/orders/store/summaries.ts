import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { Id, TenantId } from '#platform/ids'
import type { Table } from '#platform/write/commit'

import type { OrderStatus } from '../contract.ts'

/** One row an order, built from the log; can be emptied and rebuilt. */
export const summaries: Table = { name: 'orders.summaries', key: ['order_id'] }

export interface SummaryRow {
  readonly order_id: Id
  readonly number: string
  readonly status: OrderStatus
  readonly amount: number
  readonly currency: string
  readonly created_at: Date
  readonly changed_at: Date
}

const ofUser = statement<SummaryRow>(
  'orders.of-user',
  `select order_id, number, status, amount, currency, created_at, changed_at
   from orders.summaries
   where tenant_id = $1 and user_id = $2
     and (created_at, order_id) < (to_timestamp($3 / 1000.0::float8), $4::uuid)
   order by created_at desc, order_id desc limit $5`,
)

const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Newest first, before a place (keyset). */
export function summariesOf(
  reads: Reads,
  tenant: TenantId,
  userId: Id,
  before: { at: number; orderId: Id } | undefined,
  limit: number,
): Promise<SummaryRow[]> {
  const { at, orderId } = before ?? { at: 253_402_300_799_000, orderId: LAST }
  return reads.read(tenant, ofUser, [tenant, userId, at, orderId, limit])
}
