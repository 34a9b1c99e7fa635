import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { aDatabase } from '../../../tests/support/database.ts'
import { aCatalog, demo, second, type CatalogSubject } from './catalog.testing.ts'

const db = await aDatabase()
const shop: CatalogSubject = await aCatalog(db)
/** Another process of the same deployment. */
const elsewhere: CatalogSubject = await aCatalog(db)
after(async () => {
  await shop[Symbol.asyncDispose]()
  await elsewhere[Symbol.asyncDispose]()
  await db[Symbol.asyncDispose]()
})

const uah = (amount: number) => ({ amount, currency: 'UAH' })
const eur = (amount: number) => ({ amount, currency: 'EUR' })
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

test('CATALOG-1: a SKU belongs to one product for ever', async () => {
  const body = aBall()
  const { id } = await shop.product(body)
  const taken = async (other: object) => {
    const { status, body: problem } = await shop.call('POST', '/api/v1/products', other)
    return [status, problem.code]
  }
  assert.deepEqual(await taken(aBall({ sku: body.sku })), [409, 'catalog.sku-taken'])
  const moved = await shop.call('PUT', `/api/v1/products/${id}`, { ...body, sku: `${body.sku}-B` })
  assert.equal(moved.status, 200, moved.text)
  assert.deepEqual(await taken(aBall({ sku: body.sku })), [409, 'catalog.sku-taken'])
  const back = await shop.call('PUT', `/api/v1/products/${id}`, body)
  assert.equal(back.body.sku, body.sku)
  await shop.call('DELETE', `/api/v1/products/${id}`)
  assert.deepEqual(await taken(aBall({ sku: body.sku })), [409, 'catalog.sku-taken'])
  assert.deepEqual(await taken(aBall({ sku: `${body.sku}-B` })), [409, 'catalog.sku-taken'])
})

test('CATALOG-1: of two products created at once with one SKU one is refused whole', async () => {
  const body = aBall({ category: 'food' })
  const both = await Promise.all([
    shop.call('POST', '/api/v1/products', { ...body, slug: `twin-a-${made}` }),
    shop.call('POST', '/api/v1/products', { ...body, slug: `twin-b-${made}` }),
    elsewhere.call('POST', '/api/v1/products', { ...body, slug: `twin-c-${made}` }),
  ])
  assert.deepEqual(
    both.map((each) => each.status).toSorted((a, b) => a - b),
    [201, 409, 409],
  )
  const { body: list } = await shop.call('GET', '/api/v1/products?category=food&limit=100')
  assert.equal(list.items.filter((item) => item.sku === body.sku).length, 1)
  const loser = both.findIndex((each) => each.status === 409)
  const free = await shop.call(
    'POST',
    '/api/v1/products',
    aBall({ slug: `twin-${'abc'[loser]}-${made - 1}` }),
  )
  assert.equal(free.status, 201, 'the slug of the refused product is still free')
})

test('CATALOG-2: an address belongs to one product for ever, which may come back to it', async () => {
  const body = aBall({ slug: 'the-ball' })
  const { id } = await shop.product(body)
  const put = (slug: string) => shop.call('PUT', `/api/v1/products/${id}`, { ...body, slug })
  assert.equal((await put('the-new-ball')).status, 200)
  const other = await shop.call('POST', '/api/v1/products', aBall({ slug: 'the-ball' }))
  assert.deepEqual([other.status, other.body.code], [409, 'catalog.slug-taken'])
  const back = await put('the-ball')
  assert.deepEqual([back.status, back.body.slug, back.body.version], [200, 'the-ball', 3])
})

test('CATALOG-4: an archived product leaves the lists, is shown to staff only and is not edited', async () => {
  const body = aBall()
  const { id } = await shop.product(body)
  const url = `/api/v1/products/${id}`
  assert.equal((await shop.call('DELETE', url)).status, 204)
  assert.equal((await shop.call('DELETE', url)).status, 204)

  const { body: list } = await shop.call('GET', '/api/v1/products?limit=100')
  assert.equal(
    list.items.some((item) => item.id === id),
    false,
  )
  const guest = await shop.call('GET', url, undefined, { role: 'guest' })
  assert.deepEqual([guest.status, guest.body.code], [404, 'catalog.product-unknown'])
  const staff = await shop.call('GET', url)
  assert.deepEqual([staff.status, staff.body.status, staff.body.version], [200, 'archived', 2])
  const edited = await shop.call('PUT', url, body)
  assert.deepEqual([edited.status, edited.body.code], [409, 'catalog.product-archived'])
})

