import { Buffer } from 'node:buffer'

import { Type } from 'typebox'

import { isStaff } from '#platform/actor'
import { route, type Access, type Actor, type Reply, type Route } from '#platform/http/route'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

import type { CatalogChanges, ProductDraft } from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'
import type { CatalogDesk } from '../contract/desk.ts'
import type { CatalogPages, GoneProduct, ProductView, Reader } from '../contract/pages.ts'
import { ProductBody, ProductPatchBody } from './draft-schemas.ts'
import { isNamed, productEtag, versionsIn } from './etag.ts'
import { languagesOf } from './language.ts'
import { Lang, Product, ProductId, RelatedList, Slug } from './schemas.ts'

/** Anyone may look; staff may write. */
export const LOOK: Access = { who: 'anyone', whose: 'public' }
export const WRITE: Access = { who: ['staff', 'admin'], whose: 'shop' }

const NOTHING = Buffer.alloc(0)
export const IF_NONE_MATCH = {
  'If-None-Match': 'The `ETag` of an earlier answer: 304 when it is the same.',
}
export const IF_MATCH = { 'If-Match': 'The `ETag` that was seen: 412 when it has changed since.' }
const params = Type.Object({ id: ProductId })
const query = Type.Object({ lang: Type.Optional(Lang) })
const DRAFT_REFUSALS = [
  'catalog.sku-taken',
  'catalog.slug-taken',
  'catalog.category-unknown',
  'catalog.brand-unknown',
  'catalog.currency-wrong',
  'catalog.language-unknown',
  'catalog.text-missing',
  'catalog.sku-repeated',
  'catalog.options-repeated',
  'catalog.product-incomplete',
  'catalog.attribute-unknown',
  'catalog.attribute-wrong',
  'catalog.option-unknown',
  'catalog.component-wrong',
  'catalog.component-of-bundle',
  'catalog.related-unknown',
  'catalog.publication-wrong',
] as const
const EDIT_REFUSALS = [
  'catalog.product-unknown',
  'catalog.product-archived',
  'catalog.version-stale',
  ...DRAFT_REFUSALS,
] as const

const exampleBody = {
  sku: 'BALL-5',
  name: { en: 'Football, size 5', uk: 'Футбольний м’яч, розмір 5' },
  description: { en: 'Hand-stitched, for grass.', uk: 'Зшитий вручну, для трави.' },
  price: { amount: 129_900, currency: 'UAH' },
  category: 'football',
}

export function productRoutes(
  changes: CatalogChanges,
  pages: CatalogPages,
  desk: CatalogDesk,
): readonly Route[] {
  return [
    getProduct(pages),
    getProductBySlug(pages),
    listRelated(pages),
    createProduct(changes),
    changeProduct(changes, pages),
    mergeProduct(desk, pages),
    archiveProduct(changes),
  ]
}

function getProduct(pages: CatalogPages): Route {
  return route({
    id: 'getProduct',
    method: 'GET',
    path: '/api/v1/products/{id}',
    tag: 'catalog',
    summary: 'Shows one product',
    description:
      'Staff also find what is archived, hidden or not published now, and every text in all languages.',
    headers: IF_NONE_MATCH,
    access: { ...LOOK, besides: ['staff', 'admin'] },
    params,
    query,
    answer: { status: 200, body: Product },
    refusals: ['catalog.product-unknown'],
    handle: async ({ tenant, actor, params: { id }, query: { lang }, header }) => {
      const reader = readerOf(tenant, actor, lang, header('accept-language'))
      const view = await pages.findProduct(tenant, id, reader)
      return view === undefined ? unknown(id) : accept(page(view, reader, header('if-none-match')))
    },
  })
}

