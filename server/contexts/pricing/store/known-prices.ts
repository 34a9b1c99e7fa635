import { LRUCache } from 'lru-cache'

import type { Instant } from '#platform/clock'
import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'

import { pricesBySku, type PriceRow } from './price-lists.ts'

/** As long as the catalog remembers its own prices: what another process changes is seen so late. */
const FRESH_MS = 1000

const SKUS_KEPT = 20_000

/** Prices of lists by SKU, remembered for a second. */
export interface KnownPrices {
  of(
    tenant: TenantId,
    currencies: readonly string[],
    skus: readonly string[],
  ): Promise<readonly PriceRow[]>
  /** To be called behind every change of this process. */
  forget(tenant: TenantId): void
}

interface Kept {
  readonly asOf: Instant
  readonly found: Promise<readonly PriceRow[]>
}

export function openPrices({ reads, clock }: Pick<Platform, 'reads' | 'clock'>): KnownPrices {
  const kept = new LRUCache<string, Kept>({ maxSize: SKUS_KEPT, sizeCalculation: () => 1 })
  const changes = new Map<TenantId, number>()

  return {
    async of(tenant, currencies, skus) {
      const now = clock.now()
      const of = `${tenant} ${changes.get(tenant) ?? 0} ${currencies.join()}`
      const isFresh = (sku: string): boolean => {
        const age = now - (kept.get(`${of} ${sku}`)?.asOf ?? -Infinity)
        return age >= 0 && age < FRESH_MS
      }
      const missing = skus.filter((sku) => !isFresh(sku))
      if (missing.length > 0) {
        const rows = pricesBySku(reads, tenant, currencies, missing)
        for (const sku of missing) {
          const found = rows.then((some) => some.filter((row) => row.sku === sku))
          kept.set(`${of} ${sku}`, { asOf: now, found })
          found.catch(() => kept.delete(`${of} ${sku}`))
        }
      }
      const found = skus.map((sku) => kept.get(`${of} ${sku}`)?.found ?? Promise.resolve([]))
      return (await Promise.all(found)).flat()
    },
    forget: (tenant) => void changes.set(tenant, (changes.get(tenant) ?? 0) + 1),
  }
}
