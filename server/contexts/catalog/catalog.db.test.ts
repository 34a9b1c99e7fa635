import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { twoCatalogs, demo, uah, type CatalogSubject } from './catalog.testing.ts'

const { shop, elsewhere } = await twoCatalogs()

let made = 0

/** A product of its own for a test. */
function aBall(changes: object = {}) {
  made += 1
  return { sku: `BALL-${made}`, name: `М’яч ${made}`, price: uah(129_900), ...changes }
}

await shop.call('POST', '/api/v1/categories', { slug: 'sport', name: 'Спорт', position: 1 })
await shop.call('POST', '/api/v1/categories', {
  slug: 'football',
  name: { uk: 'Футбол', en: 'Football' },
  parent: 'sport',
  position: 2,
})
await shop.call('POST', '/api/v1/categories', { slug: 'food', name: 'Їжа' })
await shop.call('POST', '/api/v1/brands', { slug: 'tovkach', name: 'Tovkach' })

test('a product is created, shown in each language and listed', async () => {
  const created = await shop.call('POST', '/api/v1/products', {
    name: { uk: 'Кросівки', en: 'Running shoes' },
    description: { uk: 'Легкі.', ru: 'Лёгкие.', en: 'Light.' },
    price: uah(400_000),
    category: 'football',
    brand: 'tovkach',
    variants: [
      {
        sku: 'GALE-42',
        options: [{ code: 'size', valueCode: '42', name: { uk: 'Розмір', en: 'Size' } }],
        weightGrams: 280,
      },
      { sku: 'GALE-43', options: [{ code: 'size', valueCode: '43' }], price: uah(410_000) },
    ],
  })
  assert.equal(created.status, 201, created.text)
  const { id, createdAt } = created.body
  assert.equal(created.headers['location'], `/api/v1/products/${id}`)
  await shop.receive('GALE-42', 7)
  await shop.receive('GALE-43', 2)

  const seen = await shop.call('GET', `/api/v1/products/${id}`, undefined, {
    role: 'guest',
    headers: { 'accept-language': 'en-GB,en;q=0.9' },
  })
  assert.equal(seen.status, 200)
  assert.equal(seen.headers['content-language'], 'en')
  assert.deepEqual(seen.body, {
    id,
    slug: 'running-shoes-gale-42',
    sku: 'GALE-42',
    name: 'Running shoes',
    description: 'Light.',
    price: uah(400_000),
    salePrice: null,
    wasPrice: null,
    rating: null,
    stock: 9,
    category: 'football',
    brand: 'tovkach',
    variants: [
      {
        sku: 'GALE-42',
        options: [{ code: 'size', valueCode: '42', name: 'Size', value: '42' }],
        price: uah(400_000),
        stock: 7,
        availability: 'in-stock',
        weightGrams: 280,
        components: [],
        pictures: [],
      },
      {
        sku: 'GALE-43',
        options: [{ code: 'size', valueCode: '43', name: 'size', value: '43' }],
        price: uah(410_000),
        stock: 2,
        availability: 'in-stock',
        weightGrams: null,
        components: [],
        pictures: [],
      },
    ],
    status: 'active',
    version: 1,
    createdAt,
    updatedAt: createdAt,
    componentProducts: [],
    optionGroups: [
      {
        code: 'size',
        name: 'Size',
        values: [
          { code: '42', name: '42', swatch: null, goesWith: {} },
          { code: '43', name: '43', swatch: null, goesWith: {} },
        ],
      },
    ],
    attributes: [],
    pictures: [],
    seo: { title: '', description: '' },
  })
  assert(Math.abs(Date.parse(createdAt) - Date.now()) < 60_000)

  const russian = await shop.call('GET', `/api/v1/products/${id}?lang=ru`)
  assert.equal(russian.body.name, 'Кросівки', 'a missing translation falls back to the first one')
  assert.equal(russian.body.description, 'Лёгкие.')
  assert.deepEqual(russian.body.texts?.name, { uk: 'Кросівки', en: 'Running shoes' })

  const list = await shop.call('GET', '/api/v1/products?lang=en', undefined, { role: 'guest' })
  const listed = list.body.items[0]
  assert.deepEqual(
    [listed?.id, listed?.name, listed?.price, listed?.stock],
    [id, 'Running shoes', uah(400_000), 9],
  )
})

test('what is sent again under one key is created once and answered alike', async () => {
  const headers = { 'idempotency-key': 'create-once' }
  const body = aBall()
  const [first, twin] = await Promise.all([
    shop.call('POST', '/api/v1/products', body, { headers }),
    elsewhere.call('POST', '/api/v1/products', body, { headers }),
  ])
  assert.deepEqual([first.status, twin.status], [201, 201], first.text + twin.text)
  const again = await shop.call('POST', '/api/v1/products', body, { headers })
  assert.equal(again.text, first.text)
  assert.equal(twin.text, first.text)
  assert.equal(again.headers['idempotent-replayed'], 'true')

  const other = await shop.call('POST', '/api/v1/products', aBall(), { headers })
  assert.equal(other.status, 422)
  assert.equal(other.body.code, 'request.key-reused')
})

test('CATALOG-4: pages walk all products once, newest first, whatever is created meanwhile', async () => {
  const ids: string[] = []
  for (let n = 0; n < 25; n += 1) {
    ids.unshift((await shop.product(aBall({ category: 'food' }))).id)
  }
  const seen: string[] = []
  let after = ''
  for (;;) {
    const page = await shop.call('GET', `/api/v1/products?category=food&limit=4${after}`)
    assert.equal(page.status, 200, page.text)
    seen.push(...page.body.items.map((item) => item.id))
    if (page.body.next === null) break
    assert.equal(page.body.items.length, 4)
    after = `&after=${page.body.next}`
    if (seen.length === 8) await shop.product(aBall({ category: 'food' }))
  }
  assert.deepEqual(seen, ids)
})

