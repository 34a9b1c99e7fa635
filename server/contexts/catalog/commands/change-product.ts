import { accept } from '#platform/outcome'

import type { CatalogChanges } from '../contract.ts'
import { factsOf } from '../domain/draft.ts'
import type { EditProduct } from './edit-product.ts'

/** Replaces a product's facts with those of a draft. */
export function changeProduct(edit: EditProduct): CatalogChanges['changeProduct'] {
  return async (tenant, productId, draft, cause, versions) => {
    const edited = await edit(tenant, productId, cause, {
      named: draft,
      versions,
      facts: (shop, before) => factsOf(draft, shop, before),
    })
    return edited.ok ? accept(undefined) : edited
  }
}
