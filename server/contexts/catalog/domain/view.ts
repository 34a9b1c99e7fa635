import type { Id } from '#platform/ids'

import type { ProductFacts, ProductView, Texts, Variant, VariantView } from '../contract.ts'

/** A product in one language, as lists read it. */
export interface ListedProduct {
  readonly id: Id
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly category: string | null
  readonly brand: string | null
  readonly variants: readonly Variant[]
  readonly version: number
  /** Milliseconds since 1970, with the fractions of a double. */
  readonly created_ms: number
  readonly updated_ms: number
}

/** Free units by SKU; an absent SKU has none. */
export type Stock = ReadonlyMap<string, number>

export const noStock: Stock = new Map()

/** The text in a language, else in the shop's first, else none. */
export function inLanguage(texts: Texts, language: string, first: string): string {
  return texts[language] ?? texts[first] ?? ''
}

/** A row of a list as a person sees it. The fields are in the order in which they are sent. */
export function presentListed(
  row: ListedProduct,
  status: 'active' | 'archived',
  stock: Stock,
  language: string,
  first: string,
): ProductView {
  const [main] = row.variants
  if (main === undefined) throw new Error(`The product ${row.id} has no variants.`)
  const variants = row.variants.map((each) => presentVariant(each, stock, language, first))
  return {
    id: row.id,
    slug: row.slug,
    sku: main.sku,
    name: row.name,
    description: row.description,
    price: main.price,
    stock: variants.reduce((total, each) => total + each.stock, 0),
    category: row.category,
    brand: row.brand,
    variants,
    status,
    version: row.version,
    createdAt: isoOf(row.created_ms),
    updatedAt: isoOf(row.updated_ms),
  }
}

/** A product that was just created: nothing of it can be in stock yet. */
export function presentCreated(
  created: { readonly productId: Id; readonly createdAt: string; readonly facts: ProductFacts },
  language: string,
  first: string,
): ProductView {
  const { productId, createdAt, facts } = created
  const row: ListedProduct = {
    ...facts,
    id: productId,
    name: inLanguage(facts.name, language, first),
    description: inLanguage(facts.description, language, first),
    version: 1,
    created_ms: Date.parse(createdAt),
    updated_ms: Date.parse(createdAt),
  }
  return {
    ...presentListed(row, 'active', noStock, language, first),
    texts: { name: facts.name, description: facts.description },
  }
}

function presentVariant(
  variant: Variant,
  stock: Stock,
  language: string,
  first: string,
): VariantView {
  return {
    sku: variant.sku,
    options: variant.options.map(({ code, valueCode, name, value }) => ({
      code,
      valueCode,
      name: inLanguage(name, language, first),
      value: inLanguage(value, language, first),
    })),
    price: variant.price,
    stock: stock.get(variant.sku) ?? 0,
    weightGrams: variant.weightGrams,
  }
}

function isoOf(ms: number): string {
  return new Date(Math.round(ms)).toISOString()
}
