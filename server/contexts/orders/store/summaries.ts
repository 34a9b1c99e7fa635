import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { Id, TenantId } from '#platform/ids'
import type { Place } from '#platform/keyset'
import type { Table } from '#platform/write/commit'

import type { OrderStatus } from '../contract.ts'

/** One row an order, built from the log; can be emptied and rebuilt. */
export const summaries: Table = { name: 'orders.summaries', key: ['order_id'] }

export interface SummaryRow {
  readonly order_id: Id
  readonly number: string
  readonly status: OrderStatus
  readonly user_id: Id | null
  readonly amount: number
  readonly currency: string
  readonly created_at: Date
  readonly changed_at: Date
}

const COLUMNS = 'order_id, number, status, user_id, amount, currency, created_at, changed_at'

const pageWhere = (condition: string) => `
  select ${COLUMNS} from orders.summaries
  where tenant_id = $1 and ${condition}
    and (created_at, order_id) < (to_timestamp($2 / 1000.0::float8), $3::uuid)
  order by created_at desc, order_id desc limit $4`

const all = statement<SummaryRow>('orders.all', pageWhere('true'))
const ofUser = statement<SummaryRow>('orders.of-user', pageWhere('user_id = $5'))

/** Newest first, from a place on (keyset): those of a user, or all of the shop. */
export function summariesOf(
  reads: Reads,
  tenant: TenantId,
  userId: Id | undefined,
  { at, id }: Place,
  limit: number,
): Promise<SummaryRow[]> {
  return userId === undefined
    ? reads.read(tenant, all, [tenant, at, id, limit])
    : reads.read(tenant, ofUser, [tenant, at, id, limit, userId])
}
