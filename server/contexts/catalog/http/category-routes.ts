import { Buffer } from 'node:buffer'

import { Type } from 'typebox'

import { route, type Route } from '#platform/http/route'
import { accept, refuse } from '#platform/outcome'

import type { CatalogChanges } from '../contract.ts'
import type { CatalogDesk } from '../contract/desk.ts'
import type { CategoryDraft } from '../contract/drafts.ts'
import type { CatalogPages } from '../contract/pages.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'
import { CategoryBody, CategorySetBody } from './draft-schemas.ts'
import { versionsIn } from './etag.ts'
import { languageOf } from './language.ts'
import { added, listed, listQuery, params, query } from './named.ts'
import { IF_MATCH, LOOK, WRITE } from './product-routes.ts'
import { Category, CategoryDesk, page, Slug } from './schemas.ts'

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

    getCategory(pages),

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
      description:
        'With `leadsTo` its address leads to that category for good, as when it was given another slug: add the new one, move what is in it, remove the old one.',
      headers: IF_MATCH,
      access: WRITE,
      params,
      query: Type.Object({ leadsTo: Type.Optional(Slug) }),
      answer: { status: 204, body: Type.Null() },
      refusals: [
        'catalog.category-not-there',
        'catalog.category-not-empty',
        'catalog.category-leads-nowhere',
        'catalog.version-stale',
      ],
      handle: async ({ tenant, params: { slug }, query: { leadsTo }, cause, header }) => {
        const versions = versionsIn(header('if-match'))
        const removed = await desk.removeCategory(tenant, slug, cause, {
          ...(versions === undefined ? {} : { versions }),
          ...(leadsTo === undefined ? {} : { leadsTo }),
        })
        return removed.ok ? accept({ body: null }) : removed
      },
    }),
  ]
}

function getCategory(pages: CatalogPages): Route {
  return route({
    id: 'getCategory',
    method: 'GET',
    path: '/api/v1/categories/{slug}',
    tag: 'catalog',
    summary: 'Shows the category at an address',
    description:
      'The address of a category that another stands for is answered with 301; one that was removed and leads nowhere with 410.',
    access: LOOK,
    params,
    query,
    answer: { status: 200, body: Category, moved: true },
    refusals: ['catalog.category-not-there', 'catalog.category-gone'],
    handle: async ({ tenant, params: { slug }, query: { lang }, header }) => {
      const language = languageOf(tenant.languages, lang, header('accept-language'))
      const found = await pages.findCategory(tenant, slug, language)
      if (found === undefined) {
        const unknown: CatalogRefusal = { code: 'catalog.category-not-there', category: slug }
        return refuse(unknown)
      }
      if (!('movedTo' in found)) {
        return accept({ body: found, headers: { 'content-language': language } })
      }
      if (found.movedTo === null) {
        const gone: CatalogRefusal = { code: 'catalog.category-gone', category: slug }
        return refuse(gone)
      }
      const asked = lang === undefined ? '' : `?lang=${lang}`
      const headers = {
        location: `/api/v1/categories/${found.movedTo}${asked}`,
        // It may be there again some day.
        'cache-control': 'no-cache',
      }
      return accept({ status: 301, body: Buffer.alloc(0), headers } as never)
    },
  })
}
