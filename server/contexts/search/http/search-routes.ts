import { Buffer } from 'node:buffer'

import { Type } from 'typebox'

import { languageOf } from '#platform/http/language'
import { route, type Route, type Actor } from '#platform/http/route'
import { moneySchema, nullableText } from '#platform/http/schemas'
import type { TenantId } from '#platform/ids'
import { ID_PATTERN } from '#platform/keyset'
import { accept } from '#platform/outcome'

import type { SearchAsk, SearchQueries, Shopper } from '../contract.ts'

/** Of one list in a query, by commas. */
const SLUGS = '^[a-z0-9]+(-[a-z0-9]+)*(,[a-z0-9]+(-[a-z0-9]+)*){0,19}$'

const Lang = Type.String({
  pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
  maxLength: 35,
  description: 'One of the shop’s languages; otherwise `Accept-Language` decides.',
})

/** Longer than anybody types; what is behind 256 characters is not read, and `isCut` says so. */
export const Query = Type.String({
  maxLength: 1000,
  description: 'What is sought, in any language.',
})

const Price = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 })

const query = Type.Object({
  q: Type.Optional(Query),
  category: Type.Optional(
    Type.String({ pattern: SLUGS, maxLength: 2000, description: 'Slugs, by commas.' }),
  ),
  brand: Type.Optional(
    Type.String({ pattern: SLUGS, maxLength: 2000, description: 'Slugs, by commas.' }),
  ),
  attributes: Type.Optional(
    Type.String({
      maxLength: 2000,
      description: '`color:red,blue;weight:10..20`: one of these values, an amount between two.',
    }),
  ),
  minPrice: Type.Optional(Price),
  maxPrice: Type.Optional(Price),
  sort: Type.Optional(
    Type.Union(
      [
        Type.Literal('relevance'),
        Type.Literal('newest'),
        Type.Literal('price-up'),
        Type.Literal('price-down'),
        Type.Literal('rating'),
      ],
      { default: 'relevance' },
    ),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  after: Type.Optional(
    Type.String({
      pattern: `^[rnuds]\\.-?\\d{1,15}\\.\\d{1,15}\\.${ID_PATTERN}$`,
      description: '`next` of the page before.',
    }),
  ),
  lang: Type.Optional(Lang),
  personal: Type.Optional(
    Type.Boolean({ default: true, description: 'False: the same order as for everyone.' }),
  ),
  seen: Type.Optional(
    Type.String({
      pattern: `^${ID_PATTERN}(,${ID_PATTERN}){0,19}$`,
      description:
        'Products a guest looked at, the newest first. They lift what is like them a little and are not kept.',
    }),
  ),
})

const Product = Type.Object({
  id: Type.String(),
  slug: Type.String(),
  name: Type.String(),
  highlights: Type.Array(Type.Object({ from: Type.Integer(), to: Type.Integer() }), {
    description: 'Parts of the name that were sought, in UTF-16 units.',
  }),
  sku: Type.String(),
  price: moneySchema,
  highestPrice: moneySchema,
  salePrice: Type.Union([moneySchema, Type.Null()], {
    description: 'What the first variant costs everybody while it is on sale; null otherwise.',
  }),
  wasPrice: Type.Union([moneySchema, Type.Null()], {
    description:
      'Beside a sale price: the lowest of the 30 days before the sale, if it was higher.',
  }),
  rating: Type.Union([Type.Object({ average: Type.Number(), count: Type.Integer() }), Type.Null()]),
  category: nullableText,
  brand: nullableText,
  picture: Type.Union([Type.String(), Type.Null()], {
    description: 'The id of its first picture: `/media/{id}/640.webp`.',
  }),
  because: Type.Array(Type.Union([Type.Literal('category'), Type.Literal('brand')]), {
    description: 'It stands higher because who asks likes its category or brand.',
  }),
})

const Facet = Type.Object({
  kind: Type.Union([Type.Literal('category'), Type.Literal('brand'), Type.Literal('attribute')]),
  code: Type.String(),
  name: Type.String(),
  values: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      count: Type.Integer({ description: 'Under all filters but those of this facet.' }),
      isChosen: Type.Boolean(),
    }),
  ),
})

