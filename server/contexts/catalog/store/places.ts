import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { TenantId } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'

import type { Texts } from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'

export interface CategoryRow {
  readonly slug: string
  readonly parent: string | null
  readonly name: Texts
  readonly position: number
  readonly version: number
}

export interface BrandRow {
  readonly slug: string
  readonly name: string
  readonly story: Texts
  readonly version: number
}

/** A shop has tens of categories and brands, hundreds at most: they are read whole. */
export const allCategories = statement<CategoryRow>(
  'catalog.all-categories',
  `select slug, parent, name, position, version
   from catalog.categories where tenant_id = $1 order by position, slug`,
)

export const allBrands = statement<BrandRow>(
  'catalog.all-brands',
  `select slug, name, story, version from catalog.brands where tenant_id = $1 order by name, slug`,
)

export const brandOf = statement<BrandRow>(
  'catalog.brand-of',
  `select slug, name, story, version from catalog.brands where tenant_id = $1 and slug = $2`,
)

/** A category may have been followed by one that was itself removed since, and so on. */
const MOST_STEPS = 10

/**
 * Every former address on the way from one, and where each leads. More steps than that lead nowhere, and so
 * does a ring.
 */
export const stepsFrom = statement<{ readonly leads_to: string | null }>(
  'catalog.former-category',
  `with recursive steps (leads_to, step) as (
     select leads_to, 1 from catalog.former_categories where tenant_id = $1 and slug = $2
     union all
     select f.leads_to, steps.step + 1 from steps
     cross join lateral (select leads_to from catalog.former_categories
       where tenant_id = $1 and slug = steps.leads_to limit 1) f
     where steps.step < ${MOST_STEPS})
   select leads_to from steps order by step`,
)

const known = statement<{ category: boolean; brand: boolean }>(
  'catalog.known-places',
  `select
     $2::text is null or exists
       (select from catalog.categories where tenant_id = $1 and slug = $2) as category,
     $3::text is null or exists
       (select from catalog.brands where tenant_id = $1 and slug = $3) as brand`,
)

/** Whether products that are sold are in a category. */
const inUse = statement<{ used: boolean }>(
  'catalog.category-in-use',
  `select exists (select from catalog.products
       where tenant_id = $1 and category = $2 and standing = 'active')
     or exists (select from catalog.products
       where tenant_id = $1 and category = $2 and standing = 'hidden') as used`,
)

export async function isInUse(reads: Reads, tenant: TenantId, category: string): Promise<boolean> {
  const [found] = await reads.read(tenant, inUse, [tenant, category])
  return found?.used === true
}

/**
 * Refuses a category or brand the shop does not have. A brand is never taken away, so looking before
 * the commit is enough; of a category the commit asks again, see `domain/category-tree.ts`.
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
