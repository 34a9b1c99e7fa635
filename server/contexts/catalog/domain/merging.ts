import { accept, refuse, type Outcome } from '#platform/outcome'

import type { ProductDraft, ProductFacts } from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'
import { factsOf } from './draft.ts'
import { mergePatch } from './merge-patch.ts'
import type { ShopRules } from './texts.ts'
import { PUBLISHED } from './whole.ts'

/** The body of a PATCH: members of a `ProductDraft`, null where one is taken away. */
export type ProductPatch = Readonly<Record<string, unknown>>

/**
 * The facts that a patch leaves. Unlike a draft it can take anything away, and what it does not name
 * stays to the letter. A price or a weight without variants is that of a product's only variant.
 */
export function patchedFacts(
  patch: ProductPatch,
  shop: ShopRules,
  before: ProductFacts,
): Outcome<ProductFacts, CatalogRefusal> {
  const spread = spreadOverVariant(patch, before)
  if (!spread.ok) return spread
  const merged = mergePatch(before, spread.value) as Partial<ProductDraft>
  const { publication, category = null, brand = null, taxCategory = null } = merged
  const draft: ProductDraft = {
    ...merged,
    name: merged.name ?? {},
    description: merged.description ?? '',
    slug: merged.slug ?? before.slug,
    category,
    brand,
    taxCategory,
    variants: merged.variants ?? [],
    attributes: merged.attributes ?? {},
    pictures: merged.pictures ?? [],
    related: merged.related ?? [],
    publication: { ...PUBLISHED, ...publication },
    seo: { title: merged.seo?.title ?? {}, description: merged.seo?.description ?? {} },
  }
  const touched = ['variants', 'optionGroups', 'price', 'weightGrams'].some((name) => name in patch)
  const { optionGroups: _, ...plain } = draft
  // New variants may bring new values: unless the patch says the groups, they are made of them.
  const facts = factsOf('optionGroups' in patch ? draft : plain, shop, before)
  if (!facts.ok || touched) return facts
  return accept({ ...facts.value, variants: before.variants, optionGroups: before.optionGroups })
}

function spreadOverVariant(
  patch: ProductPatch,
  { variants }: ProductFacts,
): Outcome<ProductPatch, CatalogRefusal> {
  const { sku, price, weightGrams, ...rest } = patch
  const own = { sku, price, weightGrams }
  const said = Object.entries(own).filter(([, value]) => value !== undefined)
  if (said.length === 0) return accept(rest)
  const [only] = variants
  if ('variants' in patch || only === undefined || variants.length > 1) {
    const reason = 'Say the SKU, the price and the weight of each variant.'
    return refuse({ code: 'catalog.product-incomplete', reason })
  }
  return accept({ ...rest, variants: [mergePatch(only, Object.fromEntries(said))] })
}
