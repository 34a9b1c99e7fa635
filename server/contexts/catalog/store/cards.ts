import { statement } from '#platform/db/statement'

/** A product on sale in one language, ready for lists: see `domain/card.ts`. */
export interface CardRow {
  /** Where it stands among the shop's products, and the cursor of a page that ends with it. */
  readonly place: string
  /** Joined by spaces, which no SKU has. */
  readonly skus: string
  readonly card: string
}

/** Greater than every place, so that nothing has to be said of a first page. */
export const BEGINNING = '~'

const onSale = `tenant_id = $1 and language = $2 and place < $3`
const columns = `place, skus, card`
const newestFirst = `order by place desc limit $4`

export const newestCards = statement<CardRow>(
  'catalog.newest-cards',
  `select ${columns} from catalog.cards where ${onSale} ${newestFirst}`,
)

export const newestOfBrand = statement<CardRow>(
  'catalog.newest-of-brand',
  `select ${columns} from catalog.cards where ${onSale} and brand = $5 ${newestFirst}`,
)

/**
 * Each category's newest by its own index, then the newest of those: no category is read whole.
 * Reading places first and only the cards shown after them was measured and is no faster.
 */
const ofCategories = (filter: string): string =>
  `select ${columns} from unnest($5::text[]) as wanted(category)
   cross join lateral (
     select ${columns} from catalog.cards
     where ${onSale} and category = wanted.category ${filter} ${newestFirst}
   ) as each ${newestFirst}`

export const newestOfCategories = statement<CardRow>(
  'catalog.newest-of-categories',
  ofCategories(''),
)

export const newestOfCategoriesAndBrand = statement<CardRow>(
  'catalog.newest-of-categories-and-brand',
  ofCategories('and brand = $6'),
)
