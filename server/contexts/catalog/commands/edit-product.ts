import type { Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import { readStream, stream } from '#platform/write/commit'

import type { ProductDraft, ProductFacts } from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'
import { categoryTree, takesProducts, TREE_ID } from '../domain/category-tree.ts'
import { changeProduct } from '../domain/editing.ts'
import { namesWell } from '../domain/naming.ts'
import { products } from '../domain/product.ts'
import type { ShopRules } from '../domain/texts.ts'
import { definitionsFor } from '../store/attributes.ts'
import { lookUpNamed } from '../store/named.ts'
import { knownPlaces } from '../store/places.ts'
import { rowsOfChanged } from '../store/product-rows.ts'

/** What an edit names, to be looked up before it is decided. */
export type Named = Pick<ProductDraft, 'category' | 'brand' | 'attributes' | 'variants' | 'related'>

/** One edit of a product, whole or in part. */
export interface Edit {
  readonly named: Named
  readonly versions?: readonly number[] | undefined
  /** The facts it leaves of those there were. */
  facts(shop: ShopRules, before: ProductFacts): Outcome<ProductFacts, CatalogRefusal>
}

export type EditProduct = (
  tenant: Tenant,
  productId: Id,
  cause: Cause,
  edit: Edit,
) => Promise<Outcome<{ readonly replayed: boolean }>>

/** Commits an edit, if the product is still a version the caller saw. */
export function editProduct(
  { write, reads }: Pick<Platform, 'write' | 'reads'>,
  changed: (tenant: TenantId) => void,
): EditProduct {
  return async (tenant, productId, cause, { named, versions, facts }) => {
    const [known, definitions, found] = await Promise.all([
      knownPlaces(reads, tenant.id, named),
      definitionsFor(reads, tenant.id, named.attributes),
      lookUpNamed(reads, tenant.id, named),
    ])
    if (!known.ok) return known

    const written = await write({
      tenant: tenant.id,
      ...cause,
      streams: { product: stream(products, productId), tree: readStream(categoryTree, TREE_ID) },
      decide: ({ product, tree }, at) => {
        const shop = { ...tenant, definitions }
        const event = changeProduct(product, productId, versions, (before) => facts(shop, before))
        if (!event.ok) return event
        if (event.value === undefined || product.status === 'unknown') {
          return accept({ answer: null })
        }
        const { changes } = event.value
        const after = { ...product.facts, ...changes }
        const well = namesWell(productId, after, found, product.facts)
        if (!well.ok) return well
        const { category = null } = changes
        if (category !== null && !takesProducts(tree, category)) {
          const gone: CatalogRefusal = { code: 'catalog.category-unknown', category }
          return refuse(gone)
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
    return accept({ replayed: written.value.replayed })
  }
}
