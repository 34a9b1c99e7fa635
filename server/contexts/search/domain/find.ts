import type { Instant } from '#platform/clock'

import type { Shown } from './entry.ts'
import type { Place, Sort } from './place.ts'
import type { Matched, Sought } from './postings.ts'
import type { ShopIndex } from './shop-index.ts'
import type { FacetKind, Values } from './values.ts'

/** Products that have one of these values of a facet, or an amount between two. */
export interface Filter {
  readonly kind: FacetKind
  readonly code: string
  readonly values: readonly string[]
  readonly from?: number
  readonly to?: number
}

/** Categories and brands somebody likes, by slug; 1 is all of what somebody looked at or bought. */
export interface Liking {
  readonly categories: ReadonlyMap<string, number>
  readonly brands: ReadonlyMap<string, number>
}

export interface FindAsk {
  /** Words of which a product must have all; none to see everything. */
  readonly words: readonly Sought[]
  /** At most 16, no two of one facet. */
  readonly filters: readonly Filter[]
  readonly minPrice?: number
  readonly maxPrice?: number
  readonly sort: Sort
  readonly after?: Place
  /** Of hits; 0 for none. */
  readonly limit: number
  readonly now: Instant
  readonly liking?: Liking
  /** Only hits and their number are asked for: facets and prices are not counted. */
  readonly isBare?: true
}

export interface Hit {
  readonly entry: Shown
  readonly place: Place
  /** What its place owes to what the asker likes. */
  readonly because: readonly ('category' | 'brand')[]
}

export interface FoundFacet {
  readonly kind: FacetKind
  readonly code: string
  readonly values: readonly Counted[]
}

export interface Found {
  readonly hits: readonly Hit[]
  /** Of the next page; undefined on the last. */
  readonly next: Place | undefined
  readonly total: number
  /** Each counted under all filters but its own; values without a product are left out. */
  readonly facets: readonly FoundFacet[]
  /** Prices of everything that fits, were there no bounds of price. */
  readonly prices: { readonly min: number; readonly max: number } | undefined
  /** Nothing has all the words; these have so many of them. */
  readonly missing: number
}

/** The bit of the bounds of price among the filters. */
const PRICE_BIT = 1

/** How much somebody's liking may lift a product: a little, so that what was sought comes first. */
export const MOST_LIFT = 0.25

/** What all of what somebody looked at or bought lifts. */
export const LIFT = 0.15

/** Relevance as a whole number, so that a place can be told and compared exactly. */
export const PRECISION = 10_000

/** Facets shown, and values of each, the commonest; more of categories and brands. */
const SHOWN_FACETS = 30
const SHOWN_VALUES = 40
const SHOWN_PLACES = 200

interface Candidate {
  readonly document: number
  readonly key: number
}

/** Filters by value: which bit each value of the shop sets in what a document passes. */
interface Sieve {
  readonly bits: Uint32Array
  readonly all: number
  /** By facet number, the bit of its filter; 0 where there is none. */
  readonly facetBits: Uint32Array
}

/** What one pass over the documents finds. */
interface Tally {
  readonly best: Best
  /** By value. */
  readonly counts: Uint32Array
  total: number
  lowest: number
  highest: number
}

/**
 * Searches an index: one pass over what has the words says what fits, how often each value of each
 * facet occurs and which hits come first. Its time is linear in the documents that have the words.
 */
export function find(index: ShopIndex, ask: FindAsk): Found {
  const { words, sort, limit } = ask
  const matched =
    words.length === 0 ? undefined : index.postings.match(words, index.products, index.isThere)
  const lifts = liftsOf(index, ask.liking)
  const tally: Tally = {
    best: new Best(index, sort, limit + 1, ask.after),
    counts: new Uint32Array(ask.isBare === true ? 0 : index.values.length),
    total: 0,
    lowest: Infinity,
    highest: -Infinity,
  }
  pass(index, ask, matched, lifts, tally)

  const { best, counts, total, lowest, highest } = tally
  const chosen = best.take()
  const hits = chosen
    .slice(0, limit)
    .map(({ document, key }) => hitOf(index, document, key, sort, lifts))
  return {
    hits,
    next: chosen.length > limit ? hits.at(-1)?.place : undefined,
    total,
    facets: ask.isBare === true ? [] : facetsOf(index.values, counts),
    prices: lowest <= highest ? { min: lowest, max: highest } : undefined,
    missing: matched === undefined ? 0 : words.length - matched.words,
  }
}

