import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import type { Write } from '#platform/write/commit'

import { insertSearches } from '../store/searches.ts'
import { commitRows } from './commit.ts'

/** Counts gather for so long, off the way of any request. */
const GATHER_MS = 2000

/** Then those of so many shops are written, or of this share of them: the others gather on. */
const SHOPS_AT_ONCE = 50
const SHARE_AT_ONCE = 1 / 20

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
    wait()
    return counts
  }

  function wait(): void {
    if (isWaiting) return
    isWaiting = true
    platform.waiting.after(GATHER_MS, writeDown)
  }

  function writeDown(): void {
    isWaiting = false
    const most = Math.max(SHOPS_AT_ONCE, counting.size * SHARE_AT_ONCE)
    // Whoever has gathered longest comes first.
    for (const [tenant, counts] of [...counting].slice(0, most)) {
      counting.delete(tenant)
      const rows = rowsOf(platform, day, counts)
      // Figures of some seconds are not worth a second try.
      commitRows(platform, tenant, 'search/counts', rows).catch((error: unknown) => {
        platform.log.warn({ err: error, tenant }, 'counts of searches were lost')
      })
    }
    if (counting.size > 0) wait()
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

function rowsOf(
  { ids }: Pick<Platform, 'ids'>,
  day: string,
  counts: ReadonlyMap<string, Counts>,
): readonly Write[] {
  return [...counts]
    .toSorted(([, a], [, b]) => b.times - a.times)
    .slice(0, QUERIES_A_COMMIT)
    .map(([query, { times, foundNothing, clicks }]) =>
      insertSearches({ day, query, id: ids.next(), times, found_nothing: foundNothing, clicks }),
    )
}

/** A query as it is counted; undefined for what may name a person: an address, a number to call. */
export function cleaned(query: string): string | undefined {
  const text = query.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim().slice(0, KEPT)
  const digits = text.replace(/\D/g, '').length
  return text === '' || text.includes('@') || digits >= 7 ? undefined : text.toWellFormed()
}