function getProductBySlug(pages: CatalogPages): Route {
  return route({
    id: 'getProductBySlug',
    method: 'GET',
    path: '/api/v1/products/by-slug/{slug}',
    tag: 'catalog',
    summary: 'Shows the product at an address',
    description:
      'An address it had once is answered with 301 and the address of today. What was on sale and is no longer is 410, with its name and category; what is hidden or was never published is 404.',
    headers: IF_NONE_MATCH,
    access: { ...LOOK, besides: ['staff', 'admin'] },
    params: Type.Object({ slug: Slug }),
    query,
    answer: { status: 200, body: Product, moved: true },
    refusals: ['catalog.product-unknown', 'catalog.product-gone'],
    handle: async ({ tenant, actor, params: { slug }, query: { lang }, header }) => {
      const reader = readerOf(tenant, actor, lang, header('accept-language'))
      const found = await pages.findBySlug(tenant, slug, reader)
      if (found === undefined) return unknown(slug)
      if ('gone' in found) return gone(found.gone)
      if (!('movedTo' in found)) return accept(page(found, reader, header('if-none-match')))
      const asked = lang === undefined ? '' : `?lang=${lang}`
      const headers = {
        location: `/api/v1/products/by-slug/${found.movedTo}${asked}`,
        // A product may come back to an address it had.
        'cache-control': 'no-cache',
      }
      return accept({ status: 301, body: NOTHING, headers })
    },
  })
}

function listRelated(pages: CatalogPages): Route {
  return route({
    id: 'listRelatedProducts',
    method: 'GET',
    path: '/api/v1/products/{id}/related',
    tag: 'catalog',
    summary: 'Shows what goes with a product',
    description: 'What it names and what names it, 50 each at most; only what is on sale now.',
    access: { ...LOOK, besides: ['staff', 'admin'] },
    params,
    query,
    answer: { status: 200, body: RelatedList },
    refusals: ['catalog.product-unknown'],
    handle: async ({ tenant, actor, params: { id }, query: { lang }, header }) => {
      const reader = readerOf(tenant, actor, lang, header('accept-language'))
      const items = await pages.relatedTo(tenant, id, reader)
      if (items === undefined) return unknown(id)
      const [language = ''] = reader.languages
      return accept({ body: { items, next: null }, headers: { 'content-language': language } })
    },
  })
}

function createProduct(changes: CatalogChanges): Route {
  return route({
    id: 'createProduct',
    method: 'POST',
    path: '/api/v1/products',
    tag: 'catalog',
    summary: 'Puts a product on sale',
    access: WRITE,
    idempotent: true,
    query,
    body: ProductBody,
    answer: { status: 201, body: Product },
    refusals: DRAFT_REFUSALS,
    example: { body: exampleBody },
    handle: async ({ tenant, query: { lang }, body, cause, header }) => {
      const languages = languagesOf(tenant.languages, lang, header('accept-language'))
      const created = await changes.createProduct(tenant, body as ProductDraft, cause, languages)
      if (!created.ok) return created
      const { view, replayed } = created.value
      const { headers, ...reply } = shown(view, languages)
      return accept({
        ...reply,
        headers: { ...headers, location: `/api/v1/products/${view.id}` },
        replayed,
      })
    },
  })
}

function changeProduct(changes: CatalogChanges, pages: CatalogPages): Route {
  return route({
    id: 'changeProduct',
    method: 'PUT',
    path: '/api/v1/products/{id}',
    tag: 'catalog',
    summary: 'Replaces what is said of a product',
    description:
      'With `If-Match` only if the product is still the version seen. A plain text replaces the shop’s first language and leaves the others; a slug that is absent stays, and so do `attributes`, `pictures`, `related`, `publication`, `seo` and `taxCategory`.',
    headers: IF_MATCH,
    access: WRITE,
    params,
    query,
    body: ProductBody,
    answer: { status: 200, body: Product },
    refusals: EDIT_REFUSALS,
    example: { body: exampleBody },
    handle: async ({ tenant, actor, params: { id }, query: { lang }, body, cause, header }) => {
      const versions = versionsIn(header('if-match'))
      const draft = body as ProductDraft
      const changed = await changes.changeProduct(tenant, id, draft, cause, versions)
      if (!changed.ok) return changed
      const reader = readerOf(tenant, actor, lang, header('accept-language'))
      const view = await pages.findProduct(tenant, id, reader)
      return view === undefined ? unknown(id) : accept(shown(view, reader.languages))
    },
  })
}

