import { redirect, type RouterContextProvider } from 'react-router'

import type { paths } from '../../api.d.ts'
import { apiOf, found } from '../../lib/api.ts'
import { cardsOf } from '../../lib/cards.ts'
import { digitsOf } from '../../lib/format.ts'
import type { CardProduct } from '../../lib/product-card.tsx'
import { visitContext } from '../../visit.ts'
import { askedBy, ATTRIBUTE, linkOf } from './address.ts'
import { isMissing, usefulFacets, withChosen, type Facet, type OfferedFacet } from './facets.ts'

type Found = paths['/api/v1/search']['get']['responses'][200]['content']['application/json']

/** One page of products with what they can be narrowed by. */
export interface List {
  readonly items: readonly CardProduct[]
  readonly next: string | null
  readonly after: string | null
  readonly total: number
  readonly facets: readonly Facet[]
  /** In minor units of the shop's main currency, which filters are told in; null where nothing is. */
  readonly prices: { readonly min: number; readonly max: number } | null
  readonly searchedFor: string | null
  readonly isPartly: boolean
  readonly isCut: boolean
}

/** How many products each category has, of those that fit all else. */
export type Counts = ReadonlyMap<string, number>

/** What makes a list the list of a category or of a brand, wherever its address has it. */
interface Fixed {
  readonly category?: string
  readonly brand?: string
}

/**
 * Asks for a list. An address that no longer says anything (a filter that the shop does not have any more, the
 * place of another order) leads to the same list without it.
 */
export async function listOf(
  context: Readonly<RouterContextProvider>,
  url: URL,
  fixed: Fixed = {},
): Promise<{ readonly list: List; readonly counts: Counts }> {
  const { language: lang, shop } = context.get(visitContext)
  const api = apiOf(context)
  const params = url.searchParams
  const query = { ...askedBy(params, digitsOf(shop.currency)), ...fixed, lang }
  const answer = await api.GET('/api/v1/search', { params: { query } })
  if (answer.response.status === 422) {
    const plain = sought(params)
    // Nothing is left to be wrong but the slug itself.
    if (plain.size === params.size) throw new Response(null, { status: 404 })
    throw redirect(linkOf(url.pathname, plain))
  }
  const { items, next, total, facets, prices, ...said } = found(answer)
  let offered = offeredOf(facets, fixed)
  if (isMissing(offered, params)) {
    const plain = askedBy(sought(params), 0)
    const whole = await api.GET('/api/v1/search', {
      params: { query: { ...plain, limit: 1, ...fixed, lang } },
    })
    offered = withChosen(offered, offeredOf(found(whole).facets, fixed), params)
  }
  const categories = facets.find(({ kind }) => kind === 'category')?.values ?? []
  const list = {
    items: await cardsOf(context, items.map(toldOf)),
    next,
    after: params.get('after'),
    total: total.count,
    facets: usefulFacets(offered, { total: total.count, whole: params.getAll('all') }),
    prices: prices === null ? null : { min: prices.min.amount, max: prices.max.amount },
    searchedFor: said.searchedFor,
    isPartly: said.missingWords > 0,
    isCut: said.isCut,
  }
  return { list, counts: new Map(categories.map(({ code, count }) => [code, count])) }
}

function offeredOf(facets: Found['facets'], fixed: Fixed): readonly OfferedFacet[] {
  return facets
    .filter(({ kind }) => kind !== 'category' && !(kind in fixed))
    .map(({ kind, code, name, values }) => ({
      name: kind === 'brand' ? 'brand' : ATTRIBUTE + code,
      label: kind === 'brand' ? null : name,
      values,
    }))
}

function sought(params: URLSearchParams): URLSearchParams {
  const text = params.get('q')
  return new URLSearchParams(text === null ? [] : [['q', text]])
}

function toldOf({ price, highestPrice, ...item }: Found['items'][number]) {
  return { ...item, least: price, most: highestPrice }
}
