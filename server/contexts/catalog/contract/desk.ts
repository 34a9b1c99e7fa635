/** What those who keep the catalog do and see: types for this context's own routes. */
import type { Cause } from '#platform/http/route'
import type { Id } from '#platform/ids'
import type { Page } from '#platform/keyset'
import type { Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

import type { VariantDraft } from '../contract.ts'
import type { AttributeDefinition, Texts } from './facts.ts'
import type { BrandDraft, CategoryDraft } from './drafts.ts'

/** A category in every language; `version` counts its changes. */
export interface CategoryDesk {
  readonly slug: string
  readonly parent: string | null
  readonly name: Texts
  readonly position: number
  readonly version: number
}

export interface BrandDesk {
  readonly slug: string
  readonly name: string
  readonly story: Texts
  readonly version: number
}

export interface AttributeDesk extends AttributeDefinition {
  readonly version: number
}

/** One product in the list of staff: what is hidden and archived too. */
export interface ProductDesk {
  readonly id: Id
  readonly slug: string
  readonly name: Texts
  readonly skus: readonly string[]
  readonly category: string | null
  readonly brand: string | null
  readonly standing: Standing
  /** Whether buyers see it now. */
  readonly isVisible: boolean
  readonly visibleFrom: string | null
  readonly visibleUntil: string | null
  readonly version: number
  readonly createdAt: string
  readonly updatedAt: string
}

export type Standing = 'active' | 'hidden' | 'archived'

/** `sku` and `name` are what it begins with; at most one of them. */
export interface DeskAsk {
  readonly standing?: Standing
  /** This one, without those below it. */
  readonly category?: string
  readonly sku?: string
  readonly name?: string
  readonly limit: number
  readonly after?: string
}

/**
 * Edits besides those of `CatalogChanges`. Where there are `versions`, an edit is refused as stale
 * unless the thing has one of them; what is not there yet has version 0.
 */
export interface CatalogDesk {
  /** Adds a category, names it, moves it with everything below it. */
  setCategory(
    tenant: Tenant,
    draft: CategoryDraft,
    cause: Cause,
    versions?: readonly number[],
  ): Promise<Outcome<CategoryDesk>>

  /**
   * Only without products that are sold and without categories below it. `leadsTo` is the category
   * that stands for it: its address leads there for good.
   */
  removeCategory(
    tenant: Tenant,
    slug: string,
    cause: Cause,
    how?: { readonly versions?: readonly number[]; readonly leadsTo?: string },
  ): Promise<Outcome<void>>

  setBrand(
    tenant: Tenant,
    draft: BrandDraft,
    cause: Cause,
    versions?: readonly number[],
  ): Promise<Outcome<BrandDesk>>

  /** Merges into what is said of a product (RFC 7396): null takes away, a list replaces. */
  mergeProduct(
    tenant: Tenant,
    productId: Id,
    patch: Readonly<Record<string, unknown>>,
    cause: Cause,
    versions?: readonly number[],
  ): Promise<Outcome<{ readonly replayed: boolean }>>

  /** Merges into a product, and by SKU into those of its variants that are named; new ones are added. */
  mergeRows(
    tenant: Tenant,
    productId: Id,
    patch: Readonly<Record<string, unknown>>,
    variants: readonly VariantDraft[],
    cause: Cause,
  ): Promise<Outcome<unknown>>
}

/** What staff look at, as of now. */
export interface CatalogDeskPages {
  /** Newest first; by `sku` and `name` in their order. */
  products(tenant: Tenant, ask: DeskAsk): Promise<Page<ProductDesk>>
  /** By slug. */
  categories(tenant: Tenant, limit: number, after?: string): Promise<Page<CategoryDesk>>
  brands(tenant: Tenant, limit: number, after?: string): Promise<Page<BrandDesk>>
  attributes(tenant: Tenant, limit: number, after?: string): Promise<Page<AttributeDesk>>
}
