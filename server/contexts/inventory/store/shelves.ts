import type { Platform } from '#platform/context'
import { known, type Known } from '#platform/known'

import type { StockSettings, Warehouse } from '../contract.ts'
import { DEFAULTS } from '../domain/stock.ts'
import { settingsOf, soldAheadOf } from './settings.ts'
import { warehousesOf } from './warehouses.ts'

/** What a process of another machine has changed is used at most so late. */
const FRESH_MS = 2000

/** How a shop's stock is kept. Only a hint to who sells: every limit is the ledger's. */
export interface ShopShelves extends StockSettings {
  readonly places: readonly Warehouse[]
  /** Codes in the order of preference. */
  readonly warehouses: readonly string[]
  readonly backorders: ReadonlySet<string>
}

export type KnownShelves = Known<ShopShelves>

export function openShelves({ reads, clock }: Pick<Platform, 'reads' | 'clock'>): KnownShelves {
  return known(clock, FRESH_MS, async (tenant) => {
    const [places, set, backorders] = await Promise.all([
      warehousesOf(reads, tenant),
      settingsOf(reads, tenant),
      soldAheadOf(reads, tenant),
    ])
    const codes = places.map(({ code }) => code)
    return { ...(set ?? DEFAULTS), places, warehouses: codes, backorders }
  })
}
