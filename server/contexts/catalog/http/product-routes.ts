import { Buffer } from 'node:buffer'

import { Type } from 'typebox'

import { isStaff } from '#platform/actor'
import { route, type Access, type Reply, type Route } from '#platform/http/route'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

import type {
  CatalogChanges,
  CatalogPages,
  CatalogRefusal,
  ProductDraft,
  ProductView,
  ProductsAsk,
} from '../contract.ts'
import { isNamed, productEtag, versionsIn } from './etag.ts'
import { languageOf } from './language.ts'
import { Lang, page, Product, ProductBody, ProductId, Slug } from './schemas.ts'

/** Anyone may look; staff may write. */
export const LOOK: Access = { who: 'anyone', whose: 'public' }
export const WRITE: Access = { who: ['staff', 'admin'], whose: 'shop' }

const NOTHING = Buffer.alloc(0)
const IF_NONE_MATCH = {
  'If-None-Match': 'The `ETag` of an earlier answer: 304 when it is the same.',
}
const IF_MATCH = { 'If-Match': 'The `ETag` that was seen: 412 when the product has changed since.' }
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
] as const

export const exampleBody = {
  sku: 'BALL-5',
  name: { en: 'Football, size 5', uk: 'Футбольний м’яч, розмір 5' },
  description: { en: 'Hand-stitched, for grass.', uk: 'Зшитий вручну, для трави.' },
  price: { amount: 129_900, currency: 'UAH' },
  category: 'football',
}

export function productRoutes(changes: CatalogChanges, pages: CatalogPages): readonly Route[] {
  return [
    listProducts(pages),
    getProduct(pages),
    createProduct(changes),
    changeProduct(changes, pages),
    archiveProduct(changes),
  ]
}

function listProducts(pages: CatalogPages): Route {
  return route({
    id: 'listProducts',
    method: 'GET',
    path: '/api/v1/products',
    tag: 'catalog',
    summary: 'Lists the products on sale, newest first',
    description: 'A category brings everything below it. Stock and prices are at most 1 s old.',
    headers: IF_NONE_MATCH,
    access: LOOK,
    query: Type.Object({
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
      after: Type.Optional(
        Type.String({
          // A creation time in ms, after 2001, and an id.
          pattern: '^[1-9][0-9]{12}\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
          description: '`next` of the page before.',
        }),
      ),
      category: Type.Optional(Slug),
      brand: Type.Optional(Slug),
      lang: Type.Optional(Lang),
    }),
    answer: { status: 200, body: page(Product) },
    handle: async ({ tenant, query: asked, header }) => {
      const { lang, limit = 20, ...rest } = asked
      const language = languageOf(tenant.languages, lang, header('accept-language'))
      const ask: ProductsAsk = { limit, ...rest }
      const { json, etag } = await pages.listProducts(tenant, ask, language)
      return accept(ready(json, etag, language, header('if-none-match'), 'public, no-cache'))
    },
  })
}

function getProduct(pages: CatalogPages): Route {
  return route({
    id: 'getProduct',
    method: 'GET',
    path: '/api/v1/products/{id}',
    tag: 'catalog',
    summary: 'Shows one product',
    description: 'Staff also find archived products, and every text in all languages.',
    headers: IF_NONE_MATCH,
    access: { ...LOOK, besides: ['staff', 'admin'] },
    params,
    query,
    answer: { status: 200, body: Product },
    refusals: ['catalog.product-unknown'],
    handle: async ({ tenant, actor, params: { id }, query: { lang }, header }) => {
      const language = languageOf(tenant.languages, lang, header('accept-language'))
      const found = await findProduct(pages, tenant, id, language, isStaff(actor))
      if (!found.ok) return found
      // What staff see is not for anyone else’s cache.
      const cache = isStaff(actor) ? 'private, no-cache' : 'public, no-cache'
      return accept(shown(found.value, language, cache, header('if-none-match')))
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
      const language = languageOf(tenant.languages, lang, header('accept-language'))
      const created = await changes.createProduct(tenant, body as ProductDraft, cause, language)
      if (!created.ok) return created
      const { view, replayed } = created.value
      const { headers, ...reply } = shown(view, language)
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
      'With `If-Match` only if the product is still the version seen. A plain text replaces the shop’s first language and leaves the others; a slug that is absent stays.',
    headers: IF_MATCH,
    access: WRITE,
    params,
    query,
    body: ProductBody,
    answer: { status: 200, body: Product },
    refusals: [
      'catalog.product-unknown',
      'catalog.product-archived',
      'catalog.version-stale',
      ...DRAFT_REFUSALS,
    ],
    example: { body: exampleBody },
    handle: async ({ tenant, params: { id }, query: { lang }, body, cause, header }) => {
      const versions = versionsIn(header('if-match'))
      const draft = body as ProductDraft
      const changed = await changes.changeProduct(tenant, id, draft, cause, versions)
      if (!changed.ok) return changed
      const language = languageOf(tenant.languages, lang, header('accept-language'))
      const found = await findProduct(pages, tenant, id, language, true)
      return found.ok ? accept(shown(found.value, language)) : found
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

async function findProduct(
  pages: CatalogPages,
  tenant: Tenant,
  productId: string,
  language: string,
  forStaff: boolean,
): Promise<Outcome<ProductView, CatalogRefusal>> {
  const view = await pages.findProduct(tenant, productId, language)
  if (view === undefined || (view.status === 'archived' && !forStaff)) {
    return refuse({ code: 'catalog.product-unknown', productId })
  }
  if (forStaff) return accept(view)
  const { texts: _, ...seen } = view
  return accept(seen)
}

/** One product, written once: its tag is that of its bytes. */
function shown(
  view: ProductView,
  language: string,
  cache = 'no-store',
  ifNoneMatch?: string,
): Reply<never> {
  const json = JSON.stringify(view)
  return ready(Buffer.from(json), productEtag(view, json), language, ifNoneMatch, cache)
}

/** JSON that is sent as it is; 304 when the caller has it already. */
function ready(
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
