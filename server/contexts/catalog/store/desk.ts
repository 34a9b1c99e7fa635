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

/** Products or SKUs in a row that one page by text looks at, whether they pass its filters or not. */
export const DESK_WALK = 1_000

/** Where a list by text goes on. */
export interface DeskPlace {
  readonly id: Id
  readonly key: string
}

/** Behind (`$2`, `$5`), from what `$3` begins to before `$4`; `$6` the standing, if one is asked for. */
const named = (what: string, standing: string, last: string): string =>
  `select ${what} from catalog.products p
   where p.tenant_id = $1 ${standing} and p.name_key >= $3 and p.name_key < $4
     and (p.name_key, p.id) > ($2, $5::uuid)
   order by p.name_key, p.id ${last}`

/** So many products at most, of one category or of any: the last two values. */
const byNames = (standing: string, most: string, category: string): string =>
  `select * from (${named(`${columns}, p.name_key as key`, standing, `limit ${DESK_WALK}`)}) as walked
   where (${category}::text is null or category = ${category}) order by key, id limit ${most}`

/** The last product of a walk that was as long as it may be. */
const endOfNames = (standing: string): string =>
  named('p.id, p.name_key as key', standing, `offset ${DESK_WALK - 1} limit 1`)

const OF_STANDING = 'and p.standing = $6'

export const byName = statement<DeskRow>('catalog.desk-by-name', byNames('', '$6', '$7'))
export const byNameOfStanding = statement<DeskRow>(
  'catalog.desk-of-standing-by-name',
  byNames(OF_STANDING, '$7', '$8'),
)
export const nameEnd = statement<DeskPlace>('catalog.desk-name-end', endOfNames(''))
export const nameEndOfStanding = statement<DeskPlace>(
  'catalog.desk-of-standing-name-end',
  endOfNames(OF_STANDING),
)

const skus = (last: string): string =>
  `select s.sku, s.product_id from catalog.skus s
   where s.tenant_id = $1 and s.sku >= $3 and s.sku < $4 and s.sku > $2 order by s.sku ${last}`

/** A product is shown once: at the first SKU of its own that matches. */
export const bySku = statement<DeskRow>(
  'catalog.desk-by-sku',
  `select ${columns}, s.sku as key from (${skus(`limit ${DESK_WALK}`)}) as s
   cross join lateral (select * from catalog.products
     where tenant_id = $1 and id = s.product_id offset 0) as p
   where ($6::text is null or p.standing = $6) and ($7::text is null or p.category = $7)
     and not exists (
       select from jsonb_to_recordset(p.variants) as v (sku text)
       where v.sku collate "C" >= $3 and v.sku collate "C" < s.sku collate "C")
   order by s.sku limit $5`,
)

export const skuEnd = statement<DeskPlace>(
  'catalog.desk-sku-end',
  `select product_id as id, sku as key from (${skus(`offset ${DESK_WALK - 1} limit 1`)}) as last`,
)
