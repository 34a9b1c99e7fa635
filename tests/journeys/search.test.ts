/** Search over the whole program: what is found in which words, how soon, and never what must not be. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { undocumented } from './documented.ts'
import { A, eventually, good, Journey, refused, type Json } from './journey.ts'

let journey: Journey
let admin: string
before(async () => {
  journey = await Journey.begin()
  admin = await journey.token('admin')
  // The demo is indexed by following the log, like everything else.
  const late = performance.now() + 60_000
  const left = `select count(*)::int as left from catalog.products p where not exists (
    select from search.documents d where d.tenant_id = p.tenant_id and d.product_id = p.id)`
  while ((await journey.shop.query<{ left: number }>(left))[0]?.left !== 0) {
    assert.ok(performance.now() < late, 'the demo was never indexed')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
})
after(() => journey?.[Symbol.asyncDispose]())

const S = `${A}/search`
const search = async (query: Record<string, string | number>, ask = {}): Promise<Json> =>
  good(
    await journey.get(
      `${S}?${new URLSearchParams(query as Record<string, string>).toString()}`,
      ask,
    ),
  )
const found = async (q: string, more = {}): Promise<string[]> =>
  (await search({ q, limit: 100, ...more })).items.map(({ slug }: Json) => slug)
const facetOf = (page: Json, code: string): Record<string, number> =>
  Object.fromEntries(
    (page.facets.find((each: Json) => each.code === code)?.values ?? []).map((value: Json) => [
      value.code,
      value.count,
    ]),
  )

/** A made-up word that no other product has. */
const word = (): string =>
  Array.from(crypto.randomUUID().replaceAll('-', '').slice(0, 10), (sign) =>
    'qwzxvbnmklprstdf'.charAt(Number.parseInt(sign, 16)),
  ).join('')

async function aNamed(name: string, units = 5): Promise<Json> {
  const sku = `S-${crypto.randomUUID().slice(0, 13).toUpperCase()}`
  const draft = { sku, name: { uk: name, en: name }, price: { amount: 5000, currency: 'UAH' } }
  const product = good(await journey.post(`${A}/products`, draft, { as: admin }), 201)
  if (units > 0) await setUnits(product.id, units)
  return product
}

const setUnits = async (id: string, quantity: number): Promise<void> => {
  const body = { quantity, reason: 'for a test' }
  good(await journey.patch(`${A}/products/${id}/stock`, body, { as: admin }))
}

suite('what is found', () => {
  test('is the same in another form, language, layout, alphabet, and with a slip', async () => {
    const shoes = await found('кросівки')
    assert.ok(shoes.length > 5, String(shoes.length))
    for (const typed of [
      'кросівок',
      'кросівками',
      'кроссовки',
      'rhjcsdrb',
      'krosivky',
      'кросивки',
      'кросвки',
    ]) {
      const others = await found(typed)
      const shared = others.slice(0, 10).filter((slug) => shoes.includes(slug))
      assert.ok(shared.length >= 5, `${typed}: ${others.slice(0, 5).join()}`)
    }
    const slipped = await search({ q: 'rhjcsdrb' })
    assert.equal(slipped.searchedFor, 'кросівки')
    assert.equal(slipped.why, 'layout')
  })

  test('says which part of the name was sought, and never as HTML', async () => {
    const name = `${word()} <b>bold</b>`
    await aNamed(name)
    const first = name.split(' ')[0] ?? ''
    const page = await eventually(
      () => search({ q: first }),
      ({ items }) => items.length === 1,
    )
    const [item] = page.items
    assert.equal(item.name, name)
    assert.deepEqual(item.highlights, [{ from: 0, to: first.length }])
  })

  test('is nothing where nothing is meant, and says so', async () => {
    const page = await search({ q: 'фтлоукцйщзхжэ' })
    assert.deepEqual([page.items, page.total, page.next], [[], { count: 0, isExact: true }, null])
  })

  test('follows what happens within a second: created, renamed, sold out, back, archived', async () => {
    const [first, second] = [word(), word()]
    const times: number[] = []
    const seen = async (q: string, isThere: boolean): Promise<void> => {
      const since = performance.now()
      await eventually(
        () => found(q),
        (slugs) => slugs.length === (isThere ? 1 : 0),
      )
      times.push(performance.now() - since)
    }
    const product = await aNamed(first, 2)
    await seen(first, true)
    const draft = { sku: product.sku, name: { uk: second }, price: product.price }
    good(await journey.call('PUT', `${A}/products/${product.id}`, { as: admin, body: draft }))
    await seen(second, true)
    await seen(first, false)
    await setUnits(product.id, 0)
    await seen(second, false)
    await setUnits(product.id, 3)
    await seen(second, true)
    await journey.call('DELETE', `${A}/products/${product.id}`, { as: admin })
    await seen(second, false)
    const middle = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
    assert.ok(middle < 1000, `took ${times.map(Math.round).join()} ms`)
  })

  test('is never what somebody bought the last unit of, a second later', async () => {
    const name = word()
    const { sku } = await aNamed(name, 1)
    await eventually(
      () => found(name),
      (slugs) => slugs.length === 1,
    )
    await journey.aPaidOrder(sku, 1)
    await new Promise((resolve) => setTimeout(resolve, 1100))
    assert.deepEqual(await found(name), [])
  })
})

