/** What holds in a catalog whoever asks for what: SKUs, addresses, shops, roles, bad input. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { twoCatalogs, demo, second, uah } from './catalog.testing.ts'

const { shop, elsewhere } = await twoCatalogs()

const eur = (amount: number) => ({ amount, currency: 'EUR' })
let made = 0

/** A product of its own for a test. */
function aBall(changes: object = {}) {
  made += 1
  return { sku: `RULE-${made}`, name: `М’яч ${made}`, price: uah(129_900), ...changes }
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
