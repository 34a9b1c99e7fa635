import { LRUCache } from 'lru-cache'

import type { Reads } from '#platform/db/reads'
import type { TenantId } from '#platform/ids'

import type { StockSettings, Warehouse } from '../contract.ts'
import { DEFAULTS } from '../domain/stock.ts'
import { settingsOf, soldAheadOf } from './settings.ts'
import type { Warehouses } from './warehouses.ts'

/** What a process of another machine has changed is used at most so late. */
const FRESH_MS = 2000

/** How a shop's stock is kept. Only a hint to who sells: every limit is the ledger's. */
export interface ShopShelves extends StockSettings {
  readonly places: readonly Warehouse[]
  /** Codes in the order of preference. */
  readonly warehouses: readonly string[]
  readonly backorders: ReadonlySet<string>
}

export interface KnownShelves {
  of(tenant: TenantId): Promise<ShopShelves>
  forget(tenant: TenantId): void
}

export function openShelves(reads: Reads, warehouses: Warehouses): KnownShelves {
  const known = new LRUCache<TenantId, Promise<ShopShelves>>({ max: 10_000, ttl: FRESH_MS })
  const read = async (tenant: TenantId): Promise<ShopShelves> => {
    const [places, set, backorders] = await Promise.all([
      warehouses.of(tenant),
      settingsOf(reads, tenant),
      soldAheadOf(reads, tenant),
    ])
    const codes = places.map(({ code }) => code)
    return { ...(set ?? DEFAULTS), places, warehouses: codes, backorders }
  }
  return {
    of(tenant) {
      const cached = known.get(tenant)
      if (cached !== undefined) return cached
      const asked = read(tenant)
      known.set(tenant, asked)
      asked.catch(() => known.delete(tenant))
      return asked
    },
    forget(tenant) {
      warehouses.forget(tenant)
      known.delete(tenant)
    },
  }
}
