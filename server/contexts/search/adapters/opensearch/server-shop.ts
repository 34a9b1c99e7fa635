import type { LRUCache } from 'lru-cache'

import type { Id, TenantId } from '#platform/ids'

import type { SearchShop } from '../../domain/engine.ts'
import type { Shown } from '../../domain/entry.ts'
import { facetsOf, type FindAsk, type Found, type Hit } from '../../domain/find.ts'
import type { Word } from '../../domain/lexicon.ts'
import type { Sought } from '../../domain/postings.ts'
import type { SynonymTerms, Understood } from '../../domain/understand.ts'
import type { Values } from '../../domain/values.ts'
import { countedOf, documentsIn, filtersIn, hitsOf, termsIn, type ServerHit } from './answers.ts'
import type { Calls, Json } from './calls.ts'
import { facetKey, numberOfKey } from './documents.ts'
import type { Followed } from './following.ts'
import {
  countsOf,
  EQUAL_SCORE,
  isRanked,
  liftedBy,
  orderOf,
  placeOf,
  queryOf,
  sift,
  wordQueries,
  type Sifted,
} from './query.ts'
import { ServerWords } from './words.ts'

/** Products read lately, each as one object as long as it does not change: what is known of it stays known. */
export type ShownProducts = LRUCache<string, { readonly version: number; readonly shown: Shown }>

interface ProductSource {
  readonly shown: Shown
  readonly values?: readonly string[]
}

/** One shop on an OpenSearch server, for one question. */
export class ServerShop implements SearchShop {
  readonly version: string
  readonly values: Values
  readonly #calls: Calls
  readonly #tenant: TenantId
  readonly #words: ServerWords
  readonly #products: ShownProducts

  constructor(calls: Calls, tenant: TenantId, followed: Followed, products: ShownProducts) {
    this.#calls = calls
    this.#tenant = tenant
    this.#words = new ServerWords(calls, tenant, followed)
    this.#products = products
    this.version = `server ${followed.mark.seqNo}`
    this.values = followed.values
  }

  understand(
    text: string,
    languages: readonly string[],
    synonyms: SynonymTerms,
  ): Promise<Understood> {
    return this.#words.understand(text, languages, synonyms)
  }

