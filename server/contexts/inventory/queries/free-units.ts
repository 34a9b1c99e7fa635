import type { Reads } from '#platform/db/reads'
import { freeOf } from '#platform/ledger/reads'

import { ON_HAND } from '../accounts.ts'
import type { StockLevels } from '../contract.ts'

export function freeUnits(reads: Reads): StockLevels['freeUnits'] {
  return async (tenant, skus) => {
    const free = new Map<string, number>(skus.map((sku) => [sku, 0]))
    for (const found of await freeOf(reads, tenant, skus, ON_HAND)) free.set(found.unit, found.free)
    return free
  }
}
