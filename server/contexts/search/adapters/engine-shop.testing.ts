/** A small shop in three languages, as rows of PostgreSQL, and its search over any engine. */
import assert from 'node:assert/strict'

import pg from 'pg'

import type { IndexedProduct } from '#context/catalog'
import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import type { Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

import type { SearchAsk, SearchedPage, SearchPage, SearchRefusal } from '../contract.ts'
import type { SearchEngine } from '../domain/engine.ts'
import { entryOf } from '../domain/make-entry.ts'
import type { SynonymTerms } from '../domain/understand.ts'
import { synonymTerms } from '../domain/synonyms.ts'
import { openLiking } from '../queries/liking.ts'
import { openSearch } from '../queries/search.ts'
import { openStockLooks } from '../queries/stock-looks.ts'
import { openSuggest } from '../queries/suggest.ts'

/** What a conformance run is over. */
export interface EngineSetting {
  readonly platform: Pick<Platform, 'reads' | 'clock' | 'waiting' | 'log'>
  readonly adminUrl: string
  /** As it is used, falling back where it does. */
  readonly engine: SearchEngine
  /** Without anything to fall back to: what is tested. Throws `Unavailable` while it has nothing. */
  readonly alone: SearchEngine
  /** Two shops of its own. */
  readonly tenants: readonly [number, number]
}

export interface Product {
  readonly id: Id
  readonly slug: string
  readonly name: Readonly<Record<string, string>>
  readonly category: string
  readonly brand: string
  readonly color: string
  readonly weight: number
  readonly price: number
  readonly rated: number
  readonly createdAt: number
  readonly isAvailable: boolean
  readonly isVisible?: boolean
  readonly visibleFrom?: string
  readonly visibleUntil?: string
}

const KINDS = [
  { category: 'shoes', uk: 'Кросівки', ru: 'Кроссовки', en: 'Running shoes' },
  { category: 'tents', uk: 'Намет', ru: 'Палатка', en: 'Tent' },
  { category: 'balls', uk: 'М’яч', ru: 'Мяч', en: 'Ball' },
  { category: 'bags', uk: 'Спальний мішок', ru: 'Спальный мешок', en: 'Sleeping bag' },
] as const
const CATEGORY_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  all: { uk: 'Спорт', ru: 'Спорт', en: 'Sport' },
  shoes: { uk: 'Взуття', ru: 'Обувь', en: 'Footwear' },
  tents: { uk: 'Кемпінг', ru: 'Кемпинг', en: 'Camping' },
  balls: { uk: 'Гра', ru: 'Игра', en: 'Games' },
  bags: { uk: 'Ночівля', ru: 'Ночлег', en: 'Nights' },
}
const BRANDS = ['vento', 'skif', 'orlan'] as const
const COLORS = {
  red: { uk: 'червоний', ru: 'красный', en: 'red' },
  blue: { uk: 'синій', ru: 'синий', en: 'blue' },
  green: { uk: 'зелений', ru: 'зеленый', en: 'green' },
} as const
const WEIGHTS = [1, 2, 5, 10] as const
const NOW = Date.parse('2026-11-01T00:00:00Z')

const at = <T>(all: readonly T[], number: number): T => all[number % all.length] as T

