import type { Instant } from '#platform/clock'
import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { TenantId } from '#platform/ids'
import type { Table } from '#platform/write/commit'

/** Built from the log. To rebuild, empty the table and the checkpoint of `pricing.price-points`. */
export const pricePointTable: Table = {
  name: 'pricing.price_points',
  key: ['currency', 'sku', 'at'],
}

export interface PricePointRow {
  readonly sku: string
  readonly at: Date
  readonly amount: number | null
}

/** Of each SKU what changed since an instant, and the last change before it. At most 100 SKUs. */
const since = statement<PricePointRow>(
  'pricing.price-points',
  `select asked.sku, point.at, point.amount::float8 as amount
   from unnest($3::text[]) as asked (sku)
   cross join lateral (
     (select at, amount from pricing.price_points
      where tenant_id = $1 and currency = $2 and sku = asked.sku
        and at > to_timestamp($4 / 1000.0::float8)
      order by at limit 200)
     union all
     (select at, amount from pricing.price_points
      where tenant_id = $1 and currency = $2 and sku = asked.sku
        and at <= to_timestamp($4 / 1000.0::float8)
      order by at desc limit 1)
   ) as point
   order by asked.sku, point.at`,
)

export function pricePointsSince(
  reads: Reads,
  tenant: TenantId,
  ask: { readonly currency: string; readonly skus: readonly string[]; readonly at: Instant },
): Promise<PricePointRow[]> {
  return reads.read(tenant, since, [tenant, ask.currency, ask.skus, ask.at])
}
