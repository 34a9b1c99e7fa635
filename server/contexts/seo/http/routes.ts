import { Buffer } from 'node:buffer'
import { hash } from 'node:crypto'

import Type from 'typebox'

import { Kept } from '#platform/cache/kept'
import type { Platform } from '#platform/context'
import { route, type Access, type Reply, type Route } from '#platform/http/route'
import { ID_PATTERN } from '#platform/keyset'
import { accept, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

import type { ShopPages } from '../contract.ts'
import { originOf } from './origin.ts'

const ANYONE: Access = { who: 'anyone', whose: 'public' }

const ETAG = { 'If-None-Match': 'The `ETag` of a copy one has.' }

const XML = 'application/xml; charset=utf-8'
const FEED = 'application/rss+xml; charset=utf-8'
const TEXT = 'text/plain; charset=utf-8'

/** Search machines come when they like; what they read is so old at most. */
const AGE_MS = 5 * 60_000
const KEPT_BYTES = 32 * 1024 * 1024

interface File {
  readonly bytes: Buffer
  readonly etag: string
}

function fileOf(text: string): File {
  const bytes = Buffer.from(text)
  return { bytes, etag: `"${hash('sha1', bytes, 'base64url')}"` }
}

interface Asked {
  readonly tenant: Tenant
  header(name: string): string | undefined
}

/** Files, made once in five minutes for each address they are asked by. */
class Files {
  readonly #kept: Kept<Outcome<File>>

  constructor({ clock }: Pick<Platform, 'clock'>) {
    this.#kept = new Kept({ clock, maxSize: KEPT_BYTES, maxAgeMs: AGE_MS })
  }

  async answer(
    { tenant, header }: Asked,
    type: string,
    name: readonly (string | undefined)[],
    make: (origin: string) => Promise<Outcome<string>>,
  ): Promise<Outcome<Reply<string>>> {
    const origin = originOf(header('host'))
    const key = JSON.stringify([origin, ...name])
    const kept = await this.#kept.of(tenant.id, key, async () => {
      const made = await make(origin)
      const value = made.ok ? accept(fileOf(made.value)) : made
      const size = value.ok ? value.value.bytes.length : 0
      return { value, size: size + key.length + 200, touches: [] }
    })
    if (!kept.ok) return kept
    const file = kept.value
    const headers = {
      'content-type': type,
      etag: file.etag,
      'cache-control': `public, max-age=${AGE_MS / 1000}`,
    }
    if (header('if-none-match') === file.etag) {
      return accept({ status: 304, headers, body: Buffer.alloc(0) })
    }
    return accept({ headers, body: file.bytes })
  }
}

export function seoRoutes(reader: ShopPages, platform: Pick<Platform, 'clock'>): readonly Route[] {
  const files = new Files(platform)
  return [...sitemaps(reader, files), ...feeds(reader, files), ofProduct(reader)]
}

function sitemaps(reader: ShopPages, files: Files): Route[] {
  return [
    route({
      id: 'robots',
      method: 'GET',
      path: '/robots.txt',
      tag: 'seo',
      summary: 'What robots may read of this shop',
      access: ANYONE,
      headers: ETAG,
      answer: { status: 200, body: Type.String(), types: ['text/plain'] },
      handle: (asked) =>
        files.answer(asked, TEXT, ['robots'], async (origin) =>
          accept(reader.robots(asked.tenant, origin)),
        ),
    }),
    route({
      id: 'sitemap',
      method: 'GET',
      path: '/sitemap.xml',
      tag: 'seo',
      summary: 'The sitemaps of this shop',
      access: ANYONE,
      headers: ETAG,
      answer: { status: 200, body: Type.String(), types: ['application/xml'] },
      handle: (asked) =>
        files.answer(asked, XML, ['sitemap'], async (origin) =>
          accept(await reader.sitemapIndex(asked.tenant, origin)),
        ),
    }),
    route({
      id: 'sitemapOfPages',
      method: 'GET',
      path: '/sitemaps/pages.xml',
      tag: 'seo',
      summary: 'The shop, its categories and brands, in every language',
      access: ANYONE,
      headers: ETAG,
      answer: { status: 200, body: Type.String(), types: ['application/xml'] },
      handle: (asked) =>
        files.answer(asked, XML, ['pages'], async (origin) =>
          accept(await reader.sitemapOfPages(asked.tenant, origin)),
        ),
    }),
    route({
      id: 'sitemapOfProducts',
      method: 'GET',
      path: '/sitemaps/products/{id}',
      tag: 'seo',
      summary: 'A part of the products, in every language',
      description: 'It begins with this product; `/sitemap.xml` lists where parts begin.',
      access: ANYONE,
      params: Type.Object({ id: Type.String({ pattern: `^${ID_PATTERN}$` }) }),
      headers: ETAG,
      answer: { status: 200, body: Type.String(), types: ['application/xml'] },
      refusals: ['seo.part-unknown'],
      handle: (asked) => {
        const { id } = asked.params
        return files.answer(asked, XML, ['products', id], (origin) =>
          reader.sitemapOfProducts(asked.tenant, origin, id),
        )
      },
    }),
  ]
}

function feeds(reader: ShopPages, files: Files): Route[] {
  return [
    route({
      id: 'productFeed',
      method: 'GET',
      path: '/feeds/google.xml',
      tag: 'seo',
      summary: 'The products as Google Merchant Center reads them',
      description:
        'One item for each SKU. The feed of more than 2,000 products is asked for in parts.',
      access: ANYONE,
      query: Type.Object({
        language: Type.Optional(Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$' })),
        currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
        part: Type.Optional(Type.String({ pattern: `^${ID_PATTERN}$` })),
      }),
      headers: ETAG,
      answer: { status: 200, body: Type.String(), types: ['application/rss+xml'] },
      refusals: ['seo.feed-in-parts', 'seo.part-unknown', 'seo.currency-unknown'],
      handle: (asked) => {
        const { tenant, query } = asked
        const language = spoken(tenant, query.language)
        const { currency, part } = query
        return files.answer(asked, FEED, ['feed', language, currency, part], (origin) =>
          reader.feed(tenant, {
            origin,
            language,
            ...(currency === undefined ? {} : { currency }),
            ...(part === undefined ? {} : { part }),
          }),
        )
      },
    }),
  ]
}

function ofProduct(reader: ShopPages): Route {
  return route({
    id: 'getStructuredData',
    method: 'GET',
    path: '/api/v1/products/{id}/structured-data',
    tag: 'seo',
    summary: 'A product as schema.org says it, for the head of its page',
    access: ANYONE,
    params: Type.Object({ id: Type.String({ pattern: `^${ID_PATTERN}$` }) }),
    query: Type.Object({
      language: Type.Optional(Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$' })),
    }),
    answer: {
      status: 200,
      body: Type.Object({ items: Type.Array(Type.Record(Type.String(), Type.Unknown())) }),
    },
    refusals: ['seo.product-unknown'],
    async handle({ tenant, params, query, header }) {
      const ask = { origin: originOf(header('host')), language: spoken(tenant, query.language) }
      const outcome = await reader.product(tenant, params.id, ask)
      return outcome.ok ? accept({ body: { items: outcome.value } }) : outcome
    },
  })
}

/** The language asked for if the shop has it, else its first. */
function spoken({ languages }: Tenant, language: string | undefined): string {
  return languages.find((each) => each === language) ?? languages[0] ?? ''
}
