import { statement } from '#platform/db/statement'
import type { Id } from '#platform/ids'

import type { Standing } from '../contract/desk.ts'
import type { ShownColumns } from './products.ts'
import type { Texts, Variant } from '../contract.ts'

/** One product in a list of staff. */
export interface DeskRow extends ShownColumns {
  readonly id: Id
  readonly slug: string
  readonly name: Texts
  readonly category: string | null
  readonly brand: string | null
  readonly variants: readonly Pick<Variant, 'sku'>[]
  readonly standing: Standing
  readonly version: number
  readonly at: Date
  readonly updated_ms: number
  /** Where a list by text goes on. */
  readonly key: string
}

const columns = `p.id, p.slug, p.name, p.category, p.brand, p.variants, p.standing, p.version,
  p.is_hidden, date_part('epoch', p.visible_from) * 1000 as from_ms,
  date_part('epoch', p.visible_until) * 1000 as until_ms,
  p.created_at as at, date_part('epoch', p.updated_at) * 1000 as updated_ms`

/** `$2`, `$3` the place before the page, `$4` how many. */
const newest = (filter: string): string =>
  `select ${columns}, '' as key from catalog.products p
   where p.tenant_id = $1 ${filter} and (p.created_at, p.id) < ($2::timestamptz, $3::uuid)
   order by p.created_at desc, p.id desc limit $4`

export const newestOfAll = statement<DeskRow>('catalog.desk-newest', newest(''))
export const newestOfStanding = statement<DeskRow>(
  'catalog.desk-of-standing',
  newest('and p.standing = $5'),
)
export const newestOfCategory = statement<DeskRow>(
  'catalog.desk-of-category',
  newest('and p.category = $5'),
)
export const newestOfCategoryAndStanding = statement<DeskRow>(
  'catalog.desk-of-category-and-standing',
  newest('and p.category = $5 and p.standing = $6'),
)

/**
 * Behind `$2`, from what `$3` begins to before `$4`: at most `$5` rows of the range are looked at for
 * each one shown, because a page filters the rest away.
 */
export const byName = statement<DeskRow>(
  'catalog.desk-by-name',
  `select ${columns}, p.name_key as key from catalog.products p
   where p.tenant_id = $1 and p.name_key >= $3 and p.name_key < $4
     and (p.name_key, p.id) > ($2, $6::uuid)
     and ($7::text is null or p.standing = $7) and ($8::text is null or p.category = $8)
   order by p.name_key, p.id limit $5`,
)

/** A product is shown once: at the first SKU of its own that matches. */
export const bySku = statement<DeskRow>(
  'catalog.desk-by-sku',
  `select ${columns}, s.sku as key from catalog.skus s
   join catalog.products p on p.tenant_id = any (array[s.tenant_id]) and p.id = s.product_id
   where s.tenant_id = $1 and s.sku >= $3 and s.sku < $4 and s.sku > $2
     and ($6::text is null or p.standing = $6) and ($7::text is null or p.category = $7)
     and not exists (
       select from jsonb_to_recordset(p.variants) as v (sku text)
       where v.sku collate "C" >= $3 and v.sku collate "C" < s.sku collate "C")
   order by s.sku limit $5`,
)
