import type { Money } from '#platform/money'

/** A line that would cost more or less than it was shown for. */
export interface ChangedLine {
  readonly sku: string
  readonly quantity: number
  readonly shown: Money
  readonly now: Money
}

export type PricingRefusal =
  | {
      readonly code: 'pricing.changed'
      /** What an order would cost now. */
      readonly total: Money
      /** What it would cost at the prices that were shown. */
      readonly shown: Money
      /** What the buyer named. */
      readonly expected: Money | null
      readonly lines: readonly ChangedLine[]
    }
  | { readonly code: 'pricing.list-unknown'; readonly currency: string }
  | { readonly code: 'pricing.list-of-catalog'; readonly currency: string }
  | { readonly code: 'pricing.sku-unknown'; readonly sku: string }
  | { readonly code: 'pricing.price-unknown'; readonly sku: string; readonly currency: string }
  | { readonly code: 'pricing.delivery-unknown'; readonly method: string }
  | { readonly code: 'pricing.rule-unknown'; readonly rule: string }
  | { readonly code: 'pricing.rule-used'; readonly rule: string; readonly by: string }
  | { readonly code: 'pricing.rule-wrong'; readonly field: string; readonly reason: string }
  | { readonly code: 'pricing.rules-full'; readonly limit: number }
  | { readonly code: 'pricing.version-stale'; readonly version: number }
  | { readonly code: 'pricing.tiers-wrong'; readonly reason: string }
  | { readonly code: 'pricing.special-unknown'; readonly list: string; readonly sku: string }
  | { readonly code: 'pricing.customer-unknown'; readonly userId: string }
  | { readonly code: 'pricing.country-unknown'; readonly country: string }
  | { readonly code: 'pricing.country-outside'; readonly country: string }
