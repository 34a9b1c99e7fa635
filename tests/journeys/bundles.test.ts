/** Bundles over HTTP: a set of two balls and a net beside the balls and nets themselves (GAP-15). */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { A, good, Journey, refused, TERMS, type Json } from './journey.ts'

let journey: Journey
let as: string
before(async () => {
  journey = await Journey.begin()
  as = await journey.token('admin')
})
after(() => journey?.[Symbol.asyncDispose]())

interface Goods {
  readonly ball: string
  readonly net: string
  readonly set: string
  readonly setId: string
  /** The set is put together of these from now on. */
  remake(components: readonly object[]): Promise<void>
}

/** Waits until inventory knows what the set is put together of. */
async function known(sku: string, components: readonly object[]): Promise<void> {
  for (let looks = 0; looks < 200; looks += 1) {
    const [row] = await journey.shop.query<{ is_known: boolean }>(
      'select components = $2::jsonb as is_known from inventory.bundles where sku = $1',
      [sku, JSON.stringify(components)],
    )
    if (row?.is_known === true) return
    await sleep(20)
  }
  assert.fail(`${sku} did not become known`)
}

/** So many balls and nets, and a set of two balls and a net. */
async function theGoods(balls: number, nets: number): Promise<Goods> {
  const [{ sku: ball }, { sku: net }] = [
    await journey.aProduct(balls),
    await journey.aProduct(nets),
  ]
  const set = `SET-${ball}`
  const draft = (components: readonly object[]) => ({
    name: { uk: `Набір ${set}`, ru: `Набор ${set}`, en: `Set ${set}` },
    price: { amount: 300_000, currency: 'UAH' },
    variants: [{ sku: set, components }],
  })
  const components = [
    { sku: ball, quantity: 2 },
    { sku: net, quantity: 1 },
  ]
  const { id: setId } = good(await journey.post(`${A}/products`, draft(components), { as }), 201)
  await known(set, components)
  const remake = async (made: readonly object[]): Promise<void> => {
    good(await journey.call('PUT', `${A}/products/${setId}`, { as, body: draft(made) }))
    await known(set, made)
  }
  return { ball, net, set, setId, remake }
}

const add = (cart: string, sku: string, quantity: number) =>
  journey.post(`${A}/carts/${cart}/items`, { sku, quantity })
const free = async (...skus: string[]): Promise<number[]> =>
  Promise.all(skus.map((sku) => journey.freeUnits(sku)))
const sets = async ({ setId }: Goods): Promise<number> =>
  good(await journey.get(`${A}/products/${setId}`)).stock
const cancel = (order: Json, how: object) =>
  journey.post(`${A}/orders/${order.id}/cancel`, undefined, how)

