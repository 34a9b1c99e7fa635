import { LRUCache } from 'lru-cache'

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

/** Warehouses change rarely; a new one is used at most so late. */
const FRESH_MS = 2000

/** The warehouses of a shop in order of preference, at most eight: as many as a hold may name. */
export interface Warehouses {
  of(tenant: TenantId): Promise<readonly Warehouse[]>
  /** The next question asks the database. */
  forget(tenant: TenantId): void
}

export function openWarehouses(reads: Reads): Warehouses {
  const known = new LRUCache<TenantId, Promise<readonly Warehouse[]>>({
    max: 10_000,
    ttl: FRESH_MS,
  })
  return {
    of(tenant) {
      const cached = known.get(tenant)
      if (cached !== undefined) return cached
      const read = reads
        .read(tenant, all, [tenant])
        .then((rows) =>
          rows.map(({ code, name, position }) => ({ code, name, isMain: position === 0 })),
        )
      known.set(tenant, read)
      read.catch(() => known.delete(tenant))
      return read
    },
    forget: (tenant) => void known.delete(tenant),
  }
}
