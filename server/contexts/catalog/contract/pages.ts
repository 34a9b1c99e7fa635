/** What people see of a catalog: types for this context's own routes. */
import type { AvailabilityWord } from '#context/inventory'
import type { Id } from '#platform/ids'
import type { Money } from '#platform/money'
import type { Tenant } from '#platform/tenants'

import type { AttributeKind, AttributeValue, Component, ProductFacts } from './facts.ts'

/** A product in one language, with what is free to sell. */
export interface ProductView {
  readonly id: Id
  readonly slug: string
  readonly sku: string
  readonly name: string
  readonly description: string
  readonly price: Money
  /** What the first variant costs everybody while it is on sale; `price` stays what it costs without. */
  readonly salePrice: Money | null
  /** Its lowest price of the 30 days before the sale, if that was higher. */
  readonly wasPrice: Money | null
  /** Null while nobody has reviewed it. */
  readonly rating: { readonly average: number; readonly count: number } | null
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
  /** What the components of its bundles are, those that buyers see; empty for what is no bundle. */
  readonly componentProducts: readonly ComponentView[]
  readonly optionGroups: readonly OptionGroupView[]
  /** Those for everyone; for staff, all. */
  readonly attributes: readonly AttributeView[]
  readonly pictures: readonly { readonly asset: string; readonly alt: string }[]
  /** For search engines; empty where the name and the description speak. */
  readonly seo: { readonly title: string; readonly description: string }
  /** Every language, for those who edit. */
  readonly texts?: Pick<ProductFacts, 'name' | 'description' | 'seo'>
  /** What buyers are not told, for those who edit. */
  readonly desk?: Pick<ProductFacts, 'publication' | 'taxCategory' | 'related'> & {
    /** Whether buyers see it now. */
    readonly isVisible: boolean
  }
}

/** `goesWith`: by code of every other group, the values there is a variant with. */
export interface OptionGroupView {
  readonly code: string
  readonly name: string
  readonly values: readonly {
    readonly code: string
    readonly name: string
    readonly swatch: string | null
    readonly goesWith: Readonly<Record<string, readonly string[]>>
  }[]
}

export interface AttributeView {
  readonly code: string
  readonly kind: AttributeKind
  readonly name: string
  readonly unit: string | null
  /** As it was given; codes of choices. */
  readonly value: AttributeValue
  /** The words of a choice, or of each of several. */
  readonly words: readonly string[]
}

/** An attribute that buyers may filter by or read of. */
export interface AttributeOfShop {
  readonly code: string
  readonly kind: AttributeKind
  readonly name: string
  readonly unit: string | null
  readonly choices: readonly { readonly code: string; readonly name: string }[]
  readonly isFacet: boolean
}

/** A product that goes with another, as little as a link to it needs. */
export interface RelatedView {
  readonly kind: ProductFacts['related'][number]['kind']
  /** `to`: the product asked for names it. `from`: it names the product asked for. */
  readonly direction: 'to' | 'from'
  readonly product: {
    readonly id: Id
    readonly slug: string
    readonly name: string
    readonly price: Money
    readonly picture: string | null
  }
}

/** Whose words are wanted, and how much: the languages in the order in which they are liked. */
export interface Reader {
  readonly languages: readonly string[]
  /** Staff see what is archived, hidden and not for buyers. */
  readonly isStaff: boolean
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
  /** What there is of it, in a word: for pages that may not say numbers (GAP-70). */
  readonly availability: AvailabilityWord
  readonly weightGrams: number | null
  readonly components: readonly Component[]
  readonly pictures: readonly string[]
}

/** What goes into a bundle, as little as a link to it needs. */
export interface ComponentView {
  readonly sku: string
  /** What of it is in the bundle: the words of its options. */
  readonly options: readonly string[]
  readonly product: RelatedView['product']
}

export interface CategoryView {
  readonly slug: string
  readonly name: string
  readonly parent: string | null
}

/** A product that was sold once: what its former page may still say. */
export interface GoneProduct {
  readonly id: Id
  readonly name: string
  readonly category: string | null
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

/** By what lists of products are sorted; the id decides between equals. */
export type ListSort = 'newest' | 'price-up' | 'price-down' | 'rating' | 'name'

export interface ProductsAsk extends PageAsk {
  /** `newest` when absent. */
  readonly sort?: ListSort
  /** With everything below it. */
  readonly category?: string
  /** One of these. */
  readonly brands?: readonly string[]
  /** Each of these attributes or options has one of its values. */
  readonly attributes?: readonly { readonly code: string; readonly values: readonly string[] }[]
  /** Of the cheapest variant, in minor units of the shop's main currency; both inclusive. */
  readonly minPrice?: number
  readonly maxPrice?: number
  /** Leaves out what cannot be ordered now. */
  readonly inStock?: boolean
}

/** A page of products as the bytes that go over the wire. */
export interface ReadyPage {
  readonly json: Buffer
  /** Strong: other bytes, other tag. */
  readonly etag: string
}

/** What the catalog answers to people. */
export interface CatalogPages {
  /** Newest first, at most 1 s old. */
  listProducts(tenant: Tenant, ask: ProductsAsk, language: string): Promise<ReadyPage>
  /** As of now; undefined when there is no such product for this reader. */
  findProduct(tenant: Tenant, productId: Id, reader: Reader): Promise<ProductView | undefined>
  /** By an address it has or had; `movedTo` is its address of today, `gone` what is sold no longer. */
  findBySlug(
    tenant: Tenant,
    slug: string,
    reader: Reader,
  ): Promise<
    ProductView | { readonly movedTo: string } | { readonly gone: GoneProduct } | undefined
  >
  /** What goes with a product, named by either side; at most 100, only what buyers see. */
  relatedTo(
    tenant: Tenant,
    productId: Id,
    reader: Reader,
  ): Promise<readonly RelatedView[] | undefined>
  listCategories(tenant: Tenant, ask: PageAsk, language: string): Promise<Page<CategoryView>>
  /** By the address it has or had; null: it is gone and its address leads nowhere. */
  findCategory(
    tenant: Tenant,
    slug: string,
    language: string,
  ): Promise<CategoryView | { readonly movedTo: string | null } | undefined>
  listBrands(tenant: Tenant, ask: PageAsk, language: string): Promise<Page<BrandView>>
  /** Those for everyone, by code; at most 1 s old. */
  listAttributes(tenant: Tenant, ask: PageAsk, language: string): Promise<Page<AttributeOfShop>>
}
