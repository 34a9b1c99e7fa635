import type { Platform } from '#platform/context'
import { accept } from '#platform/outcome'

import type { StockCommands, StockRefusal } from '../contract.ts'
import type { KnownShelves } from '../store/shelves.ts'
import { warehouses, type WarehouseRow, warehousesOf } from '../store/warehouses.ts'

/** The first warehouse of a shop is its main one; the later come after it in order of preference. */
export function openWarehouse(
  { write, reads }: Pick<Platform, 'write' | 'reads'>,
  shelves: KnownShelves,
): StockCommands['openWarehouse'] {
  return async (tenant, { code, name }, cause) => {
    const position = (await warehousesOf(reads, tenant)).length
    const row: WarehouseRow = { code, name, position }
    const taken: StockRefusal = { code: 'inventory.warehouse-taken', warehouse: code }
    const outcome = await write({
      tenant,
      ...cause,
      streams: {},
      decide: () =>
        accept({
          rows: [{ table: warehouses, verb: 'insert', row: { ...row }, orRefuse: taken }],
          answer: { code, name, isMain: position === 0 },
        }),
    })
    shelves.forget(tenant)
    return outcome
  }
}
