import type { Id } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'

import type { ProductFacts } from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'

/** What was found of the SKUs and products that a draft names. */
export interface Found {
  /** SKUs that cannot go into a bundle, and why. */
  readonly unfit: ReadonlyMap<string, string>
  readonly products: ReadonlySet<Id>
}

export const NOTHING_NAMED: Found = { unfit: new Map(), products: new Set() }

/**
 * Refuses what a product names anew and must not. What it named before stays, whatever has become
 * of it: that must not stop an edit of a price.
 */
export function namesWell(
  productId: Id,
  facts: ProductFacts,
  found: Found,
  before?: ProductFacts,
): Outcome<void, CatalogRefusal> {
  const had = componentsOf(before?.variants)
  for (const sku of componentsOf(facts.variants)) {
    const reason = found.unfit.get(sku)
    if (reason !== undefined && !had.includes(sku)) {
      return refuse({ code: 'catalog.component-wrong', sku, reason })
    }
  }
  const knew = before?.related.map((each) => each.productId) ?? []
  for (const { productId: other } of facts.related) {
    if (knew.includes(other)) continue
    if (other === productId || !found.products.has(other)) {
      return refuse({ code: 'catalog.related-unknown', productId: other })
    }
  }
  return accept(undefined)
}

/** SKUs that variants are put together from. */
export function componentsOf(variants: ProductFacts['variants'] = []): readonly string[] {
  return variants.flatMap(({ components }) => components.map(({ sku }) => sku))
}
