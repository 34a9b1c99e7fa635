/** The tree of categories, brands, and what staff see in their lists. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import pg from 'pg'

import { twoCatalogs, second, type Answer } from './catalog.testing.ts'
import type { CategoryDesk, ProductDesk } from './contract/desk.ts'

const { db, shop, elsewhere } = await twoCatalogs()

const C = '/api/v1/categories'
const uah = (amount: number) => ({ amount, currency: 'UAH' })
let made = 0

function aBall(changes: object = {}) {
  made += 1
  return { sku: `PLACE-${made}`, name: `М’яч ${made}`, price: uah(129_900), ...changes }
}

const put = (slug: string, parent: string | null = null, where = shop) =>
  where.call('PUT', `${C}/${slug}`, { name: slug, parent })

function refused(answer: Answer, status: number, code: string): void {
  assert.equal(answer.status, status, answer.text)
  assert.equal(answer.body.code, code, answer.text)
}

async function all<T>(path: string): Promise<T[]> {
  const items: T[] = []
  for (let next: string | null = ''; next !== null;) {
    const and = path.includes('?') ? '&' : '?'
    const after_ = next === '' ? '' : `${and}after=${next}`
    const page = await shop.call('GET', `${path}${after_}`)
    assert.equal(page.status, 200, page.text)
    items.push(...(page.body.items as unknown as T[]))
    next = page.body.next
  }
  return items
}

async function sql(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: db.adminUrl })
  await client.connect()
  await client.query(text)
  await client.end()
}

const parents = async () =>
  new Map(
    (await all<CategoryDesk>('/api/v1/admin/categories?limit=3')).map((each) => [
      each.slug,
      each.parent,
    ]),
  )

test('a category is renamed and moved with all below it, and no move makes a ring', async () => {
  for (const [slug, parent] of [
    ['a', null],
    ['b', 'a'],
    ['c', 'b'],
    ['d', null],
  ] as const) {
    assert.equal((await put(slug, parent)).status, 200)
  }
  refused(await put('a', 'c'), 409, 'catalog.category-cycle')
  refused(await put('a', 'a'), 409, 'catalog.category-cycle')
  refused(await put('a', 'no-such'), 422, 'catalog.category-unknown')
  refused(await put('constructor', 'constructor'), 422, 'catalog.category-unknown')

  const moved = await shop.call(
    'PUT',
    `${C}/b`,
    { name: { uk: 'Б' }, parent: 'd' },
    { headers: { 'if-match': '"1"' } },
  )
  assert.equal(moved.headers['etag'], '"2"', moved.text)
  refused(
    await shop.call('PUT', `${C}/b`, { name: 'x' }, { headers: { 'if-match': '"1"' } }),
    412,
    'catalog.version-stale',
  )
  assert.deepEqual(
    [...(await parents())],
    [
      ['a', null],
      ['b', 'd'],
      ['c', 'b'],
      ['d', null],
    ],
  )
  assert.equal(
    (await put('a', 'c')).status,
    200,
    'what was a ring before the move is none after it',
  )
})

test('the tree is six deep at most, whatever is moved where', async () => {
  for (let n = 1; n <= 6; n += 1) {
    assert.equal((await put(`deep-${n}`, n === 1 ? null : `deep-${n - 1}`)).status, 200)
  }
  refused(await put('deep-7', 'deep-6'), 422, 'catalog.category-too-deep')
  await put('two-1')
  await put('two-2', 'two-1')
  refused(await put('two-1', 'deep-5'), 422, 'catalog.category-too-deep')
  assert.equal((await put('two-1', 'deep-4')).status, 200)
})

test('two moves that make a ring together are not both made, in one process or in two (CATALOG-5)', async () => {
  for (let round = 0; round < 8; round += 1) {
    const [one, other] = [`left-${round}`, `right-${round}`]
    await put(one)
    await put(other)
    const answers = await Promise.all([
      put(one, other),
      put(other, one, round % 2 === 0 ? elsewhere : shop),
    ])
    assert.equal(
      answers
        .map(({ status }) => status)
        .toSorted((a, b) => a - b)
        .join(),
      '200,409',
    )
  }
})

test('a category is removed when it is empty, and may come back', async () => {
  await put('gone')
  await put('below', 'gone')
  refused(await shop.call('DELETE', `${C}/gone`), 409, 'catalog.category-not-empty')
  assert.equal((await shop.call('DELETE', `${C}/below`)).status, 204)
  const { id } = await shop.product(aBall({ category: 'gone' }))
  refused(await shop.call('DELETE', `${C}/gone`), 409, 'catalog.category-not-empty')
  assert.equal((await shop.product(aBall({ category: 'gone' }))).category, 'gone')

  await shop.call('PATCH', `/api/v1/products/${id}`, { category: null })
  for (const each of await all<ProductDesk>('/api/v1/admin/products?category=gone')) {
    await shop.call('DELETE', `/api/v1/products/${each.id}`)
  }
  refused(
    await shop.call('DELETE', `${C}/gone`, undefined, { headers: { 'if-match': '"9"' } }),
    412,
    'catalog.version-stale',
  )
  assert.equal((await shop.call('DELETE', `${C}/gone`)).status, 204)
  refused(await shop.call('DELETE', `${C}/gone`), 404, 'catalog.category-not-there')
  refused(
    await shop.call('POST', '/api/v1/products', aBall({ category: 'gone' })),
    422,
    'catalog.category-unknown',
  )
  refused(await put('under', 'gone'), 422, 'catalog.category-unknown')
  assert.equal((await put('gone')).status, 200)
  assert.equal((await shop.product(aBall({ category: 'gone' }))).category, 'gone')
})

test('a removed category leads to the one that stands for it, through others, or says that it is gone', async () => {
  for (const slug of ['balls-old', 'balls-newer', 'balls']) await put(slug)
  const at = (slug: string) => shop.call('GET', `${C}/${slug}?lang=en`)
  const remove = (slug: string, to?: string) =>
    shop.call('DELETE', `${C}/${slug}${to === undefined ? '' : `?leadsTo=${to}`}`)
  for (const nowhere of ['no-such', 'balls-old']) {
    refused(await remove('balls-old', nowhere), 422, 'catalog.category-leads-nowhere')
  }
  assert.equal((await at('balls-old')).status, 200)
  assert.equal((await remove('balls-old', 'balls-newer')).status, 204)
  const once = await at('balls-old')
  assert.equal(once.status, 301)
  assert.equal(once.headers['location'], `${C}/balls-newer?lang=en`)

  assert.equal((await remove('balls-newer', 'balls')).status, 204)
  assert.equal((await at('balls-old')).headers['location'], `${C}/balls?lang=en`)
  assert.equal((await remove('balls')).status, 204)
  refused(await at('balls-old'), 410, 'catalog.category-gone')
  refused(await at('balls'), 410, 'catalog.category-gone')
  refused(await at('never'), 404, 'catalog.category-not-there')

  // What leads in a ring leads nowhere, and what is there again is found first.
  await put('balls')
  await put('balls-old')
  assert.equal((await remove('balls', 'balls-old')).status, 204)
  assert.equal((await at('balls')).headers['location'], `${C}/balls-old?lang=en`)
  await put('balls-newer')
  assert.equal((await remove('balls-old', 'balls-newer')).status, 204)
  await put('balls')
  assert.equal((await remove('balls-newer', 'balls')).status, 204)
  assert.equal((await remove('balls')).status, 204)
  refused(await at('balls-newer'), 410, 'catalog.category-gone')
})

test('no product comes into a category while it is removed (CATALOG-5)', async () => {
  for (let round = 0; round < 8; round += 1) {
    const slug = `race-${round}`
    await put(slug)
    const [gone, ...created] = await Promise.all([
      shop.call('DELETE', `${C}/${slug}`),
      elsewhere.call('POST', '/api/v1/products', aBall({ category: slug })),
      shop.call('POST', '/api/v1/products', aBall({ category: slug })),
    ])
    const inside = created.filter(({ status }) => status === 201).length
    assert.equal(
      gone.status === 204 && inside > 0,
      false,
      `${inside} products in a category that is gone`,
    )
    assert([204, 409].includes(gone.status), gone.text)
    if (gone.status === 409) assert.equal((await parents()).has(slug), true)
  }
})

test('rows of before there were events are categories like others', async () => {
  await sql(
    `insert into catalog.categories (tenant_id, slug, parent, name, position)
     values (1, 'old-a', null, '{"uk": "А"}', 0), (1, 'old-b', 'old-a', '{"uk": "Б"}', 0)`,
  )
  refused(await put('old-a', 'old-b'), 409, 'catalog.category-cycle')
  refused(await shop.call('POST', C, { slug: 'old-a', name: 'x' }), 409, 'catalog.category-taken')
  assert.equal((await shop.product(aBall({ category: 'old-b' }))).category, 'old-b')
  const moved = await put('old-b')
  assert.equal(moved.headers['etag'], '"2"')
  refused(await shop.call('DELETE', `${C}/old-b`), 409, 'catalog.category-not-empty')
  assert.equal((await shop.call('DELETE', `${C}/old-a`)).status, 204)
})

test('a brand is named anew, with its version compared', async () => {
  const B = '/api/v1/brands/nova'
  assert.equal((await shop.call('PUT', B, { name: 'Nova' })).headers['etag'], '"1"')
  assert.equal((await shop.call('PUT', B, { name: 'Nova' })).headers['etag'], '"1"')
  const named = await shop.call('PUT', B, { name: 'Nova 2' }, { headers: { 'if-match': '"1"' } })
  assert.equal(named.headers['etag'], '"2"')
  refused(
    await shop.call('PUT', B, { name: 'x' }, { headers: { 'if-match': '"1"' } }),
    412,
    'catalog.version-stale',
  )
  refused(
    await shop.call('POST', '/api/v1/brands', { slug: 'nova', name: 'x' }),
    409,
    'catalog.brand-taken',
  )
})

test('staff find every product, whatever became of it, by standing, category, SKU and name', async () => {
  await put('desk')
  const bodies = Array.from({ length: 9 }, (_, n) =>
    aBall({
      sku: `DESK-${n % 3}-${n}`,
      name: `${n % 2 === 0 ? 'Стіл' : 'Шафа'} ${n}`,
      category: 'desk',
      publication: { status: n % 3 === 0 ? 'hidden' : 'published' },
    }),
  )
  const ids: string[] = []
  for (const body of bodies) ids.push((await shop.product(body)).id)
  await shop.call('DELETE', `/api/v1/products/${ids[4]}`)

  const D = '/api/v1/admin/products?limit=2&category=desk'
  const found = async (filter: string) =>
    (await all<ProductDesk>(`${D}${filter}`)).map(({ id }) => ids.indexOf(id))
  assert.deepEqual(await found(''), [8, 7, 6, 5, 4, 3, 2, 1, 0])
  assert.deepEqual(await found('&standing=hidden'), [6, 3, 0])
  assert.deepEqual(await found('&standing=archived'), [4])
  assert.deepEqual(await found('&sku=DESK-1'), [1, 4, 7])
  assert.deepEqual(await found('&sku=DESK-1&standing=active'), [1, 7])
  assert.deepEqual(await found(`&name=${encodeURIComponent('сТІЛ')}`), [0, 2, 4, 6, 8])
  assert.deepEqual(await found(`&name=${encodeURIComponent('стіл 1')}`), [])
  const whole = await all<ProductDesk>('/api/v1/admin/products?limit=100')
  assert.equal(new Set(whole.map(({ id }) => id)).size, whole.length)
  assert(whole.length > 9)
  for (const after_ of [
    'AAAA'.repeat(12),
    Buffer.from(`${ids[0]}\0`).toString('base64url').padEnd(48, 'A'),
  ]) {
    const odd = await shop.call('GET', `${D}&sku=DESK&after=${after_}`)
    assert.equal(odd.status, 200, odd.text)
  }
  const foreign = await shop.call('GET', '/api/v1/admin/products', undefined, { shop: second })
  assert.deepEqual(foreign.body.items, [])
  const guest = await shop.call('GET', '/api/v1/admin/products', undefined, { role: 'guest' })
  assert.equal(guest.status, 401)
})

test('a product of many variants is in a list by SKU once, at its first that matches', async () => {
  const variants = ['A', 'B', 'C'].map((size) => ({
    sku: `MANY-${size}`,
    options: [{ code: 'size', valueCode: size }],
  }))
  const { sku: _, ...many } = aBall({ variants })
  const { id } = await shop.product(many)
  const list = async (prefix: string) =>
    (await all<ProductDesk>(`/api/v1/admin/products?limit=1&sku=${prefix}`)).map((each) => each.id)
  assert.deepEqual(await list('MANY-'), [id])
  assert.deepEqual(await list('MANY-B'), [id])
  assert.deepEqual(await list('MANY-D'), [])
})

test('products that do not fit cost a list of staff no more than so many a page', async () => {
  const { id } = await shop.product(aBall({ sku: 'PILED', name: 'Купа' }))
  const admin = new pg.Client({ connectionString: db.adminUrl })
  await admin.connect()
  // As if two and a half thousand others of that name, which sort before it, had been archived.
  await admin.query(
    `with old as (
       insert into catalog.products select (jsonb_populate_record(p, jsonb_build_object(
         'id', gen_random_uuid(), 'slug', 'piled-' || n, 'name_key', 'куп ' || n, 'standing', 'archived',
         'variants', jsonb_build_array(jsonb_build_object('sku', 'PIL-' || n))))).*
       from catalog.products p, generate_series(1, 2500) n where p.id = $1 returning *)
     insert into catalog.skus select (jsonb_populate_record(s, jsonb_build_object(
       'sku', old.variants->0->>'sku', 'product_id', old.id))).*
     from catalog.skus s, old where s.product_id = $1`,
    [id],
  )
  await admin.end()
  const D = '/api/v1/admin/products?limit=2'
  const name = encodeURIComponent('куп')
  for (const [filter, pages] of [
    [`name=${name}&standing=active`, 1],
    [`name=${name}&category=none`, 3],
    [`sku=PIL&standing=active`, 3],
  ] as const) {
    const found: string[] = []
    let asked = 0
    for (let next: string | null = ''; next !== null; asked += 1) {
      const after_ = next === '' ? '' : `&after=${next}`
      const page = await shop.call('GET', `${D}&${filter}${after_}`)
      assert.equal(page.status, 200, page.text)
      found.push(...page.body.items.map((each) => each.id))
      next = page.body.next
    }
    assert.deepEqual([found, asked], [filter.includes('none') ? [] : [id], pages], filter)
  }
  assert.equal((await all(`${D}&name=${name}&limit=100`.replace('limit=2&', ''))).length, 2_501)
})