test('while every product is indexed anew, none is missing and writers are followed (SEARCH-4)', async () => {
  // Where search follows its own writes, an entry that was spoiled by hand is written anew.
  const spoiled = `select count(*)::int as left from search.documents where tenant_id = 1 and entry like '% '`
  const { total } = await search({ limit: 1 })
  await journey.shop.query(`update search.documents set entry = entry || ' ' where tenant_id = 1`)
  const names = [word(), word(), word()]
  const counts: number[] = []
  let isOver = false
  const looking = (async () => {
    while (!isOver)
      counts.push((await search({ limit: 1, minPrice: counts.length % 1000 })).total.count)
  })()
  const late = performance.now() + 30_000
  for (const name of names) await aNamed(name)
  while ((await journey.shop.query<{ left: number }>(spoiled))[0]?.left !== 0) {
    assert.ok(performance.now() < late, 'the job never mended the index')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  for (const name of names)
    await eventually(
      () => found(name),
      (slugs) => slugs.length === 1,
    )
  isOver = true
  await looking
  assert.ok(counts.length > 10, String(counts.length))
  assert.ok(Math.min(...counts) >= total.count, `${Math.min(...counts)} of ${total.count}`)
})

suite('facets', () => {
  test('count what SQL counts, whatever is chosen', async () => {
    // Products on sale with units, straight from the tables, by category and brand.
    const rows = await journey.shop.query<{
      category: string
      brand: string | null
      price: number
    }>(
      `with recursive free as (
         select unit, max(posted - held) as most from platform.accounts
         where tenant_id = 1 and (name like 'on-hand/%' or name = 'backorder')
         group by unit having max(posted - held) > 0
       ), above as (
         select slug as own, slug, parent from catalog.categories where tenant_id = 1
         union all
         select above.own, c.slug, c.parent from catalog.categories c
         join above on above.parent = c.slug where c.tenant_id = 1
       )
       select p.brand, (select min((v->'price'->>'amount')::int) from jsonb_array_elements(p.variants) v) as price,
         (select jsonb_agg(above.slug) from above where above.own = p.category) as category
       from catalog.products p
       where p.tenant_id = 1 and p.status = 'active' and not p.is_hidden
         and coalesce(p.visible_from, '-infinity') <= now()
         and coalesce(p.visible_until, 'infinity') > now()
         and exists (
           select from jsonb_array_elements(p.variants) v
           where case when jsonb_array_length(coalesce(v->'components', '[]')) = 0
             then exists (select from free where unit = v->>'sku')
             else not exists (
               select from jsonb_array_elements(v->'components') c
               where not exists (
                 select from free where unit = c->>'sku' and most >= (c->>'quantity')::int))
             end)`,
    )
    const truth = (column: 'category' | 'brand', fits: (row: Json) => boolean) => {
      const counts: Record<string, number> = {}
      for (const row of rows.filter(fits)) {
        for (const each of [row[column] ?? []].flat()) counts[each] = (counts[each] ?? 0) + 1
      }
      return counts
    }
    const all = await eventually(
      () => search({ limit: 1 }),
      ({ total }) => total.count === rows.length,
    )
    assert.deepEqual(
      facetOf(all, 'category'),
      truth('category', () => true),
    )
    assert.deepEqual(
      facetOf(all, 'brand'),
      truth('brand', () => true),
    )
    const brands = Object.keys(facetOf(all, 'brand')).slice(0, 3)
    const [category = ''] = Object.keys(facetOf(all, 'category')).slice(2)
    const maxPrice = 200_000
    const page = await search({ category, brand: brands.join(), maxPrice, limit: 1 })
    const isCheap = ({ price }: Json): boolean => price <= maxPrice
    const ofBrand = ({ brand }: Json): boolean => brands.includes(brand)
    const ofCategory = (row: Json): boolean => (row.category ?? []).includes(category)
    assert.deepEqual(
      facetOf(page, 'category'),
      truth('category', (row) => isCheap(row) && ofBrand(row)),
    )
    assert.deepEqual(
      facetOf(page, 'brand'),
      truth('brand', (row) => isCheap(row) && ofCategory(row)),
    )
    assert.equal(
      page.total.count,
      rows.filter((row) => isCheap(row) && ofBrand(row) && ofCategory(row)).length,
    )
  })

  test('pages in every order show every product once', async () => {
    const { total } = await search({ limit: 1 })
    for (const sort of ['newest', 'price-up', 'price-down', 'relevance']) {
      const ids: string[] = []
      for (let after: string | null = ''; after !== null;) {
        const page: Json = await search({ sort, limit: 100, ...(after === '' ? {} : { after }) })
        ids.push(...page.items.map(({ id }: Json) => id))
        after = page.next
      }
      assert.equal(new Set(ids).size, total.count, sort)
      assert.equal(ids.length, total.count, sort)
    }
  })
})

suite('what is asked wrongly', () => {
  test('is refused with a code or answered honestly, and quickly', async () => {
    const get = (query: string) => journey.get(`${S}?${query}`)
    refused(await get('attributes=nonsense:1'), 422, 'search.facet-unknown')
    refused(await get('attributes=:::;;'), 422, 'search.filter-malformed')
    refused(await get(`attributes=${'color:red;'.repeat(2)}`), 422, 'search.facet-repeated')
    refused(
      await get('sort=newest&after=r.1.1.00000000-0000-0000-0000-000000000000'),
      422,
      'search.place-foreign',
    )
    for (const query of [
      'q=%00',
      'limit=0',
      'limit=101',
      'limit=1e9',
      'after=10000000',
      'minPrice=-1',
      'unknown=1',
      `q=${'a'.repeat(1001)}`,
      'category=..%2F',
      'seen=1,2',
      'sort=best',
    ]) {
      refused(await get(query), 422, 'request.invalid')
    }
    assert.equal((await get(`q=${'word+'.repeat(10_000)}`)).status, 414)
    for (const q of [
      'а '.repeat(500),
      'a'.repeat(1000),
      '(a+)+$'.repeat(100),
      '%_\\\'"'.repeat(150),
      '.*'.repeat(400),
      'кросівки '.repeat(100),
      '🏃'.repeat(400),
      "' or 1=1 --",
      '\u202e\u200b\u0301'.repeat(200),
      '((((((((((',
    ]) {
      const since = performance.now()
      const page = await search({ q })
      const took = performance.now() - since
      assert.ok(took < 250, `${q.slice(0, 20)} took ${Math.round(took)} ms`)
      assert.ok(page.items.length <= 20)
    }
    assert.equal((await search({ q: 'кросівки '.repeat(100) })).isCut, true)
  })
})

suite('suggestions', () => {
  test('complete words, and name categories, brands and products', async () => {
    const { items } = good(
      await journey.get(`${S}/suggest?q=${encodeURIComponent('крос')}&lang=uk`),
    )
    const kinds = new Set(items.map(({ kind }: Json) => kind))
    assert.ok(kinds.has('word') && kinds.has('product'), JSON.stringify(items))
    assert.ok(items.some(({ kind, text }: Json) => kind === 'word' && text.startsWith('крос')))
    for (const { kind, picture } of items as Json[]) {
      assert.ok(kind === 'product' || picture === null, 'only products have pictures')
    }
    const slipped = good(await journey.get(`${S}/suggest?q=rhjc&lang=uk`)).items
    assert.ok(
      slipped.some(({ kind }: Json) => kind === 'product'),
      JSON.stringify(slipped),
    )
    assert.deepEqual(good(await journey.get(`${S}/suggest?q=`)).items, [])
  })

  test('write words as the shop does, whether or not the apostrophe was typed', async () => {
    const suggested = async (q: string): Promise<string[]> =>
      good(await journey.get(`${S}/suggest?q=${encodeURIComponent(q)}&lang=uk`))
        .items.filter(({ kind }: Json) => kind === 'word')
        .map(({ text }: Json) => text)
    for (const q of ['мя', 'м’я', "м'яч"]) {
      const words = await suggested(q)
      assert.ok(
        words.some((each) => each.startsWith('м’яч')),
        `${q}: ${words.join()}`,
      )
      assert.ok(!words.some((each) => each.startsWith('мя')), `${q}: ${words.join()}`)
    }
    assert.ok((await suggested('футбольний м’я')).includes('футбольний м’яч'))
  })
})

suite('facets', () => {
  test('are called as the shopper calls them, and what is true or false is yes or no', async () => {
    const code = `b${crypto.randomUUID().slice(0, 8)}`
    const attribute = { kind: 'boolean', name: { uk: 'Новинка', en: 'New' }, isFacet: true }
    const path = `${A}/admin/attributes/${code}`
    const set = await journey.call('PUT', path, { as: admin, body: attribute })
    assert.ok(set.status < 300, set.text)
    const name = word()
    const { id, sku, price } = await aNamed(name)
    const body = { sku, name, price, attributes: { [code]: true } }
    good(await journey.call('PUT', `${A}/products/${id}`, { as: admin, body }))
    for (const [lang, brand, yes] of [
      ['uk', 'Бренд', 'Так'],
      ['en', 'Brand', 'Yes'],
    ] as const) {
      const page = await eventually(
        () => search({ q: name, lang }),
        ({ facets }) => facets.some((each: Json) => each.code === code),
      )
      const facet = page.facets.find((each: Json) => each.code === code)
      assert.deepEqual(
        facet.values.map((each: Json) => [each.code, each.name]),
        [['true', yes]],
      )
      const { facets } = await search({ q: '', lang })
      assert.equal(facets.find((each: Json) => each.kind === 'brand').name, brand)
    }
  })
})

suite('a shop’s own', () => {
  test('synonyms widen what is found, one way or both, until they are removed', async () => {
    const [mine, other] = [word(), word()]
    await aNamed(other)
    await eventually(
      () => found(other),
      (slugs) => slugs.length === 1,
    )
    const body = { words: [mine], also: [other], isOneWay: true }
    const { id } = good(await journey.post(`${S}/synonyms`, body, { as: admin }), 201)
    await eventually(
      () => found(mine),
      (slugs) => slugs.length === 1,
    )
    assert.ok(
      good(await journey.get(`${S}/synonyms`, { as: admin })).items.some(
        (each: Json) => each.id === id,
      ),
    )
    const remove = () => journey.call('DELETE', `${S}/synonyms/${id}`, { as: admin })
    good(await remove(), 204)
    refused(await remove(), 404, 'search.synonym-unknown')
    await eventually(
      () => found(mine),
      (slugs) => slugs.length === 0,
    )
    const phrase = { words: ['two words'], also: ['three'] }
    refused(
      await journey.post(`${S}/synonyms`, phrase, { as: admin }),
      422,
      'search.synonym-phrase',
    )
    refused(await journey.get(`${S}/synonyms`), 401, 'auth.required')
  })

  test('statistics tell what was sought in vain and what was clicked, and no addresses', async () => {
    const nothing = word()
    for (const q of [nothing, nothing, `${nothing}@example.test`, `${nothing} 0501234567`])
      await search({ q })
    const { items } = await search({ q: 'кросівки' })
    const click = { q: nothing, productId: items[0].id }
    good(await journey.post(`${S}/clicks`, click), 204)
    const statistics = async () =>
      good(await journey.get(`${S}/statistics?which=nothing-found&limit=100`, { as: admin }))
    const told = await eventuallyLong(statistics, (seen) =>
      seen.items.some((each: Json) => each.query === nothing),
    )
    const mine = told.items.filter(({ query }: Json) => query.includes(nothing))
    assert.deepEqual(mine, [{ query: nothing, times: 2, foundNothing: 2, clicks: 1 }])
  })

  test('ranking follows what a user looked at, says why, and is off when asked', async () => {
    const as = await journey.token('shopper')
    const name = word()
    const [older, newer] = [await ofBrand(name, 'one'), await ofBrand(name, 'two')]
    await eventually(
      () => found(name),
      (slugs) => slugs.length === 2,
    )
    const order = async (more = {}, ask = {}) =>
      (await search({ q: name, ...more }, ask)).items.map(({ id }: Json) => id)
    assert.deepEqual(await order(), [newer.id, older.id])
    assert.deepEqual(await order({ seen: older.id }), [older.id, newer.id])
    good(await journey.post(`${S}/clicks`, { q: name, productId: older.id }, { as }), 204)
    const { items } = await search({ q: name }, { as })
    assert.deepEqual([items[0].id, items[0].because], [older.id, ['brand']])
    assert.deepEqual(await order({ personal: 'false' }, { as }), [newer.id, older.id])
    good(await journey.call('DELETE', `${S}/interests`, { as }), 204)
    assert.deepEqual(await order({}, { as }), [newer.id, older.id])
  })
})

async function ofBrand(name: string, brand: string): Promise<Json> {
  const slug = `${brand}-${word()}`
  good(await journey.post(`${A}/brands`, { slug, name: slug }, { as: admin }), 201)
  const sku = `S-${crypto.randomUUID().slice(0, 13).toUpperCase()}`
  const draft = { sku, brand: slug, name: { uk: name }, price: { amount: 5000, currency: 'UAH' } }
  const product = good(await journey.post(`${A}/products`, draft, { as: admin }), 201)
  await setUnits(product.id, 5)
  return product
}

/** Counts are written down every two seconds. */
async function eventuallyLong<T>(
  look: () => Promise<T>,
  isThere: (seen: T) => boolean,
): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, 1500))
  return eventually(look, isThere)
}

test('every answer was as the documentation says', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
