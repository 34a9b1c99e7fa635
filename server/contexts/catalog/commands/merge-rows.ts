import type { ProductFacts, VariantDraft } from '../contract.ts'
import type { CatalogDesk } from '../contract/desk.ts'
import { patchedFacts } from '../domain/merging.ts'
import type { EditProduct } from './edit-product.ts'
import { namedBy } from './merge-product.ts'

/** Merges into a product, and into those of its variants that are named; the others stay. */
export function mergeRows(edit: EditProduct): CatalogDesk['mergeRows'] {
  return (tenant, productId, patch, variants, cause) =>
    edit(tenant, productId, cause, {
      named: namedBy(variants.length === 0 ? patch : { ...patch, variants }),
      facts: (shop, before) =>
        patchedFacts({ ...patch, ...merged(before, variants) }, shop, before),
    })
}

function merged(before: ProductFacts, variants: readonly VariantDraft[]) {
  if (variants.length === 0) return {}
  const bySku = new Map<string, VariantDraft>(before.variants.map((each) => [each.sku, each]))
  for (const { options, ...variant } of variants) {
    const known = bySku.get(variant.sku)
    const chosen = options?.map(
      // A choice that stays keeps its words.
      (option) =>
        known?.options?.find(
          ({ code, valueCode }) => code === option.code && valueCode === option.valueCode,
        ) ?? option,
    )
    bySku.set(variant.sku, {
      ...known,
      ...variant,
      ...(chosen === undefined ? {} : { options: chosen }),
    })
  }
  return { variants: [...bySku.values()] }
}
