/**
 * The catalog: what a shop sells, under which SKU, in which words, for how much.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Money } from '#platform/money'
import type { Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

/** One text in several languages, by BCP 47 tag; the shop's first language is always there. */
export type Texts = Readonly<Record<string, string>>

/** One choice a variant stands for: size 42. The codes are for programs, the texts for people. */
export interface VariantOption {
  readonly code: string
  readonly valueCode: string
  readonly name: Texts
  readonly value: Texts
}

/** What is sold. A product without a choice has one variant without options. */
export interface Variant {
  readonly sku: string
  readonly options: readonly VariantOption[]
  readonly price: Money
  readonly weightGrams: number | null
}

/** Everything the catalog says of a product. The first variant speaks for it where one SKU is shown. */
export interface ProductFacts {
  readonly slug: string
  readonly name: Texts
  readonly description: Texts
  /** Slug of a category, null for none. */
  readonly category: string | null
  readonly brand: string | null
  readonly variants: readonly Variant[]
}

/** A product is on sale from now on. */
export interface ProductCreated extends ProductFacts {
  readonly type: 'catalog.product-created'
  readonly productId: Id
  /** ISO 8601; the log's own time may be some milliseconds later. */
  readonly createdAt: string
}

/** Some facts of a product are others from now on; those that are absent stay. */
export interface ProductChanged {
  readonly type: 'catalog.product-changed'
  readonly productId: Id
  readonly changes: Partial<ProductFacts>
}

/** A product is no longer sold; its SKUs and its address stay its own for ever. */
export interface ProductArchived {
  readonly type: 'catalog.product-archived'
  readonly productId: Id
}

export type CatalogEvent = ProductCreated | ProductChanged | ProductArchived

export type CatalogRefusal =
  | { readonly code: 'catalog.product-unknown'; readonly productId: string }
  | { readonly code: 'catalog.product-archived'; readonly productId: string }
  | { readonly code: 'catalog.version-stale'; readonly version: number }
  | { readonly code: 'catalog.sku-taken'; readonly sku: string }
  | { readonly code: 'catalog.slug-taken'; readonly slug: string }
  | { readonly code: 'catalog.category-taken'; readonly slug: string }
  | { readonly code: 'catalog.brand-taken'; readonly slug: string }
  | { readonly code: 'catalog.category-unknown'; readonly category: string }
  | { readonly code: 'catalog.brand-unknown'; readonly brand: string }
  | { readonly code: 'catalog.currency-wrong'; readonly expected: string; readonly given: string }
  | { readonly code: 'catalog.language-unknown'; readonly language: string }
  | { readonly code: 'catalog.text-missing'; readonly field: string; readonly language: string }
  | { readonly code: 'catalog.sku-repeated'; readonly sku: string }
  | { readonly code: 'catalog.options-repeated'; readonly sku: string }
  | { readonly code: 'catalog.product-incomplete'; readonly reason: string }

/** A text as it is sent: one per language, or plain in the shop's first language. */
export type TextDraft = string | Texts

/** A product as it is sent: without `variants` it is sold as it is, under `sku` for `price`. */
export interface ProductDraft {
  /** Made of the name and the SKU when absent; kept when a product is changed. */
  readonly slug?: string
  readonly name: TextDraft
  readonly description?: TextDraft
  readonly category?: string | null
  readonly brand?: string | null
  readonly sku?: string
  /** Also the price of variants without one of their own. */
  readonly price?: Money
  readonly weightGrams?: number | null
  readonly variants?: readonly VariantDraft[]
}

export interface VariantDraft {
  readonly sku: string
  readonly options?: readonly OptionDraft[]
  readonly price?: Money
  readonly weightGrams?: number | null
}

/** The codes stand for the texts that are absent. */
export interface OptionDraft {
  readonly code: string
  readonly valueCode: string
  readonly name?: TextDraft
  readonly value?: TextDraft
}

export interface CategoryDraft {
  readonly slug: string
  readonly name: TextDraft
  readonly parent?: string | null
  /** Categories are listed by position, then slug. */
  readonly position?: number
}

export interface BrandDraft {
  readonly slug: string
  readonly name: string
  readonly story?: TextDraft
}

