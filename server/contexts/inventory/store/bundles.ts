import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { TenantId } from '#platform/ids'
import type { Table } from '#platform/write/commit'

/** What bundles are put together of; some moments behind the catalog. */
export const bundles: Table = { name: 'inventory.bundles', key: ['sku'] }

/**
 * A hold takes all units of a component from one warehouse, so what two warehouses have of it is not
 * added up before it is divided. Whole numbers divide as whole numbers. Everything is looked up by key
 * (decision 0010).
 */
const freeOfSkus = statement<{ sku: string; free: number }>(
  'inventory.free',
  // Materialized: a `coalesce` is no column, and row-level security lets none but columns into an index.
  `with wanted as materialized (
     select s.sku, coalesce(c.sku, s.sku) as unit, coalesce(c.quantity, 1) as quantity
     from unnest($2::text[]) as s (sku)
     left join lateral (
       select components from inventory.bundles b
       where b.tenant_id = $1 and b.sku = s.sku offset 0) as b on true
     left join lateral jsonb_to_recordset(b.components) as c (sku text, quantity bigint) on true)
   select sku, min(units)::float8 as free from (
     select w.sku, w.unit, coalesce(sum((a.posted - a.held) / w.quantity), 0) as units
     from wanted w left join lateral (
       select posted, held from platform.accounts
       where tenant_id = $1 and unit = w.unit and starts_with(name, $3) offset 0) as a on true
     group by w.sku, w.unit) as parts
   group by sku`,
)

const allParts = statement<{ sku: string; unit: string }>(
  'inventory.bundle-parts',
  `select b.sku, c.sku as unit from inventory.bundles b
   cross join lateral jsonb_to_recordset(b.components) as c (sku text) where b.tenant_id = $1`,
)

/** Every component of every bundle of the shop. */
export function partsOfBundles(
  reads: Reads,
  tenant: TenantId,
): Promise<{ sku: string; unit: string }[]> {
  return reads.read(tenant, allParts, [tenant])
}

/** Units of SKUs, and of bundles so many as can be put together, from the accounts that begin so. */
export function freeOf(
  reads: Reads,
  tenant: TenantId,
  skus: readonly string[],
  prefix: string,
): Promise<{ sku: string; free: number }[]> {
  return reads.read(tenant, freeOfSkus, [tenant, skus, prefix])
}
