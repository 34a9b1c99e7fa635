import type { Outcome } from '#platform/outcome'
import { refuse } from '#platform/outcome'
import { money } from '#platform/money'

import type { Targets } from './apply-rows.ts'

/**
 * Prices of every currency. Those of the main one are the catalog's, so a row that sets one merges it
 * into its product: what a table of prices exports can be imported again (EXCHANGE-4).
 */
export function allPrices({
  prices,
  offers,
  merge,
}: Pick<Targets, 'prices' | 'offers' | 'merge'>): Targets['prices'] {
  return {
    ...prices,
    async setPrice(tenant, price, cause) {
      const { sku, amount, currency } = price
      if (currency !== tenant.currency) return prices.setPrice(tenant, price, cause)
      const known = await offers.offers(tenant.id, [sku])
      const offer = known.get(sku)
      if (offer === undefined) return unknown(sku)
      const variant = { sku, price: money(amount, currency) }
      const merged = await merge(tenant, offer.productId, {}, [variant], cause)
      if (!merged.ok) return merged
      return { ok: true, value: { answer: variant, replayed: false } }
    },
  }
}

function unknown(sku: string): Outcome<never> {
  const refusal = { code: 'pricing.sku-unknown', sku }
  return refuse(refusal)
}
