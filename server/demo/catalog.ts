import assert from 'node:assert/strict'

import { type Money, money } from '#platform/money'

import {
  type OptionsFile,
  readOptions,
  readShop,
  readShopFile,
  type ShopFile,
  type ShopFolder,
  type WrittenProduct,
  type WrittenVariant,
} from './files.ts'
import { isKind, type Kind } from './pictures/kinds.ts'

/** The languages every text of the demo is written in. */
export type Language = 'uk' | 'ru' | 'en'
export type Text = Readonly<Record<Language, string>>

/** A shop of the demo with all it sells; the settings are those of `Tenant`, without an id. */
export interface DemoShop {
  /** Also the first label of its host name: `second.localhost`. */
  readonly slug: string
  readonly name: string
  readonly currency: string
  /** The first is the default. */
  readonly languages: readonly Language[]
  readonly timeZone: string
  readonly holdMinutes: number
  /** Minor units of `currency`, by delivery method. */
  readonly delivery: Readonly<Record<string, number>>
  /** Three; the first is the main one. */
  readonly warehouses: readonly DemoWarehouse[]
  readonly brands: readonly DemoBrand[]
  /** Parents stand before their children. */
  readonly categories: readonly DemoCategory[]
  readonly attributes: NonNullable<ShopFile['attributes']>
  /** In the order of their categories. */
  readonly products: readonly DemoProduct[]
}

export interface DemoWarehouse {
  readonly code: string
  readonly name: Text
}

export interface DemoBrand {
  readonly slug: string
  readonly name: string
  readonly story: Text
}

/** Six levels at most; products are in categories without children only. */
export interface DemoCategory {
  readonly slug: string
  readonly parent?: string
  readonly name: Text
}

export interface DemoProduct {
  readonly slug: string
  /** Slugs of the shop's own. */
  readonly category: string
  readonly brand: string
  /** What it is to the eye. */
  readonly kind: Kind
  /** A code of the option `color`: what it is drawn in unless its variants have theirs. */
  readonly color: string
  readonly name: Text
  readonly description: Text
  /** At least one; the first speaks for the product where only one SKU can be shown. */
  readonly variants: readonly DemoVariant[]
  readonly attributes: NonNullable<WrittenProduct['attributes']>
  readonly pictures: NonNullable<WrittenProduct['pictures']>
  /** By slug. */
  readonly related: NonNullable<WrittenProduct['related']>
  readonly publication: NonNullable<WrittenProduct['publication']>
  readonly seo: NonNullable<WrittenProduct['seo']>
  readonly taxCategory: string | null
}

/** What is sold. A product without a choice has one variant without options. */
export interface DemoVariant {
  /** A–Z, 0–9 and `-`, at most 32 characters; unique over both shops. */
  readonly sku: string
  readonly options: readonly DemoOption[]
  readonly price: Money
  readonly weightGrams: number
  /** Of a bundle, which has no stock; empty otherwise. */
  readonly components: readonly { readonly sku: string; readonly quantity: number }[]
  readonly pictures: readonly string[]
  /** Units as written, by warehouse code; `stockFor` varies them by a seed. */
  readonly stock: Readonly<Record<string, number>>
}

/** One choice: `size` 42, `color` black. The code and `valueCode` are for programs. */
export interface DemoOption {
  readonly code: string
  readonly valueCode: string
  readonly name: Text
  readonly value: Text
}

/** In the order in which the shops are created: plain `localhost` is the first one's. */
const FOLDERS = ['demo', 'second'] as const

/**
 * The demo shops from the JSON files beside this one, the same on every call. Throws when a file
 * is malformed or names a category, a brand or an option that does not exist: the files are
 * part of the program, so that is a bug.
 */
export function loadDemo(): DemoShop[] {
  return demoShops().map(({ load }) => load())
}

/** A demo shop; what it sells is read and checked only for whoever loads it. */
export interface UnreadShop {
  readonly shop: ShopFile
  load(): DemoShop
}

/** The same shops, of which every start reads no more than it needs. */
export function demoShops(): readonly UnreadShop[] {
  return FOLDERS.map((folder) => ({
    shop: readShopFile(folder),
    load: () => assembleShop(readShop(folder), readOptions()),
  }))
}

