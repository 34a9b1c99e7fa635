import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { TenantId } from '#platform/ids'
import type { Table } from '#platform/write/commit'

import type { SpecialPriceView } from '../contract.ts'

export const specialPriceTable: Table = { name: 'pricing.special_prices', key: ['list', 'sku'] }

const ofSkus = statement<SpecialPriceView>(
  'pricing.specials-of-skus',
  `select list, sku, tiers from pricing.special_prices
   where tenant_id = $1 and list = any($2) and sku = any($3)`,
)

const ofList = statement<SpecialPriceView>(
  'pricing.specials-of-list',
  `select list, sku, tiers from pricing.special_prices
   where tenant_id = $1 and list = $2 and sku > $3 order by sku limit $4`,
)

export function specialsBySku(
  reads: Reads,
  tenant: TenantId,
  lists: readonly string[],
  skus: readonly string[],
): Promise<SpecialPriceView[]> {
  return reads.read(tenant, ofSkus, [tenant, lists, skus])
}

/** What one list says after a SKU, in the order of the SKUs. */
export function specialsAfter(
  reads: Reads,
  tenant: TenantId,
  ask: { readonly list: string; readonly sku: string; readonly limit: number },
): Promise<SpecialPriceView[]> {
  return reads.read(tenant, ofList, [tenant, ask.list, ask.sku, ask.limit])
}
