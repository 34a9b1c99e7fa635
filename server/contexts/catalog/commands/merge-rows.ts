import type { CatalogDesk } from '../contract/desk.ts'
import { patchedFacts } from '../domain/merging.ts'
import { withVariants } from '../domain/rows.ts'
import type { EditProduct } from './edit-product.ts'
import { namedBy } from './merge-product.ts'

/** Merges into a product, and into those of its variants that are named; the others stay. */
export function mergeRows(edit: EditProduct): CatalogDesk['mergeRows'] {
  return (tenant, productId, patch, variants, cause) =>
    edit(tenant, productId, cause, {
      named: namedBy(variants.length === 0 ? patch : { ...patch, variants }),
      facts: (shop, before) =>
        patchedFacts({ ...patch, ...withVariants(before, variants) }, shop, before),
    })
}
