import type { Id } from '#platform/ids'

import type { AttributeValue, OptionGroup, ProductFacts, Texts, Variant } from '../contract.ts'
import type {
  AttributeView,
  ComponentView,
  OptionGroupView,
  ProductView,
  VariantView,
} from '../contract/pages.ts'
import type { Definitions } from './attributes.ts'
import type { Said } from './said.ts'
import { goesWith } from './option-groups.ts'
import { NOTHING, type Standing } from './standing.ts'

/** How SKUs stand; an absent SKU has no units. */
export type Stock = ReadonlyMap<string, Standing>

export const noStock: Stock = new Map()

/** The text in a language, else in the shop's first, else none. */
export function inLanguage(texts: Texts, language: string, first: string): string {
  return texts[language] ?? texts[first] ?? ''
}

/** The text in the first of these languages that has one; what is the same in all is under `''`. */
export function inBest(texts: Texts, languages: readonly string[]): string {
  const found = languages.find((each) => (texts[each] ?? '') !== '')
  return (found === undefined ? texts[''] : texts[found]) ?? ''
}

/** A product with everything that its page says. Times in milliseconds since 1970. */
export interface WholeProduct {
  readonly id: Id
  readonly facts: ProductFacts
  readonly status: 'active' | 'archived'
  readonly version: number
  readonly createdMs: number
  readonly updatedMs: number
  /** Whether buyers see it now. */
  readonly isVisible: boolean
}

export interface Presenting {
  /** The best first; the last is the shop's first. */
  readonly languages: readonly string[]
  readonly stock: Stock
  readonly componentProducts: readonly ComponentView[]
  readonly said: Said
  readonly definitions: Definitions
  readonly isStaff: boolean
}

/** A product as a person sees it. The fields are in the order in which they are sent. */
export function presentProduct(product: WholeProduct, how: Presenting): ProductView {
  const { facts } = product
  const { languages, isStaff, said } = how
  const [main] = facts.variants
  if (main === undefined) throw new Error(`The product ${product.id} has no variants.`)
  const variants = facts.variants.map((each) => presentVariant(each, how))
  const { name, description, seo, publication, taxCategory, related } = facts
  return {
    id: product.id,
    slug: facts.slug,
    sku: main.sku,
    name: inBest(name, languages),
    description: inBest(description, languages),
    price: main.price,
    salePrice: said.salePrice,
    wasPrice: said.wasPrice,
    rating: said.rating,
    stock: variants.reduce((total, each) => total + each.stock, 0),
    category: facts.category,
    brand: facts.brand,
    variants,
    status: product.status,
    version: product.version,
    createdAt: isoOf(product.createdMs),
    updatedAt: isoOf(product.updatedMs),
    componentProducts: how.componentProducts,
    optionGroups: facts.optionGroups.map((each) => presentGroup(each, facts, languages)),
    attributes: presentAttributes(facts.attributes, how),
    pictures: facts.pictures.map(({ asset, alt }) => ({ asset, alt: inBest(alt, languages) })),
    seo: { title: inBest(seo.title, languages), description: inBest(seo.description, languages) },
    ...(isStaff
      ? {
          texts: { name, description, seo },
          desk: { publication, taxCategory, related, isVisible: product.isVisible },
        }
      : {}),
  }
}

function presentVariant(variant: Variant, { stock, languages }: Presenting): VariantView {
  const { free, word } = stock.get(variant.sku) ?? NOTHING
  return {
    sku: variant.sku,
    options: variant.options.map(({ code, valueCode, name, value }) => ({
      code,
      valueCode,
      name: inBest(name, languages),
      value: inBest(value, languages),
    })),
    price: variant.price,
    stock: free,
    availability: word,
    weightGrams: variant.weightGrams,
    components: variant.components,
    pictures: variant.pictures,
  }
}

function presentGroup(
  { code, name, values }: OptionGroup,
  { optionGroups, variants }: ProductFacts,
  languages: readonly string[],
): OptionGroupView {
  return {
    code,
    name: inBest(name, languages),
    values: values.map((value) => ({
      code: value.code,
      name: inBest(value.name, languages),
      swatch: value.swatch,
      goesWith: goesWith(optionGroups, variants, code, value.code),
    })),
  }
}

function presentAttributes(
  attributes: ProductFacts['attributes'],
  { definitions, languages, isStaff }: Presenting,
): readonly AttributeView[] {
  return Object.entries(attributes).flatMap(([code, value]) => {
    const definition = definitions.get(code)
    if (definition === undefined || (definition.audience === 'staff' && !isStaff)) return []
    const { kind, name, unit, choices } = definition
    const words = codesOf(kind, value).map((each) => {
      const choice = choices.find((known) => known.code === each)
      return choice === undefined ? each : inBest(choice.name, languages)
    })
    return [{ code, kind, name: inBest(name, languages), unit, value, words }]
  })
}

function codesOf(kind: AttributeView['kind'], value: AttributeValue): readonly string[] {
  const isChosen = kind === 'choice' || kind === 'choices'
  return isChosen ? [value].flat().map(String) : []
}

function isoOf(ms: number): string {
  return new Date(Math.round(ms)).toISOString()
}
