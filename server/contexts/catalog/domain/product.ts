import type { Aggregate } from '#platform/write/commit'

import type { CatalogEvent, ProductFacts } from '../contract.ts'
import { whole } from './whole.ts'

/** A product as its events tell it. */
export type Product =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'active' | 'archived'
      readonly version: number
      readonly createdAt: string
      readonly facts: ProductFacts
      /** SKUs it no longer sells but still owns (CATALOG-1). */
      readonly retired: readonly string[]
      /** Addresses it had and still owns (CATALOG-2). */
      readonly formerSlugs: readonly string[]
    }

export const products: Aggregate<Product, CatalogEvent> = {
  kind: 'product',
  initial: { status: 'unknown' },

  apply(product, event, { version }) {
    switch (event.type) {
      case 'catalog.product-created': {
        return {
          status: 'active',
          version,
          createdAt: event.createdAt,
          facts: whole(event),
          retired: [],
          formerSlugs: [],
        }
      }
      case 'catalog.product-changed': {
        if (product.status === 'unknown') return product
        const facts = whole({ ...product.facts, ...event.changes })
        return {
          ...product,
          version,
          facts,
          retired: leftBehind(product.retired, skusOf(product.facts), skusOf(facts)),
          formerSlugs: leftBehind(product.formerSlugs, [product.facts.slug], [facts.slug]),
        }
      }
      case 'catalog.product-archived':
        return product.status === 'unknown' ? product : { ...product, version, status: 'archived' }
    }
  },
}

export function skusOf(facts: ProductFacts): readonly string[] {
  return facts.variants.map((variant) => variant.sku)
}

function leftBehind(
  earlier: readonly string[],
  before: readonly string[],
  now: readonly string[],
): readonly string[] {
  return [...new Set([...earlier, ...before])].filter((each) => !now.includes(each))
}
