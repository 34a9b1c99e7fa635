import type { Id } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'

import type { ProductArchived, ProductChanged, ProductCreated, ProductFacts } from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'
import type { Product } from './product.ts'
import { isSame } from './same.ts'

/** The draft alone decides: nothing of a new product depends on what there is. */
export function createProduct(
  productId: Id,
  facts: ProductFacts,
  createdAt: string,
): ProductCreated {
  return { type: 'catalog.product-created', productId, createdAt, ...facts }
}

/** Records only what differs; undefined when nothing does. */
export function changeProduct(
  product: Product,
  productId: Id,
  versions: readonly number[] | undefined,
  factsAfter: (before: ProductFacts) => Outcome<ProductFacts, CatalogRefusal>,
): Outcome<ProductChanged | undefined, CatalogRefusal> {
  if (product.status === 'unknown') return refuse({ code: 'catalog.product-unknown', productId })
  if (product.status === 'archived') return refuse({ code: 'catalog.product-archived', productId })
  if (versions !== undefined && !versions.includes(product.version)) {
    return refuse({ code: 'catalog.version-stale', version: product.version })
  }

  const facts = factsAfter(product.facts)
  if (!facts.ok) return facts
  const changes = differences(product.facts, facts.value)
  if (Object.keys(changes).length === 0) return accept(undefined)
  return accept({ type: 'catalog.product-changed', productId, changes })
}

/** Ends the sale; undefined when it has ended already. */
export function archiveProduct(
  product: Product,
  productId: Id,
): Outcome<ProductArchived | undefined, CatalogRefusal> {
  if (product.status === 'unknown') return refuse({ code: 'catalog.product-unknown', productId })
  if (product.status === 'archived') return accept(undefined)
  return accept({ type: 'catalog.product-archived', productId })
}

function differences(before: ProductFacts, now: ProductFacts): Partial<ProductFacts> {
  const names = Object.keys(now) as (keyof ProductFacts)[]
  return Object.fromEntries(
    names.filter((name) => !isSame(before[name], now[name])).map((name) => [name, now[name]]),
  )
}
