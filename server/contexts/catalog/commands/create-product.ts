import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'
import { newStream } from '#platform/write/commit'

import type { CatalogChanges } from '../contract.ts'
import { factsOf } from '../domain/draft.ts'
import { createProduct as decideCreate } from '../domain/editing.ts'
import { products } from '../domain/product.ts'
import { presentCreated } from '../domain/view.ts'
import { knownPlaces } from '../store/places.ts'
import { rowsOfCreated } from '../store/product-rows.ts'

/** Puts a product on sale: its facts, its SKUs and its address appear together or not at all. */
export function createProduct(
  { write, reads, ids }: Pick<Platform, 'write' | 'reads' | 'ids'>,
  changed: (tenant: TenantId) => void,
): CatalogChanges['createProduct'] {
  return async (tenant, draft, cause, language) => {
    const productId = ids.next()
    // The draft alone decides, so the answer need not remember the facts: texts would be too long.
    const facts = factsOf(draft, tenant)
    if (!facts.ok) return facts
    const known = await knownPlaces(reads, tenant.id, facts.value)
    if (!known.ok) return known

    const written = await write({
      tenant: tenant.id,
      ...cause,
      streams: { product: newStream(products, productId) },
      decide: (_, at) => {
        const event = decideCreate(productId, facts.value, new Date(at).toISOString())
        return accept({
          append: { product: [event] },
          rows: rowsOfCreated(event, tenant.languages),
          answer: { productId, createdAt: event.createdAt },
        })
      },
    })
    if (!written.ok) return written
    changed(tenant.id)

    const { answer, replayed } = written.value
    const [first = ''] = tenant.languages
    const view = presentCreated({ ...answer, facts: facts.value }, language, first)
    return accept({ view, replayed })
  }
}
