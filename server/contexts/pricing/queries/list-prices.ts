import type { Reads } from '#platform/db/reads'
import { money } from '#platform/money'
import { accept, refuse } from '#platform/outcome'

import type { PriceListQueries, PricingRefusal } from '../contract.ts'
import { pricesAfter, type KnownLists } from '../store/price-lists.ts'

export function listPricesOf(reads: Reads, known: KnownLists): PriceListQueries['prices'] {
  return async (tenant, { currency, limit, after = '' }) => {
    const unknown: PricingRefusal = { code: 'pricing.list-unknown', currency }
    const lists = await known.of(tenant.id)
    if (!lists.some((list) => list.currency === currency)) return refuse(unknown)
    const rows = await pricesAfter(reads, tenant.id, { currency, sku: after, limit: limit + 1 })
    const items = rows
      .slice(0, limit)
      .map(({ sku, amount }) => ({ sku, price: money(amount, currency) }))
    return accept({ items, next: rows.length > limit ? (items.at(-1)?.sku ?? null) : null })
  }
}
