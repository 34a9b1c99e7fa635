import { accept, refuse, type Outcome } from '#platform/outcome'

import type { Picture, ProductDraft, ProductFacts, Related } from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'
import { attributesOf } from './attributes.ts'
import { publicationOf } from './publication.ts'
import { textsOf, type ShopRules } from './texts.ts'
import { UNSAID } from './whole.ts'

/** What a product says besides its words, its places and its variants. */
export type Extras = Omit<
  ProductFacts,
  'slug' | 'name' | 'description' | 'category' | 'brand' | 'variants' | 'optionGroups'
>

/** What of it a draft states; the rest stays as it was before. */
export function extrasOf(
  draft: ProductDraft,
  shop: ShopRules,
  before?: ProductFacts,
): Outcome<Extras, CatalogRefusal> {
  const attributes = attributesOf(
    draft.attributes,
    shop.definitions ?? new Map(),
    before?.attributes,
  )
  if (!attributes.ok) return attributes
  const publication = publicationOf(draft.publication, before?.publication)
  if (!publication.ok) return publication
  const pictures = picturesOf(draft.pictures, shop, before?.pictures)
  if (!pictures.ok) return pictures
  const seo = seoOf(draft.seo, shop, before?.seo)
  if (!seo.ok) return seo
  return accept({
    attributes: attributes.value,
    pictures: pictures.value,
    related: draft.related === undefined ? (before?.related ?? []) : distinct(draft.related),
    publication: publication.value,
    seo: seo.value,
    taxCategory:
      draft.taxCategory === undefined ? (before?.taxCategory ?? null) : draft.taxCategory,
  })
}

function picturesOf(
  draft: ProductDraft['pictures'],
  shop: ShopRules,
  before: readonly Picture[] = [],
): Outcome<readonly Picture[], CatalogRefusal> {
  if (draft === undefined) return accept(before)
  const pictures: Picture[] = []
  for (const { asset, alt } of draft) {
    const known = before.find((each) => each.asset === asset)
    // A table names pictures and cannot say their words: what is not said stays.
    const kept = alt === undefined ? known?.alt : undefined
    const words =
      kept === undefined
        ? textsOf('alt', alt ?? '', shop, {
            mayBeEmpty: true,
            ...(known === undefined ? {} : { before: known.alt }),
          })
        : accept(kept)
    if (!words.ok) return words
    if (pictures.some((each) => each.asset === asset)) {
      return refuse({
        code: 'catalog.product-incomplete',
        reason: `The picture ${asset} is there twice.`,
      })
    }
    pictures.push({ asset, alt: words.value })
  }
  return accept(pictures)
}

function seoOf(
  draft: ProductDraft['seo'],
  shop: ShopRules,
  before: ProductFacts['seo'] = UNSAID.seo,
): Outcome<ProductFacts['seo'], CatalogRefusal> {
  if (draft === undefined) return accept(before)
  const read = { ...before }
  for (const field of ['title', 'description'] as const) {
    const words = draft[field]
    if (words === undefined) continue
    const texts = textsOf(`seo.${field}`, words, shop, {
      mayBeEmpty: true,
      before: before[field],
    })
    if (!texts.ok) return texts
    const isSaid = Object.values(texts.value).some((text) => text !== '')
    read[field] = isSaid ? texts.value : {}
  }
  return accept(read)
}

/** Each of a kind once, in their order. */
function distinct(related: readonly Related[]): readonly Related[] {
  const seen = new Map(related.map((each) => [`${each.kind} ${each.productId}`, each]))
  return [...seen.values()].map(({ kind, productId }) => ({ kind, productId }))
}
