import type { Id } from '#platform/ids'

import type { Shown } from './entry.ts'
import type { Liking } from './find.ts'

/** A product somebody looked at or bought, and how much that says. */
export interface Interest {
  readonly productId: Id
  readonly weight: number
}

/**
 * Which categories and brands somebody likes: the shares of what was bought and looked at. Products
 * that are gone say nothing. Undefined when nothing is known.
 */
export function likingOf(
  products: readonly Shown[],
  interests: readonly Interest[],
): Liking | undefined {
  const byId = new Map(products.map((product) => [product.id, product]))
  const [categories, brands] = [new Map<string, number>(), new Map<string, number>()]
  let total = 0
  for (const { productId, weight } of interests) {
    const product = byId.get(productId)
    if (product === undefined) continue
    const { category, brand } = product
    if (category !== null) categories.set(category, (categories.get(category) ?? 0) + weight)
    if (brand !== null) brands.set(brand, (brands.get(brand) ?? 0) + weight)
    total += weight
  }
  if (total === 0) return undefined
  const shares = (counts: ReadonlyMap<string, number>): Map<string, number> =>
    new Map([...counts].map(([slug, count]) => [slug, count / total]))
  return { categories: shares(categories), brands: shares(brands) }
}
