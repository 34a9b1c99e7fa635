import { Type } from 'typebox'

import { route, type Route } from '#platform/http/route'
import { accept } from '#platform/outcome'

import type { BrandDraft, CatalogChanges, CatalogPages, CategoryDraft } from '../contract.ts'
import { languageOf } from './language.ts'
import { LOOK, productRoutes, WRITE } from './product-routes.ts'
import { Brand, BrandBody, Category, CategoryBody, Lang, page, Slug } from './schemas.ts'

const listQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, default: 100 })),
  after: Type.Optional(Slug),
  lang: Type.Optional(Lang),
})
const query = Type.Object({ lang: Type.Optional(Lang) })

export function catalogRoutes(changes: CatalogChanges, pages: CatalogPages): readonly Route[] {
  return [
    ...productRoutes(changes, pages),
    ...categoryRoutes(changes, pages),
    ...brandRoutes(changes, pages),
  ]
}

function categoryRoutes(changes: CatalogChanges, pages: CatalogPages): readonly Route[] {
  return [
    route({
      id: 'listCategories',
      method: 'GET',
      path: '/api/v1/categories',
      tag: 'catalog',
      summary: 'Lists the categories in the shop’s order',
      access: LOOK,
      query: listQuery,
      answer: { status: 200, body: page(Category) },
      handle: async ({ tenant, query: { lang, limit = 100, ...rest }, header }) => {
        const language = languageOf(tenant.languages, lang, header('accept-language'))
        const body = await pages.listCategories(tenant, { limit, ...rest }, language)
        return accept({ body, headers: { 'content-language': language } })
      },
    }),

    route({
      id: 'addCategory',
      method: 'POST',
      path: '/api/v1/categories',
      tag: 'catalog',
      summary: 'Adds a category',
      access: WRITE,
      idempotent: true,
      query,
      body: CategoryBody,
      answer: { status: 201, body: Category },
      refusals: [
        'catalog.category-taken',
        'catalog.category-unknown',
        'catalog.language-unknown',
        'catalog.text-missing',
      ],
      handle: async ({ tenant, query: { lang }, body, cause, header }) => {
        const language = languageOf(tenant.languages, lang, header('accept-language'))
        const added = await changes.addCategory(tenant, body as CategoryDraft, cause, language)
        if (!added.ok) return added
        return accept({ body: added.value.view, replayed: added.value.replayed })
      },
    }),
  ]
}

function brandRoutes(changes: CatalogChanges, pages: CatalogPages): readonly Route[] {
  return [
    route({
      id: 'listBrands',
      method: 'GET',
      path: '/api/v1/brands',
      tag: 'catalog',
      summary: 'Lists the brands by name',
      access: LOOK,
      query: listQuery,
      answer: { status: 200, body: page(Brand) },
      handle: async ({ tenant, query: { lang, limit = 100, ...rest }, header }) => {
        const language = languageOf(tenant.languages, lang, header('accept-language'))
        const body = await pages.listBrands(tenant, { limit, ...rest }, language)
        return accept({ body, headers: { 'content-language': language } })
      },
    }),

    route({
      id: 'addBrand',
      method: 'POST',
      path: '/api/v1/brands',
      tag: 'catalog',
      summary: 'Adds a brand',
      access: WRITE,
      idempotent: true,
      query,
      body: BrandBody,
      answer: { status: 201, body: Brand },
      refusals: ['catalog.brand-taken', 'catalog.language-unknown', 'catalog.text-missing'],
      handle: async ({ tenant, query: { lang }, body, cause, header }) => {
        const language = languageOf(tenant.languages, lang, header('accept-language'))
        const added = await changes.addBrand(tenant, body as BrandDraft, cause, language)
        if (!added.ok) return added
        return accept({ body: added.value.view, replayed: added.value.replayed })
      },
    }),
  ]
}
