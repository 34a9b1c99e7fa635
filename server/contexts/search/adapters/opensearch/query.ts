import type { Id, TenantId } from '#platform/ids'

import { FIELDS } from '../../domain/entry.ts'
import { acceptedValues, LIFT, MOST_LIFT, PRECISION, type FindAsk } from '../../domain/find.ts'
import type { Place, Sort } from '../../domain/place.ts'
import { FIELD_WEIGHTS, type Alternative, type Sought } from '../../domain/postings.ts'
import type { Values } from '../../domain/values.ts'
import type { Json } from './calls.ts'
import { facetKey } from './documents.ts'

/**
 * Scores are whole numbers, hundredths of the built-in engine's, and what somebody likes lifts them by
 * 64ths: 32-bit floats hold all of them exactly, so a place in a list can be told and found again. A
 * query of 24 words has at most some 90,000 × 80 such parts; exactness ends at 2^24.
 */
const SCALE = 100
const PARTS = 64

/** Parts of a query, of which OpenSearch takes 1,024 unless it is told otherwise. */
const MOST_CLAUSES = 900

/** Values counted at most; the commonest. */
const MOST_VALUES = 5000

/** What is known of a shop's words while a query is written down. */
export interface Frequencies {
  readonly products: number
  frequency(term: string): number
  frequencyOfBeginning(beginning: string): number
}

/** What is sought, as queries: one for each word. */
export function wordQueries(words: readonly Sought[], known: Frequencies): readonly Json[] {
  const most = Math.floor(MOST_CLAUSES / Math.max(1, words.length))
  return words.map((alternatives) => wordQuery(alternatives, known, most))
}

/** The best of what a word may be found by; rarity is counted as the built-in engine does (`Postings`). */
function wordQuery(alternatives: Sought, known: Frequencies, most: number): Json {
  const queries: Json[] = []
  let commonest = Infinity
  let clauses = 0
  for (const alternative of alternatives) {
    const count = countOf(alternative, known)
    if (count === 0) continue
    clauses += FIELDS.length * (1 + (alternative.also?.length ?? 0))
    if (clauses > most && queries.length > 0) break
    const rarity = Math.min(commonest, Math.log(1 + known.products / (count + 0.5)))
    if (commonest === Infinity) commonest = rarity
    for (const [place, field] of FIELDS.entries()) {
      const gain = alternative.weight * rarity * (FIELD_WEIGHTS[place] as number)
      queries.push({
        constant_score: {
          filter: inField(field, alternative),
          boost: Math.max(1, Math.round(gain * SCALE)),
        },
      })
    }
  }
  return queries.length === 0 ? { match_none: {} } : { dis_max: { tie_breaker: 0, queries } }
}

function countOf({ term, also = [], isPrefix }: Alternative, known: Frequencies): number {
  if (isPrefix === true) return term === '' ? 0 : known.frequencyOfBeginning(term)
  return Math.min(...[term, ...also].map((each) => known.frequency(each)))
}

function inField(field: string, { term, also = [], isPrefix }: Alternative): Json {
  if (isPrefix === true) return { prefix: { [field]: { value: term } } }
  const own = { term: { [field]: term } }
  if (also.length === 0) return own
  return { bool: { filter: [own, ...also.map((each) => ({ term: { terms: each } }))] } }
}

/** What a search is asked, beside its words. */
export interface Sifted {
  /** What is always asked: of this shop, on sale, at this time, with units. */
  readonly base: readonly Json[]
  readonly hidden: readonly Id[]
  /** Each filter by the name of its aggregation; that of the price among them. */
  readonly filters: readonly { readonly name: string; readonly query: Json }[]
}

export function sift(
  tenant: TenantId,
  values: Values,
  ask: FindAsk,
  hidden: ReadonlySet<Id>,
): Sifted {
  const { filters, minPrice, maxPrice, now } = ask
  const found = filters.map((filter, place) => {
    const { kind, code } = filter
    const isRange = filter.from !== undefined || filter.to !== undefined
    const codes = isRange
      ? acceptedValues(values, filter).map((number) => values.at(number).code)
      : filter.values
    const terms = codes.map((value) => facetKey(kind, code, value))
    return { name: `without${place}`, query: { terms: { values: terms } } }
  })
  const bounds =
    minPrice === undefined && maxPrice === undefined
      ? []
      : [
          {
            name: 'prices',
            query: {
              range: {
                minPrice: {
                  gte: minPrice ?? 0,
                  lte: maxPrice ?? Number.MAX_SAFE_INTEGER,
                },
              },
            },
          },
        ]
  return {
    base: [
      { term: { tenant } },
      { term: { isThere: true } },
      { range: { visibleFrom: { lte: now } } },
      { range: { visibleUntil: { gt: now } } },
    ],
    hidden: [...hidden],
    filters: [...found, ...bounds],
  }
}

