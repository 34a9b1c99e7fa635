import { statement } from '#platform/db/statement'
import type { Id } from '#platform/ids'
import type { Money } from '#platform/money'

import type { Texts, VariantOption } from '../contract.ts'
import type { ShownColumns } from './products.ts'

export interface ComponentRow extends ShownColumns {
  readonly sku: string
  readonly options: readonly VariantOption[]
  readonly id: Id
  readonly slug: string
  readonly name: Texts
  readonly price: Money
  readonly picture: string | null
}

/** What bundles are put together from, of products on sale. */
export const componentsBySku = statement<ComponentRow>(
  'catalog.components-by-sku',
  `select s.sku, s.options, p.id, p.slug, p.name,
     jsonb_build_object('amount', s.price_amount, 'currency', s.currency) as price,
     p.pictures -> 0 ->> 'asset' as picture, p.is_hidden,
     date_part('epoch', p.visible_from) * 1000 as from_ms,
     date_part('epoch', p.visible_until) * 1000 as until_ms
   from catalog.skus s
   join catalog.products p on p.tenant_id = s.tenant_id and p.id = s.product_id
   where s.tenant_id = $1 and p.tenant_id = $1 and s.sku = any($2::text[])
     and s.is_sold and p.status = 'active'`,
)