test('a category brings everything below it, and filters narrow each other', async () => {
  const product = await shop.product(aBall({ category: 'football', brand: 'tovkach' }))
  const plain = await shop.product(aBall({ category: 'sport' }))
  const has = async (query: string, id: string): Promise<boolean> => {
    const { body } = await shop.call('GET', `/api/v1/products?limit=100&${query}`)
    return body.items.some((item) => item.id === id)
  }
  assert.equal(await has('category=sport', product.id), true)
  assert.equal(await has('category=sport', plain.id), true)
  assert.equal(await has('category=football', plain.id), false)
  assert.equal(await has('category=football&brand=tovkach', product.id), true)
  assert.equal(await has('category=sport&brand=tovkach', product.id), true)
  assert.equal(await has('category=sport&brand=tovkach', plain.id), false)
  assert.equal(await has('brand=tovkach', plain.id), false)
  assert.equal(await has('category=food&brand=tovkach', product.id), false)
  assert.equal(await has('category=nowhere', product.id), false)
})

test('an edit is seen at once, replaces what is sent, and keeps the other languages', async () => {
  const { id, sku } = await shop.product(
    aBall({ name: { uk: 'М’яч', en: 'Ball' }, category: 'food', description: 'Круглий.' }),
  )
  await shop.call('GET', '/api/v1/products')
  const changed = await shop.call('PUT', `/api/v1/products/${id}?lang=en`, {
    sku,
    name: 'М’яч футбольний',
    price: uah(99_900),
  })
  assert.equal(changed.status, 200, changed.text)
  const { version, name, category, description, price, texts, slug } = changed.body
  assert.deepEqual(
    { version, name, category, description, price, slug },
    { version: 2, name: 'Ball', category: null, description: '', price: uah(99_900), slug },
  )
  assert.deepEqual(texts?.name, { uk: 'М’яч футбольний', en: 'Ball' })

  const list = await shop.call('GET', '/api/v1/products?lang=uk')
  const listed = list.body.items.find((item) => item.id === id)
  assert.equal(listed?.name, 'М’яч футбольний')

  const same = await shop.call('PUT', `/api/v1/products/${id}`, {
    sku,
    name: 'М’яч футбольний',
    price: uah(99_900),
  })
  assert.equal(same.body.version, 2, 'an edit that changes nothing is no new version')
})

test('another process sees an edit within a second', async () => {
  const body = aBall()
  const { id } = await shop.product(body)
  const nameElsewhere = async () => {
    const { body: list } = await elsewhere.call('GET', '/api/v1/products?limit=100&lang=uk')
    return list.items.find((item) => item.id === id)?.name
  }
  await nameElsewhere()
  await shop.call('PUT', `/api/v1/products/${id}`, { ...body, name: 'Інший' })
  await sleep(1_050)
  assert.equal(await nameElsewhere(), 'Інший')
})

test('of two edits of one version one wins and the other is told', async () => {
  const body = aBall()
  const { id } = await shop.product(body)
  const { headers } = await shop.call('GET', `/api/v1/products/${id}`)
  const etag = String(headers['etag'])
  const edit = (process: CatalogSubject, name: string) =>
    process.call(
      'PUT',
      `/api/v1/products/${id}`,
      { ...body, name },
      { headers: { 'if-match': etag } },
    )

  const edits = await Promise.all([edit(shop, 'Один'), edit(elsewhere, 'Два'), edit(shop, 'Три')])
  assert.deepEqual(
    edits.map((each) => each.status).toSorted((a, b) => a - b),
    [200, 412, 412],
  )
  const stale = edits.find((each) => each.status === 412)
  assert.equal(stale?.body.code, 'catalog.version-stale')
  assert.equal(stale?.body.version, 2)
})

test('a page that is asked for again and again costs two statements a second at most', async () => {
  const page = () => shop.call('GET', '/api/v1/products?limit=7', undefined, { role: 'guest' })
  await shop.product(aBall())
  // The second asking keeps it; each reads places, the first the cards it does not know and stock too.
  assert.equal(await shop.counting(page), 3)
  assert.equal(await shop.counting(page), 1)
  const crowd = () => Promise.all(Array.from({ length: 50 }, page))
  assert.equal(await shop.counting(crowd), 0)
  await sleep(1_050)
  assert.equal(await shop.counting(crowd), 2)
  assert.equal(await shop.counting(page), 0)
})

test('fifty buyers who look at fifty products in one tick cost one statement for the products', async () => {
  const { body } = await shop.call('GET', '/api/v1/products?limit=50')
  const found = await shop.counting(() =>
    Promise.all(
      body.items.map(({ id }) =>
        shop.catalog.pages.findProduct(demo, id, { languages: ['uk'], isStaff: false }),
      ),
    ),
  )
  assert.equal(body.items.length > 30, true)
  assert.equal(found, 1 + body.items.length, 'one for the products, one each for the stock')
})

test('whoever has the newest bytes is sent none', async () => {
  const { id } = await shop.product(aBall())
  for (const url of [`/api/v1/products/${id}`, '/api/v1/products?limit=1']) {
    const first = await shop.call('GET', url)
    const headers = { 'if-none-match': String(first.headers['etag']) }
    const again = await shop.call('GET', url, undefined, { headers })
    assert.equal(again.status, 304)
    assert.equal(again.text, '')
    assert.equal(again.headers['etag'], first.headers['etag'])
    const other = await shop.call(
      'GET',
      `${url}${url.includes('?') ? '&' : '?'}lang=en`,
      undefined,
      {
        headers,
      },
    )
    assert.equal(other.headers['content-language'], 'en')
  }
})
