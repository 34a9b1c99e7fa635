import type { Money } from '../../lib/format.ts'

/** What there is of something, in a word; pages never say numbers (GAP-70). */
export type Availability = 'in-stock' | 'low' | 'out' | 'preorder'

/** One thing of a product that can be bought. */
export interface PageVariant {
  readonly sku: string
  /** By code of the group: the code of the value. */
  readonly choice: Readonly<Record<string, string>>
  readonly price: Money
  /** While it is on sale. */
  readonly was: Money | null
  readonly lowestBefore: Money | null
  readonly tiers: readonly { readonly fromQuantity: number; readonly unitPrice: Money }[]
  readonly availability: Availability
  readonly weightGrams: number | null
  readonly components: readonly { readonly sku: string; readonly quantity: number }[]
  readonly pictures: readonly string[]
}

export interface OptionGroup {
  readonly code: string
  readonly name: string
  readonly values: readonly OptionValue[]
}

export interface OptionValue {
  readonly code: string
  readonly name: string
  readonly swatch: string | null
}

export interface PagePicture {
  readonly asset: string
  readonly alt: string
}

/** A product that is linked to. */
export interface LinkedProduct {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly price: Money
  readonly picture: string | null
}

export interface PageProduct {
  readonly id: string
  readonly slug: string
  readonly name: string
  /** Counts changes. */
  readonly version: number
  readonly description: string
  readonly category: string | null
  readonly brand: { readonly slug: string; readonly name: string } | null
  readonly variants: readonly PageVariant[]
  readonly groups: readonly OptionGroup[]
  readonly attributes: readonly PageAttribute[]
  readonly pictures: readonly PagePicture[]
  readonly components: readonly {
    readonly sku: string
    readonly options: readonly string[]
    readonly product: LinkedProduct
  }[]
  readonly seo: { readonly title: string; readonly description: string }
}

export interface PageAttribute {
  readonly code: string
  readonly kind: string
  readonly name: string
  readonly unit: string | null
  readonly value: string | number | boolean | readonly string[]
  readonly words: readonly string[]
}

/** The variant that an address names, by its SKU or by its options; else the first that can be bought. */
export function chosenOf(
  { variants, groups }: Pick<PageProduct, 'variants' | 'groups'>,
  asked: URLSearchParams,
): PageVariant {
  const sku = asked.get('sku')
  const named = variants.find((each) => each.sku === sku)
  if (named !== undefined) return named
  // A form without JavaScript sends every group: what is asked for first counts most.
  let left = variants
  for (const { code } of groups) {
    const those = left.filter(({ choice }) => choice[code] === asked.get(code))
    if (those.length > 0) left = those
  }
  const found = left.find(({ availability }) => availability !== 'out') ?? left[0]
  if (found === undefined) throw new Error('A product has no variants.')
  return found
}

/** `impossible`: with what is chosen in the groups before, there is no such variant. */
export type ValueState = 'free' | 'out' | 'impossible'

/**
 * How a value of a group stands beside what is chosen. Only the groups before can rule it out, so that
 * from every variant one comes to every other.
 */
export function stateOf(
  product: Pick<PageProduct, 'variants' | 'groups'>,
  chosen: PageVariant,
  group: string,
  value: string,
): ValueState {
  const found = withValue(product, chosen, group, value)
  if (found === undefined) return 'impossible'
  return found.availability === 'out' ? 'out' : 'free'
}

/** What is chosen when a value is: as little else as possible changes, and what can be bought goes first. */
export function withValue(
  { variants, groups }: Pick<PageProduct, 'variants' | 'groups'>,
  chosen: PageVariant,
  group: string,
  value: string,
): PageVariant | undefined {
  const place = groups.findIndex(({ code }) => code === group)
  const before = groups.slice(0, place)
  const after = groups.slice(place + 1)
  const same = (each: PageVariant, code: string): boolean =>
    each.choice[code] === chosen.choice[code]
  const fit = ({ choice, availability }: PageVariant): number =>
    after.filter(({ code }) => choice[code] === chosen.choice[code]).length * 2 +
    (availability === 'out' ? 0 : 1)
  return variants
    .filter((each) => each.choice[group] === value && before.every(({ code }) => same(each, code)))
    .toSorted((one, other) => fit(other) - fit(one))[0]
}

/** Its own pictures first, then those of the product. */
export function picturesOf(
  { pictures }: Pick<PageProduct, 'pictures'>,
  { pictures: own }: Pick<PageVariant, 'pictures'>,
): readonly PagePicture[] {
  return [
    ...pictures.filter(({ asset }) => own.includes(asset)),
    ...pictures.filter(({ asset }) => !own.includes(asset)),
  ]
}

/** The picture that shows a value, where variants with it have pictures of their own that others have not. */
export function pictureOfValue(
  { variants }: Pick<PageProduct, 'variants'>,
  group: string,
  value: string,
): string | undefined {
  const asset = variants.find(({ choice }) => choice[group] === value)?.pictures[0]
  if (asset === undefined) return undefined
  const isItsOwn = variants.every(
    ({ choice, pictures }) => (choice[group] === value) === pictures.includes(asset),
  )
  return isItsOwn ? asset : undefined
}

/** What one costs when so many are bought. */
export function unitPriceOf({ price, tiers }: PageVariant, quantity: number): Money {
  return tiers.findLast(({ fromQuantity }) => fromQuantity <= quantity)?.unitPrice ?? price
}
