import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'

import { insertSearches } from '../store/searches.ts'
import { commitRows } from './commit.ts'

/** Counts gather for so long, off the way of any request. */
const GATHER_MS = 2000

/** Different queries of a shop that one process counts on one day; the table is bounded by this. */
const QUERIES_A_DAY = 5000

/** Different queries written at once. */
const QUERIES_A_COMMIT = 500

/** Characters of a query that are kept. */
const KEPT = 100

interface Counts {
  times: number
  foundNothing: number
  clicks: number
}

/** Counts what is sought, what comes of it and what is clicked (SRC-10). No person is in it. */
export interface SearchCounts {
  sought(tenant: TenantId, query: string, count: number): void
  clicked(tenant: TenantId, query: string): void
}

export function openSearchCounts(
  platform: Pick<Platform, 'write' | 'ids' | 'clock' | 'waiting' | 'log'>,
): SearchCounts {
  const counting = new Map<TenantId, Map<string, Counts>>()
  let day = ''
  let known = new Map<TenantId, Set<string>>()
  let isWaiting = false

  function countsOf(tenant: TenantId, query: string): Counts | undefined {
    const text = cleaned(query)
    if (text === undefined) return undefined
    const today = new Date(platform.clock.now()).toISOString().slice(0, 10)
    if (today !== day) [day, known] = [today, new Map()]
    const ofShop = known.get(tenant) ?? new Set()
    known.set(tenant, ofShop)
    if (!ofShop.has(text) && ofShop.size >= QUERIES_A_DAY) return undefined
    ofShop.add(text)
    const shop = counting.get(tenant) ?? new Map<string, Counts>()
    counting.set(tenant, shop)
    const counts = shop.get(text) ?? { times: 0, foundNothing: 0, clicks: 0 }
    shop.set(text, counts)
    if (!isWaiting) {
      isWaiting = true
      platform.waiting.after(GATHER_MS, writeDown)
    }
    return counts
  }

  function writeDown(): void {
    isWaiting = false
    const shops = [...counting]
    counting.clear()
    for (const [tenant, counts] of shops) {
      const rows = [...counts]
        .toSorted(([, a], [, b]) => b.times - a.times)
        .slice(0, QUERIES_A_COMMIT)
        .map(([query, { times, foundNothing, clicks }]) =>
          insertSearches({
            day,
            query,
            id: platform.ids.next(),
            times,
            found_nothing: foundNothing,
            clicks,
          }),
        )
      // Figures of two seconds are not worth a second try.
      commitRows(platform, tenant, 'search/counts', rows).catch((error: unknown) => {
        platform.log.warn({ err: error, tenant }, 'counts of searches were lost')
      })
    }
  }

  return {
    sought(tenant, query, count) {
      const counts = countsOf(tenant, query)
      if (counts === undefined) return
      counts.times += 1
      if (count === 0) counts.foundNothing += 1
    },
    clicked(tenant, query) {
      const counts = countsOf(tenant, query)
      if (counts !== undefined) counts.clicks += 1
    },
  }
}

/** A query as it is counted; undefined for what may name a person: an address, a number to call. */
export function cleaned(query: string): string | undefined {
  const text = query.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim().slice(0, KEPT)
  const digits = text.replace(/\D/g, '').length
  return text === '' || text.includes('@') || digits >= 7 ? undefined : text.toWellFormed()
}
