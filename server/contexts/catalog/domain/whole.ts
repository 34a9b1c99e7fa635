import type { ProductFacts, Publication, Variant } from '../contract.ts'
import { madeOf } from './option-groups.ts'

export const PUBLISHED: Publication = { status: 'published', from: null, until: null }

/** What nothing has been said of. */
export const UNSAID = {
  attributes: {},
  optionGroups: [],
  pictures: [],
  related: [],
  publication: PUBLISHED,
  seo: { title: {}, description: {} },
  taxCategory: null,
} as const satisfies Partial<ProductFacts>

type Told = Pick<
  ProductFacts,
  'slug' | 'name' | 'description' | 'category' | 'brand' | 'variants'
> &
  Partial<ProductFacts>

/** Facts as they were recorded, whenever that was: an older event says less. */
export function whole(told: Told): ProductFacts {
  const { slug, name, description, category, brand, variants } = told
  return {
    slug,
    name,
    description,
    category,
    brand,
    variants: variants.map(wholeVariant),
    attributes: told.attributes ?? UNSAID.attributes,
    optionGroups: told.optionGroups ?? madeOf(variants),
    pictures: told.pictures ?? UNSAID.pictures,
    related: told.related ?? UNSAID.related,
    publication: told.publication ?? UNSAID.publication,
    seo: told.seo ?? UNSAID.seo,
    taxCategory: told.taxCategory ?? UNSAID.taxCategory,
  }
}

/** A variant as it was recorded, whenever that was. */
function wholeVariant(
  variant: Omit<Variant, 'components' | 'pictures'> & Partial<Variant>,
): Variant {
  return { ...variant, components: variant.components ?? [], pictures: variant.pictures ?? [] }
}
