/** How pages of products are read: one row for each page, whatever is asked. */
import { statement, type Statement } from '#platform/db/statement'

import type { ListSort } from '../contract/pages.ts'

/** A page: its products' places and versions, a line each. Null when there are none. */
export interface PageRow {
  /** Every place ends with the id of its product: see `idIn`. */
  readonly places: string | null
  /** The transactions that wrote their rows last: what was read under one holds while it stands there. */
  readonly versions: string | null
  /** Of each product, joined by spaces, which no SKU has. */
  readonly skus: string | null
}

/** How some products are shown, a line each. Null when there are none. */
export interface CardsRow {
  readonly ids: string | null
  readonly versions: string | null
  /** Of each product, joined by spaces, which no SKU has. */
  readonly skus: string | null
  /** JSON with marks, which has no line breaks of its own, and its texts: see `domain/card.ts`. */
  readonly cards: string | null
  readonly texts: string | null
}

const ID_LENGTH = 36

/** The product of a place in any order. */
export function idIn(place: string): string {
  return place.slice(-ID_LENGTH)
}

/** So many products in a row are looked at by one statement, whether they pass the filters or not. */
export const WALK = 1_000
/** Products of a term that are gathered and sorted; those of a more common one are met soon on a walk. */
export const GATHERED = 4_000
/** Filters that are each a choice of terms: `$5` to `$10`. */
export const GROUPS = 6

interface Order {
  readonly column: 'place' | 'price_place' | 'rated_place' | 'name_place'
  readonly direction: 'asc' | 'desc'
}

const ORDERS: Readonly<Record<ListSort, Order>> = {
  newest: { column: 'place', direction: 'desc' },
  'price-up': { column: 'price_place', direction: 'asc' },
  'price-down': { column: 'price_place', direction: 'desc' },
  rating: { column: 'rated_place', direction: 'desc' },
  name: { column: 'name_place', direction: 'asc' },
}

/** Before every place, so that nothing has to be said of a first page. */
export function beginningOf(sort: ListSort): string {
  return ORDERS[sort].direction === 'desc' ? '~' : ''
}

const groups = Array.from({ length: GROUPS }, (_, n) => `$${n + 5}::text[]`)

/** What is shown now and passes what was asked; the clock is asked once (decision 0010, rule 4). */
const passes = `(visible_from is null or visible_from <= (select statement_timestamp()))
  and (visible_until is null or visible_until > (select statement_timestamp()))
  and price between $11::bigint and $12::bigint
  and ${groups.map((group) => `(${group} is null or terms && ${group})`).join(' and ')}`

const filtered = `terms, price, visible_from, visible_until`
/** Every write of a product writes its row in `listed` anew, in the transaction of its cards. */
const listed = `${filtered}, skus, xmin as version`

/** A page of the products a source finds, in its order; `$2`, the language, matters to names only. */
function pageOf({ direction }: Order, source: string): string {
  const joined = (column: string): string =>
    `string_agg(${column}, E'\\n' order by p.at ${direction})`
  return `select ${joined('p.at')} as places, ${joined('p.version::text')} as versions,
      ${joined('p.skus')} as skus
    from (${source}) as p where $2::text is not null`
}

/** The cards of some products in one language, in no order. */
export const cardsOf = statement<CardsRow>(
  'catalog.cards-of',
  `select string_agg(l.product_id::text, E'\\n') as ids, string_agg(l.version::text, E'\\n') as versions,
     string_agg(l.skus, E'\\n') as skus, string_agg(l.card, E'\\n') as cards,
     string_agg(c.card, E'\\n') as texts
   from unnest($3::uuid[]) as asked (id)
   cross join lateral (select product_id, skus, card, xmin as version from catalog.listed
     where tenant_id = $1 and product_id = asked.id offset 0) as l
   cross join lateral (select card from catalog.cards
     where tenant_id = $1 and product_id = l.product_id and language = $2 offset 0) as c`,
)

const behind = ({ column, direction }: Order): string =>
  `${column} ${direction === 'desc' ? '<' : '>'} $3`

/** So many products in their order, and of them those that pass. */
function walk(order: Order, which = ''): string {
  const { column, direction } = order
  const inOrder = `order by ${column} ${direction} limit ${WALK}`
  const walked =
    column === 'name_place'
      ? `select w.at, ${filtered}, skus, version from (
           select name_place as at, product_id as named from catalog.cards
           where tenant_id = $1 and language = $2 and ${behind(order)} ${inOrder}) as w
         cross join lateral (select ${listed} from catalog.listed
           where tenant_id = $1 and product_id = w.named offset 0) as l`
      : `select ${column} as at, ${listed} from catalog.listed
         where tenant_id = $1 ${which} and ${behind(order)} ${inOrder}`
  return `select at, version, skus from (${walked}) as walked
    where ${passes} order by at ${direction} limit $4`
}

