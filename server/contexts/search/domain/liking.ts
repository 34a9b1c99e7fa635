import type { Id } from '#platform/ids'

import type { Liking } from './find.ts'
import type { ShopIndex } from './shop-index.ts'

/** A product somebody looked at or bought, and how much that says. */
export interface Interest {
  readonly productId: Id
  readonly weight: number
}

/**
 * Which categories and brands somebody likes: the shares of what was bought and looked at. Products
 * that are gone say nothing. Undefined when nothing is known.
 */
export function likingOf(index: ShopIndex, interests: readonly Interest[]): Liking | undefined {
  const [categories, brands] = [new Map<string, number>(), new Map<string, number>()]
  let total = 0
  for (const { productId, weight } of interests) {
    const document = index.documentOf(productId)
    if (document === undefined) continue
    const { category, brand } = index.entry(document)
    if (category !== null) categories.set(category, (categories.get(category) ?? 0) + weight)
    if (brand !== null) brands.set(brand, (brands.get(brand) ?? 0) + weight)
    total += weight
  }
  if (total === 0) return undefined
  const shares = (counts: ReadonlyMap<string, number>): Map<string, number> =>
    new Map([...counts].map(([slug, count]) => [slug, count / total]))
  return { categories: shares(categories), brands: shares(brands) }
}
