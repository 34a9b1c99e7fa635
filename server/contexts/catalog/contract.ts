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

import type { AttributeDraft, BrandDraft, CategoryDraft } from './contract/drafts.ts'
import type {
  AttributeDefinition,
  AttributeKind,
  AttributeValue,
  Component,
  ProductFacts,
  Publication,
  Related,
  TextDraft,
  Texts,
  VariantOption,
} from './contract/facts.ts'
import type { BrandView, CategoryView, ProductView } from './contract/pages.ts'

export type {
  AttributeDefinition,
  AttributeKind,
  AttributeValue,
  Component,
  OptionGroup,
  OptionValue,
  Picture,
  ProductFacts,
  Publication,
  Related,
  TextDraft,
  Texts,
  Variant,
  VariantOption,
} from './contract/facts.ts'

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

/** A category is there, or is another from now on: named, put under a parent, moved. */
export interface CategorySet {
  readonly type: 'catalog.category-set'
  readonly slug: string
  readonly parent: string | null
  readonly name: Texts
  readonly position: number
  /** The version before, of a category that was there before there were events of it. */
  readonly after?: number
}

/** Nothing is put into a category any more: it is about to be removed, or to be set again. */
export interface CategoryClosed {
  readonly type: 'catalog.category-closed'
  readonly slug: string
}

/** A category without products and without categories below it is gone. */
export interface CategoryRemoved {
  readonly type: 'catalog.category-removed'
  readonly slug: string
  /** The category that its address leads to from now on. */
  readonly leadsTo?: string
}

/** A brand is there, or is another from now on. */
export interface BrandSet {
  readonly type: 'catalog.brand-set'
  readonly slug: string
  readonly name: string
  readonly story: Texts
  /** As of a category. */
  readonly after?: number
}

/** An attribute may be given to products, or reads otherwise from now on. */
export interface AttributeSet extends AttributeDefinition {
  readonly type: 'catalog.attribute-set'
}

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
  // What follows stays as it was when it is absent from a change.
  readonly attributes?: Readonly<Record<string, AttributeValue>>
  /** Made of the variants' options when absent. */
  readonly optionGroups?: readonly OptionGroupDraft[]
  readonly pictures?: readonly { readonly asset: string; readonly alt?: TextDraft }[]
  readonly related?: readonly Related[]
  readonly publication?: Partial<Publication>
  readonly seo?: { readonly title?: TextDraft; readonly description?: TextDraft }
  readonly taxCategory?: string | null
}

export interface OptionGroupDraft {
  readonly code: string
  readonly name?: TextDraft
  readonly values: readonly {
    readonly code: string
    readonly name?: TextDraft
    readonly swatch?: string | null
  }[]
}

export interface VariantDraft {
  readonly sku: string
  readonly options?: readonly OptionDraft[]
  readonly price?: Money
  readonly weightGrams?: number | null
  readonly components?: readonly Component[]
  readonly pictures?: readonly string[]
}

/** The codes stand for the texts that are absent. */
export interface OptionDraft {
  readonly code: string
  readonly valueCode: string
  readonly name?: TextDraft
  readonly value?: TextDraft
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
    languages: readonly string[],
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

  /**
   * Says what an attribute may be, anew or for the first time. `versions`: refused as stale unless
   * it has one of them.
   */
  setAttribute(
    tenant: Tenant,
    draft: AttributeDraft,
    cause: Cause,
    versions?: readonly number[],
  ): Promise<Outcome<{ readonly definition: AttributeDefinition; readonly version: number }>>
}

/** What is sold under a SKU. */
export interface Offer {
  readonly productId: Id
  readonly sku: string
  readonly name: Texts
  readonly options: readonly VariantOption[]
  readonly price: Money
  readonly weightGrams: number | null
  /** What a bundle is put together from; empty for what has stock of its own. */
  readonly components: readonly Component[]
  /** Null is the shop's standard one. */
  readonly taxCategory: string | null
  /**
   * `archived`: the SKU exists and may be in stock, but is no longer sold. `hidden`: it is not sold
   * now, because its product is hidden, not published yet or no more.
   */
  readonly status: 'active' | 'archived' | 'hidden'
}

/** Port: what other contexts ask the catalog. Calls of one tick become one query per tenant. */
export interface Offers {
  /** By SKU, at most 1 s old; SKUs the shop does not know are absent. */
  offers(tenant: TenantId, skus: readonly string[]): Promise<ReadonlyMap<string, Offer>>
  /** The SKUs sold as this product, the main one first; empty when it is unknown or archived. */
  skusOf(tenant: TenantId, productId: Id): Promise<readonly string[]>
}

/** Port for whoever indexes or lists products: as of now, in all languages. */
export interface CatalogProducts {
  /** Unknown ones are absent; hidden and archived ones are there with `isVisible` false. At most 1,000. */
  products(
    tenant: TenantId,
    ids: readonly Id[],
    withRatings?: boolean,
  ): Promise<readonly IndexedProduct[]>
  /** Ids of all products there ever were, in their order, behind `after`; at most `limit`. */
  idsAfter(tenant: TenantId, after: Id | null, limit: number): Promise<readonly Id[]>
  /** The first of all ids, and every `step`-th after it: where parts begin; at most `limit`. */
  idsApart(tenant: TenantId, step: number, limit: number): Promise<readonly Id[]>
}

/** What can be sought and sorted by of one product. */
export interface IndexedProduct {
  readonly id: Id
  readonly slug: string
  readonly name: Texts
  readonly description: Texts
  /** The root first; empty for a product without a category. */
  readonly categoryPath: readonly { readonly slug: string; readonly name: Texts }[]
  readonly brand: { readonly slug: string; readonly name: string } | null
  readonly skus: readonly string[]
  /** Minor units of the shop's main currency. */
  readonly minPrice: number
  readonly maxPrice: number
  /** Those for everyone; the options of its variants are among them, as choices. */
  readonly attributes: readonly IndexedAttribute[]
  /** Published as of now. */
  readonly isVisible: boolean
  /** When it begins and ends to be visible by itself; null for no such time, or if it never will. ISO 8601. */
  readonly visibleFrom: string | null
  readonly visibleUntil: string | null
  readonly createdAt: string
  readonly version: number
  /** Asset of the first picture. */
  readonly picture: string | null
  /** Assets of all of them, in their order. */
  readonly pictures: readonly string[]
  /** How high it stands by rating; 0 for one that nobody has rated, and unless it was asked for. */
  readonly rated: number
}

export interface IndexedAttribute {
  readonly code: string
  readonly name: Texts
  readonly kind: AttributeKind
  readonly values: readonly {
    readonly code: string
    /** Of the kind `number`, and of dates as days since 1970. */
    readonly number: number | null
    /** Of text, numbers and dates under the language `''`: the same in all of them. */
    readonly label: Texts
  }[]
  readonly isFacet: boolean
  readonly isSearched: boolean
}

/** Port for who shows a product on a page that stays open. */
export interface LiveProducts {
  /** As of now; unknown ones are absent, hidden and archived ones are there with `isVisible` false. */
  facts(tenant: TenantId, ids: readonly Id[]): Promise<readonly LiveFacts[]>
}

/** What of a product changes while somebody looks at it. */
export interface LiveFacts {
  readonly productId: Id
  readonly version: number
  /** Of the cheapest variant, in the shop's main currency. */
  readonly price: Money
  readonly isVisible: boolean
  /** `units`: what moves when there is more or less of it, the SKU itself or its components too. */
  readonly variants: readonly { readonly sku: string; readonly units: readonly string[] }[]
}
