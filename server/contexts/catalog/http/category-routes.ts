import { Type } from 'typebox'

import { route, type Route } from '#platform/http/route'
import { accept } from '#platform/outcome'

import type { CatalogChanges } from '../contract.ts'
import type { CatalogDesk } from '../contract/desk.ts'
import type { CategoryDraft } from '../contract/drafts.ts'
import type { CatalogPages } from '../contract/pages.ts'
import { CategoryBody, CategorySetBody } from './draft-schemas.ts'
import { versionsIn } from './etag.ts'
import { added, listed, listQuery, params, query } from './named.ts'
import { IF_MATCH, LOOK, WRITE } from './product-routes.ts'
import { Category, CategoryDesk, page } from './schemas.ts'

const PLACE_REFUSALS = [
  'catalog.category-unknown',
  'catalog.category-too-deep',
  'catalog.categories-full',
  'catalog.language-unknown',
  'catalog.text-missing',
] as const

export function categoryRoutes(
  changes: CatalogChanges,
  pages: CatalogPages,
  desk: CatalogDesk,
): readonly Route[] {
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
      handle: listed((...asked) => pages.listCategories(...asked)),
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
      refusals: ['catalog.category-taken', ...PLACE_REFUSALS],
      handle: added((...asked: Parameters<CatalogChanges['addCategory']>) =>
        changes.addCategory(...asked),
      ),
    }),

    route({
      id: 'setCategory',
      method: 'PUT',
      path: '/api/v1/categories/{slug}',
      tag: 'catalog',
      summary: 'Says what a category is, and adds it when it is not there',
      description:
        'Another `parent` moves it with everything below it. With `If-Match` only if it is still the version seen, `"0"` for none.',
      headers: IF_MATCH,
      access: WRITE,
      params,
      body: CategorySetBody,
      answer: { status: 200, body: CategoryDesk },
      refusals: ['catalog.version-stale', 'catalog.category-cycle', ...PLACE_REFUSALS],
      handle: async ({ tenant, params: { slug }, body, cause, header }) => {
        const draft = { ...body, slug } as CategoryDraft
        const set = await desk.setCategory(tenant, draft, cause, versionsIn(header('if-match')))
        if (!set.ok) return set
        return accept({ body: set.value, headers: { etag: `"${set.value.version}"` } })
      },
    }),

    route({
      id: 'removeCategory',
      method: 'DELETE',
      path: '/api/v1/categories/{slug}',
      tag: 'catalog',
      summary: 'Removes an empty category',
      headers: IF_MATCH,
      access: WRITE,
      params,
      answer: { status: 204, body: Type.Null() },
      refusals: [
        'catalog.category-not-there',
        'catalog.category-not-empty',
        'catalog.version-stale',
      ],
      handle: async ({ tenant, params: { slug }, cause, header }) => {
        const versions = versionsIn(header('if-match'))
        const removed = await desk.removeCategory(tenant, slug, cause, versions)
        return removed.ok ? accept({ body: null }) : removed
      },
    }),
  ]
}
