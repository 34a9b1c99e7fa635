import assert from 'node:assert/strict'

import { type Money, money } from '#platform/money'

import {
  type OptionsFile,
  readOptions,
  readShop,
  type ShopFolder,
  type WrittenProduct,
  type WrittenVariant,
} from './files.ts'

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

/** Two levels at most; products are in categories without children only. */
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
  readonly name: Text
  readonly description: Text
  /** At least one; the first speaks for the product where only one SKU can be shown. */
  readonly variants: readonly DemoVariant[]
}

/** What is sold. A product without a choice has one variant without options. */
export interface DemoVariant {
  /** A–Z, 0–9 and `-`, at most 32 characters; unique over both shops. */
  readonly sku: string
  readonly options: readonly DemoOption[]
  readonly price: Money
  readonly weightGrams: number
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
  const options = readOptions()
  return FOLDERS.map((folder) => assembleShop(readShop(folder), options))
}

/** Puts one shop's files together; throws where they disagree. */
export function assembleShop({ shop, products }: ShopFolder, options: OptionsFile): DemoShop {
  const brands = new Set(shop.brands.map((brand) => brand.slug))
  const leaves = leavesOf(shop.categories)

  const assemble = (category: string, written: WrittenProduct): DemoProduct => {
    const { slug, brand, name, description, variants } = written
    assert(brands.has(brand), `${slug} is of the brand ${brand}, which ${shop.slug} does not have.`)
    return {
      slug,
      category,
      brand,
      name,
      description,
      variants: variants.map((variant) => ({
        sku: variant.sku,
        options: chosen(variant, options),
        price: money(variant.price ?? written.price, shop.currency),
        weightGrams: variant.weightGrams ?? written.weightGrams,
        stock: stockOf(variant, shop.warehouses),
      })),
    }
  }

  for (const category of products.keys()) {
    assert(leaves.has(category), `${shop.slug} has no category ${category} to put products in.`)
  }
  return {
    ...shop,
    products: [...leaves].flatMap((category) => {
      const file = products.get(category)
      assert(file, `${shop.slug} has nothing to sell in the category ${category}.`)
      return file.map((written) => assemble(category, written))
    }),
  }
}

/** The categories that hold products, in order; throws unless there are two levels, parents first. */
function leavesOf(categories: readonly DemoCategory[]): ReadonlySet<string> {
  const tops = new Set<string>()
  const parents = new Set<string>()
  for (const { slug, parent } of categories) {
    if (parent === undefined) {
      tops.add(slug)
      continue
    }
    assert(tops.has(parent), `The category ${slug} stands before or too deep under ${parent}.`)
    parents.add(parent)
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
  { sku, stock }: WrittenVariant,
  warehouses: readonly DemoWarehouse[],
): Readonly<Record<string, number>> {
  assert.equal(stock.length, warehouses.length, `${sku} needs one number for each warehouse.`)
  return Object.fromEntries(warehouses.map(({ code }, index) => [code, stock[index] ?? 0]))
}
