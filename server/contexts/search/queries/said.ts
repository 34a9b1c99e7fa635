import type { Sales } from '#context/pricing'
import type { Ratings } from '#context/reviews'
import { accept } from '#platform/outcome'

import type { SearchQueries } from '../contract.ts'

export interface SaidParts {
  readonly sales: Sales
  readonly ratings: Ratings
}

/**
 * Tells of what was found what others say of it now: the rating, and what it costs on sale. Pages are
 * remembered without it, so a rating that has just changed is never an old one.
 */
export function withSaid(
  search: SearchQueries['search'],
  { sales, ratings }: SaidParts,
): SearchQueries['search'] {
  return async (tenant, ask) => {
    const found = await search(tenant, ask)
    if (!found.ok || found.value.page.items.length === 0) return found
    const { page } = found.value
    const [rated, sold] = await Promise.all([
      ratings.remembered(
        tenant.id,
        page.items.map(({ id }) => id),
      ),
      sales.sales(
        tenant,
        page.items.map(({ sku }) => sku),
      ),
    ])
    if (rated.size + sold.size === 0) return found
    const items = page.items.map((item) => {
      const { average = null, count = 0 } = rated.get(item.id) ?? {}
      const sale = sold.get(item.sku)
      return {
        ...item,
        salePrice: sale?.price ?? null,
        wasPrice: sale?.was ?? null,
        rating: average === null ? null : { average, count },
      }
    })
    return accept({ ...found.value, page: { ...page, items } })
  }
}
