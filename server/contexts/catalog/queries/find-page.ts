import type { Reads } from '#platform/db/reads'
import type { TenantId } from '#platform/ids'

import type { ListSort } from '../contract/pages.ts'
import {
  beginningOf,
  GATHERED,
  gatherTerms,
  GROUPS,
  termCounts,
  walkAll,
  walkBrands,
  walkCategories,
  walkEnds,
  type PageRow,
} from '../store/cards.ts'
import type { Statement } from '#platform/db/statement'
import type { KnownCards, Placed, Shown } from './known-cards.ts'
import type { Filters } from './list-filters.ts'

export interface Found {
  readonly shown: readonly Shown[]
  /** Goes into `after` of the next page; null when there is none. */
  readonly next: string | null
}

export interface Wanted {
  readonly sort: ListSort
  readonly limit: number
  readonly after: string | undefined
  readonly filters: Filters
}

/**
 * Statements of one page at most. A page that is not full by then is shorter than asked for and has a
 * next one all the same: what is asked of PostgreSQL at once has a limit, whatever the filters.
 */
const ROUNDS = 8

/** Of products that may not be in stock, so many more are read at once. */
const SPARE = 2
const MOST_AT_ONCE = 200

type Source = {
  readonly statement: Statement<PageRow>
  readonly terms?: readonly string[]
  /** It stops after so many products in a row that do not pass. */
  readonly isWalk: boolean
}

export interface Sources {
  readonly reads: Reads
  readonly cards: KnownCards
  /** Told of the products of a page before their cards are there: what else they need may be read meanwhile. */
  expect(products: readonly Placed[]): void
}

/** A page behind a place; `keep` leaves out what only the application knows. */
export async function findPage(
  { reads, cards, expect }: Sources,
  tenant: TenantId,
  language: string,
  { sort, limit, after, filters }: Wanted,
  keep?: (products: readonly Shown[]) => Promise<readonly Shown[]>,
): Promise<Found> {
  const source = await sourceFor(reads, tenant, sort, filters)
  const { groups, minPrice, maxPrice } = filters
  const asked = [...groups, ...Array.from({ length: GROUPS - groups.length }, () => null)]
  const found: Shown[] = []
  let from = after ?? beginningOf(sort)
  for (let round = 1; round <= ROUNDS; round += 1) {
    // One more than asked for tells whether there is a next page.
    const missing = limit + 1 - found.length
    const take = keep === undefined ? missing : Math.min(MOST_AT_ONCE, SPARE * missing)
    const values = [tenant, language, from, take, ...asked, minPrice, maxPrice]
    const [row] = await reads.read(
      tenant,
      source.statement,
      source.terms === undefined ? values : [...values, source.terms],
    )
    const placed = placedIn(row)
    expect(placed)
    const products = await cards.of(tenant, language, placed)
    found.push(...(keep === undefined ? products : await keep(products)))
    if (found.length > limit) break
    if (placed.length === take) from = placed.at(-1)?.place ?? from
    else {
      // Shorter than asked for: there is no more, or no more in a row that was long enough.
      const [end] = source.isWalk
        ? await reads.read(tenant, walkEnds[sort], [tenant, language, from])
        : []
      if (end === undefined) return { shown: found, next: null }
      from = end.at
    }
  }
  if (found.length <= limit) return { shown: found, next: from }
  const shown = found.slice(0, limit)
  return { shown, next: shown.at(-1)?.place ?? null }
}

/** Few are gathered and sorted, many are met on a walk, each category and brand alone has its index. */
async function sourceFor(
  reads: Reads,
  tenant: TenantId,
  sort: ListSort,
  { groups, onlyCategories, onlyBrands }: Filters,
): Promise<Source> {
  if (sort !== 'name') {
    if (onlyCategories !== undefined) {
      return { statement: walkCategories[sort], terms: onlyCategories, isWalk: false }
    }
    if (onlyBrands !== undefined) {
      return { statement: walkBrands[sort], terms: onlyBrands, isWalk: false }
    }
  }
  if (groups.length === 0) return { statement: walkAll[sort], isWalk: true }
  const rows = await reads.read(tenant, termCounts, [tenant, [...new Set(groups.flat())]])
  const counts = new Map(rows.map(({ term, products }) => [term, products]))
  const sizes = groups.map((terms) => terms.reduce((sum, each) => sum + (counts.get(each) ?? 0), 0))
  const least = Math.min(...sizes)
  const terms = groups[sizes.indexOf(least)]
  if (terms === undefined || least >= GATHERED) return { statement: walkAll[sort], isWalk: true }
  return { statement: gatherTerms[sort], terms, isWalk: false }
}

function placedIn(row: PageRow | undefined): Placed[] {
  if (row === undefined || row.places === null) return []
  const [versions, skus] = [row.versions?.split('\n'), row.skus?.split('\n')]
  return row.places.split('\n').map((place, n) => ({
    place,
    version: versions?.[n] ?? '',
    listed: (skus?.[n] ?? '').split(' '),
  }))
}
