import type { Reads } from '#platform/db/reads'
import { balancesOf } from '#platform/ledger/reads'

import { ON_HAND, warehouseOf } from '../accounts.ts'
import type { Level } from '../contract.ts'
import type { StockQueries } from '../contract/desk.ts'

export function onHandOf(reads: Reads): StockQueries['onHandOf'] {
  return async (tenant, skus) => {
    const found = new Map<string, Level[]>()
    for (const { unit, name, posted, held } of await balancesOf(reads, tenant, skus, ON_HAND)) {
      const levels = found.get(unit) ?? []
      found.set(unit, levels)
      levels.push({ warehouse: warehouseOf(name), onHand: posted, held, free: posted - held })
    }
    return found
  }
}