function mergeProduct(desk: CatalogDesk, pages: CatalogPages): Route {
  return route({
    id: 'mergeProduct',
    method: 'PATCH',
    path: '/api/v1/products/{id}',
    tag: 'catalog',
    summary: 'Changes some of what is said of a product',
    description:
      'Merged as RFC 7396 says: what is not named stays, null takes away, a list replaces. A price or a weight without `variants` is that of the only variant.',
    headers: IF_MATCH,
    access: WRITE,
    idempotent: true,
    params,
    query,
    body: ProductPatchBody,
    answer: { status: 200, body: Product },
    refusals: EDIT_REFUSALS,
    handle: async ({ tenant, actor, params: { id }, query: { lang }, body, cause, header }) => {
      const versions = versionsIn(header('if-match'))
      const merged = await desk.mergeProduct(tenant, id, body, cause, versions)
      if (!merged.ok) return merged
      const reader = readerOf(tenant, actor, lang, header('accept-language'))
      const view = await pages.findProduct(tenant, id, reader)
      if (view === undefined) return unknown(id)
      return accept({ ...shown(view, reader.languages), replayed: merged.value.replayed })
    },
  })
}

function archiveProduct(changes: CatalogChanges): Route {
  return route({
    id: 'archiveProduct',
    method: 'DELETE',
    path: '/api/v1/products/{id}',
    tag: 'catalog',
    summary: 'Ends the sale of a product',
    description: 'It leaves the lists; orders keep it. Its SKUs are never used again.',
    access: WRITE,
    params,
    answer: { status: 204, body: Type.Null() },
    refusals: ['catalog.product-unknown'],
    handle: async ({ tenant, params: { id }, cause }) => {
      const archived = await changes.archiveProduct(tenant, id, cause)
      return archived.ok ? accept({ body: null }) : archived
    },
  })
}

function readerOf(
  tenant: Tenant,
  actor: Actor,
  lang: string | undefined,
  acceptLanguage: string | undefined,
): Reader {
  const languages = languagesOf(tenant.languages, lang, acceptLanguage)
  return { languages, isStaff: isStaff(actor) }
}

function unknown(productId: string): Outcome<never, CatalogRefusal> {
  return refuse({ code: 'catalog.product-unknown', productId })
}

function gone({ id, name, category }: GoneProduct): Outcome<never, CatalogRefusal> {
  return refuse({ code: 'catalog.product-gone', productId: id, name, category })
}

/** What staff see is not for anyone else’s cache. */
function page(
  view: ProductView,
  { languages, isStaff: isPrivate }: Reader,
  ifNoneMatch?: string,
): Reply<never> {
  return shown(view, languages, isPrivate ? 'private, no-cache' : 'public, no-cache', ifNoneMatch)
}

/** One product, written once: its tag is that of its bytes. */
function shown(
  view: ProductView,
  [language = '']: readonly string[],
  cache = 'no-store',
  ifNoneMatch?: string,
): Reply<never> {
  const json = JSON.stringify(view)
  return ready(Buffer.from(json), productEtag(view, json), language, ifNoneMatch, cache)
}

/** JSON that is sent as it is; 304 when the caller has it already. */
export function ready(
  json: Buffer,
  etag: string,
  language: string,
  ifNoneMatch: string | undefined,
  cache: string,
): Reply<never> {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-language': language,
    'cache-control': cache,
    vary: 'Accept-Language, Authorization',
    etag,
  }
  return isNamed(etag, ifNoneMatch)
    ? { status: 304, body: NOTHING, headers }
    : { body: json, headers }
}
