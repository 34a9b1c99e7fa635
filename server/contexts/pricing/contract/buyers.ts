/** What one buyer pays now. */
import type { Id } from '#platform/ids'
import type { Money } from '#platform/money'

/** What one unit costs, among so many, now. */
export interface Quote {
  readonly unitPrice: Money
  /** The price without the sale, when there is one and it is higher. */
  readonly was: Money | null
  /** The special list it is of; null when it is the ordinary price. */
  readonly list: string | null
}

/** A price as it is shown to a buyer. */
export interface BuyerPrice extends Omit<Quote, 'list'> {
  readonly sku: string
  /**
   * With a sale: the lowest price for everybody of the 30 days before it began (Directive
   * 98/6/EC, article 6a); null when none was recorded.
   */
  readonly lowestBefore: Money | null
  /** What a unit costs from so many on, where that is less. */
  readonly tiers: readonly { readonly fromQuantity: number; readonly unitPrice: Money }[]
}

/** In the currency of the country's market, else the shop's main one, when none is named. */
export interface PricesAsk {
  readonly skus: readonly string[]
  readonly quantity: number
  readonly userId: Id | null
  readonly currency?: string
  readonly country?: string
}

/** Of whole products, one unit each; a currency as for `PricesAsk`. */
export interface RangesAsk extends Pick<PricesAsk, 'userId' | 'currency' | 'country'> {
  readonly productIds: readonly Id[]
}

/** What the variants of a product cost a buyer now. */
export interface PriceRange {
  readonly productId: Id
  readonly from: Money
  readonly to: Money
  /** While the cheapest variant is on sale: its lowest price of the 30 days before, if that was higher. */
  readonly was: Money | null
}
