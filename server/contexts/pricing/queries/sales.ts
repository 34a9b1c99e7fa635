import { Kept } from '#platform/cache/kept'
import type { Tail } from '#platform/cache/tail'
import type { Instant } from '#platform/clock'
import type { Platform } from '#platform/context'
import { money } from '#platform/money'
import type { Tenant } from '#platform/tenants'

import type { Pricing, Sale, Sales, SpecialList } from '../contract.ts'
import { quote } from '../domain/quote.ts'
import { type KnownTerms, rulesOf } from '../store/rules.ts'
import { specialsBySku } from '../store/special-prices.ts'
import { lowestOf } from './buyer-prices.ts'

/** Sales begin and end by the clock, whatever the log says: nothing is believed for longer. */
const AGE_MS = 1_000
/** SKUs whose sale is remembered, or that they have none. */
const SKUS_KEPT = 50_000

const NONE: ReadonlyMap<string, Sale> = new Map()

/** What everybody pays less for now; a shop without a sale costs no question. */
export function openSales(
  platform: Pick<Platform, 'reads' | 'clock'>,
  { offers }: Pick<Pricing, 'offers'>,
  known: KnownTerms,
  tail: Tail | undefined,
): Sales {
  const { clock } = platform
  const kept = new Kept<{ readonly sale: Sale | undefined }>({
    clock,
    maxAgeMs: AGE_MS,
    maxSize: SKUS_KEPT,
  })
  tail?.hear({
    told({ tenant, type }) {
      const isOfPrices = type.startsWith('pricing.') || type.startsWith('catalog.product-')
      if (isOfPrices) kept.dropAllOf(tenant)
    },
    moved: () => undefined,
    lost: () => kept.dropAll(),
  })

  /** Of most SKUs no sale says anything: they cost one question together, and no offer is asked for. */
  async function load(
    tenant: Tenant,
    codes: readonly string[],
    skus: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly sale: Sale | undefined }>> {
    const { currency } = tenant
    const ask = { currency, market: null, quantity: 1, at: clock.now() }
    const named = await specialsBySku(platform.reads, tenant.id, codes, skus)
    const there = [...new Set(named.map(({ sku }) => sku))]
    const offered = there.length === 0 ? [] : (await offers(tenant.id, there)).values()
    const reduced = [...offered].flatMap((offer) => {
      const price = quote(offer, ask)
      return price === undefined || price.was === null ? [] : [{ offer, price }]
    })
    const lists = rulesOf(await known.of(tenant.id), 'special-list')
    const lowest = await lowestOf(platform, tenant, currency, reduced, lists)
    const found = new Map(
      reduced.map(({ offer: { sku }, price: { unitPrice } }): [string, Sale] => {
        const before = lowest.get(sku) ?? null
        const isHigher = before !== null && before > unitPrice.amount
        return [sku, { price: unitPrice, was: isHigher ? money(before, currency) : null }]
      }),
    )
    return new Map(skus.map((sku) => [sku, { sale: found.get(sku) }]))
  }

  return {
    async sales(tenant, skus) {
      const now = clock.now()
      const lists = rulesOf(await known.of(tenant.id), 'special-list')
      const on = lists.filter((list) => isOn(list, tenant.currency, now))
      if (on.length === 0) return NONE
      const codes = on.map(({ code }) => code)
      const asked = new Map(skus.map((sku) => [sku, [] as readonly string[]]))
      const found = await kept.all(tenant.id, asked, (missing) => load(tenant, codes, missing))
      return new Map(
        [...found].flatMap(([sku, { sale }]) => (sale === undefined ? [] : [[sku, sale] as const])),
      )
    },
  }
}

/** A sale for everybody, everywhere, that has begun and has not ended. */
function isOn(list: SpecialList, mainCurrency: string, now: Instant): boolean {
  const { isSale, group, market, currency, from, until } = list
  const isForAll = group === null && market === null && currency === mainCurrency
  const hasBegun = from === null || Date.parse(from) <= now
  return isSale && isForAll && hasBegun && (until === null || now < Date.parse(until))
}
