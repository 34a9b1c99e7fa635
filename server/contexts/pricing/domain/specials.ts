import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Aggregate } from '#platform/write/commit'

import type {
  CustomerGrouped,
  PricingRefusal,
  SpecialList,
  SpecialPrice,
  SpecialPriceRemoved,
  SpecialPriceSet,
  Tier,
} from '../contract.ts'

/** The stream of one price of one list: `special-price/club/BALL-5`. */
export const specialPrices: Aggregate<
  { readonly tiers: readonly Tier[] | null },
  SpecialPriceSet | SpecialPriceRemoved
> = {
  kind: 'special-price',
  initial: { tiers: null },
  apply: (_, event) => ({ tiers: event.type === 'pricing.special-price-set' ? event.tiers : null }),
}

/** The stream of a customer: `price-customer/<userId>`. */
export const customers: Aggregate<{ readonly group: string | null }, CustomerGrouped> = {
  kind: 'price-customer',
  initial: { group: null },
  apply: (_, { group }) => ({ group }),
}

/** Tiers begin one after another, and none costs more than the one before. */
export function tiered(tiers: readonly Tier[]): Outcome<readonly Tier[], PricingRefusal> {
  const pairs = tiers.slice(1).map((tier, place) => [tiers[place] ?? tier, tier] as const)
  if (pairs.some(([before, after]) => after.fromQuantity <= before.fromQuantity)) {
    return refuse({ code: 'pricing.tiers-wrong', reason: 'they begin one after another' })
  }
  if (pairs.some(([before, after]) => after.amount >= before.amount)) {
    return refuse({ code: 'pricing.tiers-wrong', reason: 'each costs less than the one before' })
  }
  return accept(tiers)
}

/** What a list says of a SKU, as entries that can be compared with those of other lists. */
export function entriesOf(
  { code, currency, group, market, from, until, isSale }: SpecialList,
  tiers: readonly Tier[],
): SpecialPrice[] {
  const instant = (text: string | null): number | null => (text === null ? null : Date.parse(text))
  return tiers.map(({ fromQuantity, amount }) => ({
    list: code,
    currency,
    group,
    market,
    from: instant(from),
    until: instant(until),
    isSale,
    fromQuantity,
    amount,
  }))
}
