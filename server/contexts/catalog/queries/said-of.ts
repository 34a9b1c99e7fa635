import type { Sale, Sales } from '#context/pricing'
import type { RatingView, Ratings } from '#context/reviews'
import type { Id } from '#platform/ids'
import type { Tenant } from '#platform/tenants'

import { UNSAID_OF, type Said } from '../domain/said.ts'

export interface SaidParts {
  /** Without it nothing is on sale. */
  readonly sales?: Sales | undefined
  /** Without it nobody has rated anything. */
  readonly ratings?: Ratings | undefined
}

/** A product, and the SKU whose price stands for it: that of its first variant. */
export interface SaidAsk {
  readonly id: Id
  readonly sku: string
}

/** What others say of products, by product; those of which nothing is said are absent. */
export type SaidOf = (tenant: Tenant, asked: readonly SaidAsk[]) => Promise<ReadonlyMap<Id, Said>>

/** From what the others remember, for lists; nothing is asked product by product. */
export function saidInLists({ sales, ratings }: SaidParts): SaidOf {
  return said(sales, ratings?.remembered)
}

/** As of now, for a product’s own page: whoever has just moderated a review sees what it changes. */
export function saidNow({ sales, ratings }: SaidParts): SaidOf {
  return said(sales, ratings?.ratings)
}

function said(sales: Sales | undefined, ratingsOf: Ratings['ratings'] | undefined): SaidOf {
  return async (tenant, asked) => {
    const [rated, sold] = await Promise.all([
      ratingsOf === undefined
        ? NO_RATINGS
        : ratingsOf(
            tenant.id,
            asked.map(({ id }) => id),
          ),
      sales === undefined
        ? NO_SALES
        : sales.sales(
            tenant,
            asked.map(({ sku }) => sku),
          ),
    ])
    if (rated.size + sold.size === 0) return NOBODY
    const found = new Map<Id, Said>()
    for (const { id, sku } of asked) {
      const each = together(rated.get(id), sold.get(sku))
      if (each !== UNSAID_OF) found.set(id, each)
    }
    return found
  }
}

function together(rating: RatingView | undefined, sale: Sale | undefined): Said {
  if (rating === undefined && sale === undefined) return UNSAID_OF
  const { average = null, count = 0 } = rating ?? {}
  return {
    salePrice: sale?.price ?? null,
    wasPrice: sale?.was ?? null,
    rating: average === null ? null : { average, count },
  }
}

const NO_RATINGS: ReadonlyMap<Id, RatingView> = new Map()
const NO_SALES: ReadonlyMap<string, Sale> = new Map()
const NOBODY: ReadonlyMap<Id, Said> = new Map()
