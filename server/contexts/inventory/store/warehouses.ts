import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { TenantId } from '#platform/ids'
import type { Table } from '#platform/write/commit'

import type { Warehouse } from '../contract.ts'

export const warehouses: Table = { name: 'inventory.warehouses', key: ['code'] }

/** `position` 0 is the main warehouse; holds are taken in this order. */
export interface WarehouseRow {
  readonly code: string
  readonly name: string
  readonly position: number
}

const all = statement<WarehouseRow>(
  'inventory.warehouses',
  `select code, name, position from inventory.warehouses
   where tenant_id = $1 order by position, code limit 8`,
)

/** The warehouses of a shop in order of preference, at most eight: as many as a hold may name. */
export async function warehousesOf(reads: Reads, tenant: TenantId): Promise<readonly Warehouse[]> {
  const rows = await reads.read(tenant, all, [tenant])
  return rows.map(({ code, name, position }) => ({ code, name, isMain: position === 0 }))
}