test('categories and brands come in the shop’s order, page by page', async () => {
  const all = await shop.call('GET', '/api/v1/categories?lang=en')
  assert.deepEqual(all.body, {
    items: [
      { slug: 'food', name: 'Їжа', parent: null },
      { slug: 'sport', name: 'Спорт', parent: null },
      { slug: 'football', name: 'Football', parent: 'sport' },
    ],
    next: null,
  })
  const first = await shop.call('GET', '/api/v1/categories?limit=2')
  assert.equal(first.body.next, 'sport')
  const rest = await shop.call('GET', `/api/v1/categories?limit=2&after=${first.body.next}`)
  assert.deepEqual(
    rest.body.items.map((each) => each.slug),
    ['football'],
  )
  assert.equal(rest.body.next, null)

  const brands = await shop.call('GET', '/api/v1/brands')
  assert.deepEqual(brands.body.items, [{ slug: 'tovkach', name: 'Tovkach', story: '' }])

  const check = async (path: string, body: object, status: number, code: string) => {
    const answer = await shop.call('POST', path, body)
    assert.deepEqual([answer.status, answer.body.code], [status, code])
  }
  await check('/api/v1/categories', { slug: 'food', name: 'Ще' }, 409, 'catalog.category-taken')
  await check(
    '/api/v1/categories',
    { slug: 'x', name: 'Х', parent: 'y' },
    422,
    'catalog.category-unknown',
  )
  await check('/api/v1/brands', { slug: 'tovkach', name: 'Т' }, 409, 'catalog.brand-taken')
})

test('one shop sees nothing of another, and both may use the same SKU', async () => {
  const body = aBall()
  const { id } = await shop.product(body)
  const there = { shop: second }
  const url = `/api/v1/products/${id}`
  assert.equal((await shop.call('GET', url, undefined, there)).status, 404)
  assert.equal((await shop.call('DELETE', url, undefined, there)).status, 404)
  assert.equal((await shop.call('PUT', url, { ...body, price: eur(5) }, there)).status, 404)
  const theirs = await shop.product({ ...body, name: 'Ball', price: eur(4_999) }, there)
  assert.notEqual(theirs.id, id)
  const list = await shop.call('GET', '/api/v1/products', undefined, there)
  assert.deepEqual(
    list.body.items.map((item) => [item.sku, item.price]),
    [[body.sku, eur(4_999)]],
  )

  const offers = await shop.catalog.offers.offers(demo.id, [body.sku])
  assert.equal(offers.get(body.sku)?.productId, id)
})

test('only staff write', async () => {
  const { id } = await shop.product(aBall())
  const tries = [
    ['POST', '/api/v1/products', aBall()],
    ['PUT', `/api/v1/products/${id}`, aBall()],
    ['DELETE', `/api/v1/products/${id}`, undefined],
    ['POST', '/api/v1/categories', { slug: 'new', name: 'Нова' }],
    ['POST', '/api/v1/brands', { slug: 'new', name: 'New' }],
  ] as const
  for (const [method, url, body] of tries) {
    assert.equal((await shop.call(method, url, body, { role: 'guest' })).status, 401)
    for (const role of ['shopper', 'warehouse', 'courier'] as const) {
      assert.equal((await shop.call(method, url, body, { role })).status, 403)
    }
  }
})

