/**
 * Pricing: what is sold in which currency for how much, for how long a price that was shown is
 * kept, and what lines and delivery add up to. The only place that computes money of a sale.
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Instant } from '#platform/clock'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Page } from '#platform/keyset'
import type { Money } from '#platform/money'
import type { Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import type { Offer } from '#context/catalog'

import type { AppliedRate, TaxAsk, TaxRate, TaxRules, TaxTerms, TaxZone } from './provider.ts'

import type { BuyerPrice, PriceRange, PricesAsk, Quote, RangesAsk } from './contract/buyers.ts'

export type { BuyerPrice, PriceRange, PricesAsk, Quote, RangesAsk } from './contract/buyers.ts'
export type { ChangedLine, PricingRefusal } from './contract/refusals.ts'
export type { AppliedRate, Destination, RateAnswer, RateQuestion } from './provider.ts'
export type { TaxAsk, TaxProvider, TaxRate, TaxRules, TaxTerms, TaxZone } from './provider.ts'

/** The shop sells in this currency from now on, or delivers at other prices in it. */
export interface PriceListSet extends PriceListView {
  readonly type: 'pricing.list-set'
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

/** A rule that prices and taxes follow is another from now on: a group, a market, a zone, a rate. */
export interface PricingRuleSet {
  readonly type: 'pricing.rule-set'
  readonly rule: Rule
}

/** Nothing follows that rule any more. A special list that ended never comes back under its code. */
export interface PricingRuleRemoved extends Pick<Rule, 'kind' | 'code'> {
  readonly type: 'pricing.rule-removed'
}

/** A SKU has these prices on a special list; none of it was there before counts any more. */
export interface SpecialPriceSet extends SpecialPriceView {
  readonly type: 'pricing.special-price-set'
}

/** A special list says nothing of a SKU any more. */
export interface SpecialPriceRemoved {
  readonly type: 'pricing.special-price-removed'
  readonly list: string
  readonly sku: string
}

/** A customer buys as a member of this group from now on; of none when it is null. */
export interface CustomerGrouped extends MemberView {
  readonly type: 'pricing.customer-grouped'
}

export type PricingEvent =
  | PriceListSet
  | ListPriceSet
  | ListPriceRemoved
  | PricingRuleSet
  | PricingRuleRemoved
  | SpecialPriceSet
  | SpecialPriceRemoved
  | CustomerGrouped

/** Customers who buy at prices of their own: club members, resellers. */
export interface CustomerGroup {
  readonly kind: 'group'
  readonly code: string
  readonly name: string
}

/** Countries that are sold to in one currency (GAP-04). A country is in one market at most. */
export interface Market {
  readonly kind: 'market'
  readonly code: string
  readonly name: string
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[]
  readonly currency: string
  /** BCP 47, the default first. */
  readonly languages: readonly string[]
  /** Null: as everywhere in the shop. */
  readonly doPricesIncludeTax: boolean | null
}

/** Prices for some buyers, for some time or for many units, beside those of catalog and price lists. */
export interface SpecialList {
  readonly kind: 'special-list'
  readonly code: string
  readonly name: string
  readonly currency: string
  /** Null: for everybody. */
  readonly group: string | null
  /** Null: everywhere. */
  readonly market: string | null
  /** ISO 8601; valid from then on, or always. */
  readonly from: string | null
  /** ISO 8601; no longer valid at this very instant. */
  readonly until: string | null
  /** A reduction is announced: the price is shown with the one before. */
  readonly isSale: boolean
}

export type Rule = CustomerGroup | Market | SpecialList | TaxZone | TaxRate | TaxRules
export type RuleKind = Rule['kind']

/** From so many units on, each costs so much. */
export interface Tier {
  readonly fromQuantity: number
  /** Minor units. */
  readonly amount: number
}

/** An offer with its price in every currency the shop sells it in; the main one is among them. */
export interface PricedOffer extends Offer {
  readonly prices: Readonly<Record<string, Money>>
  /** What special lists say of it to the user that was asked for, valid now and here or not. */
  readonly specials: readonly SpecialPrice[]
}

type Offered = ReadonlyMap<string, PricedOffer>

/** One price of one special list. */
export interface SpecialPrice
  extends Tier, Pick<SpecialList, 'currency' | 'group' | 'market' | 'isSale'> {
  readonly list: string
  /** Null: since ever, for ever. */
  readonly from: Instant | null
  readonly until: Instant | null
}

export interface PricedLine {
  readonly sku: string
  readonly quantity: number
  readonly unitPrice: Money
  /** `standard` when absent. */
  readonly taxCategory?: string
}

export interface TotalLine {
  readonly sku: string
  /** What is paid for the line: less its discount, with its tax. */
  readonly total: Money
  readonly discount: Money
  /** Of the goods; included in `total` either way. */
  readonly tax: Money
  readonly rate: AppliedRate
  /** The line's share of what delivery costs, and of its tax. */
  readonly delivery: Money
  readonly deliveryTax: Money
}

/** `areIncluded`: items − discount + delivery = total. Otherwise tax is added to that. */
export interface Total {
  readonly lines: readonly TotalLine[]
  /** Unit prices times quantities. */
  readonly items: Money
  readonly discount: Money
  readonly delivery: Money
  /** Of goods and delivery. Zero where no rates are configured, and said to be. */
  readonly tax: Money
  readonly total: Money
}

/** What goes back with some units of a line. */
export type UnitsShare = Pick<TotalLine, 'total' | 'discount' | 'tax'>

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
  /**
   * Adds up, and splits what belongs to the whole order over its lines by largest remainder: exact
   * to the minor unit, whatever the order of the lines. SKUs are different. Tax is rounded once a
   * line, and once a rate for delivery. `discount` may not be more than the items. Throws when
   * amounts leave the safe integers: quantities and prices are bounded at the border.
   */
  total(
    currency: string,
    lines: readonly PricedLine[],
    delivery: Money,
    terms?: TaxTerms,
    discount?: Money,
  ): Total
  /**
   * The price of the most specific valid entry (PRICING-5); undefined when the SKU is not sold in
   * this currency. More units never cost more each.
   */
  quote(
    offer: PricedOffer,
    ask: {
      readonly currency: string
      readonly quantity: number
      readonly at: Instant
      readonly market: string | null
    },
  ): Quote | undefined
  /**
   * The share of units `[from, from + units)` of a line of `of` units: whoever gives back all of
   * them bit by bit, in whatever bits, has given back exactly the line (PRICING-9).
   */
  shareOf(
    line: { readonly quantity: number } & UnitsShare,
    given: { readonly from: number; readonly units: number },
  ): UnitsShare
  /** Which taxes hold at this destination; at most 2 s old. Never throws for an outside provider. */
  taxes(tenant: Tenant, ask: TaxAsk): Promise<TaxTerms>
  /** The market a country is in; null when the shop has none there. At most 2 s old. */
  marketOf(tenant: TenantId, country: string): Promise<Market | null>
  /**
   * The price promise (CRT-06): a lower price is given at once, a higher one is not charged before
   * the promise has ended.
   */
  charge(shown: ShownPrice, now: Money, at: Instant): Charge
  /** A line that is priced anew keeps its price, and the end of its promise, while the price of now is higher. */
  reprice(shown: ShownPrice | undefined, now: Money, at: Instant): ShownPrice
  /** When the promise of a price ends that was shown then. */
  promisedUntil(pricedAt: Instant): Instant
  /**
   * By SKU, in every currency, at most 2 s old; SKUs the shop does not know are absent. With the
   * special prices of the group of this user; without one, those for everybody.
   */
  offers(tenant: TenantId, skus: readonly string[], userId?: Id | null): Promise<Offered>
  /** The currencies the shop sells in, the main one first; at most 2 s old. */
  currencies(tenant: Tenant): Promise<readonly string[]>
  /** Delivery methods and their prices in minor units; nothing in a currency the shop does not sell in. */
  delivery(tenant: Tenant, currency: string): Promise<Readonly<Record<string, number>>>
}

