import type { Offers } from '#context/catalog'
import type { Users } from '#context/identity'
import { forgetWhatChanges } from '#platform/cache/forget-what-changes'
import type { Tail } from '#platform/cache/tail'
import type { Context, Platform } from '#platform/context'

import { httpTaxes } from './adapters/http-taxes.ts'
import { ownAnswer } from './adapters/own-taxes.ts'
import { setList } from './commands/set-list.ts'
import { removePrice, setPrice } from './commands/set-price.ts'
import { removeRule, setRule } from './commands/set-rule.ts'
import { removeSpecial, setGroup, setSpecial } from './commands/set-special.ts'
import type {
  PriceListCommands,
  PriceListQueries,
  Pricing,
  RuleCommands,
  Sales,
} from './contract.ts'
import type { RuleQueries } from './contract.ts'
import { charge, promisedUntil, reprice } from './domain/promise.ts'
import { quote } from './domain/quote.ts'
import { shareOf } from './domain/share.ts'
import { total } from './domain/total.ts'
import { priceRoutes } from './http/price-routes.ts'
import { problems } from './http/problems.ts'
import { priceListRoutes } from './http/routes.ts'
import { ruleRoutes } from './http/rule-routes.ts'
import { keepPricePoints } from './projections/price-points.ts'
import { buyerPrices } from './queries/buyer-prices.ts'
import { priceRanges } from './queries/price-ranges.ts'
import { listPricesOf, listRules, listSpecials, memberOf } from './queries/list-prices.ts'
import { currenciesOf, deliveryIn, marketOf, pricedOffers } from './queries/priced-offers.ts'
import { openSales } from './queries/sales.ts'
import { taxesAt } from './queries/taxes.ts'
import { openGroups, type KnownGroups } from './store/customers.ts'
import { openPrices } from './store/known-prices.ts'
import { openTerms, type KnownTerms } from './store/rules.ts'

export interface PricingParts {
  readonly offers: Offers
  readonly users: Pick<Users, 'find'>
  /** The end of the log, for who serves requests: what another process changes is forgotten at once. */
  readonly tail?: Tail | undefined
}

/** Opened after the catalog's offers and before its lists, which tell what is on sale. */
export function openPricing(
  platform: Pick<Platform, 'write' | 'reads' | 'clock' | 'config'>,
  { offers, users, tail }: PricingParts,
): {
  context: Context
  pricing: Pricing
  lists: PriceListCommands
  listQueries: PriceListQueries
  rules: RuleCommands
  sales: Sales
} {
  const known = openTerms(platform, tail)
  const prices = openPrices(platform)
  const groups = openGroups(platform)
  forgetWhatChanges(tail, 'pricing.', prices)
  const { taxProviderUrl: url } = platform.config
  const outside = url === undefined ? undefined : httpTaxes({ url, clock: platform.clock })
  const pricing: Pricing = {
    total,
    quote,
    shareOf,
    charge,
    reprice,
    promisedUntil,
    taxes: taxesAt(platform, known, { own: ownAnswer, outside }),
    marketOf: marketOf(known),
    offers: pricedOffers(platform, offers, known, prices, groups),
    currencies: currenciesOf(known),
    delivery: deliveryIn(known),
  }
  const lists: PriceListCommands = {
    setList: setList(platform, known),
    setPrice: setPrice(platform, offers, prices),
    removePrice: removePrice(platform, prices),
  }
  const rules: RuleCommands = {
    setRule: setRule(platform, known, pricing.currencies),
    removeRule: removeRule(platform, known),
    setSpecial: setSpecial(platform, offers, prices),
    removeSpecial: removeSpecial(platform, prices),
    setGroup: setGroup(platform, users, groups),
  }
  const listQueries: PriceListQueries = {
    lists: async ({ id }) => (await known.of(id)).lists,
    prices: listPricesOf(platform.reads, known),
  }
  const ruleQueries = openRuleQueries(platform, { pricing, known, groups, offers, users })
  return {
    context: {
      name: 'pricing',
      routes: [
        ...priceListRoutes(lists, listQueries),
        ...ruleRoutes(rules, ruleQueries),
        ...priceRoutes(ruleQueries),
      ],
      problems,
      subscriptions: [keepPricePoints],
    },
    pricing,
    lists,
    listQueries,
    rules,
    sales: openSales(platform, pricing, known, tail),
  }
}

function openRuleQueries(
  platform: Pick<Platform, 'reads' | 'clock'>,
  { pricing, known, groups, offers, users }: RuleParts,
): RuleQueries {
  const prices = buyerPrices(platform, pricing, known)
  return {
    rules: listRules(platform),
    specials: listSpecials(platform, known),
    memberOf: memberOf(groups, users),
    prices,
    ranges: priceRanges(offers, prices),
  }
}

interface RuleParts extends Pick<PricingParts, 'offers' | 'users'> {
  readonly pricing: Pricing
  readonly known: KnownTerms
  readonly groups: KnownGroups
}
