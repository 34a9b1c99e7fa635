/** Pages of products in every order and under every filter, against the same asked of plain data. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import fc from 'fast-check'
import pg from 'pg'

import { aDatabase } from '../../../tests/support/database.ts'
import { aCatalog, demo, second, type CatalogSubject } from './catalog.testing.ts'
import { sortKey } from './domain/listing.ts'
import { whole } from './domain/whole.ts'
import { listingRows } from './store/listing-rows.ts'

const db = await aDatabase()
const shop: CatalogSubject = await aCatalog(db)
after(async () => {
  await shop[Symbol.asyncDispose]()
  await db[Symbol.asyncDispose]()
})

const COLORS = ['red', 'blue', 'green']
const SIZES = ['41', '42', '43', '44']
const CATEGORIES = ['sport', 'football', 'boots', 'food']
const BELOW: Record<string, readonly string[]> = {
  sport: ['sport', 'football', 'boots'],
  football: ['football', 'boots'],
  boots: ['boots'],
  food: ['food'],
}
const BRANDS = ['kros', 'nord', 'tovkach']

interface Plain {
  readonly id: string
  readonly n: number
  readonly name: string
  readonly category: string
  readonly brand: string
  readonly price: number
  readonly color: string
  readonly sizes: readonly string[]
  readonly stock: number
  readonly rated: number
}

const plain: Plain[] = []

await shop.call('POST', '/api/v1/categories', { slug: 'sport', name: 'Спорт' })
await shop.call('POST', '/api/v1/categories', { slug: 'football', name: 'Ф', parent: 'sport' })
await shop.call('POST', '/api/v1/categories', { slug: 'boots', name: 'Б', parent: 'football' })
await shop.call('POST', '/api/v1/categories', { slug: 'food', name: 'Їжа' })
for (const slug of BRANDS) await shop.call('POST', '/api/v1/brands', { slug, name: slug })
const LETTERS = 'абвгґдеєжзиіїйклм'.split('')
for (let n = 0; n < 60; n += 1) {
  const sizes = SIZES.filter((_, at) => (n + at) % 3 > 0)
  const facts = {
    n,
    name: `${LETTERS[(n * 7) % LETTERS.length]} ${n % 4}`,
    category: CATEGORIES[n % 4] ?? '',
    brand: BRANDS[(n >> 1) % 3] ?? '',
    price: 100 + ((n * 37) % 11) * 10,
    color: COLORS[n % 3] ?? '',
    sizes,
    stock: n % 5 === 0 ? 0 : n,
    rated: n % 3 === 0 ? 0 : ((n * 7) % 5) * 10_000,
  }
  const option = (code: string, valueCode: string) => ({ code, valueCode })
  const { id } = await shop.product({
    name: facts.name,
    category: facts.category,
    brand: facts.brand,
    price: { amount: facts.price, currency: 'UAH' },
    variants: sizes.map((size, at) => ({
      sku: `P${n}-${size}`,
      options: [option('color', facts.color), option('size', size)],
      price: { amount: facts.price + at * 5, currency: 'UAH' },
    })),
  })
  if (facts.stock > 0) await shop.receive(`P${n}-${sizes.at(-1)}`, facts.stock)
  plain.push({ id, ...facts })
}
// As the reaction to ratings writes it.
const rater = new pg.Client({ connectionString: db.adminUrl })
await rater.connect()
await rater.query(
  `update catalog.listed l set rated = each.rated
   from jsonb_to_recordset($1::jsonb) as each (id uuid, rated int) where l.product_id = each.id`,
  [JSON.stringify(plain.map(({ id, rated }) => ({ id, rated })))],
)
await rater.end()

interface Ask {
  readonly sort: 'newest' | 'price-up' | 'price-down' | 'rating' | 'name'
  readonly limit: number
  readonly category: string | undefined
  readonly brands: readonly string[]
  readonly colors: readonly string[]
  readonly sizes: readonly string[]
  readonly min: number | undefined
  readonly max: number | undefined
  readonly inStock: boolean
}

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** The same question asked of the plain data. */
function answerOf(ask: Ask): string[] {
  const { category, brands, colors, sizes, min = 0, max = Infinity, inStock } = ask
  const passes = (each: Plain): boolean =>
    (category === undefined || BELOW[category]?.includes(each.category) === true) &&
    (brands.length === 0 || brands.includes(each.brand)) &&
    (colors.length === 0 || colors.includes(each.color)) &&
    (sizes.length === 0 || sizes.some((size) => each.sizes.includes(size))) &&
    each.price >= min &&
    each.price <= max &&
    (!inStock || each.stock > 0)
  const byId = (a: Plain, b: Plain): number => byBytes(a.id, b.id)
  const orders: Record<Ask['sort'], (a: Plain, b: Plain) => number> = {
    newest: (a, b) => b.n - a.n,
    'price-up': (a, b) => a.price - b.price || byId(a, b),
    'price-down': (a, b) => b.price - a.price || byId(b, a),
    rating: (a, b) => b.rated - a.rated || b.n - a.n,
    name: (a, b) => byBytes(sortKey(a.name), sortKey(b.name)) || byId(a, b),
  }
  return plain
    .filter(passes)
    .toSorted(orders[ask.sort])
    .map(({ id }) => id)
}

