/**
 * What search machines, marketplaces and link previews read of a shop: addresses of pages, sitemaps,
 * product feeds, structured data (GAP-40).
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { AvailabilityWord } from '#context/inventory'
import type { Id } from '#platform/ids'
import type { Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

export type SeoRefusal =
  | { readonly code: 'seo.product-unknown'; readonly productId: string }
  | { readonly code: 'seo.part-unknown'; readonly part: string }
  | { readonly code: 'seo.feed-in-parts'; readonly parts: readonly string[] }
  | { readonly code: 'seo.currency-unknown'; readonly currency: string }

/** A JSON-LD document (schema.org). */
export type JsonLd = Readonly<Record<string, unknown>>

/** Where a shop is reached: `https://demo.example.com`, without a slash at its end. */
export type Origin = string

/** What a file is asked for. */
export interface SeoAsk {
  readonly origin: Origin
  readonly language: string
  readonly currency?: string
  /** The id of the first product of a part. */
  readonly part?: Id
}

/** What this context's own routes answer with; made anew at each call. */
export interface ShopPages extends StructuredData {
  /** Which pages robots may read, and where the sitemaps are. */
  robots(tenant: Tenant, origin: Origin): string
  sitemapIndex(tenant: Tenant, origin: Origin): Promise<string>
  sitemapOfPages(tenant: Tenant, origin: Origin): Promise<string>
  /** The part that begins with a product; refused as `seo.part-unknown`. */
  sitemapOfProducts(tenant: Tenant, origin: Origin, part: Id): Promise<Outcome<string>>
  /** One item for each SKU. Refused as `seo.currency-unknown`, `seo.feed-in-parts` or `seo.part-unknown`. */
  feed(tenant: Tenant, ask: SeoAsk): Promise<Outcome<string>>
}

/** Port for the storefront: what schema.org calls an availability, as an address of its vocabulary. */
export type AvailabilityTerm = (word: AvailabilityWord) => string

/** Port for the storefront: what the head of a page says of what is on it. */
export interface StructuredData {
  /** The product with its offers and rating, and the trail of categories that leads to it. */
  product(
    tenant: Tenant,
    productId: Id,
    ask: { readonly origin: Origin; readonly language: string },
  ): Promise<Outcome<readonly JsonLd[]>>
}
