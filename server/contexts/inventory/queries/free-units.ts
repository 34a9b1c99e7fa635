import type { Reads } from '#platform/db/reads'

import { ON_HAND } from '../accounts.ts'
import type { StockLevels } from '../contract.ts'
import { freeOf } from '../store/bundles.ts'

export function freeUnits(reads: Reads): StockLevels['freeUnits'] {
  return async (tenant, skus) => {
    const found = await freeOf(reads, tenant, skus, ON_HAND)
    return new Map(found.map(({ sku, free }) => [sku, free]))
  }
}
