/** What is said of products; `contract.ts` shows it to the world. */
import type { Id } from '#platform/ids'
import type { Money } from '#platform/money'

/** One text in several languages, by BCP 47 tag; the shop's first language is always there. */
export type Texts = Readonly<Record<string, string>>

/** One choice a variant stands for: size 42. The codes are for programs, the texts for people. */
export interface VariantOption {
  readonly code: string
  readonly valueCode: string
  readonly name: Texts
  readonly value: Texts
}

/** What is sold. A product without a choice has one variant without options. */
export interface Variant {
  readonly sku: string
  readonly options: readonly VariantOption[]
  readonly price: Money
  readonly weightGrams: number | null
  /** What a bundle is put together from; empty for what has stock of its own (GAP-15). */
  readonly components: readonly Component[]
  /** Assets of the product's pictures that show this variant. */
  readonly pictures: readonly string[]
}

/** So many units of another SKU go into one bundle. */
export interface Component {
  readonly sku: string
  readonly quantity: number
}

/** By the kind of its definition: text and date, number, boolean, one choice, several choices. */
export type AttributeValue = string | number | boolean | readonly string[]

/** One thing a buyer chooses, with everything that can be chosen (GAP-14). */
export interface OptionGroup {
  readonly code: string
  readonly name: Texts
  readonly values: readonly OptionValue[]
}

export interface OptionValue {
  readonly code: string
  readonly name: Texts
  /** A color as `#rrggbb`, null where words say it. */
  readonly swatch: string | null
}

export interface Picture {
  /** Id of an asset in media. */
  readonly asset: string
  readonly alt: Texts
}

export interface Related {
  readonly kind: 'similar' | 'goes-with' | 'instead'
  readonly productId: Id
}

/** Shown while published, from `from` on and before `until`; both ISO 8601, null for no limit. */
export interface Publication {
  readonly status: 'published' | 'hidden'
  readonly from: string | null
  readonly until: string | null
}

/** Everything the catalog says of a product. The first variant speaks for it where one SKU is shown. */
export interface ProductFacts {
  readonly slug: string
  readonly name: Texts
  readonly description: Texts
  /** Slug of a category, null for none. */
  readonly category: string | null
  readonly brand: string | null
  readonly variants: readonly Variant[]
  /** By code of a definition. */
  readonly attributes: Readonly<Record<string, AttributeValue>>
  readonly optionGroups: readonly OptionGroup[]
  /** The first speaks for the product. */
  readonly pictures: readonly Picture[]
  readonly related: readonly Related[]
  readonly publication: Publication
  /** For search engines; empty texts stand for the name and the description. */
  readonly seo: { readonly title: Texts; readonly description: Texts }
  /** Null is the shop's standard one. */
  readonly taxCategory: string | null
}

export type AttributeKind = 'text' | 'number' | 'boolean' | 'choice' | 'choices' | 'date'

/** What an attribute of products may say. Its kind, and the codes of its choices, stay for ever. */
export interface AttributeDefinition {
  readonly code: string
  readonly kind: AttributeKind
  readonly name: Texts
  /** Said behind a number: `g`, `cm`. */
  readonly unit: string | null
  /** Of the kinds `choice` and `choices`; empty for the others. */
  readonly choices: readonly { readonly code: string; readonly name: Texts }[]
  readonly isFacet: boolean
  readonly isSearched: boolean
  /** `staff`: a custom field that buyers never see (GAP-34). */
  readonly audience: 'everyone' | 'staff'
}

/** A text as it is sent: one per language, or plain in the shop's first language. */
export type TextDraft = string | Texts
