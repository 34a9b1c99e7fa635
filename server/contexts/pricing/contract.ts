/**
 * Pricing: what lines and delivery add up to. The only place that computes money of a sale.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Money } from '#platform/money'

export interface PricedLine {
  readonly sku: string
  readonly quantity: number
  readonly unitPrice: Money
}

export interface Total {
  readonly lines: readonly { readonly sku: string; readonly total: Money }[]
  readonly items: Money
  readonly discount: Money
  readonly delivery: Money
  /** Included in prices; no rates are configured yet, so it is zero and said to be. */
  readonly tax: Money
  readonly total: Money
}

export interface Pricing {
  /** Adds up. Throws when amounts leave the safe integers: quantities and prices are bounded at the border. */
  total(currency: string, lines: readonly PricedLine[], delivery: Money): Total
}