  async find(ask: FindAsk, hidden: ReadonlySet<Id> = new Set()): Promise<Found> {
    const { words } = ask
    const sifted = sift(this.#tenant, this.values, ask, hidden)
    if (words.length === 0) {
      const must = isRanked(ask) ? EQUAL_SCORE : {}
      return this.#found(ask, await this.#search(ask, sifted, queryOf(sifted, must)), 0)
    }
    const queries = await this.#queries(words)
    const whole = await this.#search(ask, sifted, queryOf(sifted, { must: queries }))
    if (documentsIn(countedOf(whole, 'whole')) > 0) return this.#found(ask, whole, 0)
    const most = await this.#mostWords(sifted, queries)
    // None has half of them; what none has is answered by nothing.
    if (most === 0) return this.#found(ask, whole, words.length)
    const nearest = queryOf(sifted, { should: queries, minimum_should_match: most })
    return this.#found(ask, await this.#search(ask, sifted, nearest), words.length - most)
  }

  beginningWith(beginning: string, language: string, most: number): Promise<readonly Word[]> {
    return this.#words.beginningWith(beginning, language, most)
  }

  like(trigrams: readonly string[]): Promise<readonly Word[]> {
    return this.#words.like(trigrams)
  }

  async shown(ids: readonly Id[]): Promise<readonly Shown[]> {
    if (ids.length === 0) return []
    const body = await this.#ask({
      size: ids.length,
      track_total_hits: false,
      version: true,
      _source: ['shown'],
      query: {
        bool: {
          filter: [
            { term: { tenant: this.#tenant } },
            { terms: { id: ids } },
            { exists: { field: 'createdAt' } },
          ],
        },
      },
      sort: [{ id: 'asc' }],
    })
    return hitsOf<ProductSource>(body).map((hit) => this.#shownOf(hit))
  }

  async #queries(words: readonly Sought[]): Promise<readonly Json[]> {
    const all = words.flat()
    await this.#words.count(
      all.flatMap(({ term, also = [], isPrefix }) => (isPrefix === true ? [] : [term, ...also])),
      all.flatMap(({ term, isPrefix }) => (isPrefix === true && term !== '' ? [term] : [])),
    )
    return wordQueries(words, this.#words)
  }

  /** The most words that any product on sale has; 0 if that is less than half. */
  async #mostWords(sifted: Sifted, queries: readonly Json[]): Promise<number> {
    const least = Math.max(1, Math.ceil(queries.length / 2))
    const counts = Array.from({ length: queries.length - least }, (_, place) => least + place)
    if (counts.length === 0) return 0
    const filters = Object.fromEntries(
      counts.map((count) => [
        String(count),
        { bool: { should: queries, minimum_should_match: count } },
      ]),
    )
    const body = await this.#ask({
      size: 0,
      track_total_hits: false,
      query: queryOf(sifted, {}),
      aggs: { having: { filters: { filters } } },
    })
    const found = filtersIn(countedOf(body, 'having'))
    return counts.toReversed().find((count) => (found.get(String(count)) ?? 0) > 0) ?? 0
  }

  #search(ask: FindAsk, sifted: Sifted, query: Json): Promise<Json> {
    const lifted = isRanked(ask) ? liftedBy(query, ask.liking) : query
    return this.#ask({
      size: ask.limit === 0 ? 0 : ask.limit + 1,
      track_total_hits: false,
      version: true,
      _source: ask.liking === undefined ? ['shown'] : ['shown', 'values'],
      query: lifted,
      post_filter: { bool: { filter: sifted.filters.map((each) => each.query) } },
      ...(ask.limit === 0 ? {} : orderOf(ask)),
      aggs: { whole: { filter: { match_all: {} } }, ...countsOf(sifted, ask) },
    })
  }

  #found(ask: FindAsk, body: Json, missing: number): Found {
    const all = hitsOf<ProductSource>(body)
    const hits = all.slice(0, ask.limit).map((hit) => this.#hitOf(ask, hit))
    const total = documentsIn(countedOf(body, 'fits'))
    const common = {
      hits,
      next: all.length > ask.limit ? hits.at(-1)?.place : undefined,
      total,
      missing,
    }
    if (ask.isBare === true) return { ...common, facets: [], prices: undefined }
    const prices = countedOf(body, 'prices')
    const [min, max] = [prices['min'], prices['max']] as { readonly value?: number | null }[]
    return {
      ...common,
      facets: facetsOf(this.values, this.#countsOf(ask, body)),
      prices:
        typeof min?.value === 'number' && typeof max?.value === 'number'
          ? { min: min.value, max: max.value }
          : undefined,
    }
  }

  /** By the number of a value, how many products it would leave. */
  #countsOf({ filters }: FindAsk, body: Json): Uint32Array {
    const counts = new Uint32Array(this.values.length)
    const put = (name: string, isMeant: (facet: string) => boolean): void => {
      const counted = countedOf(body, name)['values']
      for (const [key, count] of termsIn(counted as Parameters<typeof termsIn>[0])) {
        const number = numberOfKey(this.values, key)
        // A value that has just come is counted from the next search on.
        if (number === undefined) continue
        const { kind, code } = this.values.at(number).facet
        if (isMeant(`${kind}/${code}`)) counts[number] = count
      }
    }
    const chosen = new Set(filters.map(({ kind, code }) => `${kind}/${code}`))
    put('fits', (facet) => !chosen.has(facet))
    for (const [place, { kind, code }] of filters.entries()) {
      put(`without${place}`, (facet) => facet === `${kind}/${code}`)
    }
    return counts
  }

  #hitOf(ask: FindAsk, hit: ServerHit<ProductSource>): Hit {
    const because: ('category' | 'brand')[] = []
    if (ask.liking !== undefined && ask.sort === 'relevance') {
      const own = new Set(hit._source.values ?? [])
      for (const [kind, liked] of [
        ['category', ask.liking.categories],
        ['brand', ask.liking.brands],
      ] as const) {
        if ([...liked.keys()].some((slug) => own.has(facetKey(kind, kind, slug)))) {
          because.push(kind)
        }
      }
    }
    return { entry: this.#shownOf(hit), place: placeOf(ask, hit.sort), because }
  }

  #shownOf({ _source: { shown }, _version: version = 0 }: ServerHit<ProductSource>): Shown {
    const key = `${this.#tenant} ${shown.id}`
    const known = this.#products.get(key)
    if (known?.version === version) return known.shown
    this.#products.set(key, { version, shown })
    return shown
  }

  async #ask(body: Json): Promise<Json> {
    const { call, index } = this.#calls
    const said = await call({
      method: 'POST',
      path: `/${index('products')}/_search`,
      query: { routing: String(this.#tenant) },
      body,
    })
    return said.body
  }
}
