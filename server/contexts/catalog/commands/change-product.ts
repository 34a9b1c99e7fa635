import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { CatalogChanges } from '../contract.ts'
import { changeProduct as decideChange } from '../domain/editing.ts'
import { products } from '../domain/product.ts'
import { knownPlaces } from '../store/places.ts'
import { rowsOfChanged } from '../store/product-rows.ts'

/** Replaces a product's facts with those of a draft, if it is still a version the caller saw. */
export function changeProduct(
  { write, reads }: Pick<Platform, 'write' | 'reads'>,
  changed: (tenant: TenantId) => void,
): CatalogChanges['changeProduct'] {
  return async (tenant, productId, draft, cause, versions) => {
    const known = await knownPlaces(reads, tenant.id, draft)
    if (!known.ok) return known

    const written = await write({
      tenant: tenant.id,
      ...cause,
      streams: { product: stream(products, productId) },
      decide: ({ product }, at) => {
        const event = decideChange(product, productId, draft, tenant, versions)
        if (!event.ok) return event
        if (event.value === undefined || product.status === 'unknown') {
          return accept({ answer: null })
        }
        return accept({
          append: { product: [event.value] },
          rows: rowsOfChanged(product, event.value, new Date(at).toISOString(), tenant.languages),
          answer: null,
        })
      },
    })
    if (!written.ok) return written
    changed(tenant.id)
    return accept(undefined)
  }
}
