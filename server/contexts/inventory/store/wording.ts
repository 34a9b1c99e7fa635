import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { TenantId } from '#platform/ids'

/** A threshold, or that a SKU is sold ahead; the shop's own default has no SKU. */
export interface WordingRow {
  readonly sku: string | null
  readonly low_stock: number | null
  readonly is_ahead: boolean
}

/** SKUs with settings of their own that are read; beyond them the shop's default holds. */
const MOST = 20_000

const ofShop = statement<WordingRow>(
  'inventory.wording',
  `select null as sku, low_stock, false as is_ahead from inventory.settings where tenant_id = $1
   union all
   (select sku, low_stock, backorder_limit + backorder_filled > 0 from inventory.sku_settings
    where tenant_id = $1 limit ${MOST})`,
)

/** What turns numbers into words. */
export function wordingOf(reads: Reads, tenant: TenantId): Promise<WordingRow[]> {
  return reads.read(tenant, ofShop, [tenant])
}
