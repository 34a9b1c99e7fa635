import type { Instant } from '#platform/clock'

import type { SpecialPrice } from '../contract.ts'

/** So long before a reduction the lowest price is looked for (Directive 98/6/EC, article 6a). */
export const LOOK_BACK_MS = 30 * 24 * 3600 * 1000

/** An ordinary price from an instant on, until the next of its SKU; null: not sold from then on. */
export interface PricePoint {
  readonly at: Instant
  readonly amount: number | null
}

/**
 * The lowest price that one unit was sold for to everybody within the 30 days before `begin`:
 * ordinary prices that held in that time, with the one that was there when it began, and what lists
 * for everybody said meanwhile. `points` begin with the oldest. Null when nothing is known.
 */
export function lowestBefore(
  points: readonly PricePoint[],
  entries: readonly SpecialPrice[],
  begin: Instant,
): number | null {
  const start = begin - LOOK_BACK_MS
  const held = points.filter(({ at }, place) => {
    const until = points[place + 1]?.at ?? Infinity
    return at < begin && until > start
  })
  const ordinary = held.flatMap(({ amount }) => (amount === null ? [] : [amount]))
  const special = entries.filter(
    ({ group, market, fromQuantity, from, until }) =>
      group === null &&
      market === null &&
      fromQuantity === 1 &&
      (from ?? -Infinity) < begin &&
      (until ?? Infinity) > start,
  )
  const all = [...ordinary, ...special.map(({ amount }) => amount)]
  return all.length === 0 ? null : Math.min(...all)
}
