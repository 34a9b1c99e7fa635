import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { Id, TenantId } from '#platform/ids'
import type { Place } from '#platform/keyset'
import type { Table } from '#platform/write/commit'

import type { TransferView } from '../contract/desk.ts'

export const transferRows: Table = { name: 'inventory.transfers', key: ['id'] }

export interface TransferRow {
  readonly id: Id
  readonly source: string
  readonly target: string
  readonly status: TransferView['status']
  readonly created_at: Date
  readonly changed_at: Date
}

const COLUMNS = 'id, source, target, status, created_at, changed_at'

const page = statement<TransferRow>(
  'inventory.transfers',
  `select ${COLUMNS} from inventory.transfers
   where tenant_id = $1 and (created_at, id) < (to_timestamp($2 / 1000.0::float8), $3::uuid)
   order by created_at desc, id desc limit $4`,
)

const one = statement<TransferRow>(
  'inventory.transfer',
  `select ${COLUMNS} from inventory.transfers where tenant_id = $1 and id = $2`,
)

/** Newest first, from a place on. */
export function transfersAfter(
  reads: Reads,
  tenant: TenantId,
  { at, id }: Place,
  limit: number,
): Promise<TransferRow[]> {
  return reads.read(tenant, page, [tenant, at, id, limit])
}

export async function transferOf(
  reads: Reads,
  tenant: TenantId,
  id: Id,
): Promise<TransferRow | undefined> {
  const [row] = await reads.read(tenant, one, [tenant, id])
  return row
}
