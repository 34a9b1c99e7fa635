/**
 * Fifty shops at once over five connections of clients and five of the server to its database: no answer
 * holds a row of another shop, and commits of several shops do share transactions (requirement R19).
 * Planted bugs that this must catch are in tests/failures/bugs.ts, under the names that begin with
 * "shops:".
 */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import type { TenantId } from '../../server/platform/ids.ts'
import { createShop } from '../../server/contexts/tenants/store/shops.ts'
import type { Answer, Json } from '../journeys/journey.ts'
import { Client } from '../support/client.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { bearer, tokenOf } from './people.ts'

const SHOPS = 50
const ROUNDS = 10
const CONNECTIONS = 5
const A = '/api/v1'

/** One of the fifty. Everything of it that people read has its name in it. */
interface Place {
  readonly tenant: number
  readonly name: string
  readonly admin: Client
  readonly shopper: Client
  sku: string
  product: string
  cart: string
  order: string
  brands: number
}

let shop: Shop
let client: Client
let places: Place[]
/** Whose every id is that was made here. */
const owners = new Map<string, string>()
const wrong: string[] = []
let asked = 0

before(async () => {
  shop = await openShop({
    demo: false,
    env: { WRITER_LANES: '1', READ_CONNECTIONS: '3', READER_CONNECTIONS: '2' },
  })
  const database = {
    query: async (text: string, values: unknown[]) => ({ rows: await shop.query(text, values) }),
  }
  client = new Client(shop.program.url, 'x', { connections: CONNECTIONS })
  const names = Array.from({ length: SHOPS }, (_, nth) => `shop-${String(nth).padStart(2, '0')}`)
  const tenants: number[] = []
  for (const slug of names) {
    const { id } = await createShop(database, {
      slug,
      name: `The ${slug}`,
      currency: 'UAH',
      languages: ['en'],
      holdMinutes: 30,
      timeZone: 'Europe/Kyiv',
      delivery: { post: 100 },
    })
    await shop.query(
      `insert into inventory.warehouses (tenant_id, code, name, position) values ($1, $2, $2, 0)`,
      [id, slug],
    )
    tenants.push(id)
  }
  places = await Promise.all(names.map((name, nth) => open(name, tenants[nth] as TenantId)))
})
after(async () => {
  client?.close()
  await shop?.[Symbol.asyncDispose]()
})

async function open(name: string, tenant: TenantId): Promise<Place> {
  const host = `${name}.localhost`
  const as = (role: 'admin' | 'shopper') => {
    const id = crypto.randomUUID()
    owners.set(id, name)
    return client.with({ host, ...bearer(tokenOf({ id }, [role], { tenant })) })
  }
  const place = { tenant, name, admin: as('admin'), shopper: as('shopper') }
  const sku = `${name.toUpperCase()}-BALL`
  const draft = { sku, name: `Ball of ${name}`, price: { amount: 100, currency: 'UAH' } }
  const made = await place.admin.post<Json>(`${A}/products`, draft)
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const counted = { quantity: 10_000, reason: 'count' }
  const { status } = await place.admin.patch(`${A}/products/${made.body.id}/stock`, counted)
  assert.equal(status, 200)
  owners.set(made.body.id, name)
  return { ...place, sku, product: made.body.id, cart: '', order: '', brands: 0 }
}

/** Looks at one answer: as expected, and of this shop alone. */
async function ask(place: Place, what: string, expected: number, asking: Promise<Answer>) {
  const { status, body } = await asking
  asked += 1
  const text = JSON.stringify(body)
  if (status !== expected) wrong.push(`${place.name} ${what}: ${status} ${text.slice(0, 200)}`)
  for (const [name] of text.toLowerCase().matchAll(/shop-\d\d/g)) {
    if (name !== place.name) wrong.push(`${place.name} ${what} shows ${name}`)
  }
  // A refusal says again which id was asked for.
  if (status < 400) {
    for (const [id] of text.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)) {
      const owner = owners.get(id)
      if (owner !== undefined && owner !== place.name) {
        wrong.push(`${place.name} ${what} shows ${id} of ${owner}`)
      }
    }
  }
  return body
}

function mine(place: Place, body: Json): Json {
  if (typeof body.id === 'string') owners.set(body.id, place.name)
  return body
}

