import { Buffer } from 'node:buffer'

import { Type, type Static } from 'typebox'

import { route, type Route } from '#platform/http/route'
import { accept, refuse, type Outcome } from '#platform/outcome'

import type { CatalogPages, ListSort, ProductsAsk } from '../contract/pages.ts'
import { languageOf } from './language.ts'
import { IF_NONE_MATCH, LOOK, ready } from './product-routes.ts'
import { Lang, Money, Nullable, Options, page, SAID, Slug } from './schemas.ts'

const ID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const SLUGS = '^[a-z0-9]+(-[a-z0-9]+)*(,[a-z0-9]+(-[a-z0-9]+)*){0,19}$'
const VALUE = '[^,;:=\\x00-\\x1f]{1,60}'
const ATTRIBUTE = `[A-Za-z][A-Za-z0-9_-]{0,39}:${VALUE}(,${VALUE}){0,19}`

/** What `after` looks like in each order. A name may be of any letters, so its place is in base64url. */
const PLACES: Readonly<Record<ListSort, RegExp>> = {
  // A creation time in ms, after 2001.
  newest: new RegExp(`^[1-9][0-9]{12}\\.${ID}$`),
  'price-up': new RegExp(`^[0-9]{14}\\.${ID}$`),
  'price-down': new RegExp(`^[0-9]{14}\\.${ID}$`),
  rating: new RegExp(`^[0-9]{5}\\.[1-9][0-9]{12}\\.${ID}$`),
  name: new RegExp(`^[^\\t\\0]{0,80}\\t${ID}$`),
}

const query = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  after: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9_.-]{1,400}$',
      description: '`next` of the page before, in the same order.',
    }),
  ),
  sort: Type.Optional(
    Type.Union(
      (['newest', 'price-up', 'price-down', 'rating', 'name'] as const).map((each) =>
        Type.Literal(each),
      ),
      { default: 'newest' },
    ),
  ),
  category: Type.Optional(Slug),
  brand: Type.Optional(
    Type.String({
      pattern: SLUGS,
      maxLength: 2_000,
      description: 'One brand, or several with commas between: products of any of them.',
    }),
  ),
  minPrice: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'Minor units, inclusive.' }),
  ),
  maxPrice: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'Minor units, inclusive.' }),
  ),
  inStock: Type.Optional(
    Type.Boolean({ description: '`true` leaves out what cannot be ordered now.' }),
  ),
  attributes: Type.Optional(
    Type.String({
      pattern: `^${ATTRIBUTE}(;${ATTRIBUTE}){0,3}$`,
      maxLength: 1_000,
      description:
        'Attributes and options by code: `color:red,blue;size:42` is red or blue, and 42. Four at most, of 20 values each.',
    }),
  ),
  lang: Type.Optional(Lang),
})

/** A product as lists show it; `domain/card.ts` writes it. */
const Card = Type.Object({
  id: Type.String(),
  slug: Type.String(),
  sku: Type.String({ description: 'Of the first variant.' }),
  name: Type.String(),
  description: Type.String({ description: 'Its first 300 characters.' }),
  price: Money,
  priceFrom: Money,
  priceTo: Money,
  picture: Type.Union([Type.String(), Type.Null()], {
    description: 'The id of its first picture: `/media/{id}/640.webp`.',
  }),
  stock: Type.Integer({ description: 'Free units of all variants over all warehouses.' }),
  category: Nullable,
  brand: Nullable,
  variants: Type.Array(
    Type.Object({
      sku: Type.String(),
      options: Options,
      price: Money,
      stock: Type.Integer(),
      weightGrams: Type.Union([Type.Integer(), Type.Null()]),
    }),
  ),
  status: Type.Literal('active'),
  version: Type.Integer(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  availability: Type.Union(
    (['in-stock', 'low', 'out', 'preorder'] as const).map((each) => Type.Literal(each)),
  ),
  ...SAID,
})

export function listRoute(pages: CatalogPages): Route {
  return route({
    id: 'listProducts',
    method: 'GET',
    path: '/api/v1/products',
    tag: 'catalog',
    summary: 'Lists the products on sale',
    description:
      'A category brings everything below it. By rating, products of many good reviews come before those of one; what nobody has rated comes last. Stock and prices are at most 1 s old; with the `Torg-Position` of a write they are as new as that. A page of rare products may be shorter than asked for although `next` names another.',
    headers: IF_NONE_MATCH,
    access: LOOK,
    query,
    answer: { status: 200, body: page(Card) },
    handle: async ({ tenant, query: asked, header }) => {
      const ask = askOf(asked)
      if (!ask.ok) return ask
      const language = languageOf(tenant.languages, asked.lang, header('accept-language'))
      const { json, etag } = await pages.listProducts(tenant, ask.value, language)
      return accept(ready(json, etag, language, header('if-none-match'), 'public, no-cache'))
    },
  })
}

function askOf(asked: Static<typeof query>): Outcome<ProductsAsk> {
  const { limit = 20, sort = 'newest', brand, attributes, after, lang: _, ...rest } = asked
  const place = after === undefined ? undefined : placeIn(after, sort)
  if (after !== undefined && place === undefined) {
    const message = 'is no place in a list in this order'
    const errors = [{ in: 'query', pointer: '/after', message }]
    return refuse({ code: 'request.invalid', errors } as never)
  }
  return accept({
    ...rest,
    limit,
    sort,
    ...(place === undefined ? {} : { after: place }),
    ...(brand === undefined ? {} : { brands: [...new Set(brand.split(','))] }),
    ...(attributes === undefined ? {} : { attributes: attributes.split(';').map(attributeOf) }),
  })
}

function attributeOf(text: string): { readonly code: string; readonly values: readonly string[] } {
  const end = text.indexOf(':')
  return { code: text.slice(0, end), values: text.slice(end + 1).split(',') }
}

function placeIn(after: string, sort: ListSort): string | undefined {
  const place = sort === 'name' ? Buffer.from(after, 'base64url').toString() : after
  return PLACES[sort].test(place) && place.isWellFormed() ? place : undefined
}
