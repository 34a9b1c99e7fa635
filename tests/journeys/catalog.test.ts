/** The catalog: what staff write and what buyers see of it, in their language, as fresh as promised. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { undocumented } from './documented.ts'
import { A, eventually, good, Journey, refused, type Json } from './journey.ts'

let journey: Journey
let as: string
before(async () => {
  journey = await Journey.begin()
  as = await journey.token('admin')
})
after(() => journey?.[Symbol.asyncDispose]())

const listed = async (query = '') =>
  good(await journey.get(`${A}/products?limit=100${query}`)).items as Json[]

suite('a product', () => {
  test('is put on sale, changed and archived, and the lists follow', async () => {
    const draft = {
      sku: 'KAYAK-1',
      name: { uk: 'Каяк', ru: 'Каяк', en: 'Kayak' },
      description: { uk: 'Довгий.', ru: 'Длинный.', en: 'Long.' },
      price: { amount: 2_500_000, currency: 'UAH' },
      category: 'swimming',
    }
    const created = await journey.post(`${A}/products?lang=en`, draft, { as })
    const { id, name, version } = good(created, 201)
    assert.equal(created.headers.location, `${A}/products/${id}`)
    assert.deepEqual([name, version], ['Kayak', 1])
    for (const field of [
      'sku',
      'description',
      'price',
      'stock',
      'category',
      'createdAt',
      'updatedAt',
    ])
      assert.ok(field in created.body, field)
    const here = (await listed('&category=swimming')).find((each) => each.id === id)
    assert.equal(here.name, 'Каяк')

    const path = `${A}/products/${id}`
    const cheaper = { ...draft, price: { amount: 1_900_000, currency: 'UAH' } }
    const changed = await journey.call('PUT', path, { body: cheaper, as })
    assert.equal(good(changed).version, 2)
    assert.equal(good(await journey.get(path)).price.amount, 1_900_000)
    const ifMatch = { 'if-match': String(created.headers.etag) }
    const stale = await journey.call('PUT', path, { body: draft, as, headers: ifMatch })
    refused(stale, 412, 'catalog.version-stale')

    assert.equal((await journey.call('DELETE', path, { as })).status, 204)
    refused(await journey.get(path), 404, 'catalog.product-unknown')
    assert.equal(good(await journey.get(path, { as })).status, 'archived')
    await eventually(
      () => listed('&category=swimming'),
      (items) => items.every((each) => each.id !== id),
    )
    const dead = await journey.call('PUT', path, { body: draft, as })
    refused(dead, 409, 'catalog.product-archived')
    const again = await journey.post(`${A}/products`, draft, { as })
    refused(again, 409, 'catalog.sku-taken')
    const cart = await journey.aCart()
    const gone = await journey.post(`${A}/carts/${cart}/items`, { sku: 'KAYAK-1', quantity: 1 })
    refused(gone, 404, 'cart.sku-unknown')
  })

  test('that is made dearer while it lies in a cart is sold as it was shown, archived not at all', async () => {
    const { id, sku } = await journey.aProduct(5)
    const [cartId, other] = [await journey.aCart(sku), await journey.aCart(sku)]
    const dearer = { sku, name: 'Мʼяч', price: { amount: 200_000, currency: 'UAH' } }
    good(await journey.call('PUT', `${A}/products/${id}`, { body: dearer, as }))
    const order = {
      cartId,
      email: 'olena@example.test',
      shippingAddress: { line1: 'Khreshchatyk 1', city: 'Kyiv', country: 'UA' },
      deliveryMethod: 'pickup',
      paymentMethod: 'card',
    }
    const ordered = good(await journey.post(`${A}/orders`, order), 201)
    assert.equal(ordered.total.amount, 129_900)
    assert.equal((await journey.call('DELETE', `${A}/products/${id}`, { as })).status, 204)
    const late = await journey.post(`${A}/orders`, { ...order, cartId: other })
    refused(late, 404, 'cart.sku-unknown')
  })

  test('speaks the language asked for, else that of the browser, else the shop’s', async () => {
    const [{ id }] = await listed()
    const path = `${A}/products/${id}`
    const told = async (query: string, header = '') => {
      const headers = header === '' ? {} : { 'accept-language': header }
      const answer = await journey.get(`${path}${query}`, { headers })
      return [answer.headers['content-language'], good(answer).name]
    }
    const names = new Map<string, string>()
    for (const lang of ['uk', 'ru', 'en']) {
      const [language, name] = await told(`?lang=${lang}`)
      assert.equal(language, lang)
      names.set(lang, name)
    }
    assert.equal(new Set(names.values()).size, 3, 'three languages, three names')
    assert.deepEqual(await told(''), ['uk', names.get('uk')])
    assert.deepEqual(await told('', 'de, en-GB;q=0.9, ru;q=0.4'), ['en', names.get('en')])
    assert.deepEqual(await told('?lang=ru', 'en'), ['ru', names.get('ru')])
    assert.deepEqual(await told('?lang=fr'), ['uk', names.get('uk')])
    assert.deepEqual(await told('', '\u00ff;;q=,,,*;q=2'), ['uk', names.get('uk')])

    for (const lang of ['uk', 'ru', 'en']) {
      const [first] = good(await journey.get(`${A}/products?limit=1&lang=${lang}`)).items
      const one = good(await journey.get(`${A}/products/${first.id}?lang=${lang}`))
      for (const field of ['id', 'slug', 'sku', 'name', 'price', 'stock', 'category', 'version']) {
        assert.deepEqual(one[field], first[field], `a list and a page say another ${field}`)
      }
    }
  })

  test('is not sent twice to who has it already', async () => {
    for (const path of [`${A}/products?limit=3`, `${A}/products/${(await listed())[0].id}`]) {
      const first = await journey.get(path)
      const etag = String(first.headers.etag)
      assert.match(etag, /^"[\w.-]+"$/)
      assert.match(String(first.headers.vary), /Accept-Language/i)
      const again = await journey.get(path, { headers: { 'if-none-match': etag } })
      assert.equal(`${again.status}${String(again.body)}`, '304')
      assert.equal(again.headers.etag, etag)
      const other = await journey.get(path, { headers: { 'if-none-match': '"other"' } })
      assert.equal(other.status, 200)
      const headers = { 'if-none-match': etag, 'accept-language': 'en' }
      assert.equal((await journey.get(path, { headers })).status, 200, 'another language')
    }
  })

  test('shows what is free now: a unit in a cart is gone from the lists within a second', async () => {
    const { id, sku } = await journey.aProduct(9)
    await journey.aCart(sku, 4)
    const seen = await eventually(
      async () => (await listed()).find((each) => each.id === id),
      (each) => each?.stock === 5,
    )
    assert.equal(seen.variants[0].stock, 5)
  })
})

suite('a list', () => {
  test('gives every product once, page by page, and takes a category with what is below it', async () => {
    const seen: string[] = []
    let after: string | null = ''
    while (after !== null) {
      const query: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`
      const page: Json = good(await journey.get(`${A}/products?limit=7&category=running${query}`))
      seen.push(...page.items.map(({ id }: Json) => id))
      after = page.next
    }
    assert.equal(new Set(seen).size, seen.length)
    const running = await listed('&category=running')
    assert.deepEqual(
      seen,
      running.map(({ id }) => id),
    )
    const [shoes, apparel] = [
      await listed('&category=running-shoes'),
      await listed('&category=running-apparel'),
    ]
    assert.equal(running.length, shoes.length + apparel.length)
    assert.ok(shoes.length > 0 && apparel.length > 0)
    assert.deepEqual(await listed('&category=no-such-category'), [])
    const brand = running[0].brand
    assert.ok((await listed(`&brand=${brand}`)).every((each) => each.brand === brand))
  })

  test('of categories and brands grows when staff add one', async () => {
    const category = { slug: 'golf', name: { uk: 'Гольф', ru: 'Гольф', en: 'Golf' } }
    good(await journey.post(`${A}/categories`, category, { as }), 201)
    refused(await journey.post(`${A}/categories`, category, { as }), 409, 'catalog.category-taken')
    const categories = good(await journey.get(`${A}/categories?lang=en`)).items
    assert.ok(categories.some(({ name }: Json) => name === 'Golf'))

    const brand = { slug: 'tee', name: 'Tee', story: { uk: 'Про гольф.' } }
    good(await journey.post(`${A}/brands`, brand, { as }), 201)
    refused(await journey.post(`${A}/brands`, brand, { as }), 409, 'catalog.brand-taken')
    assert.ok(good(await journey.get(`${A}/brands`)).items.some(({ slug }: Json) => slug === 'tee'))
    const next = good(await journey.get(`${A}/categories`, { in: 'second' })).items
    assert.ok(next.every(({ slug }: Json) => slug !== 'golf'))
  })
})

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
