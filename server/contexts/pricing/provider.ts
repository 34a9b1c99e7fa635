/**
 * What pricing asks of whoever knows tax rates, and what the shop's own tables say of them. Types
 * only; the adapters fulfil it, and one conformance suite (`adapters/tax-conformance.testing.ts`) says
 * what fulfilling means. A provider tells rates; it is `Pricing.total` that computes with them.
 */
import type { Instant } from '#platform/clock'
import type { Outcome } from '#platform/outcome'

/** Half a minor unit goes up, or to the even neighbor (IEEE 754, 4.3.1). */
export type Rounding = 'half-up' | 'half-even'

/** Where one set of tax rates holds. The longest prefix that fits a postal code wins. */
export interface TaxZone {
  readonly kind: 'zone'
  readonly code: string
  readonly name: string
  readonly places: readonly {
    readonly country: string
    /** Of postal codes, without blanks; empty: the whole country. */
    readonly postalPrefixes: readonly string[]
  }[]
}

/** A tax rate for the products of one tax category in one zone, from one instant to another. */
export interface TaxRate {
  readonly kind: 'rate'
  readonly code: string
  /** As it stands on an invoice: `VAT 20 %`. */
  readonly name: string
  readonly zone: string
  readonly category: string
  /** 200,000 is 20 %. */
  readonly partsPerMillion: number
  readonly from: string | null
  readonly until: string | null
}

/** How a shop deals with tax. There is one such rule a shop, of the code `shop`. */
export interface TaxRules {
  readonly kind: 'tax'
  readonly code: string
  readonly doPricesIncludeTax: boolean
  readonly rounding: Rounding
  /** Where goods are taxed that the buyer comes for. */
  readonly homeCountry: string
  /** Whose rates hold: the shop's own, or those of the provider this deployment knows. */
  readonly rates: 'own' | 'outside'
}

/** A rate as it is applied. */
export interface AppliedRate {
  readonly name: string
  readonly partsPerMillion: number
}

/**
 * Which taxes hold for an order. `source` says whose rates these are: `own-instead` are the shop's,
 * because the provider did not answer; `none` means that nothing is configured and tax is zero.
 */
export interface TaxTerms {
  readonly areIncluded: boolean
  readonly rounding: Rounding
  readonly zone: string | null
  readonly source: 'none' | 'own' | 'outside' | 'own-instead'
  /** By tax category; one that is absent is not taxed. */
  readonly rates: Readonly<Record<string, AppliedRate>>
}

/** Where goods go, as far as tax needs it: nothing that tells who the buyer is. */
export interface Destination {
  readonly country: string
  readonly postalCode: string | null
}

/** Which taxes hold there for products of these categories. */
export interface TaxAsk {
  /** Null: the buyer comes for the goods. */
  readonly destination: Destination | null
  readonly categories: readonly string[]
  /** Code of the buyer's market. */
  readonly market: string | null
}

export interface RateQuestion {
  readonly destination: Destination
  /** Each once. */
  readonly categories: readonly string[]
  readonly at: Instant
}

export interface RateAnswer {
  /** What the provider calls the place; null when it taxes nothing there. */
  readonly zone: string | null
  /** By tax category; one that is absent is not taxed. From 0 to 1,000,000 parts. */
  readonly rates: Readonly<Record<string, AppliedRate>>
}

/** No answer that could be used came in time; nothing is known of any rate. */
export interface TaxProviderDown {
  readonly code: 'pricing.tax-provider-down'
}

/** Whoever knows tax rates. Never throws; asked the same twice, it may answer from memory. */
export interface TaxProvider {
  rates(question: RateQuestion): Promise<Outcome<RateAnswer, TaxProviderDown>>
}
