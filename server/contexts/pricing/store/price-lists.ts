import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { TenantId } from '#platform/ids'
import type { Table } from '#platform/write/commit'

export const priceListTable: Table = { name: 'pricing.price_lists', key: ['currency'] }
export const listPriceTable: Table = { name: 'pricing.list_prices', key: ['currency', 'sku'] }

export interface PriceRow {
  readonly sku: string
  readonly currency: string
  readonly amount: number
}

const pricesOfSkus = statement<PriceRow>(
  'pricing.prices-of-skus',
  `select sku, currency, amount::float8 as amount from pricing.list_prices
   where tenant_id = $1 and currency = any($2) and sku = any($3)`,
)

const pricesOfList = statement<PriceRow>(
  'pricing.prices-of-list',
  `select sku, currency, amount::float8 as amount from pricing.list_prices
   where tenant_id = $1 and currency = $2 and sku > $3 order by sku limit $4`,
)

export function pricesBySku(
  reads: Reads,
  tenant: TenantId,
  currencies: readonly string[],
  skus: readonly string[],
): Promise<PriceRow[]> {
  return reads.read(tenant, pricesOfSkus, [tenant, currencies, skus])
}

/** The prices of one list after a SKU, in the order of their SKUs. */
export function pricesAfter(
  reads: Reads,
  tenant: TenantId,
  ask: { readonly currency: string; readonly sku: string; readonly limit: number },
): Promise<PriceRow[]> {
  return reads.read(tenant, pricesOfList, [tenant, ask.currency, ask.sku, ask.limit])
}
