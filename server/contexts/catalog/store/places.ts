import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { TenantId } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'

import type { CatalogRefusal, Texts } from '../contract.ts'

export interface CategoryRow {
  readonly slug: string
  readonly parent: string | null
  readonly name: Texts
}

export interface BrandRow {
  readonly slug: string
  readonly name: string
  readonly story: Texts
}

/** A shop has tens of categories and brands, hundreds at most: they are read whole. */
export const allCategories = statement<CategoryRow>(
  'catalog.all-categories',
  `select slug, parent, name from catalog.categories where tenant_id = $1 order by position, slug`,
)

export const allBrands = statement<BrandRow>(
  'catalog.all-brands',
  `select slug, name, story from catalog.brands where tenant_id = $1 order by name, slug`,
)

const known = statement<{ category: boolean; brand: boolean }>(
  'catalog.known-places',
  `select
     $2::text is null or exists
       (select from catalog.categories where tenant_id = $1 and slug = $2) as category,
     $3::text is null or exists
       (select from catalog.brands where tenant_id = $1 and slug = $3) as brand`,
)

/**
 * Refuses a category or brand the shop does not have. Looking before the commit is enough, because
 * neither is ever taken away.
 */
export async function knownPlaces(
  reads: Reads,
  tenant: TenantId,
  named: { readonly category?: string | null; readonly brand?: string | null },
): Promise<Outcome<void, CatalogRefusal>> {
  const { category = null, brand = null } = named
  if (category === null && brand === null) return accept(undefined)
  const [found] = await reads.read(tenant, known, [tenant, category, brand])
  if (category !== null && found?.category !== true) {
    return refuse({ code: 'catalog.category-unknown', category })
  }
  if (brand !== null && found?.brand !== true) {
    return refuse({ code: 'catalog.brand-unknown', brand })
  }
  return accept(undefined)
}
