/** What every engine must do, asked as people ask: through `search` and `suggest`, over rows of PostgreSQL. */
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'

import { Unavailable } from '../../../platform/outcome.ts'
import type { SearchAsk, SearchPage } from '../contract.ts'
import { engineShop, PRODUCTS, type EngineShop, type Product } from './engine-shop.testing.ts'
import type { EngineSetting } from './engine-shop.testing.ts'

const SORTS = ['relevance', 'newest', 'price-up', 'price-down', 'rating'] as const

/** Asks again until it is so; says how long that took. */
export async function until(isSo: () => Promise<boolean>, mostMs = 5000): Promise<number> {
  const since = performance.now()
  while (!(await isSo())) {
    if (performance.now() - since > mostMs) assert.fail(`not so after ${mostMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return performance.now() - since
}

const slugs = (page: SearchPage): string[] => page.items.map(({ slug }) => slug)
const sorted = (texts: readonly string[]): string[] => texts.toSorted()

/** Whether a product fits what is asked, as plainly as it can be said. */
function fits(product: Product, ask: Partial<SearchAsk>, except?: string): boolean {
  const { categories = [], brands = [], attributes = '', minPrice = 0, maxPrice = Infinity } = ask
  const chosen = new Map(
    attributes
      .split(';')
      .filter((part) => part !== '')
      .map((part) => part.split(':') as [string, string]),
  )
  const color = chosen.get('color')?.split(',')
  const [from = '', to = ''] = chosen.get('weight')?.split('..') ?? []
  return (
    product.isAvailable &&
    (categories.length === 0 ||
      except === 'category' ||
      categories.some((each) => each === product.category || each === 'all')) &&
    (brands.length === 0 || except === 'brand' || brands.includes(product.brand)) &&
    (color === undefined || except === 'color' || color.includes(product.color)) &&
    (except === 'weight' ||
      ((from === '' || product.weight >= Number(from)) &&
        (to === '' || product.weight <= Number(to)))) &&
    product.price >= minPrice &&
    product.price <= maxPrice
  )
}

const ASKS: readonly Partial<SearchAsk>[] = [
  {},
  { brands: ['vento'] },
  { brands: ['vento', 'orlan'], attributes: 'color:red' },
  { categories: ['shoes'], attributes: 'color:red,blue;weight:2..5' },
  { categories: ['all'], minPrice: 3000, maxPrice: 9000 },
  { categories: ['tents'], brands: ['skif'], attributes: 'weight:..2', maxPrice: 20_000 },
  { attributes: 'weight:5..', brands: ['unknown'] },
  { brands: ['skif'], attributes: 'color:green', minPrice: 100_000 },
]

export function engineConforms(what: string, setting: () => EngineSetting): void {
  describe(what, () => {
    let shop: EngineShop
    before(async () => {
      shop = await engineShop(setting())
      await until(async () => {
        try {
          return (await shop.search({})).total.count > 0
        } catch (error) {
          if (error instanceof Unavailable) return false
          throw error
        }
      })
    })
    const search = (ask: Partial<SearchAsk>): Promise<SearchPage> => shop.search(ask)
    const found = async (text: string, more: Partial<SearchAsk> = {}): Promise<string[]> =>
      slugs(await search({ text, limit: 100, ...more }))

    test('finds by words of every language, slips, layouts, codes and what things are also called', async () => {
      const shoes = sorted(
        PRODUCTS.filter((each) => each.category === 'shoes' && each.isAvailable).map(
          (each) => each.slug,
        ),
      )
      for (const text of [
        'кросівки',
        'кросівок',
        'кроссовки',
        'кроссовками',
        'running shoes',
        'rhjcsdrb',
        'krosivky',
        'кросівкі',
        'кросовкы',
        'кросів',
        'бігунки',
      ]) {
        assert.deepEqual(sorted(await found(text)), shoes, text)
      }
      const slipped = await search({ text: 'rhjcsdrb' })
      assert.deepEqual([slipped.searchedFor, slipped.why], ['кросівки', 'layout'])
      assert.equal((await search({ text: 'кросівкм' })).why, 'correction')
      const bags = PRODUCTS.filter((each) => each.category === 'bags' && each.isAvailable)
      assert.deepEqual(sorted(await found('спальний мішок')), sorted(bags.map((each) => each.slug)))
      assert.deepEqual(await found('SKU-7'), ['p-7'])
      assert.deepEqual(await found('хмарочос'), [])
    })

    test('shows what has most of the words where nothing has all', async () => {
      const page = await search({ text: 'червоні кросівки хмарочос', limit: 100 })
      assert.equal(page.missingWords, 1)
      const red = PRODUCTS.filter(
        (each) => each.category === 'shoes' && each.color === 'red' && each.isAvailable,
      )
      assert.deepEqual(sorted(slugs(page)), sorted(red.map((each) => each.slug)))
      assert.deepEqual(await found('кросівки хмарочос літак небо'), [])
    })

    test('says which part of a name was sought', async () => {
      const [first] = (await search({ text: 'кросівок', language: 'uk' })).items
      const marked = first?.highlights.map(({ from, to }) => first.name.slice(from, to))
      assert.deepEqual(marked, ['Кросівки'])
    })

    test('counts in each facet what its values would leave under all other filters (SEARCH-2)', async () => {
      for (const ask of ASKS) {
        for (const text of ['', 'кросівки']) {
          const page = await search({ ...ask, text, limit: 100 })
          const there = PRODUCTS.filter((each) => text === '' || each.category === 'shoes')
          const fitting = there.filter((each) => fits(each, ask))
          const context = JSON.stringify({ ask, text })
          assert.equal(page.total.count, fitting.length, context)
          assert.deepEqual(sorted(slugs(page)), sorted(fitting.map(({ slug }) => slug)), context)
          const facets = ['category', 'brand', 'color', 'weight'] as const
          for (const code of facets) {
            const expected = new Map<string, number>()
            for (const each of there.filter((one) => fits(one, ask, code))) {
              const values = code === 'category' ? ['all', each.category] : [String(each[code])]
              for (const value of values) expected.set(value, (expected.get(value) ?? 0) + 1)
            }
            const facet = page.facets.find((each) => each.code === code)
            assert.deepEqual(
              new Map(facet?.values.map((value) => [value.code, value.count])),
              expected,
              `${code} of ${context}`,
            )
          }
          const prices = there
            .filter((each) => fits(each, { ...ask, minPrice: 0, maxPrice: Infinity }))
            .map(({ price }) => price)
          assert.equal(
            page.prices?.min.amount,
            prices.length === 0 ? undefined : Math.min(...prices),
          )
          assert.equal(
            page.prices?.max.amount,
            prices.length === 0 ? undefined : Math.max(...prices),
          )
        }
      }
    })

    test('names facets and values in the language that is asked', async () => {
      const { facets } = await search({ language: 'uk', attributes: 'color:red' })
      const color = facets.find(({ code }) => code === 'color')
      assert.equal(color?.name, 'Колір')
      const red = color?.values.find(({ code }) => code === 'red')
      assert.deepEqual([red?.name, red?.isChosen], ['червоний', true])
    })

    test('shows every hit once, in order, page by page (SEARCH-3)', async () => {
      const brand = (await search({ text: 'кросівки' })).items[0]?.id ?? ''
      for (const sort of SORTS) {
        for (const text of ['', 'кросівки']) {
          // Only relevance is another for each asker.
          const shoppers = sort === 'relevance' ? [undefined, { seen: [brand] }] : [undefined]
          for (const shopper of shoppers) {
            const ask = { text, sort, ...(shopper === undefined ? {} : { shopper }) }
            const whole = slugs(await search({ ...ask, limit: 100 }))
            const paged: string[] = []
            for (let after: string | null = ''; after !== null;) {
              const page: SearchPage = await search({
                ...ask,
                limit: 4,
                ...(after === '' ? {} : { after }),
              })
              paged.push(...slugs(page))
              after = page.next
            }
            const context = JSON.stringify(ask)
            assert.deepEqual(paged, whole, context)
            assert.equal(new Set(paged).size, paged.length, context)
            assert.ok(paged.length > 3, context)
          }
        }
      }
    })

    test('sorts by age, price and rating, the newest first among equals', async () => {
      const by = (key: (product: Product) => number) =>
        PRODUCTS.filter((each) => each.isAvailable)
          .toSorted(
            (a, b) => key(b) - key(a) || b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1),
          )
          .map(({ slug }) => slug)
      const of = async (sort: (typeof SORTS)[number]) => slugs(await search({ sort, limit: 100 }))
      assert.deepEqual(
        await of('newest'),
        by(() => 0),
      )
      assert.deepEqual(
        await of('price-up'),
        by(({ price }) => -price),
      )
      assert.deepEqual(
        await of('price-down'),
        by(({ price }) => price),
      )
      assert.deepEqual(
        await of('rating'),
        by(({ rated }) => rated),
      )
    })

    test('lifts what the asker likes among equals, and says why', async () => {
      const liked = PRODUCTS.find((each) => each.brand === 'skif' && each.category === 'tents')
      const plain = await search({ text: 'кросівки', limit: 100 })
      const own = await search({
        text: 'кросівки',
        limit: 100,
        shopper: { seen: [liked?.id ?? ''] },
      })
      assert.deepEqual(sorted(slugs(own)), sorted(slugs(plain)))
      assert.equal(own.items[0]?.brand, 'skif')
      assert.deepEqual(own.items[0]?.because, ['brand'])
      assert.ok(plain.items.every(({ because }) => because.length === 0))
    })

    test('shows nothing that is hidden, sold out, or not to be seen at this time (SEARCH-1)', async () => {
      const moment = (ms: number): string => new Date(Date.now() + ms).toISOString()
      const hiding: readonly Partial<Product>[] = [
        { isAvailable: false },
        { isVisible: false },
        { visibleFrom: moment(60_000) },
        { visibleUntil: moment(-60_000) },
      ]
      const some = PRODUCTS.filter((each) => each.isAvailable).slice(0, hiding.length)
      const shown = async (): Promise<number> => {
        const there = await found('')
        return some.filter(({ slug }) => there.includes(slug)).length
      }
      assert.equal(await shown(), hiding.length)
      await shop.put(
        shop.tenant,
        some.map((each, place) => ({ ...each, ...hiding[place] })),
      )
      const gone = await until(async () => (await shown()) === 0)
      for (const { slug } of some) {
        assert.ok(!(await found(`SKU-${slug.slice(2)}`)).includes(slug), slug)
      }
      await shop.put(shop.tenant, some)
      const back = await until(async () => (await shown()) === hiding.length)
      assert.ok(Math.max(gone, back) < 1000, `${gone} ms, ${back} ms`)
    })

    test('never finds what another shop has, though both have the same product (SEARCH-1)', async () => {
      const [one] = PRODUCTS as readonly [Product]
      const name = { uk: 'Парасолька чужинка' }
      await shop.put(shop.other, [
        { ...one, name },
        { ...one, id: shop.anId(900), slug: 'alien', name },
      ])
      const there = (text: string) => shop.search({ text, limit: 100 }, shop.other)
      await until(async () => (await there('парасолька').catch(() => undefined))?.total.count === 2)
      assert.deepEqual(await found('парасолька'), [])
      assert.deepEqual(slugs(await there('кросівки')), [])
      assert.equal((await there('')).total.count, 2)
      assert.deepEqual(await shop.suggest('парас'), [])
      assert.deepEqual(await shop.suggest('паросолька'), [])
      assert.ok((await shop.suggest('парас', shop.other)).includes('word парасолька'))
      assert.ok((await search({})).facets.every(({ values }) => values.length > 0))
      assert.equal((await there('')).facets.find(({ code }) => code === 'brand')?.values.length, 1)
    })

    test('follows what changed: words, facets, prices, and what is gone (SEARCH-4)', async () => {
      const [two] = PRODUCTS.filter((each) => each.slug === 'p-2') as [Product]
      await shop.put(shop.tenant, [
        { ...two, name: { uk: 'Гамак похідний' }, brand: 'nova', price: 77_777 },
      ])
      const took = await until(async () => (await found('гамаку')).includes('p-2'))
      assert.ok(took < 1000, String(took))
      const page = await search({ text: 'гамак', brands: ['nova'], minPrice: 77_777 })
      assert.deepEqual(slugs(page), ['p-2'])
      const nova = page.facets.find(({ code }) => code === 'brand')?.values
      assert.deepEqual(
        nova?.map(({ code, name, count }) => [code, name, count]),
        [['nova', 'NOVA', 1]],
      )
      assert.ok((await shop.suggest('гам')).includes('word гамак'))
      await shop.put(shop.tenant, [two])
      await until(async () => (await found('гамак')).length === 0)
      assert.ok(!(await shop.suggest('гам')).includes('word гамак'))
      assert.ok((await found(`SKU-${two.slug.slice(2)}`)).includes('p-2'))
    })

    test('suggests words, categories, brands and products, and never what is sold out', async () => {
      const typed = await shop.suggest('крос')
      assert.ok(typed.includes('word кросівки'), typed.join())
      assert.ok((await shop.suggest('взут')).includes('category Взуття'))
      assert.ok((await shop.suggest('ven')).includes('brand VENTO'))
      const soldOut = PRODUCTS.filter((each) => !each.isAvailable).map(({ id }) => id)
      for (const text of ['крос', 'намет', 'sku']) {
        const products = await shop.suggestedProducts(text)
        assert.ok(products.every((id) => !soldOut.includes(id)))
      }
      assert.ok((await shop.suggestedProducts('крос')).length > 0)
      assert.ok((await shop.suggest('кросівкм')).includes('word кросівки'))
      assert.deepEqual(await shop.suggest('  '), [])
    })

    test('answers whatever is typed, and refuses filters that mean nothing (SEARCH-5)', async () => {
      const long = Array.from({ length: 10_000 }, (_, number) => `слово${number}`).join(' ')
      for (const text of [
        long,
        'кросівки '.repeat(500),
        '.*(a+)+$ \\ " { } [ ] ~ @ # & < >',
        '\u0000\uFFFF 🧦 %00',
        'a'.repeat(5000),
        '15',
        '* ? : /',
      ]) {
        assert.ok(Array.isArray((await search({ text })).items), text.slice(0, 20))
        await shop.suggest(text)
      }
      assert.equal((await search({ text: long })).isCut, true)
      const refused = async (ask: Partial<SearchAsk>): Promise<string> => {
        const said = await shop.ask(ask)
        return said.ok ? 'accepted' : said.refusal.code
      }
      assert.equal(await refused({ attributes: 'unknown:1' }), 'search.facet-unknown')
      assert.equal(await refused({ attributes: '::' }), 'search.filter-malformed')
      const { next } = await search({ sort: 'newest', limit: 1 })
      assert.equal(await refused({ sort: 'price-up', after: next ?? '' }), 'search.place-foreign')
      const many = Array.from({ length: 12 }, () => 'кросівки червоні vento').join(' ')
      assert.ok((await search({ text: many })).total.count > 0)
    })

    test('while everything is made anew no answer is empty (SEARCH-4)', async () => {
      const { engine } = setting()
      const safe = shop.over(engine)
      const { total } = await search({ limit: 1 })
      await engine.renew(shop.tenant)
      const end = performance.now() + 300
      while (performance.now() < end) {
        // A bound that is always another: nothing is answered by what is remembered.
        const page = await safe({ limit: 1, minPrice: Math.floor(performance.now() * 10) % 999 })
        assert.deepEqual(page.total, total)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    })
  })
}
