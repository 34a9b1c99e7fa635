import type { Reads } from '#platform/db/reads'

import type { StockQueries } from '../contract/desk.ts'
import { lowStockAfter } from '../store/low-stock.ts'
import type { KnownShelves } from '../store/shelves.ts'

export function settingsOfShop(shelves: KnownShelves): StockQueries['settings'] {
  return async (tenant) => {
    const { allocation, lowStock } = await shelves.of(tenant)
    return { allocation, lowStock }
  }
}

export function listLowStock(reads: Reads): StockQueries['lowStock'] {
  return async (tenant, limit, after = '') => {
    const rows = await lowStockAfter(reads, tenant, after, limit + 1)
    const items = rows.slice(0, limit).map(({ sku, free, threshold, since }) => ({
      sku,
      free,
      threshold,
      since: since.toISOString(),
    }))
    return { items, next: rows.length > limit ? (items.at(-1)?.sku ?? null) : null }
  }
}
