import { Type } from 'typebox'

import { route, type Route } from '#platform/http/route'
import { accept } from '#platform/outcome'

import type { CatalogChanges } from '../contract.ts'
import type { CatalogDesk } from '../contract/desk.ts'
import type { BrandDraft } from '../contract/drafts.ts'
import type { CatalogPages } from '../contract/pages.ts'
import { BrandBody, BrandSetBody } from './draft-schemas.ts'
import { versionsIn } from './etag.ts'
import { languageOf } from './language.ts'
import { IF_MATCH, LOOK, WRITE } from './product-routes.ts'
import { Brand, BrandDesk, Lang, page, Slug } from './schemas.ts'

const listQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, default: 100 })),
  after: Type.Optional(Slug),
  lang: Type.Optional(Lang),
})
const query = Type.Object({ lang: Type.Optional(Lang) })
const params = Type.Object({ slug: Slug })

export function brandRoutes(
  changes: CatalogChanges,
  pages: CatalogPages,
  desk: CatalogDesk,
): readonly Route[] {
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

    route({
      id: 'setBrand',
      method: 'PUT',
      path: '/api/v1/brands/{slug}',
      tag: 'catalog',
      summary: 'Says what a brand is, and adds it when it is not there',
      headers: IF_MATCH,
      access: WRITE,
      params,
      body: BrandSetBody,
      answer: { status: 200, body: BrandDesk },
      refusals: ['catalog.version-stale', 'catalog.language-unknown', 'catalog.text-missing'],
      handle: async ({ tenant, params: { slug }, body, cause, header }) => {
        const draft = { ...body, slug } as BrandDraft
        const set = await desk.setBrand(tenant, draft, cause, versionsIn(header('if-match')))
        if (!set.ok) return set
        return accept({ body: set.value, headers: { etag: `"${set.value.version}"` } })
      },
    }),
  ]
}
