/**
 * Search: what a shop's people find when they look for something, and what they could not find.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Id, TenantId } from '#platform/ids'
import type { Money } from '#platform/money'
import type { Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

export type SearchRefusal =
  | { readonly code: 'search.facet-unknown'; readonly facet: string }
  | { readonly code: 'search.facet-repeated'; readonly facet: string }
  | { readonly code: 'search.filter-malformed'; readonly filter: string }
  | { readonly code: 'search.place-foreign'; readonly sort: string }
  | { readonly code: 'search.synonym-unknown'; readonly synonymId: string }
  | { readonly code: 'search.synonym-phrase'; readonly word: string }
  | { readonly code: 'search.synonyms-full'; readonly limit: number }
  | { readonly code: 'search.changed-meanwhile' }

export type SearchSort = 'relevance' | 'newest' | 'price-up' | 'price-down' | 'rating'

/** What is sought, as it was sent. */
export interface SearchAsk {
  /** Nothing, to look at everything. */
  readonly text: string
  /** Slugs; a product of any of them fits, a category with everything below it. */
  readonly categories: readonly string[]
  readonly brands: readonly string[]
  /** `color:red,blue;weight:10..20`: a value of each, or an amount between two. */
  readonly attributes: string | undefined
  /** Minor units of the shop's main currency. */
  readonly minPrice?: number
  readonly maxPrice?: number
  readonly sort: SearchSort
  readonly limit: number
  readonly after?: string
  readonly language: string
  /** Whom the ranking may be made for; undefined for nobody. */
  readonly shopper?: Shopper
}

/** What the ranking may know of who asks (SRC-06): a user's own purchases and views, or what a guest sends. */
export interface Shopper {
  readonly userId?: Id
  /** Products looked at last, the newest first. */
  readonly seen: readonly Id[]
}

/** Of a text in UTF-16 units, `to` exclusive. */
export interface TextRange {
  readonly from: number
  readonly to: number
}

export interface FoundProduct {
  readonly id: Id
  readonly slug: string
  readonly name: string
  /** Which parts of the name were sought; never HTML. */
  readonly highlights: readonly TextRange[]
  readonly sku: string
  readonly price: Money
  /** Of the dearest variant. */
  readonly highestPrice: Money
  /** As lists of the catalog say it. */
  readonly salePrice: Money | null
  readonly wasPrice: Money | null
  readonly rating: { readonly average: number; readonly count: number } | null
  readonly category: string | null
  readonly brand: string | null
  readonly picture: string | null
  /** Why it stands higher than for others: the asker likes its category or its brand. */
  readonly because: readonly ('category' | 'brand')[]
}

export interface FacetView {
  readonly kind: 'category' | 'brand' | 'attribute'
  readonly code: string
  readonly name: string
  readonly values: readonly {
    readonly code: string
    readonly name: string
    /** Products that would be left if this value alone were chosen of its facet. */
    readonly count: number
    readonly isChosen: boolean
  }[]
}

export interface SearchPage {
  readonly items: readonly FoundProduct[]
  /** Goes into `after` of the next page; null on the last. */
  readonly next: string | null
  /** Exact unless `isExact` says that there are more. */
  readonly total: { readonly count: number; readonly isExact: boolean }
  readonly facets: readonly FacetView[]
  /** Lowest and highest price of what fits, were no bounds of price given; null when nothing does. */
  readonly prices: { readonly min: Money; readonly max: Money } | null
  /** What was sought instead of what was typed; null when it is what was typed. */
  readonly searchedFor: string | null
  /** Why: the keyboard's layout, Latin letters for Cyrillic, a slip. */
  readonly why: 'layout' | 'transliteration' | 'correction' | 'mixed' | 'phrase' | null
  /** Nothing has all the words; so many of them are missing in what is shown. */
  readonly missingWords: number
  /** The query was too long, and its end was not read. */
  readonly isCut: boolean
}

export interface Suggestion {
  readonly kind: 'word' | 'category' | 'brand' | 'product'
  readonly text: string
  /** Of a category, a brand or a product. */
  readonly slug: string | null
  readonly productId: Id | null
  /** Of a product: the id of its first picture. */
  readonly picture: string | null
}

/** What search answers to people. */
export interface SearchQueries {
  search(tenant: Tenant, ask: SearchAsk): Promise<Outcome<SearchedPage, SearchRefusal>>
  suggest(
    tenant: Tenant,
    ask: { readonly text: string; readonly language: string; readonly limit: number },
  ): Promise<readonly Suggestion[]>
}

export interface SearchedPage {
  readonly page: SearchPage
  /** The answer was remembered from the same question a moment ago. */
  readonly isRemembered: boolean
}

/** Words that a shop's people use for one another. */
export interface Synonym {
  readonly id: Id
  /** Single words. */
  readonly words: readonly string[]
  /** What is looked for as well where one of the words is sought; phrases of up to four words. */
  readonly also: readonly string[]
  /** Otherwise each of `words` and of the single words of `also` stands for all others. */
  readonly isOneWay: boolean
}

/** A query and what came of it, on one day. */
export interface SearchStatistic {
  readonly query: string
  readonly times: number
  readonly foundNothing: number
  readonly clicks: number
}

/** Makes the index say what catalog and stock say now; for jobs, tests and benchmarks. */
export interface SearchIndexing {
  /** Product by product, so nothing is missing meanwhile; says how many rows were others. */
  rebuild(tenant: TenantId): Promise<number>
}
