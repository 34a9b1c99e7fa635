import { LRUCache } from 'lru-cache'

import type { Instant } from '#platform/clock'
import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'

import type { SpecialPriceView } from '../contract.ts'
import { pricesBySku, type PriceRow } from './price-lists.ts'
import { specialsBySku } from './special-prices.ts'

/** As long as the catalog remembers its own prices: what another process changes is seen so late. */
const FRESH_MS = 1000

const SKUS_KEPT = 20_000

/** Which lists are asked. */
export interface Lists {
  readonly currencies: readonly string[]
  readonly specials: readonly string[]
}

/** What lists say of a SKU. */
export interface Listed {
  readonly prices: readonly PriceRow[]
  readonly specials: readonly SpecialPriceView[]
}

/** Prices of lists by SKU, remembered for a second. */
export interface KnownPrices {
  of(tenant: TenantId, lists: Lists, skus: readonly string[]): Promise<ReadonlyMap<string, Listed>>
  /** To be called behind every change of this process. */
  forget(tenant: TenantId): void
}

interface Kept {
  readonly asOf: Instant
  readonly found: Promise<Listed>
}

const NOTHING: Listed = { prices: [], specials: [] }

export function openPrices({ reads, clock }: Pick<Platform, 'reads' | 'clock'>): KnownPrices {
  const kept = new LRUCache<string, Kept>({ maxSize: SKUS_KEPT, sizeCalculation: () => 1 })
  const changes = new Map<TenantId, number>()

  /** Both questions are of one tick, so they share a round trip; one that has no list is not asked. */
  const ask = async (
    tenant: TenantId,
    { currencies, specials }: Lists,
    skus: readonly string[],
  ): Promise<Listed> => {
    const [prices, special] = await Promise.all([
      currencies.length === 0 ? [] : pricesBySku(reads, tenant, currencies, skus),
      specials.length === 0 ? [] : specialsBySku(reads, tenant, specials, skus),
    ])
    return { prices, specials: special }
  }

  return {
    async of(tenant, lists, skus) {
      if (lists.currencies.length + lists.specials.length === 0) return new Map()
      const now = clock.now()
      const names = `${lists.currencies.join()} ${lists.specials.join()}`
      const of = `${tenant} ${changes.get(tenant) ?? 0} ${names}`
      const isFresh = (sku: string): boolean => {
        const age = now - (kept.get(`${of} ${sku}`)?.asOf ?? -Infinity)
        return age >= 0 && age < FRESH_MS
      }
      const missing = skus.filter((sku) => !isFresh(sku))
      if (missing.length > 0) {
        const rows = ask(tenant, lists, missing)
        for (const sku of missing) {
          const found = rows.then(({ prices, specials }) => ({
            prices: prices.filter((row) => row.sku === sku),
            specials: specials.filter((row) => row.sku === sku),
          }))
          kept.set(`${of} ${sku}`, { asOf: now, found })
          found.catch(() => kept.delete(`${of} ${sku}`))
        }
      }
      const found = await Promise.all(
        skus.map(async (sku) => [sku, (await kept.get(`${of} ${sku}`)?.found) ?? NOTHING] as const),
      )
      return new Map(found)
    },
    forget: (tenant) => void changes.set(tenant, (changes.get(tenant) ?? 0) + 1),
  }
}
