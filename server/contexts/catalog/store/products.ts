import { rowsByKeys, statement } from '#platform/db/statement'
import type { Id } from '#platform/ids'

import type { Component, ProductFacts, Texts, VariantOption } from '../contract.ts'

/** A product in every language. */
export interface ProductRow {
  readonly id: Id
  readonly slug: string
  readonly name: Texts
  readonly description: Texts
  readonly category: string | null
  readonly brand: string | null
  readonly variants: ProductFacts['variants']
  readonly version: number
  /** Milliseconds since 1970, with the fractions of a double. */
  readonly created_ms: number
  readonly updated_ms: number
  readonly status: 'active' | 'archived'
  readonly attributes: ProductFacts['attributes']
  readonly option_groups: ProductFacts['optionGroups']
  readonly pictures: ProductFacts['pictures']
  readonly related: ProductFacts['related']
  readonly seo: ProductFacts['seo']
  readonly tax_category: string | null
  readonly is_hidden: boolean
  /** Milliseconds since 1970. */
  readonly from_ms: number | null
  readonly until_ms: number | null
}

/** What says whether a product is shown. */
export type ShownColumns = Pick<ProductRow, 'is_hidden' | 'from_ms' | 'until_ms'>

export interface SkuRow {
  readonly sku: string
  readonly product_id: Id
  readonly name: Texts
  readonly options: readonly VariantOption[]
  readonly price_amount: number
  readonly currency: string
  readonly weight_grams: number | null
  readonly components: readonly Component[]
  readonly tax_category: string | null
  /** Sold, of a product that is; for a bundle, all of its components are. */
  readonly is_active: boolean
  readonly is_hidden: boolean
  readonly from_ms: number | null
  readonly until_ms: number | null
}

/** As numbers, because a driver makes dates of text and dates of that ten times slower. */
const times = `date_part('epoch', created_at) * 1000 as created_ms,
  date_part('epoch', updated_at) * 1000 as updated_ms`

const shown = (table: string): string => `${table}.is_hidden,
  date_part('epoch', ${table}.visible_from) * 1000 as from_ms,
  date_part('epoch', ${table}.visible_until) * 1000 as until_ms`

/** Every column of a product, as `ProductRow` has them. */
export const productColumns = `id, slug, name, description, category, brand, variants, status, version,
  attributes, option_groups, pictures, related, seo, tax_category, ${shown('products')}, ${times}`

export const productsById = statement<ProductRow>(
  'catalog.products-by-id',
  rowsByKeys('catalog.products', 'id', productColumns),
)

export const productBySlug = statement<ProductRow>(
  'catalog.product-by-slug',
  `select ${productColumns}
   from catalog.products where tenant_id = $1 and id = (
     select product_id from catalog.slugs where tenant_id = $1 and slug = $2)`,
)

export const skusByCode = statement<SkuRow>(
  'catalog.skus-by-code',
  `select s.sku, s.product_id, p.name, s.options, s.price_amount::float8 as price_amount,
     s.currency, s.weight_grams, s.components, p.tax_category, ${shown('p')},
     s.is_sold and p.status = 'active' and (not s.is_bundle or not exists (
       select from jsonb_to_recordset(s.components) as part (sku text)
       where not coalesce((
         select c.is_sold and o.status = 'active' from catalog.skus c
         join catalog.products o on o.tenant_id = c.tenant_id and o.id = c.product_id
         where c.tenant_id = $1 and o.tenant_id = $1 and c.sku = part.sku), false))) as is_active
   from catalog.skus s
   join catalog.products p on p.tenant_id = s.tenant_id and p.id = s.product_id
   where s.tenant_id = $1 and p.tenant_id = $1 and s.sku = any($2::text[])`,
)
