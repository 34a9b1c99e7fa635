/** The taxes and special prices of the demo shops, as data over what they sell. */
import type { Rule, SpecialPriceView } from '#context/pricing'

import type { DemoShop } from './catalog.ts'

/** What a special list takes off, for everything of some categories. */
interface Reduction {
  readonly list: string
  readonly categories: readonly string[]
  /** From so many units on, so many percent less. */
  readonly percent: readonly (readonly [fromQuantity: number, percent: number])[]
}

/** Prices in another currency: so many of the main one cost one of it. */
export interface DemoList {
  readonly currency: string
  readonly perUnit: number
  /** Minor units. */
  readonly delivery: Readonly<Record<string, number>>
}

interface DemoPrices {
  readonly lists: readonly DemoList[]
  readonly rules: readonly Rule[]
  readonly reductions: readonly Reduction[]
  /** Demo users who buy in a group. */
  readonly members: Readonly<Record<string, string>>
}

const NO_LIMIT = { group: null, market: null, from: null, until: null, isSale: false }

/** By the slug of the shop; one that is absent sells at ordinary prices and computes no tax. */
const PRICES: Readonly<Record<string, DemoPrices>> = {
  demo: {
    lists: [{ currency: 'EUR', perUnit: 48, delivery: { post: 990, pickup: 0 } }],
    rules: [
      {
        kind: 'zone',
        code: 'ukraine',
        name: 'Україна',
        places: [{ country: 'UA', postalPrefixes: [] }],
      },
      {
        kind: 'rate',
        code: 'ukraine-standard',
        name: 'ПДВ 20 %',
        zone: 'ukraine',
        category: 'standard',
        partsPerMillion: 200_000,
        from: null,
        until: null,
      },
      {
        kind: 'tax',
        code: 'shop',
        doPricesIncludeTax: true,
        rounding: 'half-up',
        homeCountry: 'UA',
        rates: 'own',
      },
      { kind: 'group', code: 'club', name: 'Клуб Torg Sport' },
      {
        ...NO_LIMIT,
        kind: 'special-list',
        code: 'club',
        name: 'Ціни для клубу',
        currency: 'UAH',
        group: 'club',
      },
      {
        ...NO_LIMIT,
        kind: 'special-list',
        code: 'teams',
        name: 'Для команд: від десяти штук дешевше',
        currency: 'UAH',
      },
      {
        ...NO_LIMIT,
        kind: 'special-list',
        code: 'winter-sale',
        name: 'Зимовий розпродаж',
        currency: 'UAH',
        from: '2026-11-01T00:00:00.000Z',
        until: '2031-03-01T00:00:00.000Z',
        isSale: true,
      },
    ],
    reductions: [
      { list: 'club', categories: ['recovery', 'yoga'], percent: [[1, 10]] },
      {
        list: 'teams',
        categories: ['football-balls', 'football'],
        percent: [
          [10, 10],
          [50, 20],
        ],
      },
      { list: 'winter-sale', categories: ['alpine-skiing', 'winter-sports'], percent: [[1, 15]] },
    ],
    members: { 'shopper@demo.test': 'club' },
  },
}

/** In the order in which they can be set: each names only what stands before it. */
export function demoRules({ slug }: Pick<DemoShop, 'slug'>): readonly Rule[] {
  return PRICES[slug]?.rules ?? []
}

/** Whole units of ten, as prices of this demo are. */
export function demoSpecials({ slug, products }: DemoShop): SpecialPriceView[] {
  return (PRICES[slug]?.reductions ?? []).flatMap(({ list, categories, percent }) =>
    products
      .filter(({ category }) => categories.includes(category))
      .flatMap(({ variants }) => variants)
      .map(({ sku, price }) => ({
        list,
        sku,
        tiers: percent.map(([fromQuantity, off]) => ({
          fromQuantity,
          amount: Math.max(1, Math.floor((price.amount * (100 - off)) / 1000) * 10),
        })),
      })),
  )
}

/** The currencies a demo shop sells in besides its main one. */
export function demoLists({ slug }: Pick<DemoShop, 'slug'>): readonly DemoList[] {
  return PRICES[slug]?.lists ?? []
}

/** What everything costs in such a currency: half units, as shops like them. */
export function demoListPrices({ products }: DemoShop, { perUnit }: DemoList) {
  return products
    .flatMap(({ variants }) => variants)
    .map(({ sku, price: { amount } }) => ({
      sku,
      amount: Math.max(50, Math.ceil(amount / perUnit / 50) * 50),
    }))
}

/** The group a demo user buys in; undefined for none. */
export function demoGroup({ slug }: Pick<DemoShop, 'slug'>, email: string): string | undefined {
  return PRICES[slug]?.members[email]
}
