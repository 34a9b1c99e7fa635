import { route, type Route } from '#platform/http/route'
import { accept } from '#platform/outcome'

import type { CatalogChanges } from '../contract.ts'
import type { CatalogDesk } from '../contract/desk.ts'
import type { BrandDraft } from '../contract/drafts.ts'
import type { CatalogPages } from '../contract/pages.ts'
import { BrandBody, BrandSetBody } from './draft-schemas.ts'
import { versionsIn } from './etag.ts'
import { added, listed, listQuery, params, query } from './named.ts'
import { IF_MATCH, LOOK, WRITE } from './product-routes.ts'
import { Brand, BrandDesk, page } from './schemas.ts'

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
      handle: listed((...asked) => pages.listBrands(...asked)),
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
      handle: added((...asked: Parameters<CatalogChanges['addBrand']>) =>
        changes.addBrand(...asked),
      ),
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
