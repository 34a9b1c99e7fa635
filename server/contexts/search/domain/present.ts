import { money } from '#platform/money'
import type { Tenant } from '#platform/tenants'

import type { FacetView, FoundProduct, SearchAsk, SearchPage } from '../contract.ts'
import { PLACES } from './facet-words.ts'
import type { Filter, Found, FoundFacet, Hit } from './find.ts'
import { marksOf, type Marked } from './marks.ts'
import { placeText } from './place.ts'
import { textIn } from './texts.ts'
import type { Attempt } from './understand.ts'
import type { Values } from './values.ts'

export interface Presented {
  readonly found: Found
  readonly attempt: Attempt | undefined
  readonly values: Values
  readonly tenant: Tenant
  readonly ask: SearchAsk
  readonly filters: readonly Filter[]
  readonly isCut: boolean
  /** Something was typed, and nothing of it can be looked for. */
  readonly isNothing: boolean
}

/** What was found as it is sent. */
export function presentPage(given: Presented): SearchPage {
  const { found, attempt, values, tenant, ask, filters, isCut, isNothing } = given
  const { hits, next, total, facets, prices, missing } = found
  const [first = ''] = tenant.languages
  const sought = attempt?.words.flat() ?? []
  const marked: Marked = {
    terms: new Set(sought.flatMap(({ term, also = [] }) => [term, ...also])),
    prefixes: sought.flatMap(({ term, isPrefix }) => (isPrefix === true ? [term] : [])),
  }
  const why = attempt === undefined || attempt.why === 'typed' ? null : attempt.why
  const isEmpty = isNothing || total === 0
  return {
    items: isNothing ? [] : hits.map((hit) => productOf(hit, tenant, ask.language, marked)),
    next: next === undefined || isNothing ? null : placeText(next),
    total: { count: isNothing ? 0 : total, isExact: true },
    facets: isNothing
      ? []
      : facets.map((facet) => facetOf(facet, values, filters, [ask.language, first])),
    prices:
      prices === undefined || isNothing
        ? null
        : { min: money(prices.min, tenant.currency), max: money(prices.max, tenant.currency) },
    searchedFor: isEmpty ? null : (attempt?.instead ?? null),
    why: isEmpty ? null : why,
    missingWords: isEmpty ? 0 : missing,
    isCut,
  }
}

function productOf(
  { entry, because }: Hit,
  { currency, languages: [first = ''] }: Tenant,
  language: string,
  marked: Marked,
): FoundProduct {
  const { text, language: written } = textIn(entry.name, [language, first])
  return {
    id: entry.id,
    slug: entry.slug,
    name: text,
    highlights: marked.terms.size === 0 ? [] : marksOf(entry, written, marked),
    sku: entry.skus[0] ?? '',
    price: money(entry.minPrice, currency),
    highestPrice: money(entry.maxPrice, currency),
    // Others say this, and it is filled in when it is sent.
    salePrice: null,
    wasPrice: null,
    rating: null,
    category: entry.category,
    brand: entry.brand,
    picture: entry.picture,
    because,
  }
}

function facetOf(
  { kind, code, values: found }: FoundFacet,
  values: Values,
  filters: readonly Filter[],
  languages: readonly string[],
): FacetView {
  const chosen = filters.find((filter) => filter.kind === kind && filter.code === code)
  const name = kind === 'attribute' ? (values.facet(kind, code)?.name ?? {}) : PLACES[kind]
  const [names, codes] = [values.namesIn(languages), values.codes]
  return {
    kind,
    code,
    name: textIn(name, languages).text || code,
    values: found.map(({ number, count }) => {
      const code = codes[number] as string
      const isChosen = chosen?.values.includes(code) ?? false
      return { code, name: names[number] as string, count, isChosen }
    }),
  }
}
