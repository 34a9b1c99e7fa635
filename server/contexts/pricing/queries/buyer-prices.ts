import type { Platform } from '#platform/context'
import { money } from '#platform/money'
import { accept, refuse } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

import type {
  BuyerPrice,
  PricedOffer,
  Pricing,
  PricingRefusal,
  Quote,
  RuleQueries,
  SpecialList,
} from '../contract.ts'
import { LOOK_BACK_MS, lowestBefore } from '../domain/lowest.ts'
import { quote } from '../domain/quote.ts'
import { entriesOf } from '../domain/specials.ts'
import { pricePointsSince, type PricePointRow } from '../store/price-points.ts'
import { type KnownTerms, rulesOf } from '../store/rules.ts'
import { specialsBySku } from '../store/special-prices.ts'

type Needs = Pick<Platform, 'reads' | 'clock'>
type Ports = Pick<Pricing, 'offers' | 'marketOf' | 'currencies'>

/** What a buyer pays now, with what a sale has to be shown with. */
export function buyerPrices(
  platform: Needs,
  { offers, marketOf, currencies }: Ports,
  known: KnownTerms,
): RuleQueries['prices'] {
  return async (tenant, { skus, quantity, userId, currency: wanted, country }) => {
    const market = country === undefined ? null : await marketOf(tenant.id, country)
    const currency = wanted ?? market?.currency ?? tenant.currency
    const unknown: PricingRefusal = { code: 'pricing.list-unknown', currency }
    if (!(await currencies(tenant)).includes(currency)) return refuse(unknown)
    const found = await offers(tenant.id, skus, userId)
    const ask = { currency, market: market?.code ?? null, at: platform.clock.now() }
    const quoted = [...found.values()].flatMap((offer) => {
      const price = offer.status === 'active' ? quote(offer, { ...ask, quantity }) : undefined
      return price === undefined ? [] : [{ offer, price }]
    })
    const lists = rulesOf(await known.of(tenant.id), 'special-list')
    const reduced = quoted.filter(({ price }) => price.was !== null)
    const lowest = await lowestOf(platform, tenant, currency, reduced, lists)
    return accept(
      quoted.map(({ offer, price: { unitPrice, was } }): BuyerPrice => {
        const amount = was === null ? null : (lowest.get(offer.sku) ?? null)
        return {
          sku: offer.sku,
          unitPrice,
          was,
          lowestBefore: amount === null ? null : money(amount, currency),
          tiers: tiersOf(offer, { ...ask, quantity }),
        }
      }),
    )
  }
}

/** Where a unit costs less when more are bought. */
function tiersOf(offer: PricedOffer, ask: Parameters<Pricing['quote']>[1]): BuyerPrice['tiers'] {
  const steps = [...new Set(offer.specials.map(({ fromQuantity }) => fromQuantity))]
    .filter((step) => step > ask.quantity)
    .toSorted((one, other) => one - other)
  const tiers: BuyerPrice['tiers'][number][] = []
  let least = quote(offer, ask)?.unitPrice.amount ?? 0
  for (const fromQuantity of steps) {
    const unitPrice = quote(offer, { ...ask, quantity: fromQuantity })?.unitPrice
    if (unitPrice === undefined || unitPrice.amount >= least) continue
    tiers.push({ fromQuantity, unitPrice })
    least = unitPrice.amount
  }
  return tiers
}

/** What each cost least before its sale, by SKU; asks nothing when nothing is on sale. */
export async function lowestOf(
  { reads, clock }: Needs,
  tenant: Tenant,
  currency: string,
  reduced: readonly { readonly offer: PricedOffer; readonly price: Quote }[],
  lists: readonly SpecialList[],
): Promise<ReadonlyMap<string, number | null>> {
  if (reduced.length === 0) return new Map()
  const skus = reduced.map(({ offer }) => offer.sku)
  const begins = reduced.map(({ price }) => beginOf(lists, price, clock.now()))
  // A list that ended in this time may have been the cheapest one.
  const oldest = Math.min(...begins) - LOOK_BACK_MS
  const ofCurrency = lists.filter((list) => list.currency === currency)
  const codes = ofCurrency.map(({ code }) => code)
  const [points, specials] = await Promise.all([
    pricePointsSince(reads, tenant.id, { currency, skus, at: oldest }),
    specialsBySku(reads, tenant.id, codes, skus),
  ])
  return new Map(
    reduced.map(({ offer: { sku } }, place) => {
      const entries = specials
        .filter((row) => row.sku === sku)
        .flatMap(({ list, tiers }) =>
          ofCurrency.filter(({ code }) => code === list).flatMap((each) => entriesOf(each, tiers)),
        )
      return [sku, lowestBefore(pointsOf(points, sku), entries, begins[place] ?? 0)]
    }),
  )
}

/** When the sale of this price began; a list without a beginning counts as begun now. */
function beginOf(lists: readonly SpecialList[], { list }: Quote, now: number): number {
  const from = lists.find(({ code }) => code === list)?.from ?? null
  return from === null ? now : Date.parse(from)
}

function pointsOf(rows: readonly PricePointRow[], sku: string) {
  return rows
    .filter((row) => row.sku === sku)
    .map(({ at, amount }) => ({ at: at.getTime(), amount }))
}
