import { Type } from 'typebox'

import { route, type Route } from '#platform/http/route'
import { PLACE_PATTERN } from '#platform/keyset'
import { accept } from '#platform/outcome'

import type { CatalogDeskPages } from '../contract/desk.ts'
import { WRITE } from './product-routes.ts'
import {
  AttributeDesk,
  BrandDesk,
  CategoryDesk,
  Code,
  page,
  ProductDesk,
  Sku,
  Slug,
  Standing,
} from './schemas.ts'

const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 }))
const placesQuery = Type.Object({ limit, after: Type.Optional(Slug) })

/** What staff look at: everything, in every language, as of now. */
export function deskRoutes(pages: CatalogDeskPages): readonly Route[] {
  return [listProducts(pages), ...listPlaces(pages)]
}

function listProducts(pages: CatalogDeskPages): Route {
  return route({
    id: 'listAllProducts',
    method: 'GET',
    path: '/api/v1/admin/products',
    tag: 'catalog',
    summary: 'Lists all products for staff, hidden and archived ones too',
    description:
      'Newest first; with `sku` or `name`, what begins so, in that order. With both, `sku` counts. A page of what few products are may be shorter than asked for although `next` names another.',
    access: WRITE,
    query: Type.Object({
      standing: Type.Optional(Standing),
      category: Type.Optional(Slug),
      sku: Type.Optional(Sku),
      name: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 100,
          description: 'In the shop’s first language; case does not matter.',
        }),
      ),
      limit,
      after: Type.Optional(
        Type.Union([
          Type.String({ pattern: PLACE_PATTERN, description: '`next` of the page before.' }),
          Type.String({ pattern: '^[A-Za-z0-9_-]{48,700}$' }),
        ]),
      ),
    }),
    answer: { status: 200, body: page(ProductDesk) },
    handle: async ({ tenant, query: { limit: most = 20, ...rest } }) =>
      accept({ body: await pages.products(tenant, { limit: most, ...rest }) }),
  })
}

function listPlaces(pages: CatalogDeskPages): readonly Route[] {
  return [
    route({
      id: 'listAllCategories',
      method: 'GET',
      path: '/api/v1/admin/categories',
      tag: 'catalog',
      summary: 'Lists the categories for staff, by slug',
      access: WRITE,
      query: placesQuery,
      answer: { status: 200, body: page(CategoryDesk) },
      handle: async ({ tenant, query: { limit: most = 20, after } }) =>
        accept({ body: await pages.categories(tenant, most, after) }),
    }),
    route({
      id: 'listAllBrands',
      method: 'GET',
      path: '/api/v1/admin/brands',
      tag: 'catalog',
      summary: 'Lists the brands for staff, by slug',
      access: WRITE,
      query: placesQuery,
      answer: { status: 200, body: page(BrandDesk) },
      handle: async ({ tenant, query: { limit: most = 20, after } }) =>
        accept({ body: await pages.brands(tenant, most, after) }),
    }),
    route({
      id: 'listAllAttributes',
      method: 'GET',
      path: '/api/v1/admin/attributes',
      tag: 'catalog',
      summary: 'Lists the attributes for staff, custom fields too, by code',
      access: WRITE,
      query: Type.Object({ limit, after: Type.Optional(Code) }),
      answer: { status: 200, body: page(AttributeDesk) },
      handle: async ({ tenant, query: { limit: most = 20, after } }) =>
        accept({ body: await pages.attributes(tenant, most, after) }),
    }),
  ]
}
