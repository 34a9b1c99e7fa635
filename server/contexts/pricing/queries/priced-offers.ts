import { money, type Money } from '#platform/money'
import type { Offers } from '#context/catalog'

import type { PricedOffer, Pricing } from '../contract.ts'
import type { KnownPrices } from '../store/known-prices.ts'
import type { KnownLists } from '../store/price-lists.ts'

/** What is sold, with its price in every currency; a shop of one currency is not asked for lists. */
export function pricedOffers(
  offers: Offers,
  known: KnownLists,
  prices: KnownPrices,
): Pricing['offers'] {
  return async (tenant, skus) => {
    const [found, lists] = await Promise.all([offers.offers(tenant, skus), known.of(tenant)])
    const currencies = lists.map(({ currency }) => currency)
    const rows = lists.length === 0 ? [] : await prices.of(tenant, currencies, skus)
    const priced = new Map<string, PricedOffer>()
    for (const [sku, offer] of found) {
      const inEach: Record<string, Money> = { [offer.price.currency]: offer.price }
      for (const { sku: of, currency, amount } of rows) {
        if (of === sku) inEach[currency] ??= money(amount, currency)
      }
      priced.set(sku, { ...offer, prices: inEach })
    }
    return priced
  }
}

export function currenciesOf(known: KnownLists): Pricing['currencies'] {
  return async (tenant) => {
    const others = (await known.of(tenant.id)).map(({ currency }) => currency)
    return [tenant.currency, ...others]
  }
}

export function deliveryIn(known: KnownLists): Pricing['delivery'] {
  return async (tenant, currency) => {
    if (currency === tenant.currency) return tenant.delivery
    const list = (await known.of(tenant.id)).find((each) => each.currency === currency)
    return list?.delivery ?? {}
  }
}
