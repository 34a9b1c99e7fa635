import type { Id } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'

import type {
  CatalogRefusal,
  ProductArchived,
  ProductChanged,
  ProductCreated,
  ProductDraft,
  ProductFacts,
} from '../contract.ts'
import { factsOf } from './draft.ts'
import type { Product } from './product.ts'
import type { ShopRules } from './texts.ts'

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
  draft: ProductDraft,
  shop: ShopRules,
  versions?: readonly number[],
): Outcome<ProductChanged | undefined, CatalogRefusal> {
  if (product.status === 'unknown') return refuse({ code: 'catalog.product-unknown', productId })
  if (product.status === 'archived') return refuse({ code: 'catalog.product-archived', productId })
  if (versions !== undefined && !versions.includes(product.version)) {
    return refuse({ code: 'catalog.version-stale', version: product.version })
  }

  const facts = factsOf(draft, shop, product.facts)
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

/** Texts have no order of languages: stored events come back with theirs sorted. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => name in b && isSame(a[name as never], b[name as never]))
  )
}