test('bad products are refused with a code and nothing is stored', async () => {
  const check = async (body: object, code: string, status = 422) => {
    const answer = await shop.call('POST', '/api/v1/products', body)
    assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(body))
  }
  for (const bad of [
    { price: uah(0) },
    { price: uah(-5) },
    { price: uah(1.5) },
    { price: uah(1_000_000_000_001) },
    { price: { amount: '5', currency: 'UAH' } },
    { name: '' },
    { name: 'x'.repeat(201) },
    { name: { 'not a tag': 'x' } },
    { name: 5 },
    { description: 'x'.repeat(10_001) },
    { sku: 'with space' },
    { sku: 'x/y' },
    { slug: 'Not-A-Slug' },
    { stock: 5 },
    { id: '5f0c1e9a-0000-4000-8000-000000000001' },
    { name: 'NUL \0' },
    { name: 'lone \ud800' },
    { variants: [] },
    { variants: Array.from({ length: 101 }, (_, n) => ({ sku: `V-${n}` })) },
  ]) {
    await check(aBall(bad), 'request.invalid')
  }
  await check(aBall({ price: eur(5) }), 'catalog.currency-wrong')
  await check(aBall({ category: 'nowhere' }), 'catalog.category-unknown')
  await check(aBall({ brand: 'nobody' }), 'catalog.brand-unknown')
  await check(aBall({ name: { uk: 'М’яч', de: 'Ball' } }), 'catalog.language-unknown')
  await check(aBall({ name: { en: 'Ball' } }), 'catalog.text-missing')
  await check({ name: 'М’яч', price: uah(5) }, 'catalog.product-incomplete')
  await check({ sku: 'X', name: 'М’яч' }, 'catalog.product-incomplete')
  await check(
    aBall({ sku: undefined, variants: [{ sku: 'Q' }, { sku: 'Q' }] }),
    'catalog.sku-repeated',
  )
})

test('bad questions are refused', async () => {
  const check = async (url: string, status: number, code: string) => {
    const answer = await shop.call('GET', url)
    assert.deepEqual([answer.status, answer.body.code], [status, code], url)
  }
  for (const bad of [
    'limit=0',
    'limit=101',
    'limit=x',
    'after=x',
    'after=0.1',
    'category=A',
    'x=1',
  ]) {
    await check(`/api/v1/products?${bad}`, 422, 'request.invalid')
  }
  await check('/api/v1/products/5', 422, 'request.invalid')
  await check(
    '/api/v1/products/5f0c1e9a-0000-4000-8000-00000000dead',
    404,
    'catalog.product-unknown',
  )
  const far = `9999999999999.ffffffff-ffff-ffff-ffff-ffffffffffff`
  assert.equal((await shop.call('GET', `/api/v1/products?after=${far}&limit=1`)).status, 200)
})

test('offers tell what a SKU is, with one statement a tick, and an archived one as archived', async () => {
  const body = aBall({ name: { uk: 'М’яч', en: 'Ball' } })
  const { id } = await shop.product(body)
  const { offers } = shop.catalog
  const [found, none, both] = await Promise.all([
    offers.offers(demo.id, [body.sku]),
    offers.offers(demo.id, ['NO-SUCH']),
    offers.offers(demo.id, ['NO-SUCH', body.sku]),
  ])
  assert.deepEqual(found.get(body.sku), {
    productId: id,
    sku: body.sku,
    name: { uk: 'М’яч', en: 'Ball' },
    options: [],
    price: uah(129_900),
    weightGrams: null,
    components: [],
    taxCategory: null,
    status: 'active',
  })
  assert.equal(none.size, 0)
  assert.deepEqual([...both.keys()], [body.sku])
  assert.deepEqual(await offers.skusOf(demo.id, id), [body.sku])
  assert.deepEqual(await offers.skusOf(demo.id, 'no id'), [])
  assert.deepEqual(await offers.skusOf(second.id, id), [])

  await shop.call('PUT', `/api/v1/products/${id}`, { ...body, price: uah(5) })
  assert.equal((await offers.offers(demo.id, [body.sku])).get(body.sku)?.price.amount, 5)
  await shop.call('DELETE', `/api/v1/products/${id}`)
  assert.equal((await offers.offers(demo.id, [body.sku])).get(body.sku)?.status, 'archived')
  assert.deepEqual(await offers.skusOf(demo.id, id), [])
})
