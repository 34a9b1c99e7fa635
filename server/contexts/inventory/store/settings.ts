import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { TenantId } from '#platform/ids'
import type { Table } from '#platform/write/commit'

import type { Allocation, StockSettings } from '../contract.ts'

export const settings: Table = { name: 'inventory.settings', key: [] }
export const skuSettings: Table = { name: 'inventory.sku_settings', key: ['sku'] }

const ofShop = statement<{ allocation: Allocation; low_stock: number }>(
  'inventory.settings',
  `select allocation, low_stock from inventory.settings where tenant_id = $1`,
)

/** What a shop has set, if it has. */
export async function settingsOf(
  reads: Reads,
  tenant: TenantId,
): Promise<StockSettings | undefined> {
  const [row] = await reads.read(tenant, ofShop, [tenant])
  return row && { allocation: row.allocation, lowStock: row.low_stock }
}

/** More are not sold before they are there by one shop. */
const MOST_BACKORDERS = 10_000

const ahead = statement<{ sku: string }>(
  'inventory.backorders',
  `select sku from inventory.sku_settings
   where tenant_id = $1 and backorder_limit + backorder_filled > 0 limit ${MOST_BACKORDERS}`,
)

/** SKUs that were ever sold before they were there, or may be. */
export async function soldAheadOf(reads: Reads, tenant: TenantId): Promise<ReadonlySet<string>> {
  return new Set((await reads.read(tenant, ahead, [tenant])).map(({ sku }) => sku))
}

/** One SKU's limit and what of it is used, as of one moment. */
export interface BackorderRow {
  readonly limit: number
  readonly filled: number
  readonly posted: number
  readonly held: number
  readonly available_from: string | null
}

const books = statement<BackorderRow>(
  'inventory.backorder-books',
  `select s.backorder_limit as "limit", s.backorder_filled as filled,
     coalesce(a.posted, 0) as posted, coalesce(a.held, 0) as held,
     s.available_from::text as available_from
   from inventory.sku_settings s
   left join platform.accounts a on a.tenant_id = s.tenant_id and a.unit = s.sku and a.name = $3
   where s.tenant_id = $1 and s.sku = $2`,
)

export async function backorderOf(
  reads: Reads,
  tenant: TenantId,
  sku: string,
  account: string,
): Promise<BackorderRow | undefined> {
  const [row] = await reads.read(tenant, books, [tenant, sku, account])
  return row
}
