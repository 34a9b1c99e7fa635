import type { Instant } from '#platform/clock'
import { money } from '#platform/money'

import type { Pricing, Quote, SpecialPrice } from '../contract.ts'

/** What a price is asked for, beside whose it is. */
export interface PriceAsk {
  readonly quantity: number
  readonly currency: string
  readonly at: Instant
}

/** Whom prices are for. */
export interface BuyerKind {
  readonly group: string | null
  readonly market: string | null
}

/** What names a group or a market is for those in it alone. */
export function isFor({ group, market }: BuyerKind, buyer: BuyerKind): boolean {
  return (group === null || group === buyer.group) && (market === null || market === buyer.market)
}

/** Whether an entry holds for so many units now. */
export function isValid(entry: SpecialPrice, { currency, quantity, at }: PriceAsk): boolean {
  return (
    entry.currency === currency &&
    entry.fromQuantity <= quantity &&
    (entry.from ?? -Infinity) <= at &&
    at < (entry.until ?? Infinity)
  )
}

/**
 * The more specific of two entries first. In turn: one for a group before one for everybody; one
 * for a market before one for everywhere; one for a time before one for ever, and of two the one
 * that began later, then the one that ends sooner; the tier of more units; the lower price; the code
 * of the list. A total order over the entries of one SKU: a list has one price a tier.
 */
export function bySpecificity(one: SpecialPrice, other: SpecialPrice): number {
  return (
    Number(other.group !== null) - Number(one.group !== null) ||
    Number(other.market !== null) - Number(one.market !== null) ||
    Number(isTimed(other)) - Number(isTimed(one)) ||
    compare(other.from ?? -Infinity, one.from ?? -Infinity) ||
    compare(one.until ?? Infinity, other.until ?? Infinity) ||
    other.fromQuantity - one.fromQuantity ||
    one.amount - other.amount ||
    compare(one.list, other.list)
  )
}

function isTimed({ from, until }: SpecialPrice): boolean {
  return from !== null || until !== null
}

function compare<T extends string | number>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0
}

/**
 * The price of the most specific valid entry, else the ordinary one. It is asked for the wanted
 * quantity and for every lesser one at which a tier begins, and the least is taken: so more units
 * never cost more each, whatever lists say together.
 */
export function priceFor(
  ordinary: number,
  entries: readonly SpecialPrice[],
  ask: PriceAsk & BuyerKind,
): Quote {
  const valid = entries
    .filter((entry) => isFor(entry, ask) && isValid(entry, ask))
    .toSorted(bySpecificity)
  const best = leastOf(ordinary, valid)
  const unitPrice = money(best.amount, ask.currency)
  const before = best.isSale
    ? leastOf(
        ordinary,
        valid.filter(({ isSale }) => !isSale),
      )
    : best
  const isReduced = before.amount > best.amount
  return { unitPrice, was: isReduced ? money(before.amount, ask.currency) : null, list: best.list }
}

/** The winner at every quantity at which a tier begins; of those the least. */
function leastOf(ordinary: number, inTurn: readonly SpecialPrice[]) {
  const usual = { amount: ordinary, list: null, isSale: false }
  const steps = [1, ...inTurn.map(({ fromQuantity }) => fromQuantity)]
  const winners = steps.map(
    (step) => inTurn.find(({ fromQuantity }) => fromQuantity <= step) ?? usual,
  )
  return winners.reduce((least, each) => (each.amount < least.amount ? each : least))
}

/**
 * Of an offer, whose entries are those of its buyer’s group already. A special price stands beside an
 * ordinary one: what has none in a currency is not sold in it (PRICING-4).
 */
export const quote: Pricing['quote'] = ({ prices, specials }, { currency, ...ask }) => {
  const ordinary = Object.hasOwn(prices, currency) ? prices[currency]?.amount : undefined
  if (ordinary === undefined) return undefined
  if (specials.length === 0) {
    return { unitPrice: money(ordinary, currency), was: null, list: null }
  }
  const group = specials.find((each) => each.group !== null)?.group ?? null
  return priceFor(ordinary, specials, { ...ask, currency, group })
}
