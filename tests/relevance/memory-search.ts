/**
 * The search engine over the demo in memory: what `queries/search.ts` does without a database,
 * from the demo's files, so that words and ranking can be measured within a second.
 */
import { readdirSync, readFileSync } from 'node:fs'

import type { IndexedProduct, Texts } from '../../server/contexts/catalog/contract.ts'
import { find, type Found } from '../../server/contexts/search/domain/find.ts'
import { entryOf } from '../../server/contexts/search/domain/make-entry.ts'
import { ShopIndex } from '../../server/contexts/search/domain/shop-index.ts'
import { understand } from '../../server/contexts/search/domain/understand.ts'
import { judgedProducts } from './judged.ts'
import type { Search } from './measure.ts'

interface Named {
  readonly slug: string
  readonly name: Texts
  readonly parent?: string
}
interface WrittenShop {
  readonly brands: readonly { readonly slug: string; readonly name: string }[]
  readonly categories: readonly Named[]
  readonly attributes?: readonly {
    readonly code: string
    readonly name: Texts
    readonly choices?: readonly { readonly code: string; readonly name: Texts }[]
    readonly isFacet: boolean
    readonly isSearched: boolean
  }[]
}
interface WrittenProduct {
  readonly slug: string
  readonly brand: string
  readonly category?: string
  readonly name: Texts
  readonly description: Texts
  readonly attributes?: Readonly<Record<string, unknown>>
  readonly variants: readonly {
    readonly sku: string
    readonly options?: Readonly<Record<string, string>>
  }[]
}
type Options = Readonly<
  Record<string, { readonly name: Texts; readonly values?: Readonly<Record<string, Texts>> }>
>

const demo = new URL('../../server/demo/', import.meta.url)
const NOW = Date.parse('2026-11-21T12:00:00Z')

function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, demo), 'utf8'))
}

/** Asks the engine of a shop for its first ten products, each shop's index built once. */
export function memorySearch(): Search {
  const indexes = new Map<string, ShopIndex>()
  return ({ shop, language, text }) => {
    const index = indexes.get(shop) ?? indexOf(shop)
    indexes.set(shop, index)
    const others = ['uk', 'ru', 'en'].filter((each) => each !== language)
    const { hits } = best(index, text, [language, ...others])
    return Promise.resolve(hits.map(({ entry }) => entry.slug))
  }
}

/** As `best` of `queries/search.ts`: the first way that finds all words, else the nearest. */
function best(index: ShopIndex, text: string, languages: readonly string[]): Pick<Found, 'hits'> {
  const { attempts } = understand(index, text, languages, new Map())
  let nearest: { readonly found: Found; readonly share: number } | undefined
  for (const { words, penalty } of attempts) {
    const found = find(index, { words, filters: [], sort: 'relevance', limit: 10, now: NOW })
    if (found.missing === 0 && found.total > 0) return found
    const share = found.total === 0 ? 0 : 1 - found.missing / words.length - penalty / 100
    if (share > 0 && (nearest === undefined || share > nearest.share)) nearest = { found, share }
  }
  return nearest?.found ?? { hits: [] }
}

export function indexOf(shop: string): ShopIndex {
  const index = new ShopIndex()
  const sold = new Set(judgedProducts(shop).map(({ slug }) => slug))
  for (const product of indexedProducts(shop)) {
    const entry = entryOf(product)
    if (entry === undefined) continue
    index.setAvailable(entry.id, sold.has(entry.slug))
    index.put(entry)
  }
  return index
}

export function indexedProducts(shop: string): IndexedProduct[] {
  const written = read(`${shop}/shop.json`) as WrittenShop
  const options = read('options.json') as Options
  const categories = new Map(written.categories.map((each) => [each.slug, each]))
  const brands = new Map(written.brands.map((each) => [each.slug, each]))
  const products = readdirSync(new URL(`${shop}/products/`, demo))
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) =>
      (read(`${shop}/products/${file}`) as readonly WrittenProduct[]).map((product) => ({
        product,
        category: product.category ?? file.slice(0, -'.json'.length),
      })),
    )
  return products.map(({ product, category }, at) => ({
    id: `00000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}`,
    slug: product.slug,
    name: product.name,
    description: product.description,
    categoryPath: pathOf(category, categories),
    brand: brands.get(product.brand) ?? null,
    skus: product.variants.map(({ sku }) => sku),
    minPrice: 100,
    maxPrice: 100,
    attributes: [...attributesOf(product, written), ...optionsOf(product, options)],
    isVisible: true,
    visibleFrom: null,
    visibleUntil: null,
    createdAt: new Date(NOW - at).toISOString(),
    version: 1,
    picture: null,
    pictures: [],
    rated: 0,
  }))
}

function pathOf(slug: string, categories: ReadonlyMap<string, Named>): Named[] {
  const category = categories.get(slug)
  if (category === undefined) return []
  const above = category.parent === undefined ? [] : pathOf(category.parent, categories)
  return [...above, category]
}

function attributesOf(
  { attributes = {} }: WrittenProduct,
  shop: WrittenShop,
): IndexedProduct['attributes'] {
  return (shop.attributes ?? []).flatMap(({ code, name, choices = [], isFacet, isSearched }) => {
    if (!(code in attributes)) return []
    const values = [attributes[code]].flat().map((value) => ({
      code: String(value),
      number: typeof value === 'number' ? value : null,
      label: choices.find((choice) => choice.code === value)?.name ?? { '': String(value) },
    }))
    return [{ code, name, kind: 'choices' as const, values, isFacet, isSearched }]
  })
}

function optionsOf({ variants }: WrittenProduct, options: Options): IndexedProduct['attributes'] {
  const values = new Map<string, Map<string, Texts>>()
  for (const { options: chosen = {} } of variants) {
    for (const [code, value] of Object.entries(chosen)) {
      const label = options[code]?.values?.[value] ?? { uk: value, ru: value, en: value }
      values.set(code, (values.get(code) ?? new Map<string, Texts>()).set(value, label))
    }
  }
  return [...values].map(([code, labels]) => ({
    code,
    name: options[code]?.name ?? {},
    kind: 'choices' as const,
    values: [...labels].map(([value, label]) => ({ code: value, number: null, label })),
    isFacet: true,
    isSearched: true,
  }))
}