/** Each one's first by its own index, then the first of those: none of them is read whole. */
function walkEach(order: Order, column: 'category' | 'brand'): string {
  return `select each.* from unnest($13::text[]) as wanted (one)
    cross join lateral (${walk(order, `and ${column} = wanted.one`)}) as each
    order by each.at ${order.direction} limit $4`
}

/** All products of some terms, which are few, and of them the first that pass. */
function gather(order: Order): string {
  const { column, direction } = order
  const named =
    column === 'name_place'
      ? `cross join lateral (select name_place from catalog.cards
           where tenant_id = $1 and product_id = found.product_id and language = $2 offset 0) as n`
      : ''
  return `select at, version, skus from (
      select ${column} as at, l.* from (
        select distinct product_id from (
          select product_id from catalog.listed_terms
          where tenant_id = $1 and term = any($13::text[]) limit ${GATHERED}) as few) as found
      cross join lateral (select place, price_place, rated_place, ${listed} from catalog.listed
        where tenant_id = $1 and product_id = found.product_id offset 0) as l ${named}) as gathered
    where at ${direction === 'desc' ? '<' : '>'} $3 and ${passes}
    order by at ${direction} limit $4`
}

type Pages<Sorts extends ListSort = ListSort> = Readonly<Record<Sorts, Statement<PageRow>>>

const named = (
  what: string,
  sort: ListSort,
  source: (order: Order) => string,
): Statement<PageRow> =>
  statement(`catalog.${what}-${sort}`, pageOf(ORDERS[sort], source(ORDERS[sort])))

const byPlace = (what: string, source: (order: Order) => string): Pages<PlacedSort> => ({
  newest: named(what, 'newest', source),
  'price-up': named(what, 'price-up', source),
  'price-down': named(what, 'price-down', source),
  rating: named(what, 'rating', source),
})

/** Orders that are the same in every language; only they have an index for each category and brand. */
export type PlacedSort = Exclude<ListSort, 'name'>

/** Of the whole shop. */
export const walkAll: Pages = { ...byPlace('list', walk), name: named('list', 'name', walk) }
/** Of some categories (`$13`), a walk each. */
export const walkCategories = byPlace('list-of-categories', (order) => walkEach(order, 'category'))
/** Of some brands (`$13`), likewise. */
export const walkBrands = byPlace('list-of-brands', (order) => walkEach(order, 'brand'))
/** Of some terms (`$13`) that few products have. */
export const gatherTerms: Pages = {
  ...byPlace('list-of-terms', gather),
  name: named('list-of-terms', 'name', gather),
}

const endOf = (sort: ListSort): Statement<{ at: string }> => {
  const order = ORDERS[sort]
  const { column, direction } = order
  const isNamed = column === 'name_place'
  const language = isNamed ? 'language = $2' : '$2::text is not null'
  return statement(
    `catalog.list-end-${sort}`,
    `select ${column} as at from catalog.${isNamed ? 'cards' : 'listed'}
     where tenant_id = $1 and ${language} and ${behind(order)}
     order by ${column} ${direction} offset ${WALK - 1} limit 1`,
  )
}

/** Where a walk through the whole shop ended; nothing when there was no more to walk. */
export const walkEnds: Readonly<Record<ListSort, Statement<{ at: string }>>> = {
  newest: endOf('newest'),
  'price-up': endOf('price-up'),
  'price-down': endOf('price-down'),
  rating: endOf('rating'),
  name: endOf('name'),
}

/** How high a product stands by rating; no row when it is in no list. */
export const ratedOf = statement<{ readonly rated: number }>(
  'catalog.rated-of',
  `select rated from catalog.listed where tenant_id = $1 and product_id = $2`,
)

/** How many products there are of each term, as far as it matters. */
export const termCounts = statement<{ term: string; products: number }>(
  'catalog.term-counts',
  `select wanted.term, (select count(*)::int from (
     select from catalog.listed_terms
     where tenant_id = $1 and term = wanted.term limit ${GATHERED}) as few) as products
   from unnest($2::text[]) as wanted (term)`,
)
