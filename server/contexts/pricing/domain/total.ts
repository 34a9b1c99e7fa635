import assert from 'node:assert/strict'

import { money, sum, times } from '#platform/money'

import type { Pricing, TaxTerms, TotalLine } from '../contract.ts'
import { scaled, split } from './split.ts'

/** The tax category of a product that names none. */
const STANDARD = 'standard'

/** One whole in the unit of rates. */
const MILLION = 1_000_000

/** Where nothing is configured: tax is zero, and included as far as anybody is told. */
export const NO_TAXES: TaxTerms = {
  areIncluded: true,
  rounding: 'half-up',
  zone: null,
  source: 'none',
  rates: {},
}

const UNTAXED = { name: '', partsPerMillion: 0 }

/** The tax in an amount that includes it, or on one that does not. */
export function taxOf(
  amount: number,
  partsPerMillion: number,
  { areIncluded, rounding }: Pick<TaxTerms, 'areIncluded' | 'rounding'>,
): number {
  const whole = areIncluded ? MILLION + partsPerMillion : MILLION
  return scaled(amount, partsPerMillion, whole, rounding)
}

export const total: Pricing['total'] = (
  currency,
  lines,
  delivery,
  terms = NO_TAXES,
  discount = money(0, currency),
) => {
  const gross = lines.map(({ unitPrice, quantity }) => times(unitPrice, quantity))
  const items = sum(currency, gross)
  assert(discount.amount >= 0 && discount.amount <= items.amount, 'a discount is of the items')
  assert.equal(delivery.currency, currency, 'amounts of two currencies cannot be added')
  const parts = (amounts: readonly number[]) =>
    lines.map(({ sku: name }, place) => ({ name, weight: amounts[place] ?? 0 }))
  const discounts = split(discount.amount, parts(gross.map(({ amount }) => amount)))
  const bases = gross.map(({ amount }, place) => amount - (discounts[place] ?? 0))
  const rates = lines.map(({ taxCategory = STANDARD }) => rateOf(terms, taxCategory))
  const deliveries = split(lines.length === 0 ? 0 : delivery.amount, parts(bases))
  const deliveryTaxes = taxesOfDelivery(
    lines.map(({ sku }, place) => ({
      sku,
      share: deliveries[place] ?? 0,
      rate: rates[place] ?? UNTAXED,
    })),
    terms,
  )

  const totals = lines.map(({ sku }, place): TotalLine => {
    const base = bases[place] ?? 0
    const rate = rates[place] ?? UNTAXED
    const tax = taxOf(base, rate.partsPerMillion, terms)
    return {
      sku,
      total: money(terms.areIncluded ? base : base + tax, currency),
      discount: money(discounts[place] ?? 0, currency),
      tax: money(tax, currency),
      rate,
      delivery: money(deliveries[place] ?? 0, currency),
      deliveryTax: money(deliveryTaxes[place] ?? 0, currency),
    }
  })
  const tax = sum(
    currency,
    totals.flatMap((line) => [line.tax, line.deliveryTax]),
  )
  const untaxed = items.amount - discount.amount + delivery.amount
  return {
    lines: totals,
    items,
    discount,
    delivery,
    tax,
    total: money(terms.areIncluded ? untaxed : untaxed + tax.amount, currency),
  }
}

function rateOf({ rates }: TaxTerms, category: string) {
  // An own property only: `constructor` may be a word of the shop's.
  return Object.hasOwn(rates, category) ? (rates[category] ?? UNTAXED) : UNTAXED
}

/**
 * Delivery is taxed as the goods it goes with (a supply that is ancillary follows its principal):
 * the shares of one rate are taxed together, rounded once, and that tax is split over them again.
 */
function taxesOfDelivery(
  shares: readonly { sku: string; share: number; rate: { partsPerMillion: number } }[],
  terms: TaxTerms,
): number[] {
  const taxes = shares.map(() => 0)
  for (const rate of new Set(shares.map((each) => each.rate.partsPerMillion))) {
    const places = shares.flatMap((each, place) =>
      each.rate.partsPerMillion === rate ? [place] : [],
    )
    const ofRate = places.map((place) => shares[place]?.share ?? 0)
    const tax = taxOf(
      ofRate.reduce((all, share) => all + share, 0),
      rate,
      terms,
    )
    const parts = places.map((place, nth) => ({
      name: shares[place]?.sku ?? '',
      weight: ofRate[nth] ?? 0,
    }))
    split(tax, parts).forEach((amount, nth) => {
      const place = places[nth]
      if (place !== undefined) taxes[place] = amount
    })
  }
  return taxes
}
