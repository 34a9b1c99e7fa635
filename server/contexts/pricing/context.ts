import type { Offers } from '#context/catalog'
import type { Context, Platform } from '#platform/context'

import { setList } from './commands/set-list.ts'
import { removePrice, setPrice } from './commands/set-price.ts'
import type { PriceListCommands, PriceListQueries, Pricing } from './contract.ts'
import { charge, promisedUntil, reprice } from './domain/promise.ts'
import { total } from './domain/total.ts'
import { problems } from './http/problems.ts'
import { priceListRoutes } from './http/routes.ts'
import { listPricesOf } from './queries/list-prices.ts'
import { currenciesOf, deliveryIn, pricedOffers } from './queries/priced-offers.ts'
import { openPrices } from './store/known-prices.ts'
import { openPriceLists } from './store/price-lists.ts'

export function openPricing(
  platform: Pick<Platform, 'write' | 'reads' | 'clock'>,
  { offers }: { readonly offers: Offers },
): { context: Context; pricing: Pricing } {
  const known = openPriceLists(platform)
  const prices = openPrices(platform)
  const commands: PriceListCommands = {
    setList: setList(platform, known),
    setPrice: setPrice(platform, offers, prices),
    removePrice: removePrice(platform, prices),
  }
  const queries: PriceListQueries = {
    lists: ({ id }) => known.of(id),
    prices: listPricesOf(platform.reads, known),
  }
  return {
    context: { name: 'pricing', routes: priceListRoutes(commands, queries), problems },
    pricing: {
      total,
      charge,
      reprice,
      promisedUntil,
      offers: pricedOffers(offers, known, prices),
      currencies: currenciesOf(known),
      delivery: deliveryIn(known),
    },
  }
}