/** What `must` finds of what is on sale. */
export function queryOf({ base, hidden }: Sifted, more: Json): Json {
  const without = hidden.length === 0 ? {} : { must_not: [{ terms: { id: hidden } }] }
  return { bool: { filter: base, ...without, ...more } }
}

/** Counts: of what fits, and for each filter of what would fit without it. */
export function countsOf({ filters }: Sifted, { filters: asked, isBare }: FindAsk): Json {
  const all = (except?: string): Json => ({
    bool: { filter: filters.filter(({ name }) => name !== except).map(({ query }) => query) },
  })
  const counted = (more: Json): Json => ({ terms: { field: 'values', ...more } })
  const fits = { filter: all() }
  if (isBare === true) return { fits }
  const without = asked.map(({ kind, code }, place) => {
    const name = `without${place}`
    const include = kind === 'attribute' ? `a/${code}/.*` : `${kind[0]}/.*`
    return [
      name,
      { filter: all(name), aggs: { values: counted({ include, size: 1000 }) } },
    ] as const
  })
  return {
    fits: { ...fits, aggs: { values: counted({ size: MOST_VALUES }) } },
    ...Object.fromEntries(without),
    prices: {
      filter: all('prices'),
      aggs: { min: { min: { field: 'minPrice' } }, max: { max: { field: 'minPrice' } } },
    },
  }
}

/** Lifts what somebody likes, a little. */
export function liftedBy(query: Json, liking: FindAsk['liking']): Json {
  const liked = (kind: 'category' | 'brand', slugs: ReadonlyMap<string, number>): Json[] =>
    [...slugs].flatMap(([slug, share]) => {
      const weight = Math.round(share * LIFT * PARTS) / PARTS
      const filter = { term: { values: facetKey(kind, kind, slug) } }
      return weight === 0 ? [] : [{ filter, weight }]
    })
  const functions =
    liking === undefined
      ? []
      : [...liked('category', liking.categories), ...liked('brand', liking.brands)]
  if (functions.length === 0) return query
  return {
    function_score: {
      query,
      functions: [{ filter: { match_all: {} }, weight: 1 }, ...functions],
      score_mode: 'sum',
      boost_mode: 'multiply',
      max_boost: 1 + MOST_LIFT,
    },
  }
}

/** Everything scores alike. */
export const EQUAL_SCORE: Json = {
  must: [{ constant_score: { filter: { match_all: {} }, boost: SCALE } }],
}

/** Whether hits are sorted by their score. */
export function isRanked({ words, liking, sort }: FindAsk): boolean {
  return sort === 'relevance' && (words.length > 0 || liking !== undefined)
}

/** Before their age: what hits are sorted by, unless it is their score. */
const SORTED_BY: Readonly<Record<Sort, readonly Json[]>> = {
  relevance: [],
  newest: [],
  'price-up': [{ minPrice: 'asc' }],
  'price-down': [{ minPrice: 'desc' }],
  rating: [{ rated: 'desc' }],
}

/** The order of hits, and from where on. */
export function orderOf(ask: FindAsk): Json {
  const { sort, after } = ask
  const first = isRanked(ask) ? [{ _score: 'desc' }] : SORTED_BY[sort]
  const order = { sort: [...first, { createdAt: 'desc' }, { id: 'desc' }] }
  if (after === undefined) return order
  const key = first.length === 0 ? [] : [sortedBy(ask, after)]
  return { ...order, search_after: [...key, after.createdAt, after.id] }
}

/** The place of a hit from what the server sorted it by. */
export function placeOf(ask: FindAsk, sorted: readonly unknown[]): Place {
  const [id, createdAt, key] = sorted.toReversed() as [string, number, number | undefined]
  return { sort: ask.sort, key: keyOf(ask, key ?? 0), createdAt, id }
}

/**
 * Keys are those of the built-in engine, so that a list goes on about where it was when the other engine
 * has to (exactly so in every order but that of relevance, where engines round differently): ten
 * thousandths of a score, which tell 6,400ths apart and back.
 */
function keyOf(ask: FindAsk, sorted: number): number {
  if (isRanked(ask)) return Math.ceil((Math.round(sorted * PARTS) * PRECISION) / (SCALE * PARTS))
  return ask.sort === 'price-up' ? -sorted : sorted
}

function sortedBy(ask: FindAsk, { key }: Place): number {
  if (isRanked(ask)) return Math.floor((key * SCALE * PARTS) / PRECISION) / PARTS
  return ask.sort === 'price-up' ? -key : key
}