/** Puts one shop's files together; throws where they disagree. */
export function assembleShop({ shop, products }: ShopFolder, options: OptionsFile): DemoShop {
  const brands = new Set(shop.brands.map((brand) => brand.slug))
  const leaves = leavesOf(shop.categories)

  const assemble = (category: string, written: WrittenProduct): DemoProduct => {
    const { slug, brand, kind, color, name, description, variants } = written
    assert(isKind(kind), `${slug} is of the kind ${kind}, which nobody can draw.`)
    assert(options['color']?.values?.[color], `${slug} has no known color: ${color}.`)
    assert(brands.has(brand), `${slug} is of the brand ${brand}, which ${shop.slug} does not have.`)
    return {
      slug,
      category,
      brand,
      kind,
      color,
      name,
      description,
      variants: variants.map((variant) => ({
        sku: variant.sku,
        options: chosen(variant, options),
        price: money(variant.price ?? written.price, shop.currency),
        weightGrams: variant.weightGrams ?? written.weightGrams,
        components: variant.components ?? [],
        pictures: variant.pictures ?? [],
        stock: stockOf(variant, shop.warehouses),
      })),
      attributes: attributesOf(written, shop),
      pictures: written.pictures ?? [],
      related: written.related ?? [],
      publication: written.publication ?? {},
      seo: written.seo ?? {},
      taxCategory: written.taxCategory ?? null,
    }
  }

  for (const category of products.keys()) {
    assert(leaves.has(category), `${shop.slug} has no category ${category} to put products in.`)
  }
  const all = [...leaves].flatMap((category) => {
    const file = products.get(category)
    assert(file, `${shop.slug} has nothing to sell in the category ${category}.`)
    return file.map((written) => assemble(category, written))
  })
  checkNames(all)
  return { ...shop, attributes: shop.attributes ?? [], products: all }
}

/** Throws where a product names another or a component that the shop does not sell. */
function checkNames(products: readonly DemoProduct[]): void {
  const slugs = new Set(products.map(({ slug }) => slug))
  const plain = new Set(
    products.flatMap(({ variants }) =>
      variants.flatMap(({ sku, components }) => (components.length === 0 ? [sku] : [])),
    ),
  )
  for (const { slug, related, variants } of products) {
    for (const { product } of related) {
      assert(slugs.has(product) && product !== slug, `${slug} names ${product} as related.`)
    }
    for (const { sku } of variants.flatMap(({ components }) => components)) {
      assert(plain.has(sku), `${slug} is made of ${sku}, which is no plain SKU of its shop.`)
    }
  }
}

/** The values of a product; throws for an attribute that its shop does not have. */
function attributesOf(
  { slug, attributes = {} }: WrittenProduct,
  shop: ShopFile,
): DemoProduct['attributes'] {
  const known = new Set(shop.attributes?.map(({ code }) => code))
  for (const code of Object.keys(attributes)) {
    assert(known.has(code), `${slug} has the attribute ${code}, which ${shop.slug} does not have.`)
  }
  return attributes
}

const DEEPEST = 6

/** The categories that hold products, in order; throws unless parents stand first, six deep at most. */
function leavesOf(categories: readonly DemoCategory[]): ReadonlySet<string> {
  const depths = new Map<string, number>()
  const parents = new Set<string>()
  for (const { slug, parent } of categories) {
    const depth = parent === undefined ? 0 : depths.get(parent)
    assert(
      depth !== undefined && depth < DEEPEST,
      `The category ${slug} stands before or too deep under ${parent}.`,
    )
    depths.set(slug, depth + 1)
    if (parent !== undefined) parents.add(parent)
  }
  return new Set(categories.map(({ slug }) => slug).filter((slug) => !parents.has(slug)))
}

function chosen({ sku, options = {} }: WrittenVariant, known: OptionsFile): DemoOption[] {
  return Object.entries(options).map(([code, valueCode]) => {
    const option = known[code]
    assert(option, `${sku} has the option ${code}, which options.json does not know.`)
    // Sizes and amounts are written the same in every language; words are translated.
    const value = option.values
      ? option.values[valueCode]
      : { uk: valueCode, ru: valueCode, en: valueCode }
    assert(value, `${sku} has the ${code} ${valueCode}, which options.json does not know.`)
    return { code, valueCode, name: option.name, value }
  })
}

function stockOf(
  { sku, stock, components }: WrittenVariant,
  warehouses: readonly DemoWarehouse[],
): Readonly<Record<string, number>> {
  if (components !== undefined) {
    assert(stock === undefined, `${sku} is a bundle and has no stock of its own.`)
    return {}
  }
  assert(stock !== undefined, `${sku} needs one number for each warehouse.`)
  assert.equal(stock.length, warehouses.length, `${sku} needs one number for each warehouse.`)
  return Object.fromEntries(warehouses.map(({ code }, index) => [code, stock[index] ?? 0]))
}
