import type { Platform } from '#platform/context'

import type { Pricing, RateAnswer, RateQuestion } from '../contract.ts'
import type { TaxProvider, TaxRate, TaxZone } from '../contract.ts'
import { NO_TAXES } from '../domain/total.ts'
import { type KnownTerms, rulesOf } from '../store/rules.ts'

/** Whom rates are asked of. */
export interface TaxSources {
  /** The shop's own tables, which always answer. */
  own(zones: readonly TaxZone[], rates: readonly TaxRate[], question: RateQuestion): RateAnswer
  /** The provider this deployment was told of, if any. */
  readonly outside: TaxProvider | undefined
}

/**
 * Which taxes hold. A provider that does not answer is not waited for: the shop's own rates hold
 * instead, and the order says so.
 */
export function taxesAt(
  { clock }: Pick<Platform, 'clock'>,
  known: KnownTerms,
  { own, outside }: TaxSources,
): Pricing['taxes'] {
  return async (tenant, { destination, categories, market: code }) => {
    const terms = await known.of(tenant.id)
    const [shop] = rulesOf(terms, 'tax')
    if (shop === undefined) return NO_TAXES
    const market = rulesOf(terms, 'market').find((each) => each.code === code)
    const question = {
      destination: destination ?? { country: shop.homeCountry, postalCode: null },
      categories: [...new Set(categories)],
      at: clock.now(),
    }
    const isOutside = shop.rates === 'outside'
    const theirs = isOutside ? await outside?.rates(question) : undefined
    const answer =
      theirs?.ok === true
        ? theirs.value
        : own(rulesOf(terms, 'zone'), rulesOf(terms, 'rate'), question)
    return {
      areIncluded: market?.doPricesIncludeTax ?? shop.doPricesIncludeTax,
      rounding: shop.rounding,
      zone: answer.zone,
      source: theirs?.ok === true ? 'outside' : isOutside ? 'own-instead' : 'own',
      rates: answer.rates,
    }
  }
}