const anId = (number: number): Id =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}` as Id

/** Sixty; every ninth is sold out. */
export const PRODUCTS: readonly Product[] = Array.from({ length: 60 }, (_, number) => {
  const { category, uk, ru, en } = at(KINDS, number)
  const brand = at(BRANDS, Math.floor(number / 4))
  return {
    id: anId(number + 1),
    slug: `p-${number}`,
    name: { uk: `${uk} ${brand}`, ru: `${ru} ${brand}`, en: `${en} ${brand}` },
    category,
    brand,
    color: at(Object.keys(COLORS), Math.floor(number / 5)),
    weight: at(WEIGHTS, Math.floor(number / 3)),
    price: 1000 + (number % 17) * 700,
    rated: (number * 7) % 5,
    createdAt: NOW - (number % 11) * 1000,
    isAvailable: number % 9 !== 8,
  }
})

function indexed(product: Product): IndexedProduct {
  const { id, slug, name, category, brand, color, weight, price, rated, createdAt } = product
  const common = { kind: 'choice', isFacet: true, isSearched: true } as const
  return {
    id,
    slug,
    name,
    description: {},
    categoryPath: ['all', category].map((each) => ({
      slug: each,
      name: CATEGORY_NAMES[each] ?? {},
    })),
    brand: { slug: brand, name: brand.toUpperCase() },
    skus: [`SKU-${slug.slice(2)}`],
    minPrice: price,
    maxPrice: price,
    attributes: [
      {
        ...common,
        code: 'color',
        name: { uk: 'Колір', ru: 'Цвет', en: 'Color' },
        values: [{ code: color, number: null, label: COLORS[color as keyof typeof COLORS] ?? {} }],
      },
      {
        ...common,
        code: 'weight',
        kind: 'number',
        isSearched: false,
        name: { uk: 'Вага', ru: 'Вес', en: 'Weight' },
        values: [{ code: String(weight), number: weight, label: { '': String(weight) } }],
      },
    ],
    isVisible: product.isVisible ?? true,
    visibleFrom: product.visibleFrom ?? null,
    visibleUntil: product.visibleUntil ?? null,
    createdAt: new Date(createdAt).toISOString(),
    version: 1,
    picture: null,
    pictures: [],
    rated,
  }
}

/** Two shops over one engine, and how they are asked and changed. */
export interface EngineShop {
  readonly tenant: TenantId
  readonly other: TenantId
  anId(number: number): Id
  put(tenant: TenantId, products: readonly Product[]): Promise<void>
  ask(ask: Partial<SearchAsk>, tenant?: TenantId): Promise<Outcome<SearchedPage, SearchRefusal>>
  search(ask: Partial<SearchAsk>, tenant?: TenantId): Promise<SearchPage>
  /** The same shop, asked over another engine. */
  over(engine: SearchEngine): (ask: Partial<SearchAsk>) => Promise<SearchPage>
  /** `word кросівки`; products not among them. */
  suggest(text: string, tenant?: TenantId): Promise<readonly string[]>
  suggestedProducts(text: string): Promise<readonly Id[]>
}

const SYNONYMS: SynonymTerms = synonymTerms([
  { id: anId(1), words: ['бігунки'], also: ['кросівки'], isOneWay: true },
])

/** Fills the first shop; the second one is empty. */
export async function engineShop(setting: EngineSetting): Promise<EngineShop> {
  const { platform, adminUrl, alone } = setting
  const [tenant, other] = setting.tenants as unknown as readonly [TenantId, TenantId]
  const tenantOf = (id: TenantId): Tenant => ({
    id,
    slug: `shop-${id}`,
    name: 'A shop',
    currency: 'UAH',
    languages: ['uk', 'ru', 'en'],
    holdMinutes: 15,
    timeZone: 'Europe/Kyiv',
    delivery: {},
  })
  const over = (engine: SearchEngine) => {
    const parts = {
      engine,
      // Units are what is written of them: what is sold meanwhile is another test's.
      looks: openStockLooks(platform, {
        availabilities: {
          of: async (_tenant, skus) =>
            new Map(skus.map((sku) => [sku, { free: 1, word: 'in-stock' as const }])),
          forget: () => undefined,
        },
        bundles: { bundles: async () => new Map(), forget: () => undefined },
      }),
      synonyms: async () => SYNONYMS,
      liking: openLiking(platform).of,
    }
    return { search: openSearch(platform, parts), suggest: openSuggest(platform, parts) }
  }
  const queries = over(alone)
  const whole = (ask: Partial<SearchAsk>): SearchAsk => ({
    text: '',
    categories: [],
    brands: [],
    attributes: undefined,
    sort: 'relevance',
    limit: 20,
    language: 'uk',
    ...ask,
  })
  const pageOf = (said: Outcome<SearchedPage, SearchRefusal>): SearchPage => {
    assert.ok(said.ok, JSON.stringify(said))
    return said.value.page
  }
  const suggest = (text: string, shop = tenant) =>
    queries.suggest(tenantOf(shop), { text, language: 'uk', limit: 5 })
  const made: EngineShop = {
    tenant,
    other,
    anId,
    put: (shop, products) => put(adminUrl, shop, products),
    ask: (ask, shop = tenant) => queries.search(tenantOf(shop), whole(ask)),
    search: async (ask, shop = tenant) => pageOf(await queries.search(tenantOf(shop), whole(ask))),
    over: (engine) => {
      const { search } = over(engine)
      return async (ask) => pageOf(await search(tenantOf(tenant), whole(ask)))
    },
    async suggest(text, shop) {
      const all = await suggest(text, shop)
      return all.flatMap((each) => (each.kind === 'product' ? [] : [`${each.kind} ${each.text}`]))
    },
    async suggestedProducts(text) {
      const all = await suggest(text)
      return all.flatMap(({ productId }) => productId ?? [])
    },
  }
  await made.put(tenant, PRODUCTS)
  return made
}

/** Rows as `refresh` writes them: deleted and inserted, in one transaction. */
async function put(url: string, tenant: TenantId, products: readonly Product[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const rows = products.map((product) => {
      const entry = entryOf(indexed(product))
      return {
        id: product.id,
        entry: entry === undefined ? null : JSON.stringify(entry),
        there: product.isAvailable,
      }
    })
    const ids = rows.map(({ id }) => id)
    await client.query('begin')
    for (const table of ['documents', 'availability']) {
      await client.query(
        `delete from search.${table} where tenant_id = $1 and product_id = any ($2::uuid[])`,
        [tenant, ids],
      )
    }
    const given = `jsonb_to_recordset($2::jsonb) as row (id uuid, entry text, there boolean)`
    await client.query(
      `insert into search.documents (tenant_id, product_id, entry, version)
       select $1, id, entry, 1 from ${given}`,
      [tenant, JSON.stringify(rows)],
    )
    await client.query(
      `insert into search.availability (tenant_id, product_id, is_available)
       select $1, id, there from ${given}`,
      [tenant, JSON.stringify(rows)],
    )
    await client.query('commit')
  } finally {
    await client.end()
  }
}