/** A product in one language, with what is free to sell. */
export interface ProductView {
  readonly id: Id
  readonly slug: string
  readonly sku: string
  readonly name: string
  readonly description: string
  readonly price: Money
  /** Free units of all variants over all warehouses. */
  readonly stock: number
  readonly category: string | null
  readonly brand: string | null
  readonly variants: readonly VariantView[]
  readonly status: 'active' | 'archived'
  /** Counts changes; `If-Match` compares it. */
  readonly version: number
  readonly createdAt: string
  readonly updatedAt: string
  /** Every language, for those who edit. */
  readonly texts?: { readonly name: Texts; readonly description: Texts }
}

export interface VariantView {
  readonly sku: string
  readonly options: readonly {
    readonly code: string
    readonly valueCode: string
    readonly name: string
    readonly value: string
  }[]
  readonly price: Money
  readonly stock: number
  readonly weightGrams: number | null
}

export interface CategoryView {
  readonly slug: string
  readonly name: string
  readonly parent: string | null
}

export interface BrandView {
  readonly slug: string
  readonly name: string
  readonly story: string
}

export interface Page<T> {
  readonly items: readonly T[]
  /** Goes into `after` of the next page; null on the last. */
  readonly next: string | null
}

export interface PageAsk {
  readonly limit: number
  readonly after?: string
}

export interface ProductsAsk extends PageAsk {
  /** With everything below it. */
  readonly category?: string
  readonly brand?: string
}

/** A page of products as the bytes that go over the wire. */
export interface ReadyPage {
  readonly json: Buffer
  /** Strong: other bytes, other tag. */
  readonly etag: string
}

export interface Created<T> {
  readonly view: T
  /** True when the answer was remembered from an earlier commit of the same key. */
  readonly replayed: boolean
}

/** Changes to the catalog. Refusals are those of `CatalogRefusal` and `request.key-reused`. */
export interface CatalogChanges {
  createProduct(
    tenant: Tenant,
    draft: ProductDraft,
    cause: Cause,
    language: string,
  ): Promise<Outcome<Created<ProductView>>>

  /**
   * Replaces what the catalog says of a product; a plain text replaces the shop's first language
   * and leaves the others. `versions`: refused as stale unless the product has one of them.
   */
  changeProduct(
    tenant: Tenant,
    productId: Id,
    draft: ProductDraft,
    cause: Cause,
    versions?: readonly number[],
  ): Promise<Outcome<void>>

  /** Ends the sale of a product. Doing it again changes nothing. */
  archiveProduct(tenant: Tenant, productId: Id, cause: Cause): Promise<Outcome<void>>

  addCategory(
    tenant: Tenant,
    draft: CategoryDraft,
    cause: Cause,
    language: string,
  ): Promise<Outcome<Created<CategoryView>>>

  addBrand(
    tenant: Tenant,
    draft: BrandDraft,
    cause: Cause,
    language: string,
  ): Promise<Outcome<Created<BrandView>>>
}

/** What the catalog answers to people. */
export interface CatalogPages {
  /** Newest first, at most 1 s old. */
  listProducts(tenant: Tenant, ask: ProductsAsk, language: string): Promise<ReadyPage>
  /** As of now; undefined when the shop has no such product. Archived ones are found too. */
  findProduct(tenant: Tenant, productId: Id, language: string): Promise<ProductView | undefined>
  listCategories(tenant: Tenant, ask: PageAsk, language: string): Promise<Page<CategoryView>>
  listBrands(tenant: Tenant, ask: PageAsk, language: string): Promise<Page<BrandView>>
}

/** What is sold under a SKU. */
export interface Offer {
  readonly productId: Id
  readonly sku: string
  readonly name: Texts
  readonly options: readonly VariantOption[]
  readonly price: Money
  readonly weightGrams: number | null
  /** `archived`: the SKU exists and may be in stock, but is no longer sold. */
  readonly status: 'active' | 'archived'
}

/** Port: what other contexts ask the catalog. Calls of one tick become one query per tenant. */
export interface Offers {
  /** By SKU, at most 1 s old; SKUs the shop does not know are absent. */
  offers(tenant: TenantId, skus: readonly string[]): Promise<ReadonlyMap<string, Offer>>
  /** The SKUs sold as this product, the main one first; empty when it is unknown or archived. */
  skusOf(tenant: TenantId, productId: Id): Promise<readonly string[]>
}