/** What a SKU costs everybody while it is on sale. */
export interface Sale {
  readonly price: Money
  /**
   * The lowest price for everybody of the 30 days before the sale (Directive 98/6/EC, article 6a);
   * null when none was recorded, and when it was no higher: then no former price may be shown.
   */
  readonly was: Money | null
}

/** Port for whoever shows prices in lists. */
export interface Sales {
  /**
   * By SKU: what one unit costs everybody, everywhere, in the main currency; what is on no sale is
   * absent. As new as the end of the log was read here, without it 2 s old; asks nothing of a shop
   * that has no sale now.
   */
  sales(tenant: Tenant, skus: readonly string[]): Promise<ReadonlyMap<string, Sale>>
}

/** A currency the shop sells in besides its main one. */
export interface PriceListView {
  readonly currency: string
  /** Minor units by delivery method; a method that is absent is not offered in this currency. */
  readonly delivery: Readonly<Record<string, number>>
}

export interface ListPriceView {
  readonly sku: string
  readonly price: Money
}

/** Which page of which list: at most `limit`, behind the rule or SKU `after`. */
export type PageAsk<Of> = Of & { readonly limit: number; readonly after?: string }
type Answered<T> = Promise<Outcome<{ readonly answer: T }>>
type Ended = Promise<Outcome<unknown>>
type NoType<T> = Omit<T, 'type'>

