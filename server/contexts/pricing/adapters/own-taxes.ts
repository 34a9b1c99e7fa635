import { accept } from '#platform/outcome'

import { ratesOf, zoneOf } from '../domain/zones.ts'
import type { RateAnswer, RateQuestion, TaxProvider, TaxRate, TaxZone } from '../provider.ts'

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

/** The default provider: the shop's own zones and rates. It always answers. */
export function ownTaxes(zones: readonly TaxZone[], rates: readonly TaxRate[]): TaxProvider {
  return { rates: async (question) => accept(ownAnswer(zones, rates, question)) }
}
