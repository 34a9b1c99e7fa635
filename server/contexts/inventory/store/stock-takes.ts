import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { Id, TenantId } from '#platform/ids'
import type { Place } from '#platform/keyset'
import type { Table } from '#platform/write/commit'

import type { StockTakeView } from '../contract/desk.ts'

/** One that is open keeps others of its warehouse from being opened. */
export const stockTakeRows: Table = { name: 'inventory.stock_takes', key: ['id'] }

export interface StockTakeRow {
  readonly id: Id
  readonly warehouse: string
  readonly status: StockTakeView['status']
  readonly created_at: Date
  readonly changed_at: Date
}

const COLUMNS = 'id, warehouse, status, created_at, changed_at'

const page = statement<StockTakeRow>(
  'inventory.stock-takes',
  `select ${COLUMNS} from inventory.stock_takes
   where tenant_id = $1 and (created_at, id) < (to_timestamp($2 / 1000.0::float8), $3::uuid)
   order by created_at desc, id desc limit $4`,
)

const one = statement<StockTakeRow>(
  'inventory.stock-take',
  `select ${COLUMNS} from inventory.stock_takes where tenant_id = $1 and id = $2`,
)

/** Newest first, from a place on. */
export function stockTakesAfter(
  reads: Reads,
  tenant: TenantId,
  { at, id }: Place,
  limit: number,
): Promise<StockTakeRow[]> {
  return reads.read(tenant, page, [tenant, at, id, limit])
}

export async function stockTakeOf(
  reads: Reads,
  tenant: TenantId,
  id: Id,
): Promise<StockTakeRow | undefined> {
  const [row] = await reads.read(tenant, one, [tenant, id])
  return row
}
