import { accept, refuse, type Outcome } from '#platform/outcome'

import type { OptionGroup, OptionValue, ProductDraft, Variant } from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'
import { textsOf, type ShopRules } from './texts.ts'

/** Option groups, and the variants in the groups' words. */
export interface Grouped {
  readonly optionGroups: readonly OptionGroup[]
  readonly variants: readonly Variant[]
}

/**
 * The groups of a product: those a draft states, of which every variant chooses once each, or those
 * that its variants make (GAP-14). Made ones keep the swatches of before.
 */
export function groupsOf(
  draft: ProductDraft['optionGroups'],
  variants: readonly Variant[],
  shop: ShopRules,
  before: readonly OptionGroup[] = [],
): Outcome<Grouped, CatalogRefusal> {
  if (draft === undefined) return accept({ optionGroups: madeOf(variants, before), variants })
  const groups = stated(draft, shop)
  if (!groups.ok) return groups

  const worded: Variant[] = []
  for (const variant of variants) {
    const options: Variant['options'][number][] = []
    for (const group of groups.value) {
      const chosen = variant.options.find(({ code }) => code === group.code)
      const value = group.values.find(({ code }) => code === chosen?.valueCode)
      if (value === undefined) return unknown(variant.sku, group.code, chosen?.valueCode)
      options.push({
        code: group.code,
        valueCode: value.code,
        name: group.name,
        value: value.name,
      })
    }
    const stray = variant.options.find(({ code }) => !groups.value.some((g) => g.code === code))
    if (stray !== undefined) return unknown(variant.sku, stray.code, stray.valueCode)
    worded.push({ ...variant, options })
  }
  return accept({ optionGroups: groups.value, variants: worded })
}

function stated(
  draft: NonNullable<ProductDraft['optionGroups']>,
  shop: ShopRules,
): Outcome<readonly OptionGroup[], CatalogRefusal> {
  const groups: OptionGroup[] = []
  for (const { code, name = code, values } of draft) {
    const words = textsOf(code, name, shop)
    if (!words.ok) return words
    if (groups.some((group) => group.code === code)) return twice(code)
    const read: OptionValue[] = []
    for (const { code: each, name: word = each, swatch = null } of values) {
      const texts = textsOf(code, word, shop)
      if (!texts.ok) return texts
      if (read.some((value) => value.code === each)) return twice(`${code} ${each}`)
      read.push({ code: each, name: texts.value, swatch })
    }
    groups.push({ code, name: words.value, values: read })
  }
  return accept(groups)
}

/** Groups and values in the order in which variants name them first. */
export function madeOf(
  variants: readonly Pick<Variant, 'options'>[],
  before: readonly OptionGroup[] = [],
): readonly OptionGroup[] {
  const groups = new Map<string, { name: OptionGroup['name']; values: Map<string, OptionValue> }>()
  for (const { code, name, valueCode, value } of variants.flatMap(({ options }) => options)) {
    const group = groups.get(code) ?? { name, values: new Map<string, OptionValue>() }
    groups.set(code, group)
    if (group.values.has(valueCode)) continue
    const known = before
      .find((each) => each.code === code)
      ?.values.find((each) => each.code === valueCode)
    group.values.set(valueCode, { code: valueCode, name: value, swatch: known?.swatch ?? null })
  }
  return [...groups].map(([code, { name, values }]) => ({
    code,
    name,
    values: [...values.values()],
  }))
}

/**
 * For a value of a group: by code of every other group, the values there is a variant with. What is
 * not named is a combination nobody can buy; a value without variants goes with nothing.
 */
export function goesWith(
  groups: readonly OptionGroup[],
  variants: readonly Variant[],
  code: string,
  valueCode: string,
): Readonly<Record<string, readonly string[]>> {
  const having = variants.filter(({ options }) =>
    options.some((option) => option.code === code && option.valueCode === valueCode),
  )
  return Object.fromEntries(
    groups
      .filter((other) => other.code !== code)
      .map((other) => [
        other.code,
        other.values
          .map((value) => value.code)
          .filter((each) =>
            having.some(({ options }) =>
              options.some((option) => option.code === other.code && option.valueCode === each),
            ),
          ),
      ]),
  )
}

function unknown(sku: string, code: string, value = 'nothing'): Outcome<never, CatalogRefusal> {
  return refuse({ code: 'catalog.option-unknown', sku, option: `${code} ${value}` })
}

function twice(what: string): Outcome<never, CatalogRefusal> {
  return refuse({
    code: 'catalog.product-incomplete',
    reason: `The option ${what} is there twice.`,
  })
}
