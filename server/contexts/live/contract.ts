/**
 * Live pages: who has a page open hears of prices and availability as they change.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Id } from '#platform/ids'
import type { Money } from '#platform/money'
import type { AvailabilityWord } from '#context/inventory'

/** What an open page hears of a product. Never how many units there are (GAP-70). */
export interface LiveProduct {
  readonly productId: Id
  readonly version: number
  /** Of the cheapest variant, in the shop's main currency. */
  readonly price: Money
  /** Of the best variant. */
  readonly availability: AvailabilityWord
  /** Of each SKU, where there are several. */
  readonly variants?: readonly { readonly sku: string; readonly availability: AvailabilityWord }[]
  /** Everything up to this place in the log is in it. */
  readonly position: string
}

/** The shop shows no such product, or does so no more. */
export interface GoneProduct {
  readonly productId: Id
  readonly gone: true
  readonly position: string
}

/** What a page sends. `since` is the last `position` it heard: it hears nothing older. */
export interface LiveMessage {
  readonly subscribe?: readonly Id[]
  readonly unsubscribe?: readonly Id[]
  readonly since?: string
}

/** Whoever is refused hears of it in a message of its own, and stays connected. */
export type LiveRefusal =
  | { readonly code: 'live.upgrade-needed' }
  | { readonly code: 'live.origin-wrong'; readonly origin: string }
  | {
      readonly code: 'live.too-many-connections'
      readonly limit: number
      readonly retryAfterSeconds: number
    }
  | { readonly code: 'live.message-invalid'; readonly reason: string }
  | { readonly code: 'live.too-many-products'; readonly limit: number }
  | { readonly code: 'live.behind' }
