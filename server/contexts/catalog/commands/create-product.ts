import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept, refuse } from '#platform/outcome'
import { newStream, readStream } from '#platform/write/commit'

import type { CatalogChanges } from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'
import { categoryTree, takesProducts, TREE_ID } from '../domain/category-tree.ts'
import { factsOf } from '../domain/draft.ts'
import { createProduct as decideCreate } from '../domain/editing.ts'
import { namesWell } from '../domain/naming.ts'
import { products } from '../domain/product.ts'
import { isPublished } from '../domain/publication.ts'
import { UNSAID_OF } from '../domain/said.ts'
import { noStock, presentProduct } from '../domain/view.ts'
import { definitionsFor } from '../store/attributes.ts'
import { lookUpNamed } from '../store/named.ts'
import { knownPlaces } from '../store/places.ts'
import { rowsOfCreated } from '../store/product-rows.ts'

/** Puts a product on sale: its facts, its SKUs and its address appear together or not at all. */
export function createProduct(
  { write, reads, ids }: Pick<Platform, 'write' | 'reads' | 'ids'>,
  changed: (tenant: TenantId) => void,
): CatalogChanges['createProduct'] {
  return async (tenant, draft, cause, languages) => {
    const productId = ids.next()
    // The draft alone decides, so the answer need not remember the facts: texts would be too long.
    const definitions = await definitionsFor(reads, tenant.id, draft.attributes)
    const facts = factsOf(draft, { ...tenant, definitions })
    if (!facts.ok) return facts
    const [known, found] = await Promise.all([
      knownPlaces(reads, tenant.id, facts.value),
      lookUpNamed(reads, tenant.id, facts.value),
    ])
    if (!known.ok) return known
    const well = namesWell(productId, facts.value, found)
    if (!well.ok) return well
    const { category } = facts.value

    const written = await write({
      tenant: tenant.id,
      ...cause,
      streams: { product: newStream(products, productId), tree: readStream(categoryTree, TREE_ID) },
      decide: ({ tree }, at) => {
        if (category !== null && !takesProducts(tree, category)) {
          const gone: CatalogRefusal = { code: 'catalog.category-unknown', category }
          return refuse(gone)
        }
        const event = decideCreate(productId, facts.value, new Date(at).toISOString())
        return accept({
          append: { product: [event] },
          rows: rowsOfCreated(event, facts.value, tenant.languages),
          answer: { productId, createdAt: event.createdAt },
        })
      },
    })
    if (!written.ok) return written
    changed(tenant.id)

    const { answer, replayed } = written.value
    const createdMs = Date.parse(answer.createdAt)
    const whole = {
      id: answer.productId,
      facts: facts.value,
      status: 'active' as const,
      version: 1,
      createdMs,
      updatedMs: createdMs,
      isVisible: isPublished(facts.value.publication, createdMs),
    }
    // Nothing of it can be in stock yet, and nobody can have reviewed it.
    const how = {
      languages,
      stock: noStock,
      componentProducts: [],
      said: UNSAID_OF,
      definitions,
      isStaff: true,
    }
    return accept({
      // Made for who looks at it: an import makes thousands and looks at none.
      get view() {
        return presentProduct(whole, how)
      },
      replayed,
    })
  }
}