/**
 * What staff do to price lists. Prices of the main currency are the catalog's. Refusals are those of
 * `PricingRefusal` and `request.key-reused`. Setting what is there already records nothing.
 */
export interface PriceListCommands {
  setList(tenant: Tenant, list: PriceListView, cause: Cause): Answered<PriceListView>
  setPrice(tenant: Tenant, price: NoType<ListPriceSet>, cause: Cause): Answered<ListPriceView>
  /** Ends the sale of a SKU in a currency. Carts that have it cannot be ordered with it. */
  removePrice(tenant: Tenant, price: NoType<ListPriceRemoved>, cause: Cause): Ended
}

/** What is asked of price lists, as of now. */
export interface PriceListQueries {
  lists(tenant: Tenant): Promise<readonly PriceListView[]>
  /** By SKU. */
  prices(tenant: Tenant, ask: PageAsk<{ currency: string }>): Promise<Outcome<Page<ListPriceView>>>
}

/** A rule, and the version that `If-Match` compares. */
export interface RuleView {
  readonly rule: Rule
  readonly version: number
}

export interface SpecialPriceView {
  readonly list: string
  readonly sku: string
  readonly tiers: readonly Tier[]
}

/** A customer, and the group whose prices are theirs. */
export interface MemberView {
  readonly userId: Id
  readonly group: string | null
}

/** What staff decide of prices and taxes. `versions`: refused as stale unless it is one of them. */
export interface RuleCommands {
  setRule(
    tenant: Tenant,
    rule: Rule,
    cause: Cause,
    versions?: readonly number[],
  ): Answered<RuleView>
  removeRule(
    tenant: Tenant,
    rule: Pick<Rule, 'kind' | 'code'>,
    cause: Cause,
    versions?: readonly number[],
  ): Ended
  setSpecial(tenant: Tenant, price: SpecialPriceView, cause: Cause): Answered<SpecialPriceView>
  removeSpecial(tenant: Tenant, price: NoType<SpecialPriceRemoved>, cause: Cause): Ended
  setGroup(tenant: Tenant, member: MemberView, cause: Cause): Answered<MemberView>
}

/** What is asked of rules, as of now but for `prices` and `ranges`, which are at most 2 s old. */
export interface RuleQueries {
  rules(tenant: TenantId, ask: PageAsk<{ kind?: RuleKind }>): Promise<Page<RuleView>>
  /** By SKU. */
  specials(tenant: Tenant, ask: PageAsk<{ list: string }>): Promise<Outcome<Page<SpecialPriceView>>>
  memberOf(tenant: TenantId, userId: Id): Promise<Outcome<MemberView>>
  /** What this buyer pays for so many of each; SKUs that are not sold so are absent. */
  prices(tenant: Tenant, ask: PricesAsk): Promise<Outcome<readonly BuyerPrice[]>>
  /** The least and the most this buyer pays for a variant of each product; one that is not sold so is absent. */
  ranges(tenant: Tenant, ask: RangesAsk): Promise<Outcome<readonly PriceRange[]>>
}
