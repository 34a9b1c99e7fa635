import type { TenantId } from '#platform/ids'
import type { Known } from '#platform/known'

import type { Definitions } from '../domain/attributes.ts'
import type { ProductsAsk } from '../contract/pages.ts'
import { attributeTerm, brandTerm, categoryTerm, placeTerm } from '../domain/listing.ts'
import type { Places } from './places.ts'

/** What a page is asked to leave out. */
export interface Filters {
  /** A product must have one term of each group. */
  readonly groups: readonly (readonly string[])[]
  readonly minPrice: number
  readonly maxPrice: number
  /** When nothing else is asked: they have walks of their own. */
  readonly onlyCategories?: readonly string[]
  readonly onlyBrands?: readonly string[]
}

/** More than any price the catalog takes. */
const NO_LIMIT = 1_000_000_000_000
/** More categories at once are met soon enough by a walk through the whole shop. */
export const MOST_WALKS = 20
/** Pairs of category and brand that are asked for by terms of their own. */
const MOST_PAIRS = 200

/** Undefined when nothing can pass: the shop does not have the category, or hides the attribute. */
export async function filtersOf(
  places: Places,
  definitions: Known<Definitions>,
  tenant: TenantId,
  ask: ProductsAsk,
): Promise<Filters | undefined> {
  const { category, brands = [], attributes = [], minPrice = 0, maxPrice = NO_LIMIT } = ask
  const categories =
    category === undefined ? [] : await places.categoryWithAllBelow(tenant, category)
  if (category !== undefined && categories.length === 0) return undefined

  if (attributes.length > 0) {
    const known = await definitions.of(tenant)
    // What buyers may not see they may not ask for either.
    if (attributes.some(({ code }) => known.get(code)?.audience === 'staff')) return undefined
  }

  const isPair = categories.length > 0 && brands.length > 0
  const areFew = categories.length * brands.length <= MOST_PAIRS
  const groups: (readonly string[])[] = attributes.map(({ code, values }) =>
    values.map((value) => attributeTerm(code, value)),
  )
  if (isPair && areFew) {
    groups.push(categories.flatMap((each) => brands.map((brand) => placeTerm(each, brand))))
  } else {
    if (categories.length > 0) groups.push(categories.map(categoryTerm))
    if (brands.length > 0) groups.push(brands.map(brandTerm))
  }
  const isAlone = groups.length === 1 && attributes.length === 0 && !isPair
  const hasPrice = ask.minPrice !== undefined || ask.maxPrice !== undefined
  if (!isAlone || hasPrice || categories.length > MOST_WALKS) return { groups, minPrice, maxPrice }
  const only = categories.length > 0 ? { onlyCategories: categories } : { onlyBrands: brands }
  return { groups, minPrice, maxPrice, ...only }
}