export const Page = Type.Object({
  items: Type.Array(Product),
  next: nullableText,
  total: Type.Object({ count: Type.Integer(), isExact: Type.Boolean() }),
  facets: Type.Array(Facet),
  prices: Type.Union([Type.Object({ min: moneySchema, max: moneySchema }), Type.Null()]),
  searchedFor: Type.Union([Type.String(), Type.Null()], {
    description: 'What was sought instead of what was typed.',
  }),
  why: Type.Union([
    Type.Literal('layout'),
    Type.Literal('transliteration'),
    Type.Literal('correction'),
    Type.Literal('mixed'),
    Type.Literal('phrase'),
    Type.Null(),
  ]),
  missingWords: Type.Integer({ description: 'Nothing has all words: so many are missing.' }),
  isCut: Type.Boolean({ description: 'The query was too long, and its end was not read.' }),
})

/** What is told of a search that was answered. */
export type Sought = (tenant: TenantId, text: string, count: number) => void

export function searchRoutes(queries: SearchQueries, sought: Sought): readonly Route[] {
  return [searchProducts(queries, sought), suggestRoute(queries)]
}

function searchProducts(queries: SearchQueries, sought: Sought): Route {
  return route({
    id: 'searchProducts',
    method: 'GET',
    path: '/api/v1/search',
    tag: 'search',
    summary: 'Finds products, with facets',
    description:
      'Understands Ukrainian, Russian and English, a wrong keyboard layout, Latin letters for Cyrillic and slips. ' +
      'Hidden and sold-out products are never found. Without `q` it lists everything.',
    access: { who: 'anyone', whose: 'public' },
    query,
    answer: { status: 200, body: Page },
    refusals: [
      'search.facet-unknown',
      'search.facet-repeated',
      'search.filter-malformed',
      'search.place-foreign',
    ],
    async handle({ tenant, actor, query: asked, header }) {
      const { q = '', minPrice, maxPrice, after } = asked
      const language = languageOf(tenant, asked.lang, header('accept-language'))
      const shopper = asked.personal === false ? undefined : shopperOf(actor, asked.seen)
      const ask: SearchAsk = {
        text: q,
        categories: asked.category?.split(',') ?? [],
        brands: asked.brand?.split(',') ?? [],
        attributes: asked.attributes,
        sort: asked.sort ?? 'relevance',
        limit: asked.limit ?? 20,
        language,
        ...(minPrice === undefined ? {} : { minPrice }),
        ...(maxPrice === undefined ? {} : { maxPrice }),
        ...(after === undefined ? {} : { after }),
        ...(shopper === undefined ? {} : { shopper }),
      }
      const found = await queries.search(tenant, ask)
      if (!found.ok) return found
      const { page, isRemembered } = found.value
      if (after === undefined && q !== '') sought(tenant.id, q, page.total.count)
      return accept({
        body: Buffer.from(JSON.stringify(page)),
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'cache-control': shopper === undefined ? 'public, no-cache' : 'private, no-cache',
          'content-language': language,
          vary: 'Accept-Language, Authorization',
          'x-search-cache': isRemembered ? 'hit' : 'miss',
        },
      })
    },
  })
}

function shopperOf(actor: Actor, seen: string | undefined): Shopper | undefined {
  if (actor.kind === 'user') return { userId: actor.id, seen: seen?.split(',') ?? [] }
  return seen === undefined ? undefined : { seen: seen.split(',') }
}

function suggestRoute(queries: SearchQueries): Route {
  return route({
    id: 'suggestSearches',
    method: 'GET',
    path: '/api/v1/search/suggest',
    tag: 'search',
    summary: 'Says what may be meant by what has been typed so far',
    access: { who: 'anyone', whose: 'public' },
    query: Type.Object({
      q: Query,
      lang: Type.Optional(Lang),
      limit: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 10, default: 5, description: 'Of each kind.' }),
      ),
    }),
    answer: {
      status: 200,
      body: Type.Object({
        items: Type.Array(
          Type.Object({
            kind: Type.Union([
              Type.Literal('word'),
              Type.Literal('category'),
              Type.Literal('brand'),
              Type.Literal('product'),
            ]),
            text: Type.String(),
            slug: nullableText,
            productId: nullableText,
            picture: Type.Union([Type.String(), Type.Null()], {
              description: 'Of a product: the id of its first picture, `/media/{id}/160.webp`.',
            }),
          }),
        ),
      }),
    },
    async handle({ tenant, query: { q, lang, limit = 5 }, header }) {
      const language = languageOf(tenant, lang, header('accept-language'))
      const items = await queries.suggest(tenant, { text: q, language, limit })
      return accept({
        body: { items },
        headers: { 'cache-control': 'public, no-cache', 'content-language': language },
      })
    },
  })
}
