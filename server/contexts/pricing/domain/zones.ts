import type { Instant } from '#platform/clock'

import type { AppliedRate, Destination, TaxRate, TaxZone } from '../provider.ts'

/**
 * The zone of a destination: the one that names the longest prefix of its postal code, else the one
 * that names its whole country. Two zones never name the same place.
 */
export function zoneOf(
  zones: readonly TaxZone[],
  { country, postalCode }: Destination,
): TaxZone | undefined {
  const code = (postalCode ?? '').replaceAll(/\s/g, '').toUpperCase()
  let best: { readonly zone: TaxZone; readonly length: number } | undefined
  for (const zone of zones) {
    for (const place of zone.places) {
      if (place.country !== country) continue
      const fitting = place.postalPrefixes.filter((prefix) => code.startsWith(prefix))
      const length = place.postalPrefixes.length === 0 ? 0 : longest(fitting)
      if (length >= 0 && (best === undefined || length > best.length)) best = { zone, length }
    }
  }
  return best?.zone
}

function longest(prefixes: readonly string[]): number {
  return Math.max(-1, ...prefixes.map(({ length }) => length))
}

/**
 * The rates of a zone by category, as they hold at an instant. Of several for one category the one
 * that began last counts, then the code: a new rate with a date takes over by itself.
 */
export function ratesOf(
  rates: readonly TaxRate[],
  zone: string,
  categories: readonly string[],
  at: Instant,
): Record<string, AppliedRate> {
  const began = ({ from }: TaxRate): number => (from === null ? -Infinity : Date.parse(from))
  const ends = ({ until }: TaxRate): number => (until === null ? Infinity : Date.parse(until))
  const holding = rates
    .filter((rate) => rate.zone === zone && began(rate) <= at && at < ends(rate))
    .toSorted((one, other) =>
      began(one) === began(other) ? (one.code < other.code ? -1 : 1) : began(other) - began(one),
    )
  const found = new Map<string, AppliedRate>()
  for (const category of categories) {
    const rate = holding.find((each) => each.category === category)
    if (rate === undefined) continue
    found.set(category, { name: rate.name, partsPerMillion: rate.partsPerMillion })
  }
  return Object.fromEntries(found)
}
