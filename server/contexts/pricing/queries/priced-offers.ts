import type { Platform } from '#platform/context'
import { money, type Money } from '#platform/money'
import type { Offers } from '#context/catalog'

import type { PricedOffer, Pricing, SpecialList, SpecialPriceView } from '../contract.ts'
import { entriesOf } from '../domain/specials.ts'
import type { KnownGroups } from '../store/customers.ts'
import type { KnownPrices } from '../store/known-prices.ts'
import { type KnownTerms, rulesOf } from '../store/rules.ts'

/**
 * What is sold, with its price in every currency and what special lists say of it to this buyer; a
 * shop of one currency without special lists is asked for nothing, nor is who is in no group.
 */
export function pricedOffers(
  { clock }: Pick<Platform, 'clock'>,
  offers: Offers,
  known: KnownTerms,
  prices: KnownPrices,
  groups: KnownGroups,
): Pricing['offers'] {
  return async (tenant, skus, userId = null) => {
    const [found, terms] = await Promise.all([offers.offers(tenant, skus), known.of(tenant)])
    const now = clock.now()
    const lists = rulesOf(terms, 'special-list').filter(
      ({ until }) => until === null || Date.parse(until) > now,
    )
    const [listed, group] = await Promise.all([
      prices.of(
        tenant,
        {
          currencies: terms.lists.map(({ currency }) => currency),
          specials: lists.map(({ code }) => code),
        },
        skus,
      ),
      lists.some((list) => list.group !== null) ? groups.of(tenant, userId) : null,
    ])
    const own = lists.filter((list) => list.group === null || list.group === group)
    const priced = new Map<string, PricedOffer>()
    for (const [sku, offer] of found) {
      const inEach: Record<string, Money> = { [offer.price.currency]: offer.price }
      const here = listed.get(sku)
      for (const { currency, amount } of here?.prices ?? []) {
        inEach[currency] ??= money(amount, currency)
      }
      priced.set(sku, { ...offer, prices: inEach, specials: specialsOf(own, here?.specials ?? []) })
    }
    return priced
  }
}

function specialsOf(lists: readonly SpecialList[], rows: readonly SpecialPriceView[]) {
  return rows.flatMap(({ list: code, tiers }) => {
    const list = lists.find((each) => each.code === code)
    return list === undefined ? [] : entriesOf(list, tiers)
  })
}

export function currenciesOf(known: KnownTerms): Pricing['currencies'] {
  return async (tenant) => {
    const others = (await known.of(tenant.id)).lists.map(({ currency }) => currency)
    return [tenant.currency, ...others]
  }
}

export function deliveryIn(known: KnownTerms): Pricing['delivery'] {
  return async (tenant, currency) => {
    if (currency === tenant.currency) return tenant.delivery
    const list = (await known.of(tenant.id)).lists.find((each) => each.currency === currency)
    return list?.delivery ?? {}
  }
}

export function marketOf(known: KnownTerms): Pricing['marketOf'] {
  return async (tenant, country) => {
    const markets = rulesOf(await known.of(tenant), 'market')
    return markets.find(({ countries }) => countries.includes(country)) ?? null
  }
}
