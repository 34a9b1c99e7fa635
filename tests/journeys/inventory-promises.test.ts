/** What a shop promises: holds that end, units that are not there yet, few that are left, few parcels. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { holderOf } from '../../server/contexts/inventory/domain/holder.ts'

import { undocumented } from './documented.ts'
import { A, eventually, good, Journey, refused, TERMS, type Json } from './journey.ts'

let journey: Journey
let as: string
let admin: string
before(async () => {
  journey = await Journey.begin()
  as = await journey.token('warehouse')
  admin = await journey.token('admin')
})
after(() => journey?.[Symbol.asyncDispose]())

const I = `${A}/inventory`
const put = (path: string, body: object, token = admin) =>
  journey.call('PUT', `${I}/${path}`, { as: token, body })
const stockOf = async (sku: string, query = '') =>
  good(await journey.get(`${I}/stock/${sku}${query}`, { as }))
const receive = async (sku: string, quantity: number, warehouse = 'kyiv') =>
  good(
    await journey.post(`${I}/receipts`, { sku, quantity, warehouse, supplierRef: 'D-17' }, { as }),
    201,
  )
const add = (cart: string, sku: string, quantity: number) =>
  journey.post(`${A}/carts/${cart}/items`, { sku, quantity })

suite('units that are not there yet', () => {
  test('are sold up to a limit, owed in order, and go to the first who bought when they come (INVENTORY-6)', async () => {
    const { sku } = await journey.aProduct(1)
    const set = await put(`stock/${sku}/backorder`, { limit: 5, availableFrom: '2027-01-15' })
    assert.deepEqual(good(set), {
      sku,
      limit: 5,
      availableFrom: '2027-01-15',
      free: 5,
      held: 0,
      owed: 0,
    })
    await journey.aPaidOrder(sku, 1)
    assert.equal((await stockOf(sku)).backorder.owed, 0, 'what is there is sold first')
    const first = await journey.aPaidOrder(sku, 2)
    const second = await journey.aPaidOrder(sku, 2)
    const cart = await journey.aCart(sku, 1)
    const short = refused(await add(await journey.aCart(), sku, 1), 409, 'inventory.not-enough')
    assert.equal(short.free, 0)

    const owing = await stockOf(sku)
    assert.equal(owing.stock, 0)
    assert.deepEqual(owing.backorder, {
      limit: 5,
      availableFrom: '2027-01-15',
      free: 0,
      held: 1,
      owed: 4,
    })
    assert.deepEqual(
      owing.owed.map(({ quantity, filled }: Json) => [quantity, filled]),
      [
        [2, 0],
        [2, 0],
      ],
    )
    assert.deepEqual(
      owing.holds.map(({ holder, warehouse }: Json) => [holder, warehouse]),
      [[holderOf(cart), 'backorder']],
    )
    const beforeIt = new Date().toISOString()
    await new Promise((resolve) => setTimeout(resolve, 15))

    assert.equal((await receive(sku, 3)).onHand, 0, 'three came and three were owed')
    const part = await stockOf(sku)
    assert.equal(part.backorder.owed, 1)
    assert.deepEqual(
      part.owed.map(({ quantity, filled }: Json) => [quantity, filled]),
      [[2, 1]],
    )
    const { onHand } = await receive(sku, 10)
    assert.equal(onHand, 9)
    assert.deepEqual((await stockOf(sku)).owed, [])
    assert.equal((await stockOf(sku, `?at=${beforeIt}`)).backorder.owed, 4)
    assert.notEqual(first.number, second.number)
  })

  test('a limit is never lowered below what is held or owed', async () => {
    const { sku } = await journey.aProduct(0)
    good(await put(`stock/${sku}/backorder`, { limit: 4 }))
    await journey.aPaidOrder(sku, 1)
    await journey.aCart(sku, 2)
    const problem = refused(
      await put(`stock/${sku}/backorder`, { limit: 2 }),
      409,
      'inventory.promised',
    )
    assert.equal(problem.free, 1)
    assert.equal(good(await put(`stock/${sku}/backorder`, { limit: 3 })).free, 0)
    refused(await add(await journey.aCart(), sku, 1), 409, 'inventory.not-enough')
    refused(await put('stock/NO-SUCH-SKU/backorder', { limit: 1 }), 404, 'inventory.unknown-sku')
    for (const limit of [-1, 0.5, 1e9 + 1]) {
      refused(await put(`stock/${sku}/backorder`, { limit }), 422, 'request.invalid')
    }
    refused(await put(`stock/${sku}/backorder`, { limit: 9 }, as), 403, 'auth.forbidden')
  })

  test('many buyers at once are sold what is there and the limit, and not one unit more', async () => {
    const { sku } = await journey.aProduct(3)
    good(await put(`stock/${sku}/backorder`, { limit: 4 }))
    const carts = await Promise.all(Array.from({ length: 20 }, () => journey.aCart()))
    const answers = await Promise.all(carts.map((cart) => add(cart, sku, 1)))
    assert.equal(answers.filter(({ status }) => status === 201).length, 7)
    const { stock, backorder } = await stockOf(sku)
    assert.deepEqual([stock, backorder.held], [0, 4])
  })

  test('are filled from whatever becomes free, however it comes', async () => {
    const { id, sku } = await journey.aProduct(2)
    good(await put(`stock/${sku}/backorder`, { limit: 5 }))
    const cart = await journey.aCart(sku, 2)
    await journey.aPaidOrder(sku, 3)
    assert.equal((await stockOf(sku)).backorder.owed, 3)
    good(await journey.call('DELETE', `${A}/carts/${cart}/items/${sku}`))
    const once = await eventually(
      () => stockOf(sku),
      ({ backorder }) => backorder.owed === 1,
    )
    assert.equal(once.stock, 0)
    const found = { delta: 4, reason: 'found behind the door' }
    good(await journey.patch(`${A}/products/${id}/stock`, found, { as }))
    const done = await eventually(
      () => stockOf(sku),
      ({ backorder }) => backorder.owed === 0,
    )
    assert.equal(done.stock, 3)
    assert.equal(done.why[0].what, 'owed')
  })
})

suite('an order of units that are not there yet', () => {
  const cancel = (order: Json) =>
    journey.post(`${A}/orders/${order.id}/cancel`, undefined, { as: admin })

  test('that comes to nothing waits no more, and what came for it goes on the shelf', async () => {
    const { sku } = await journey.aProduct(0)
    good(await put(`stock/${sku}/backorder`, { limit: 4 }))
    const [first, second] = [await journey.aPaidOrder(sku, 1), await journey.aPaidOrder(sku, 3)]
    good(await cancel(first))
    const waiting = await stockOf(sku)
    assert.deepEqual([waiting.backorder.owed, waiting.backorder.free], [3, 1])
    assert.deepEqual(
      waiting.owed.map(({ quantity }: Json) => quantity),
      [3],
    )
    await receive(sku, 2)
    assert.equal((await stockOf(sku)).backorder.owed, 1)
    good(await cancel(second))
    const done = await eventually(
      () => stockOf(sku),
      ({ stock }) => stock === 2,
    )
    // What became of the units and why are of one moment.
    assert.deepEqual([done.backorder.owed, done.backorder.free, done.owed], [0, 4, []])
    assert.equal(done.why[0].what, 'returned')
  })
})

suite('a SKU that becomes few', () => {
  const isListed = async (sku: string): Promise<boolean> => {
    const { items } = good(await journey.get(`${I}/low-stock?limit=100`, { as }))
    return items.some((item: Json) => item.sku === sku)
  }
  const told = async (sku: string): Promise<string[]> => {
    const rows = await journey.shop.query<{ type: string }>(
      `select type from platform.events where stream = $1 order by version`,
      [`stock-alert/${sku}`],
    )
    return rows.map(({ type }) => type)
  }

  test('is told of once, and again only after it has recovered (INVENTORY-8)', async () => {
    const { sku } = await journey.aProduct(10)
    good(await put(`stock/${sku}/threshold`, { lowStock: 5 }))
    await journey.aPaidOrder(sku, 4)
    assert.equal(await isListed(sku), false)
    await journey.aPaidOrder(sku, 1)
    await eventually(() => isListed(sku), Boolean)
    await journey.aPaidOrder(sku, 1)
    await journey.aPaidOrder(sku, 1)
    await receive(sku, 9)
    await eventually(
      () => isListed(sku),
      (listed) => !listed,
    )
    await journey.aPaidOrder(sku, 8)
    await eventually(() => isListed(sku), Boolean)
    assert.deepEqual(await told(sku), [
      'inventory.low-stock',
      'inventory.stock-recovered',
      'inventory.low-stock',
    ])
  })

  test('by what the shop calls few: of one SKU, or of all', async () => {
    const { sku } = await journey.aProduct(7)
    good(await put(`stock/${sku}/threshold`, { lowStock: 7 }))
    await eventually(() => isListed(sku), Boolean)
    good(await put(`stock/${sku}/threshold`, { lowStock: null }))
    await eventually(
      () => isListed(sku),
      (listed) => !listed,
    )
    good(await put('settings', { allocation: 'preference', lowStock: 8 }))
    await eventually(() => isListed(sku), Boolean)
    good(await put('settings', { allocation: 'preference', lowStock: 3 }))
    await eventually(
      () => isListed(sku),
      (listed) => !listed,
    )
    refused(await put('settings', { allocation: 'best', lowStock: 3 }), 422, 'request.invalid')
    refused(
      await put('settings', { allocation: 'preference', lowStock: 3 }, as),
      403,
      'auth.forbidden',
    )
  })

  test('is in the list page by page, each once', async () => {
    const skus: string[] = []
    for (let i = 0; i < 3; i += 1) skus.push((await journey.aProduct(1)).sku)
    await eventually(async () => (await Promise.all(skus.map(isListed))).every(Boolean), Boolean)
    const whole = good(await journey.get(`${I}/low-stock?limit=100`, { as })).items
    const pages: Json[] = []
    let next: string | null = null
    do {
      const query: string = next === null ? '' : `&after=${encodeURIComponent(next)}`
      const page: Json = good(await journey.get(`${I}/low-stock?limit=2${query}`, { as }))
      pages.push(...page.items)
      next = page.next
    } while (next !== null && pages.length < whole.length)
    assert.deepEqual(pages, whole.slice(0, pages.length))
    assert.deepEqual(pages.length, whole.length)
  })
})

suite('a hold', () => {
  const spanOf = async (cart: string): Promise<Json> =>
    (
      await journey.shop.query(
        `select extract(epoch from until - since)::int as seconds,
           extract(epoch from until - now())::int as left, since::text
         from platform.holds where id like $1 order by unit`,
        [`${cart}/%`],
      )
    ).at(0)
  const older = (cart: string, minutes: number) =>
    journey.shop.query(
      `update platform.holds set since = since - make_interval(mins => $2),
         until = until - make_interval(mins => $2 / 2) where id like $1`,
      [`${cart}/%`, minutes],
    )

  test('slides with every change of its cart, but never beyond an hour before payment starts (INVENTORY-5)', async () => {
    const [{ sku }, other] = [await journey.aProduct(9), await journey.aProduct(9)]
    const cart = await journey.aCart(sku, 1)
    const first = await spanOf(cart)
    assert.equal(first.seconds, 30 * 60)
    await older(cart, 40)
    good(await add(cart, sku, 1), 201)
    const slid = await spanOf(cart)
    assert.equal(slid.seconds, 60 * 60, 'the hour counts from when the hold began')
    assert(slid.left <= 20 * 60 && slid.left > 19 * 60)
    const theirs = await journey.aCart(sku, 1)
    await older(theirs, 20)
    good(await add(theirs, other.sku, 1), 201)
    const along = await journey.shop.query<{ left: number }>(
      `select extract(epoch from until - now())::int as left from platform.holds where id = $1`,
      [`${theirs}/${sku}`],
    )
    assert((along[0]?.left ?? 0) > 29 * 60, 'the other lines slide along')
  })

  test('is let out of the hour when payment starts', async () => {
    const { sku } = await journey.aProduct(2)
    const cartId = await journey.aCart(sku, 2)
    await older(cartId, 58)
    const order = good(await journey.post(`${A}/orders`, { cartId, ...TERMS }), 201)
    const placed = await spanOf(cartId)
    assert.equal(placed.seconds, 60 * 60)
    assert(placed.left <= 2 * 60)
    const paying = { orderToken: order.token }
    good(await journey.post(`${A}/payments/${order.payment.id}/process`, undefined, paying))
    assert.deepEqual((await stockOf(sku)).stock, 0)
  })
})

suite('an order', () => {
  test('is served by the fewest warehouses when the shop says so', async () => {
    const [a, b] = [await journey.aProduct(0), await journey.aProduct(0)]
    await receive(a.sku, 5, 'kyiv')
    await receive(b.sku, 5, 'lviv')
    await receive(a.sku, 1, 'odesa')
    await receive(b.sku, 1, 'odesa')
    const parcels = async (): Promise<Json> => {
      const cartId = await journey.aCart(a.sku, 1)
      good(await add(cartId, b.sku, 1), 201)
      const order = good(await journey.post(`${A}/orders`, { cartId, ...TERMS }), 201)
      const held = await journey.shop.query<{ account: string }>(
        `select account from platform.holds where id like $1 order by account`,
        [`${cartId}/%`],
      )
      return [order, held.map(({ account }) => account)]
    }
    const [, preferred] = await parcels()
    assert.deepEqual(preferred, ['on-hand/kyiv', 'on-hand/lviv'])
    good(await put('settings', { allocation: 'fewest-parcels', lowStock: 3 }))
    assert.equal(good(await journey.get(`${I}/settings`, { as })).allocation, 'fewest-parcels')
    const [order, fewest] = await parcels()
    assert.deepEqual(fewest, ['on-hand/odesa', 'on-hand/odesa'])
    const [, without] = await parcels()
    assert.deepEqual(without, ['on-hand/kyiv', 'on-hand/lviv'], 'where one cannot, two do')
    const paying = { orderToken: order.token }
    good(await journey.post(`${A}/payments/${order.payment.id}/process`, undefined, paying))
    const { warehouses } = await stockOf(a.sku)
    assert.deepEqual(
      warehouses.map(({ warehouse, onHand }: Json) => [warehouse, onHand]),
      [
        ['kyiv', 5],
        ['odesa', 0],
      ],
    )
  })
})

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
