import { ratesOf, zoneOf } from '../domain/zones.ts'
import type { RateAnswer, RateQuestion, TaxRate, TaxZone } from '../provider.ts'

/** What the shop's own tables say. */
export function ownAnswer(
  zones: readonly TaxZone[],
  rates: readonly TaxRate[],
  { destination, categories, at }: RateQuestion,
): RateAnswer {
  const zone = zoneOf(zones, destination)
  if (zone === undefined) return { zone: null, rates: {} }
  return { zone: zone.code, rates: ratesOf(rates, zone.code, categories, at) }
}