/** Twenty requests of one shop, of which four ask for what is its neighbor's. */
async function round(place: Place, neighbor: Place): Promise<void> {
  const { admin, shopper, name, sku, product } = place
  const to = (what: string, expected: number, asking: Promise<Answer>) =>
    ask(place, what, expected, asking)
  const theirs = { ...neighbor }

  const cart = mine(place, await to('createCart', 201, shopper.post(`${A}/carts`)))
  const item = { sku, quantity: 2 }
  await to('addCartItem', 201, shopper.post(`${A}/carts/${cart.id}/items`, item))
  const seen = await to('getCart', 200, shopper.get(`${A}/carts/${cart.id}`))
  if (seen.lines?.[0]?.sku !== sku) wrong.push(`${name} does not see its own cart`)
  const list = await to('listProducts', 200, admin.get(`${A}/products`))
  if (list.items?.length !== 1) wrong.push(`${name} lists ${list.items?.length} products`)
  const brand = { slug: `${name}-${crypto.randomUUID()}`, name }
  await to('addBrand', 201, admin.post(`${A}/brands`, brand))
  place.brands += 1
  const nobodys = theirs.cart === '' ? crypto.randomUUID() : theirs.cart
  await to('their cart', 404, shopper.get(`${A}/carts/${nobodys}`))
  const order = mine(
    place,
    await to(
      'placeOrder',
      201,
      shopper.post(`${A}/orders`, {
        cartId: cart.id,
        email: `buyer@${name}.test`,
        shippingAddress: { line1: `Street of ${name}`, city: 'Kyiv', country: 'UA' },
        deliveryMethod: 'post',
        paymentMethod: 'card',
      }),
    ),
  )
  const shown = await to('getOrder', 200, shopper.get(`${A}/orders/${order.id}`))
  if (shown.id !== order.id) wrong.push(`${name} does not see its own order`)
  const next = mine(place, await to('createCart', 201, shopper.post(`${A}/carts`)))
  const carts = await to('listMyCarts', 200, shopper.get(`${A}/carts/mine`))
  if (!carts.items?.some(({ id }: Json) => id === next.id)) wrong.push(`${name} misses its cart`)
  const ordered = theirs.order === '' ? crypto.randomUUID() : theirs.order
  await to('their order', 404, admin.get(`${A}/orders/${ordered}`))
  const one = { delta: 1, reason: 'found' }
  await to('correctStock', 200, admin.patch(`${A}/products/${product}/stock`, one))
  await to('listOrders', 200, admin.get(`${A}/orders?limit=100`))
  await to('getStock', 200, admin.get(`${A}/inventory/stock/${sku}`))
  const receipt = { sku, warehouse: name, quantity: 1, supplierRef: name }
  await to('receiveGoods', 201, admin.post(`${A}/inventory/receipts`, receipt))
  await to('listMovements', 200, admin.get(`${A}/inventory/stock/${sku}/movements`))
  await to('their line', 404, shopper.post(`${A}/carts/${nobodys}/items`, item))
  const brands = await to('listBrands', 200, admin.get(`${A}/brands?limit=1000`))
  if (brands.items?.length !== place.brands) {
    wrong.push(`${name} lists ${brands.items?.length} brands of ${place.brands}`)
  }
  await to('their product', 404, admin.get(`${A}/products/${theirs.product}`))
  await to('cancelOrder', 200, shopper.post(`${A}/orders/${order.id}/cancel`))
  place.cart = next.id
  place.order = order.id
}

/** Transactions with such events of more than one shop. */
async function shopsTogether(condition: string): Promise<number> {
  const [found] = await shop.query<{ count: number }>(
    `select count(*)::int as count
     from (select xid from platform.events where ${condition}
           group by xid having count(distinct tenant_id) > 1) as mixed`,
  )
  return found?.count ?? 0
}

suite('fifty shops over five connections', () => {
  test('each is shown its own rows and nobody else’s', async (t) => {
    const began = performance.now()
    const connections = shop.query<{ role: string; count: number }>(
      `select usename as role, count(*)::int as count from pg_stat_activity
       where datname = current_database() and usename like 'torg%' group by usename order by 1`,
    )
    await Promise.all(
      places.map(async (place, nth) => {
        const neighbor = places[(nth + 1) % SHOPS] as Place
        for (let nthRound = 0; nthRound < ROUNDS; nthRound += 1) await round(place, neighbor)
      }),
    )
    const seconds = (performance.now() - began) / 1000
    const roles = (await connections).map(({ role, count }) => `${role} ${count}`).join(', ')
    t.diagnostic(`${asked} requests in ${seconds.toFixed(1)} s, ${wrong.length} wrong; ${roles}`)
    assert.ok(wrong.length === 0, wrong.slice(0, 10).join('\n'))
    assert.equal(asked, SHOPS * ROUNDS * 20)
  })

  test('though their commits shared transactions', async (t) => {
    const events = await shopsTogether('true')
    // The first event of a cart or an order comes with rows, which are written as one shop after the other.
    const rows = await shopsTogether(
      `version = 1 and (stream like 'cart/%' or stream like 'order/%')`,
    )
    t.diagnostic(`${events} transactions with commits of several shops, ${rows} with their rows`)
    assert.ok(events > 200, `only ${events} transactions had commits of several shops`)
    assert.ok(rows > 20, `only ${rows} transactions wrote rows of several shops`)
  })

  test('and every row is its shop’s', async () => {
    const rows = await shop.query<{ tenant: number; slug: string; brands: number }>(
      `select s.id as tenant, s.slug, count(*)::int as brands
       from tenants.shops s join catalog.brands b on b.tenant_id = s.id and b.slug like s.slug || '-%'
       group by s.id, s.slug order by s.id`,
    )
    assert.deepEqual(
      rows.map(({ slug, brands }) => [slug, brands]),
      places.map(({ name }) => [name, ROUNDS]),
    )
    const [found] = await shop.query<{ brands: number; contacts: number; strange: number }>(
      `select (select count(*)::int from catalog.brands) as brands,
         (select count(*)::int from orders.contacts) as contacts,
         (select count(*)::int from orders.contacts c join tenants.shops s on s.id = c.tenant_id
           where c.email <> 'buyer@' || s.slug || '.test') as strange`,
    )
    const all = SHOPS * ROUNDS
    assert.deepEqual(found, { brands: all, contacts: all, strange: 0 })
  })
})