suite('a bundle', () => {
  test('is as many as its components make, and takes them with it into a cart', async () => {
    const goods = await theGoods(10, 4)
    const { ball, net, set } = goods
    assert.equal(await sets(goods), 4)
    const cart = await journey.aCart(ball, 3)
    assert.equal(await sets(goods), 3)
    const { line } = good(await add(cart, set, 2), 201)
    assert.deepEqual(line.components, [
      { sku: ball, quantity: 2 },
      { sku: net, quantity: 1 },
    ])
    assert.notEqual(line.heldUntil, null)
    assert.deepEqual(await free(ball, net), [3, 2])
    assert.equal(await sets(goods), 1)

    const other = await journey.aCart()
    const short = refused(await add(other, set, 2), 409, 'inventory.not-enough')
    assert.deepEqual(
      [short.sku, short.bundle, short.wanted, short.free],
      [ball, set, 4, 3],
      'the component that is short is named',
    )
    assert.deepEqual(good(await journey.get(`${A}/carts/${other}`)).lines, [])

    good(await journey.patch(`${A}/carts/${cart}/items/${set}`, { quantity: 1 }))
    assert.deepEqual(await free(ball, net), [5, 3])
    good(await journey.call('DELETE', `${A}/carts/${cart}/items/${set}`))
    assert.deepEqual(await free(ball, net), [7, 4])
  })

  test('is sold with what it was put aside with, though the merchant changes it meanwhile', async () => {
    const goods = await theGoods(10, 4)
    const { ball, net, set } = goods
    const cartId = await journey.aCart(set, 2)
    await goods.remake([{ sku: net, quantity: 1 }])
    const order = good(await journey.post(`${A}/orders`, { cartId, ...TERMS }), 201)
    assert.deepEqual(order.lines[0].components, [
      { sku: ball, quantity: 2 },
      { sku: net, quantity: 1 },
    ])
    const paying = { orderToken: order.token }
    good(await journey.post(`${A}/payments/${order.payment.id}/process`, undefined, paying))
    assert.deepEqual(await free(ball, net), [6, 2])
    const shown = good(await journey.get(`${A}/orders/${order.id}`, { as }))
    assert.equal(shown.status, 'confirmed')
    assert.deepEqual(shown.lines[0].components, order.lines[0].components)

    good(await cancel(order, { as }))
    assert.deepEqual(await free(ball, net), [10, 4], 'all of it is back on the shelves')
  })

  test('is held as it is now once its line is changed, and nothing of what it was stays held', async () => {
    const goods = await theGoods(10, 4)
    const { ball, net, set } = goods
    const cart = await journey.aCart(set, 1)
    await goods.remake([{ sku: net, quantity: 2 }])
    assert.deepEqual(await free(ball, net), [8, 3])
    const { line } = good(await add(cart, set, 1), 201)
    assert.deepEqual(line.components, [{ sku: net, quantity: 2 }])
    assert.deepEqual(await free(ball, net), [10, 0])
  })

  test('is bought without a cart, and let go when the order is cancelled', async () => {
    const { ball, net, set } = await theGoods(10, 4)
    const order = good(await journey.post(`${A}/orders`, { sku: set, quantity: 3, ...TERMS }), 201)
    assert.deepEqual(await free(ball, net), [4, 1])
    good(await cancel(order, { orderToken: order.token }))
    assert.deepEqual(await free(ball, net), [10, 4])
  })

  test('moves into the own cart at sign-in as far as its components reach', async () => {
    const { ball, net, set } = await theGoods(10, 6)
    const shopper = { as: await journey.token('shopper') }
    const mine = await journey.aCart(set, 1, shopper)
    const guest = await journey.aCart(set, 2)
    // The guest's units lapse and somebody takes five balls: there are two more sets' worth by now.
    const lapsed = `update platform.holds set until = now() - interval '1 s' where id like $1`
    await journey.shop.query(lapsed, [`${guest}/%`])
    await journey.aCart(ball, 5)
    const claimed = good(await journey.post(`${A}/carts/${guest}/claim`, undefined, shopper))
    assert.equal(claimed.cartId, mine)
    assert.deepEqual(claimed.left, [{ sku: set, quantity: 1 }])
    assert.deepEqual(await free(ball, net), [1, 4])
  })

  test('has no units of its own to receive, count, move or promise', async () => {
    const { ball, set, setId } = await theGoods(4, 4)
    const inventory = `${A}/inventory`
    const take = good(
      await journey.post(`${inventory}/stock-takes`, { warehouse: 'kyiv' }, { as }),
      201,
    )
    const bodies: readonly (readonly [string, string, object])[] = [
      ['POST', '/receipts', { sku: set, quantity: 1, warehouse: 'kyiv', supplierRef: 'D-1' }],
      ['PUT', `/stock-takes/${take.id}/lines/${set}`, { quantity: 1 }],
      ['PUT', `/stock/${set}/backorder`, { limit: 5 }],
      ['PUT', `/stock/${set}/threshold`, { lowStock: 5 }],
      [
        'POST',
        '/transfers',
        {
          from: 'kyiv',
          to: 'lviv',
          lines: [
            { sku: ball, quantity: 1 },
            { sku: set, quantity: 1 },
          ],
        },
      ],
    ]
    const before = await journey.stored()
    for (const [method, path, body] of bodies) {
      const answer = await journey.call(method, `${inventory}${path}`, { as, body })
      assert.equal(refused(answer, 409, 'inventory.bundle').sku, set)
    }
    for (const how of [{ quantity: 3 }, { delta: 1 }]) {
      const correction = { ...how, reason: 'counted' }
      const answer = await journey.patch(`${A}/products/${setId}/stock`, correction, { as })
      refused(answer, 409, 'inventory.bundle')
    }
    assert.deepEqual(await journey.stored(), before)
  })
})

test('the books say one story', async () => {
  await journey.shop.mustBeSound()
})
