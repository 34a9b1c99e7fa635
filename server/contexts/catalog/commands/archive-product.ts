import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { CatalogChanges } from '../contract.ts'
import { archiveProduct as decideArchive } from '../domain/editing.ts'
import { products } from '../domain/product.ts'
import { rowsOfArchived } from '../store/product-rows.ts'

/** Ends the sale of a product; carts and orders keep what they have of it. */
export function archiveProduct(
  { write }: Pick<Platform, 'write'>,
  changed: (tenant: TenantId) => void,
): CatalogChanges['archiveProduct'] {
  return async (tenant, productId, cause) => {
    const written = await write({
      tenant: tenant.id,
      ...cause,
      streams: { product: stream(products, productId) },
      decide: ({ product }, at) => {
        const event = decideArchive(product, productId)
        if (!event.ok) return event
        if (event.value === undefined || product.status === 'unknown') {
          return accept({ answer: null })
        }
        return accept({
          append: { product: [event.value] },
          rows: rowsOfArchived(product, event.value, new Date(at).toISOString(), tenant.languages),
          answer: null,
        })
      },
    })
    if (!written.ok) return written
    changed(tenant.id)
    return accept(undefined)
  }
}
