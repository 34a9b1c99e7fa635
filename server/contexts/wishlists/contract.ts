/**
 * Wishlists: what people keep to buy some day (GAP-43).
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Page } from '#platform/keyset'
import type { Outcome } from '#platform/outcome'

/** A product is on somebody's list from now on, or with another variant than before. */
export interface WishAdded {
  readonly type: 'wishlists.product-added'
  readonly productId: Id
  /** The variant, where one was chosen. */
  readonly sku: string | null
}

/** A product is on the list no longer. */
export interface WishRemoved {
  readonly type: 'wishlists.product-removed'
  readonly productId: Id
}

export type WishlistEvent = WishAdded | WishRemoved

export type WishlistRefusal =
  | { readonly code: 'wishlists.product-unknown'; readonly productId: Id }
  | { readonly code: 'wishlists.sku-unknown'; readonly productId: Id; readonly sku: string }
  | { readonly code: 'wishlists.full'; readonly most: number }
  | { readonly code: 'wishlists.unknown'; readonly productId: Id }

/** What is wished for: a product, and a variant of it where one was chosen. */
export interface Wished {
  readonly productId: Id
  readonly sku?: string
}

/** An entry of a list. What it costs and whether there is any, the catalog says. */
export interface Wish {
  readonly productId: Id
  readonly sku: string | null
  /** As the product was called when it was added: it has no other name once it is not sold any more. */
  readonly name: string
  readonly createdAt: string
}

/** What became of several that came at once. */
export interface Merged {
  /** How many are on the list that were not. */
  readonly added: number
  /** Those that could not be added: not sold any more, or the list is full. */
  readonly left: readonly Id[]
}

/** Changes to a person's own list. */
export interface WishlistCommands {
  /** On the list already: as good as done; with another variant, that one takes the place. */
  add(tenant: TenantId, userId: Id, wished: Wished, cause: Cause): Promise<Outcome<null>>
  /** What a guest kept comes along at sign-in; what is there already stays as it is. */
  merge(
    tenant: TenantId,
    userId: Id,
    wished: readonly Wished[],
    cause: Cause,
  ): Promise<Outcome<{ readonly answer: Merged; readonly replayed: boolean }>>
  remove(tenant: TenantId, userId: Id, productId: Id, cause: Cause): Promise<Outcome<null>>
}

/** What is shown of a person's own list. */
export interface WishlistQueries {
  /** The newest first. Products that are not sold any more are among them. */
  list(
    tenant: TenantId,
    userId: Id,
    ask: { readonly limit: number; readonly after?: string; readonly language: string },
  ): Promise<Page<Wish>>
  /** The ids of all products on the list, at most 200, the newest first. */
  products(tenant: TenantId, userId: Id): Promise<readonly Id[]>
}
