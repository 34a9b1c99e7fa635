import { statement } from '#platform/db/statement'
import type { Id } from '#platform/ids'

import type { Texts, VariantOption } from '../contract.ts'
import type { ListedProduct } from '../domain/view.ts'

/** A product in every language. */
export interface ProductRow extends Omit<ListedProduct, 'name' | 'description'> {
  readonly name: Texts
  readonly description: Texts
  readonly status: 'active' | 'archived'
}

export interface SkuRow {
  readonly sku: string
  readonly product_id: Id
  readonly name: Texts
  readonly options: readonly VariantOption[]
  readonly price_amount: number
  readonly currency: string
  readonly weight_grams: number | null
  readonly is_active: boolean
}

/** As numbers, because a driver makes dates of text and dates of that ten times slower. */
const times = `date_part('epoch', created_at) * 1000 as created_ms,
  date_part('epoch', updated_at) * 1000 as updated_ms`

export const productsById = statement<ProductRow>(
  'catalog.products-by-id',
  `select id, slug, name, description, category, brand, variants, status, version,
     ${times}
   from catalog.products where tenant_id = $1 and id = any($2::uuid[])`,
)

export const skusByCode = statement<SkuRow>(
  'catalog.skus-by-code',
  `select s.sku, s.product_id, p.name, s.options, s.price_amount::float8 as price_amount,
     s.currency, s.weight_grams, s.is_sold and p.status = 'active' as is_active
   from catalog.skus s
   join catalog.products p on p.tenant_id = s.tenant_id and p.id = s.product_id
   where s.tenant_id = $1 and p.tenant_id = $1 and s.sku = any($2::text[])`,
)
