import { accept, refuse, type Outcome } from '#platform/outcome'

import type {
  Component,
  OptionDraft,
  Picture,
  ProductDraft,
  ProductFacts,
  Variant,
  VariantDraft,
  VariantOption,
} from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'
import { extrasOf } from './extras.ts'
import { groupsOf } from './option-groups.ts'
import { slugOf, textsOf, type ShopRules } from './texts.ts'

const SLUG_LIMIT = 100

/** The facts a draft states; `before` are those of the product it changes. */
export function factsOf(
  draft: ProductDraft,
  shop: ShopRules,
  before?: ProductFacts,
): Outcome<ProductFacts, CatalogRefusal> {
  const name = textsOf('name', draft.name, shop, before && { before: before.name })
  if (!name.ok) return name
  const description = textsOf('description', draft.description ?? '', shop, {
    mayBeEmpty: true,
    // A description that is absent is gone in every language; a plain one is of the first.
    ...(before && draft.description !== undefined ? { before: before.description } : {}),
  })
  if (!description.ok) return description
  const drafted = variantsOf(draft, shop)
  if (!drafted.ok) return drafted
  const grouped = groupsOf(draft.optionGroups, drafted.value, shop, before?.optionGroups)
  if (!grouped.ok) return grouped
  const { variants, optionGroups } = grouped.value
  const extras = extrasOf(draft, shop, before)
  if (!extras.ok) return extras
  const stray = strayPicture(variants, extras.value.pictures)
  if (stray !== undefined) return incomplete(`The picture ${stray} is none of the product’s.`)

  const sku = variants[0]?.sku ?? ''
  return accept({
    slug: draft.slug ?? before?.slug ?? madeSlug(name.value['en'] ?? '', sku),
    name: name.value,
    description: description.value,
    category: draft.category ?? null,
    brand: draft.brand ?? null,
    variants,
    optionGroups,
    ...extras.value,
  })
}

function strayPicture(
  variants: readonly Variant[],
  pictures: readonly Picture[],
): string | undefined {
  const known = new Set(pictures.map(({ asset }) => asset))
  return variants.flatMap((variant) => variant.pictures).find((asset) => !known.has(asset))
}

/** Unique because the SKU is, readable where there is an English name. */
function madeSlug(name: string, sku: string): string {
  const end = slugOf(sku)
  const start = slugOf(name).slice(0, SLUG_LIMIT - end.length - 1)
  return [start.replace(/-+$/, ''), end].filter((part) => part !== '').join('-')
}

function variantsOf(
  draft: ProductDraft,
  shop: ShopRules,
): Outcome<readonly Variant[], CatalogRefusal> {
  const drafts = draft.variants ?? (draft.sku === undefined ? [] : [{ sku: draft.sku }])
  const [first] = drafts
  if (first === undefined) return incomplete('Give a sku or at least one variant.')
  if (draft.sku !== undefined && draft.sku !== first.sku) {
    return incomplete(`The sku ${draft.sku} must be that of the first variant, ${first.sku}.`)
  }

  const variants: Variant[] = []
  const skus = new Set<string>()
  const choices = new Set<string>()
  for (const each of drafts) {
    const variant = variantOf(each, draft, shop)
    if (!variant.ok) return variant
    const { sku, options } = variant.value
    if (skus.has(sku)) return refuse({ code: 'catalog.sku-repeated', sku })
    const choice = choiceOf(options)
    if (choice === undefined || choices.has(choice)) {
      return refuse({ code: 'catalog.options-repeated', sku })
    }
    skus.add(sku)
    choices.add(choice)
    variants.push(variant.value)
  }
  const own = variants.flatMap(({ components }) => components).find((each) => skus.has(each.sku))
  if (own !== undefined) {
    const reason = 'A product is no part of itself.'
    return refuse({ code: 'catalog.component-wrong', sku: own.sku, reason })
  }
  return accept(variants)
}

function variantOf(
  { sku, options = [], ...own }: VariantDraft,
  product: ProductDraft,
  shop: ShopRules,
): Outcome<Variant, CatalogRefusal> {
  const price = own.price ?? product.price
  if (price === undefined) return incomplete(`The price of ${sku} is missing.`)
  if (price.currency !== shop.currency) {
    return refuse({
      code: 'catalog.currency-wrong',
      expected: shop.currency,
      given: price.currency,
    })
  }

  const chosen: VariantOption[] = []
  for (const each of options) {
    const option = optionOf(each, shop)
    if (!option.ok) return option
    chosen.push(option.value)
  }
  const components = (own.components ?? []).map((each) => ({
    sku: each.sku,
    quantity: each.quantity,
  }))
  const repeated = components.find((each, n) => components.findIndex(isOf(each.sku)) < n)
  if (repeated !== undefined) {
    const reason = 'It is named twice; give it one quantity.'
    return refuse({ code: 'catalog.component-wrong', sku: repeated.sku, reason })
  }
  return accept({
    sku,
    options: chosen,
    price: { amount: price.amount, currency: price.currency },
    weightGrams: own.weightGrams ?? product.weightGrams ?? null,
    components,
    pictures: [...new Set(own.pictures)],
  })
}

function isOf(sku: string): (component: Component) => boolean {
  return (component) => component.sku === sku
}

function optionOf(draft: OptionDraft, shop: ShopRules): Outcome<VariantOption, CatalogRefusal> {
  const { code, valueCode } = draft
  const name = textsOf(code, draft.name ?? code, shop)
  if (!name.ok) return name
  const value = textsOf(code, draft.value ?? valueCode, shop)
  if (!value.ok) return value
  return accept({ code, valueCode, name: name.value, value: value.value })
}

/** The same for variants nobody could tell apart; undefined when one option is chosen twice. */
function choiceOf(options: readonly VariantOption[]): string | undefined {
  const codes = options.map((option) => option.code)
  if (new Set(codes).size < codes.length) return undefined
  return JSON.stringify(options.map(({ code, valueCode }) => [code, valueCode]).toSorted(byCode))
}

function byCode([a = '']: readonly string[], [b = '']: readonly string[]): number {
  return a < b ? -1 : 1
}

function incomplete(reason: string): Outcome<never, CatalogRefusal> {
  return refuse({ code: 'catalog.product-incomplete', reason })
}