/** Looks at every document that may fit, the newest first: among equals few others are kept then. */
function pass(
  index: ShopIndex,
  ask: FindAsk,
  matched: Matched | undefined,
  lifts: Float32Array | undefined,
  tally: Tally,
): void {
  const { minPrice = 0, maxPrice = Number.MAX_SAFE_INTEGER, now, isBare = false } = ask
  const { isThere, minPrices, valueStarts, valueCounts, valueNumbers } = index
  const { visibleFrom, visibleUntil } = index
  const { bits, all, facetBits } = sieveOf(index, ask)
  const { best, counts } = tally
  const facetOf = index.values.facetNumbers()
  const hasFilters = (all & ~PRICE_BIT) !== 0
  const isUnranked = lifts === undefined && matched === undefined
  let [total, lowest, highest] = [0, Infinity, -Infinity]

  for (let place = (matched?.count ?? index.length) - 1; place >= 0; place -= 1) {
    const document = matched === undefined ? place : (matched.documents[place] as number)
    if (isThere[document] !== 1) continue
    if ((visibleFrom[document] as number) > now || (visibleUntil[document] as number) <= now)
      continue
    const start = valueStarts[document] as number
    const end = start + (valueCounts[document] as number)
    const price = minPrices[document] as number
    let passed = price >= minPrice && price <= maxPrice ? PRICE_BIT : 0
    if (hasFilters) {
      for (let at = start; at < end; at += 1) passed |= bits[valueNumbers[at] as number] as number
    }
    const failed = all & ~passed
    // Failing two filters, a product counts for no facet; failing one, for that one's facet alone.
    if ((failed & (failed - 1)) !== 0) continue
    if (failed === 0 || failed === PRICE_BIT) {
      if (price < lowest) lowest = price
      if (price > highest) highest = price
    }
    if (failed === 0) {
      total += 1
      let lift = 0
      if (lifts !== undefined) {
        for (let at = start; at < end; at += 1) lift += lifts[valueNumbers[at] as number] as number
      }
      if (!isBare) {
        for (let at = start; at < end; at += 1) {
          const value = valueNumbers[at] as number
          counts[value] = (counts[value] as number) + 1
        }
      }
      const score = matched === undefined ? 1 : (matched.scores[document] as number)
      best.offer(document, score * (1 + Math.min(lift, MOST_LIFT)), isUnranked)
    } else if (failed !== PRICE_BIT && !isBare) {
      for (let at = start; at < end; at += 1) {
        const value = valueNumbers[at] as number
        if (facetBits[facetOf[value] as number] === failed) {
          counts[value] = (counts[value] as number) + 1
        }
      }
    }
  }
  Object.assign(tally, { total, lowest, highest })
}

function sieveOf(index: ShopIndex, { filters, minPrice, maxPrice }: FindAsk): Sieve {
  const { values } = index
  const bits = new Uint32Array(values.length)
  const facetBits = new Uint32Array(values.facetCount)
  let all = minPrice === undefined && maxPrice === undefined ? 0 : PRICE_BIT
  for (const [place, filter] of filters.entries()) {
    const bit = 2 ** (place + 1)
    all |= bit
    const facet = values.facet(filter.kind, filter.code)
    if (facet === undefined) continue
    facetBits[facet.number] = bit
    for (const number of acceptedValues(values, filter)) bits[number] = bit
  }
  return { bits, all, facetBits }
}

/** The numbers of the values that pass a filter. */
export function acceptedValues(values: Values, filter: Filter): readonly number[] {
  const facet = values.facet(filter.kind, filter.code)
  if (facet === undefined) return []
  const { from, to } = filter
  if (from === undefined && to === undefined) {
    return filter.values.flatMap((code) => values.numberOf(facet, code) ?? [])
  }
  return facet.values.filter((number) => {
    const { amount } = values.at(number)
    return amount !== null && amount >= (from ?? -Infinity) && amount <= (to ?? Infinity)
  })
}

/** By value, how much it lifts a product; undefined when nothing is liked. */
function liftsOf({ values }: ShopIndex, liking: Liking | undefined): Float32Array | undefined {
  if (liking === undefined || liking.categories.size + liking.brands.size === 0) return undefined
  const lifts = new Float32Array(values.length)
  const set = (kind: 'category' | 'brand', liked: ReadonlyMap<string, number>): void => {
    const facet = values.facet(kind, kind)
    if (facet === undefined) return
    for (const [slug, share] of liked) {
      const number = values.numberOf(facet, slug)
      if (number !== undefined) lifts[number] = share * LIFT
    }
  }
  set('category', liking.categories)
  set('brand', liking.brands)
  return lifts
}

