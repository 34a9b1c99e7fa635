/** An order of a cart: once, whatever comes how often; and of whose cart, in which state. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import type { Client } from '../support/client.ts'
import { undocumented } from './documented.ts'
import { A, good, Journey, refused, TERMS, type Json } from './journey.ts'

let journey: Journey
let elsewhere: Client
before(async () => {
  journey = await Journey.begin()
  elsewhere = journey.shop.client('demo', { program: await journey.shop.another(['api']) })
})
after(() => journey?.[Symbol.asyncDispose]())

const ORDERS = `${A}/orders`

async function ordersOf(cartId: string): Promise<number> {
  const [row] = await journey.shop.query<{ orders: number }>(
    `select count(*)::int as orders from platform.events
     where type = 'order.created' and data->>'cartId' = $1`,
    [cartId],
  )
  return row?.orders ?? 0
}

suite('the same request', () => {
  test('a hundred times at once over two processes is one order and identical answers', async () => {
    const { sku } = await journey.aProduct(5)
    const cartId = await journey.aCart(sku, 2)
    const body = { cartId, ...TERMS }
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        n % 2 === 0
          ? journey.post(ORDERS, body, { key: 'hundred' })
          : elsewhere.post<Json>(ORDERS, body, { key: 'hundred' }),
      ),
    )
    const [first] = answers
    assert.ok(first)
    for (const each of answers) assert.deepEqual(good(each, 201), first.body)
    const fresh = answers.filter(({ headers }) => headers['idempotent-replayed'] === undefined)
    assert.equal(fresh.length, 1)
    assert.equal(await ordersOf(cartId), 1)
    assert.equal(await journey.freeUnits(sku), 3)
  })

  test('a hundred times at once without a key is one order, and the cart closed to the others', async () => {
    const { sku } = await journey.aProduct(5)
    const cartId = await journey.aCart(sku, 2)
    const body = { cartId, ...TERMS }
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        n % 2 === 0 ? journey.post(ORDERS, body) : elsewhere.post<Json>(ORDERS, body),
      ),
    )
    assert.equal(answers.filter(({ status }) => status === 201).length, 1)
    for (const each of answers.filter(({ status }) => status !== 201)) {
      refused(each, 409, 'cart.closed')
    }
    assert.equal(await ordersOf(cartId), 1)
  })

  test('is answered as before, whatever has become of the shop since', async () => {
    const { id, sku } = await journey.aProduct(5)
    const as = await journey.token('admin')
    const body = { cartId: await journey.aCart(sku, 2), ...TERMS }
    const first = good(await journey.post(ORDERS, body, { key: 'again' }), 201)
    const direct = { sku, quantity: 1, ...TERMS }
    const bought = good(await journey.post(ORDERS, direct, { key: 'direct' }), 201)
    // The product is gone and nobody brings parcels any more.
    good(await journey.call('DELETE', `${A}/products/${id}`, { as }), 204)
    const [shop] = await journey.shop.query<{ delivery: object }>(
      `select delivery from tenants.shops where slug = 'demo'`,
    )
    await journey.shop.query(`update tenants.shops set delivery = '{}' where slug = 'demo'`)
    try {
      // A process that has not remembered the shop's settings.
      const late = journey.shop.client('demo', { program: await journey.shop.another(['api']) })
      const fresh = await late.post<Json>(ORDERS, { ...direct, quantity: 2 })
      refused(fresh, 422, 'checkout.delivery-unknown')
      for (const [key, asked, said] of [
        ['again', body, first],
        ['direct', direct, bought],
      ] as const) {
        const replay = await late.post<Json>(ORDERS, asked, { key })
        assert.equal(replay.headers['idempotent-replayed'], 'true', JSON.stringify(replay.body))
        assert.deepEqual(good(replay, 201), said)
      }
    } finally {
      await journey.shop.query(`update tenants.shops set delivery = $1 where slug = 'demo'`, [
        JSON.stringify(shop?.delivery),
      ])
    }
  })
})

test('an edit that races with the order is in it, or was refused: no unit stays with a closed cart', async () => {
  const products = await Promise.all(Array.from({ length: 8 }, () => journey.aProduct(9)))
  const [first, ...others] = products.map(({ sku }): string => sku)
  const cartId = await journey.aCart(first, 1)
  const add = (sku: string | undefined) =>
    journey.post(`${A}/carts/${cartId}/items`, { sku, quantity: 1 })
  const order = () => journey.post(ORDERS, { cartId, ...TERMS })
  const [ordered, ...added] = await Promise.all([
    order(),
    ...others.map(add),
    ...Array.from({ length: 5 }, () => add(first)),
  ])
  // Losing the race five times over is not impossible, and said; then the next one wins.
  const placed = ordered.status === 201 ? ordered : await order()
  const units = good(placed, 201).lines.reduce(
    (all: number, { quantity }: Json) => all + quantity,
    0,
  )
  const taken = added.filter(({ status }) => status === 201)
  for (const each of added.filter(({ status }) => status !== 201)) refused(each, 409, 'cart.closed')
  assert.equal(units, 1 + taken.length)
  const free = await Promise.all(products.map(({ sku }) => journey.freeUnits(sku)))
  assert.equal(
    free.reduce((all, each) => all + each, 0),
    8 * 9 - units,
  )
})

suite('a cart that is not to be ordered', () => {
  test('is empty, closed, expired, of another shop, or nobody’s', async () => {
    const { sku } = await journey.aProduct(9)
    const before = await journey.stored()
    const nobodys = { cartId: crypto.randomUUID(), ...TERMS }
    refused(await journey.post(ORDERS, nobodys), 404, 'cart.unknown')
    assert.deepEqual(await journey.stored(), before)

    const empty = { cartId: await journey.aCart(), ...TERMS }
    refused(await journey.post(ORDERS, empty), 409, 'cart.empty')
    const closed = { cartId: await journey.aCart(sku), ...TERMS }
    good(await journey.post(ORDERS, closed), 201)
    refused(await journey.post(ORDERS, closed), 409, 'cart.closed')
    const foreign = { cartId: await journey.aCart(sku), ...TERMS }
    refused(await journey.post(ORDERS, foreign, { in: 'second' }), 404, 'cart.unknown')
    const expired = { cartId: await journey.aCart(sku), ...TERMS }
    await journey.shop.query(
      `update platform.events set at = at - interval '25 hours' where stream = $1`,
      [`cart/${expired.cartId}`],
    )
    refused(await elsewhere.post<Json>(ORDERS, expired), 410, 'cart.expired')
    refused(await elsewhere.post<Json>(ORDERS, empty, { key: 'e' }), 409, 'cart.empty')
  })

  test('cannot be talked into another price, total or status', async () => {
    const { sku } = await journey.aProduct(9)
    const order = { cartId: await journey.aCart(sku), ...TERMS }
    const money = { amount: 1, currency: 'UAH' }
    const before = await journey.stored()
    for (const extra of [
      { price: money },
      { total: money },
      { items: money },
      { status: 'confirmed' },
      { lines: [{ sku, quantity: 1, unitPrice: money }] },
      { currency: 'UAH' },
      { pricedAt: 0 },
    ]) {
      refused(await journey.post(ORDERS, { ...order, ...extra }), 422, 'request.invalid')
    }
    for (const quantity of [10_001, 2 ** 53, 1e308, -1, 0, 1.5, '1', null]) {
      const direct = { sku, quantity, ...TERMS }
      refused(await journey.post(ORDERS, direct), 422, 'request.invalid')
    }
    assert.deepEqual(await journey.stored(), before)
  })

  test('a line that adds up to more than a line may have is refused, and stays as it was', async () => {
    const { sku } = await journey.aProduct(20_000)
    const cartId = await journey.aCart(sku, 10_000)
    const items = `${A}/carts/${cartId}/items`
    for (const quantity of [1, 10_000]) {
      const above = refused(
        await journey.post(items, { sku, quantity }),
        409,
        'cart.quantity-too-large',
      )
      assert.equal(above.limit, 10_000)
    }
    assert.equal(await journey.freeUnits(sku), 10_000)
  })
})

test('a user’s order of a guest’s cart is the user’s, and the cart of another user is unknown', async () => {
  const { sku } = await journey.aProduct(9)
  const as = await journey.token('shopper')
  const guests = { cartId: await journey.aCart(sku), ...TERMS }
  const order = good(await journey.post(ORDERS, guests, { as }), 201)
  assert.equal(order.userId, await journey.userId('shopper'))
  const own = { cartId: await journey.aCart(sku, 1, { as }), ...TERMS }
  const admin = { as: await journey.token('admin') }
  refused(await journey.post(ORDERS, own, admin), 404, 'cart.unknown')
  refused(await journey.post(ORDERS, own), 404, 'cart.unknown')
  good(await journey.post(ORDERS, own, { as }), 201)
})

test('the database is sound afterwards', () => journey.shop.mustBeSound())

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
