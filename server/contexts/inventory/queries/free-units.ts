import type { Reads } from '#platform/db/reads'
import { balancesOf } from '#platform/ledger/reads'

import { ON_HAND } from '../accounts.ts'
import type { StockLevels } from '../contract.ts'

export function freeUnits(reads: Reads): StockLevels['freeUnits'] {
  return async (tenant, skus) => {
    const free = new Map<string, number>(skus.map((sku) => [sku, 0]))
    for (const { unit, posted, held } of await balancesOf(reads, tenant, skus, ON_HAND)) {
      free.set(unit, (free.get(unit) ?? 0) + posted - held)
    }
    return free
  }
}
