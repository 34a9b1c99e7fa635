import type { CatalogDesk } from '../contract/desk.ts'
import { patchedFacts } from '../domain/merging.ts'
import type { EditProduct, Named } from './edit-product.ts'

/** Merges a patch into a product's facts (RFC 7396). */
export function mergeProduct(edit: EditProduct): CatalogDesk['mergeProduct'] {
  return (tenant, productId, patch, cause, versions) =>
    edit(tenant, productId, cause, {
      named: namedBy(patch),
      versions,
      facts: (shop, before) => patchedFacts(patch, shop, before),
    })
}

/** What the patch takes away names nothing. */
export function namedBy(patch: Readonly<Record<string, unknown>>): Named {
  const said = Object.entries(patch).filter(([, value]) => value !== null)
  // The route's schema has checked each member.
  return Object.fromEntries(said) as Named
}