function queryOf(ask: Ask): string {
  const { sort, limit, category, brands, colors, sizes, min, max, inStock } = ask
  const attributes = [
    ...(colors.length === 0 ? [] : [`color:${colors.join()}`]),
    ...(sizes.length === 0 ? [] : [`size:${sizes.join()}`]),
  ].join(';')
  const query = new URLSearchParams({ sort, limit: String(limit) })
  if (category !== undefined) query.set('category', category)
  if (brands.length > 0) query.set('brand', brands.join())
  if (attributes !== '') query.set('attributes', attributes)
  if (min !== undefined) query.set('minPrice', String(min))
  if (max !== undefined) query.set('maxPrice', String(max))
  if (inStock) query.set('inStock', 'true')
  return query.toString()
}

async function walk(query: string): Promise<string[]> {
  const ids: string[] = []
  let after = ''
  for (let pages = 0; pages < 80; pages += 1) {
    const page = await shop.call('GET', `/api/v1/products?${query}${after}`)
    assert.equal(page.status, 200, page.text)
    ids.push(...page.body.items.map(({ id }) => id))
    if (page.body.next === null) return ids
    after = `&after=${page.body.next}`
  }
  throw new Error(`${query} has no end`)
}

test('every order under any filters shows what the same question to plain data does', async () => {
  const some = (values: readonly string[]) => fc.subarray([...values], { maxLength: 2 })
  const ask: fc.Arbitrary<Ask> = fc.record({
    sort: fc.constantFrom('newest', 'price-up', 'price-down', 'rating', 'name'),
    limit: fc.integer({ min: 1, max: 25 }),
    category: fc.option(fc.constantFrom(...CATEGORIES), { nil: undefined }),
    brands: some(BRANDS),
    colors: some(COLORS),
    sizes: some(SIZES),
    min: fc.option(fc.integer({ min: 90, max: 210 }), { nil: undefined }),
    max: fc.option(fc.integer({ min: 90, max: 210 }), { nil: undefined }),
    inStock: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(ask, async (asked) => {
      assert.deepEqual(await walk(queryOf(asked)), answerOf(asked))
    }),
    { numRuns: 80 },
  )
})

test('a card tells the prices from and to, and whether it can be had', async () => {
  const { body } = await shop.call('GET', '/api/v1/products?limit=100')
  const cards = body.items as unknown as readonly {
    id: string
    priceFrom: { amount: number }
    priceTo: { amount: number }
    availability: string
    stock: number
  }[]
  for (const { id, price, sizes, stock } of plain) {
    const card = cards.find((each) => each.id === id)
    assert.deepEqual(
      [card?.priceFrom.amount, card?.priceTo.amount, card?.stock],
      [price, price + (sizes.length - 1) * 5, stock],
    )
    assert.equal(card?.availability, stock > 0 ? 'in-stock' : 'out')
  }
})

test('a product is in the lists from its day on until its last, without anybody doing anything', async () => {
  const soon = new Date(Date.now() + 700).toISOString()
  const later = new Date(Date.now() + 1_800).toISOString()
  const { id } = await shop.product({
    sku: 'DATED',
    name: 'Я за датою',
    price: { amount: 50, currency: 'UAH' },
    publication: { from: soon, until: later },
  })
  const isListed = async (): Promise<boolean> => (await walk('maxPrice=60&limit=100')).includes(id)
  assert.equal(await isListed(), false)
  await sleep(1_000)
  assert.equal(await isListed(), true)
  await sleep(1_900)
  assert.equal(await isListed(), false)
})

test('a page nobody kept shows what another process wrote meanwhile, though its cards are known', async () => {
  const shownOf = async (limit: number) => {
    const { body } = await shop.call('GET', `/api/v1/products?sort=price-up&limit=${limit}`)
    return body.items as unknown as readonly { id: string; name: string }[]
  }
  // No page is asked for twice here, and this shop follows no log: only the versions tell.
  const [first] = await shownOf(31)
  assert(first)
  const admin = new pg.Client({ connectionString: db.adminUrl })
  await admin.connect()
  await admin.query(
    `with written as (
       update catalog.listed set price = price where tenant_id = 1 and product_id = $1)
     update catalog.cards set card = replace(card, $2, $3) where tenant_id = 1 and product_id = $1`,
    [first.id, JSON.stringify(first.name), '"Інша назва €"'],
  )
  await admin.end()
  assert.equal((await shownOf(32)).find(({ id }) => id === first.id)?.name, 'Інша назва €')
})

test('what buyers may not see of a product is no filter either', async () => {
  const put = await shop.call('PUT', '/api/v1/admin/attributes/margin', {
    kind: 'number',
    name: 'Маржа',
    audience: 'staff',
  })
  assert(put.status < 300, put.text)
  const { id } = await shop.product({
    sku: 'SECRET',
    name: 'Таємний',
    price: { amount: 10_000, currency: 'UAH' },
    attributes: { margin: 12 },
  })
  assert.deepEqual(await walk('attributes=margin:12'), [])
  assert.equal((await walk('minPrice=10000')).includes(id), true)
})

test('bad questions are refused', async () => {
  const id = plain[0]?.id
  for (const bad of [
    'sort=best',
    'sort=',
    'brand=a,,b',
    `brand=${Array.from({ length: 21 }, (_, n) => `b${n}`).join()}`,
    'attributes=color',
    'attributes=color:',
    'attributes=1:2',
    'attributes=a:1;b:2;c:3;d:4;e:5',
    `attributes=a:${'x'.repeat(61)}`,
    'minPrice=-1',
    'minPrice=1.5',
    'maxPrice=99999999999',
    'inStock=yes',
    'after=~',
    `after=00000000000100.${id}`,
    `sort=price-up&after=1795243528000.${id}`,
    'sort=name&after=AAAA',
    `sort=rating&after=00000000000100.${id}`,
    `sort=name&after=${Buffer.from(`\0\t${id}`).toString('base64url')}`,
    'attributes=color:red&attributes=color:blue',
  ]) {
    const answer = await shop.call('GET', `/api/v1/products?${bad}`)
    assert.equal(answer.status, 422, `${bad}: ${answer.text}`)
    assert.equal(answer.body.code, 'request.invalid', bad)
  }
  assert.deepEqual(await walk('minPrice=200&maxPrice=100'), [])
})

test('a product behind thousands that do not pass is met, a page that looked long enough at a time', async () => {
  const admin = new pg.Client({ connectionString: db.adminUrl })
  await admin.connect()
  const createdAt = Date.now()
  const sources = Array.from({ length: 2_500 }, (_, n) => ({
    productId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    version: 1,
    createdAt: new Date(createdAt - n).toISOString(),
    updatedAt: new Date(createdAt).toISOString(),
    facts: whole({
      slug: `many-${n}`,
      name: { en: `Many ${n}` },
      description: { en: '' },
      category: null,
      brand: null,
      variants: [
        {
          sku: `MANY-${n}`,
          options: [],
          price: { amount: n % 2_400 === 2_399 ? 700 : 1, currency: 'EUR' },
          weightGrams: null,
          components: [],
          pictures: [],
        },
      ],
    }),
  }))
  const writes = sources.flatMap((each) => listingRows(each, second.languages))
  for (const [table, each] of Map.groupBy(writes, (write) => write.table.name)) {
    const columns = Object.keys(each[0]?.row ?? {}).join(', ')
    await admin.query(
      `insert into ${table} (tenant_id, ${columns}) select $1, ${columns}
       from jsonb_populate_recordset(null::${table}, $2::jsonb)`,
      [second.id, JSON.stringify(each.map(({ row }) => row))],
    )
  }
  await admin.end()
  for (const sort of ['newest', 'price-up', 'price-down', 'rating', 'name']) {
    const query = `sort=${sort}&limit=5&minPrice=500`
    const page = await shop.call('GET', `/api/v1/products?${query}`, undefined, { shop: second })
    assert.deepEqual(
      page.body.items.map(({ sku }) => sku),
      ['MANY-2399'],
      sort,
    )
    assert.equal(page.body.next, null)
  }
  const elsewhere = await shop.call(
    'GET',
    '/api/v1/products?minPrice=700&limit=100&sort=name',
    undefined,
    {
      shop: demo,
    },
  )
  assert(elsewhere.body.items.every(({ sku }) => !sku.startsWith('MANY')))
})
