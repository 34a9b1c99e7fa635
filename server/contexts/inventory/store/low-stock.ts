import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { TenantId } from '#platform/ids'
import type { Table } from '#platform/write/commit'

/** The SKUs that are low, written with the event that says so. */
export const lowStock: Table = { name: 'inventory.low_stock', key: ['sku'] }

/** How a SKU stands, and whether that has been said. */
export interface Standing {
  readonly sku: string
  readonly free: number
  readonly threshold: number
  readonly is_low: boolean
  /** Transactions before this one are in it. */
  readonly seen: string
}

const standing = (which: string): string =>
  `select f.unit as sku, f.free, coalesce(s.low_stock, $2::int) as threshold,
     l.sku is not null as is_low, pg_snapshot_xmin(pg_current_snapshot())::text as seen
   from (
     select unit, sum(posted - held)::float8 as free from platform.accounts
     where tenant_id = $1 and starts_with(name, $3) ${which} group by unit) f
   left join inventory.sku_settings s on s.tenant_id = $1 and s.sku = f.unit
   left join inventory.low_stock l on l.tenant_id = $1 and l.sku = f.unit`

const ofSkus = statement<Standing>('inventory.standing', standing('and unit = any($4)'))

const changed = statement<Standing>(
  'inventory.standing-changed',
  `select * from (${standing('')}) as every
   where (free <= threshold) <> is_low order by sku limit 500`,
)

const page = statement<{ sku: string; free: number; threshold: number; since: Date }>(
  'inventory.low-stock',
  `select sku, free, threshold, since from inventory.low_stock
   where tenant_id = $1 and sku > $2 order by sku limit $3`,
)

/** A SKU that never was on a shelf is missing: it cannot become few. */
export function standingsOf(
  reads: Reads,
  tenant: TenantId,
  skus: readonly string[],
  threshold: number,
  prefix: string,
): Promise<Standing[]> {
  return reads.read(tenant, ofSkus, [tenant, threshold, prefix, skus])
}

/** SKUs that are low and not said to be, or the other way round; at most 500. */
export function wronglyStanding(
  reads: Reads,
  tenant: TenantId,
  threshold: number,
  prefix: string,
): Promise<Standing[]> {
  return reads.read(tenant, changed, [tenant, threshold, prefix])
}

export function lowStockAfter(
  reads: Reads,
  tenant: TenantId,
  after: string,
  limit: number,
): Promise<{ sku: string; free: number; threshold: number; since: Date }[]> {
  return reads.read(tenant, page, [tenant, after, limit])
}
