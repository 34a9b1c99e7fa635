/**
 * Pricing: what is sold in which currency for how much, for how long a price that was shown is
 * kept, and what lines and delivery add up to. The only place that computes money of a sale.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Instant } from '#platform/clock'
import type { Cause } from '#platform/http/route'
import type { TenantId } from '#platform/ids'
import type { Page } from '#platform/keyset'
import type { Money } from '#platform/money'
import type { Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import type { Offer } from '#context/catalog'

/** The shop sells in this currency from now on, or delivers at other prices in it. */
export interface PriceListSet {
  readonly type: 'pricing.list-set'
  readonly currency: string
  /** Minor units by delivery method; a method that is absent is not offered in this currency. */
  readonly delivery: Readonly<Record<string, number>>
}

/** A SKU has this price in a currency besides the shop's main one. */
export interface ListPriceSet {
  readonly type: 'pricing.price-set'
  readonly currency: string
  readonly sku: string
  /** Minor units. */
  readonly amount: number
}

/** A SKU is no longer sold in that currency. */
export interface ListPriceRemoved {
  readonly type: 'pricing.price-removed'
  readonly currency: string
  readonly sku: string
}

export type PricingEvent = PriceListSet | ListPriceSet | ListPriceRemoved

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

/** An offer with its price in every currency the shop sells it in; the main one is among them. */
export interface PricedOffer extends Offer {
  readonly prices: Readonly<Record<string, Money>>
}

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

/** A price that was shown to a buyer, and when. */
export interface ShownPrice {
  readonly unitPrice: Money
  readonly pricedAt: Instant
}

/** What a unit is charged now; `isRaised`: it is more than was shown, so the buyer must agree first. */
export interface Charge {
  readonly unitPrice: Money
  readonly isRaised: boolean
}

export interface Pricing {
  /** Adds up. Throws when amounts leave the safe integers: quantities and prices are bounded at the border. */
  total(currency: string, lines: readonly PricedLine[], delivery: Money): Total
  /**
   * The price promise (CRT-06): a lower price is given at once, a higher one is not charged before
   * the promise has ended.
   */
  charge(shown: ShownPrice, now: Money, at: Instant): Charge
  /** A line that is priced anew keeps its price, and the end of its promise, while the price of now is higher. */
  reprice(shown: ShownPrice | undefined, now: Money, at: Instant): ShownPrice
  /** When the promise of a price ends that was shown then. */
  promisedUntil(pricedAt: Instant): Instant
  /** By SKU, in every currency, at most 2 s old; SKUs the shop does not know are absent. */
  offers(tenant: TenantId, skus: readonly string[]): Promise<ReadonlyMap<string, PricedOffer>>
  /** The currencies the shop sells in, the main one first; at most 2 s old. */
  currencies(tenant: Tenant): Promise<readonly string[]>
  /** Delivery methods and their prices in minor units; nothing in a currency the shop does not sell in. */
  delivery(tenant: Tenant, currency: string): Promise<Readonly<Record<string, number>>>
}

/** A currency the shop sells in besides its main one. */
export interface PriceListView {
  readonly currency: string
  readonly delivery: Readonly<Record<string, number>>
}

export interface ListPriceView {
  readonly sku: string
  readonly price: Money
}

/**
 * What staff do to price lists. Prices of the main currency are the catalog's. Refusals are those of
 * `PricingRefusal` and `request.key-reused`. Setting what is there already records nothing.
 */
export interface PriceListCommands {
  setList(
    tenant: Tenant,
    list: PriceListView,
    cause: Cause,
  ): Promise<Outcome<{ readonly answer: PriceListView }>>
  setPrice(
    tenant: Tenant,
    price: { readonly sku: string; readonly currency: string; readonly amount: number },
    cause: Cause,
  ): Promise<Outcome<{ readonly answer: ListPriceView }>>
  /** Ends the sale of a SKU in a currency. Carts that have it cannot be ordered with it. */
  removePrice(
    tenant: Tenant,
    price: { readonly sku: string; readonly currency: string },
    cause: Cause,
  ): Promise<Outcome<unknown>>
}

/** What is asked of price lists, as of now. */
export interface PriceListQueries {
  lists(tenant: Tenant): Promise<readonly PriceListView[]>
  /** By SKU. */
  prices(
    tenant: Tenant,
    ask: { readonly currency: string; readonly limit: number; readonly after?: string },
  ): Promise<Outcome<Page<ListPriceView>>>
}