function hitOf(
  index: ShopIndex,
  document: number,
  key: number,
  sort: Sort,
  lifts: Float32Array | undefined,
): Hit {
  const entry = index.entry(document)
  const because = new Set<'category' | 'brand'>()
  if (lifts !== undefined && sort === 'relevance') {
    const start = index.valueStarts[document] as number
    for (let at = start; at < start + (index.valueCounts[document] as number); at += 1) {
      const number = index.valueNumbers[at] as number
      const { kind } = index.values.at(number).facet
      if ((lifts[number] as number) > 0 && kind !== 'attribute') because.add(kind)
    }
  }
  const { id, createdAt } = entry
  return { entry, place: { sort, key, createdAt, id }, because: [...because] }
}

interface Counted {
  readonly number: number
  readonly count: number
}

/** By the number of the facet, those of its values that occur. */
function countedByFacet(values: Values, counts: Uint32Array): readonly (Counted[] | undefined)[] {
  const facetOf = values.facetNumbers()
  const found: (Counted[] | undefined)[] = Array.from({ length: values.facetCount })
  for (let number = 0; number < counts.length; number += 1) {
    const count = counts[number] as number
    if (count > 0) (found[facetOf[number] as number] ??= []).push({ number, count })
  }
  return found
}

/** Facets as they are shown, of how often each value occurs. */
export function facetsOf(values: Values, counts: Uint32Array): FoundFacet[] {
  const found: FoundFacet[] = []
  const countedOf = countedByFacet(values, counts)
  for (const { number, kind, code } of values.facets()) {
    const counted = countedOf[number]
    if (counted === undefined) continue
    counted.sort((a, b) => b.count - a.count || a.number - b.number)
    found.push({
      kind,
      code,
      values: counted.slice(0, kind === 'attribute' ? SHOWN_VALUES : SHOWN_PLACES),
    })
    if (found.length >= SHOWN_FACETS) break
  }
  return found
}

/** Keeps the first so many of what is offered behind a place, in order. */
class Best {
  readonly #index: ShopIndex
  readonly #sort: Sort
  readonly #most: number
  readonly #after: Place | undefined
  readonly #kept: Candidate[] = []

  constructor(index: ShopIndex, sort: Sort, most: number, after: Place | undefined) {
    this.#index = index
    this.#sort = sort
    this.#most = most
    this.#after = after
  }

  offer(document: number, score: number, isUnranked: boolean): void {
    const key = this.#keyOf(document, score, isUnranked)
    const kept = this.#kept
    const last = kept.length >= this.#most ? kept[kept.length - 1] : undefined
    // Most of what is offered ends here.
    if (last !== undefined && key <= last.key) {
      const { createdAt } = this.#index
      const isOlder = (createdAt[document] as number) < (createdAt[last.document] as number)
      if (key < last.key || isOlder) return
    }
    const candidate = { document, key }
    if (this.#after !== undefined && !this.#isBehind(candidate, this.#after)) return
    if (last !== undefined && !this.#comesFirst(candidate, last)) return
    let [low, high] = [0, kept.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#comesFirst(candidate, kept[middle] as Candidate)) high = middle
      else low = middle + 1
    }
    kept.splice(low, 0, candidate)
    if (kept.length > this.#most) kept.pop()
  }

  take(): readonly Candidate[] {
    return this.#kept
  }

  #keyOf(document: number, score: number, isUnranked: boolean): number {
    if (this.#sort === 'newest') return 0
    if (this.#sort === 'price-up') return -(this.#index.minPrices[document] as number)
    if (this.#sort === 'price-down') return this.#index.minPrices[document] as number
    if (this.#sort === 'rating') return this.#index.rated[document] as number
    return isUnranked ? 0 : Math.round(score * PRECISION)
  }

  #comesFirst(one: Candidate, two: Candidate): boolean {
    if (one.key !== two.key) return one.key > two.key
    const [a, b] = [this.#index.createdAt[one.document], this.#index.createdAt[two.document]]
    if (a !== b) return (a as number) > (b as number)
    return this.#index.entry(one.document).id > this.#index.entry(two.document).id
  }

  #isBehind({ document, key }: Candidate, after: Place): boolean {
    if (key !== after.key) return key < after.key
    const createdAt = this.#index.createdAt[document] as number
    if (createdAt !== after.createdAt) return createdAt < after.createdAt
    return this.#index.entry(document).id < after.id
  }
}
