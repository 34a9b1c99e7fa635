import type { Platform } from '#platform/context'
import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { TenantId } from '#platform/ids'
import { known, type Known } from '#platform/known'
import type { Table } from '#platform/write/commit'

import type { PriceListView } from '../contract.ts'

export const priceListTable: Table = { name: 'pricing.price_lists', key: ['currency'] }
export const listPriceTable: Table = { name: 'pricing.list_prices', key: ['currency', 'sku'] }

const lists = statement<PriceListView>(
  'pricing.lists',
  `select currency, delivery from pricing.price_lists
   where tenant_id = $1 order by currency limit 200`,
)

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

/** Lists change rarely; a new one is used at most so late. */
const FRESH_MS = 2000

/** The currencies of a shop besides its main one. */
export type KnownLists = Known<readonly PriceListView[]>

export function openPriceLists({ reads, clock }: Pick<Platform, 'reads' | 'clock'>): KnownLists {
  return known(clock, FRESH_MS, (tenant) => reads.read(tenant, lists, [tenant]))
}
