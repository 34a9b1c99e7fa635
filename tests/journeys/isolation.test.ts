/**
 * Shops share nothing (requirement R19): for every operation that names an object, what belongs to
 * another shop is answered exactly as what does not exist.
 */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { undocumented } from './documented.ts'
import {
  A,
  claimsOf,
  eventually,
  good,
  Journey,
  TERMS,
  type Answer,
  type ShopName,
  type Json,
} from './journey.ts'

let journey: Journey
let here: Objects
let there: Objects
let missing: Objects
let session: string
before(async () => {
  journey = await Journey.begin()
  here = await objectsOf('demo')
  there = await objectsOf('second')
  session = claimsOf(await journey.token('admin')).sid
  const [id, sku] = [crypto.randomUUID(), 'NO-SUCH-SKU']
  missing = {
    product: id,
    sku,
    cart: id,
    order: id,
    payment: id,
    user: id,
    paid: id,
    orderToken: 'no-such-token',
    transfer: id,
    stockTake: id,
    otherTake: id,
  }
})
after(() => journey?.[Symbol.asyncDispose]())

/** One of everything that has an id. */
interface Objects {
  readonly product: string
  readonly sku: string
  readonly cart: string
  readonly order: string
  /** Of an order that is paid. */
  readonly paid: string
  readonly payment: string
  readonly user: string
  /** A guest's key to `order`. */
  readonly orderToken: string
  readonly transfer: string
  readonly stockTake: string
  /** Of another warehouse, to be abandoned. */
  readonly otherTake: string
}

async function objectsOf(shop: ShopName): Promise<Objects> {
  const { id: product, sku } = await journey.aProduct(50, shop)
  const ask = { in: shop }
  const order = await journey.anOrder(sku, 1, ask)
  const paid = await journey.aPaidOrder(sku, 1, ask)
  return {
    product,
    sku,
    cart: await journey.aCart(sku, 2, ask),
    order: order.id,
    paid: paid.paymentId,
    payment: order.paymentId,
    user: await journey.userId('shopper', shop),
    orderToken: order.token,
    ...(await warehouseWorkOf(shop, sku)),
  }
}

/** Units on their way between the first two warehouses of a shop, and both being counted. */
async function warehouseWorkOf(shop: ShopName, sku: string) {
  const ask = { in: shop, as: await journey.token('warehouse', shop) }
  const { items } = good(await journey.get(`${A}/inventory/warehouses`, ask))
  const [from, to]: string[] = items.map(({ code }: Json) => code)
  const body = { from, to, lines: [{ sku, quantity: 2 }] }
  const take = async (warehouse: string | undefined): Promise<string> =>
    good(await journey.post(`${A}/inventory/stock-takes`, { warehouse }, ask), 201).id
  return {
    transfer: good(await journey.post(`${A}/inventory/transfers`, body, ask), 201).id,
    stockTake: await take(from),
    otherTake: await take(to),
  }
}

/** Every operation with an object, asked of whichever shop's objects are given. */
interface Probe {
  readonly path: (of: Objects) => string
  readonly body?: (of: Objects) => unknown
  /** The status when the object is one's own. */
  readonly own: number
  /** Lists of nobody are empty. */
  readonly foreign?: number
}

const name = { uk: 'Мʼяч' }
const price = { amount: 100, currency: 'UAH' }

/** Own objects are asked for last where the request uses them up, so the order matters. */
const probes: Readonly<Record<string, Probe>> = {
  getProduct: { path: ({ product }) => `products/${product}`, own: 200 },
  changeProduct: {
    path: ({ product }) => `products/${product}`,
    body: ({ sku }) => ({ sku: sku === here.sku ? sku : 'OTHER', name, price }),
    own: 200,
  },
  correctStock: {
    path: ({ product }) => `products/${product}/stock`,
    body: () => ({ delta: 1, reason: 'x' }),
    own: 200,
  },
  getStock: { path: ({ sku }) => `inventory/stock/${sku}`, own: 200 },
  listMovements: { path: ({ sku }) => `inventory/stock/${sku}/movements`, own: 200 },
  setBackorder: {
    path: ({ sku }) => `inventory/stock/${sku}/backorder`,
    body: () => ({ limit: 1 }),
    own: 200,
  },
  setLowStockThreshold: {
    path: ({ sku }) => `inventory/stock/${sku}/threshold`,
    body: () => ({ lowStock: 1 }),
    own: 200,
  },
  getTransfer: { path: ({ transfer }) => `inventory/transfers/${transfer}`, own: 200 },
  receiveTransfer: {
    path: ({ transfer }) => `inventory/transfers/${transfer}/receipts`,
    body: () => ({ lines: [{ sku: here.sku, quantity: 1 }] }),
    own: 201,
  },
  cancelTransfer: {
    path: ({ transfer }) => `inventory/transfers/${transfer}/cancel`,
    body: () => ({ reason: 'x' }),
    own: 200,
  },
  getStockTake: { path: ({ stockTake }) => `inventory/stock-takes/${stockTake}`, own: 200 },
  countStockTakeLine: {
    path: ({ stockTake }) => `inventory/stock-takes/${stockTake}/lines/${here.sku}`,
    body: () => ({ quantity: 50 }),
    own: 200,
  },
  closeStockTake: { path: ({ stockTake }) => `inventory/stock-takes/${stockTake}/close`, own: 200 },
  abandonStockTake: {
    path: ({ otherTake }) => `inventory/stock-takes/${otherTake}/abandon`,
    own: 200,
  },
  getCart: { path: ({ cart }) => `carts/${cart}`, own: 200 },
  addCartItem: {
    path: ({ cart }) => `carts/${cart}/items`,
    body: () => ({ sku: here.sku, quantity: 1 }),
    own: 201,
  },
  setCartItem: {
    path: ({ cart }) => `carts/${cart}/items/${here.sku}`,
    body: () => ({ quantity: 2 }),
    own: 200,
  },
  removeCartItem: { path: ({ cart }) => `carts/${cart}/items/${here.sku}`, own: 200 },
  claimCart: { path: ({ cart }) => `carts/${cart}/claim`, body: () => ({}), own: 200 },
  // A currency is nobody's own, so the others ask for the main one, which has no list anywhere.
  setPriceList: {
    path: (of) => `price-lists/${of === here ? 'USD' : 'UAH'}`,
    body: () => ({ delivery: {} }),
    own: 200,
    foreign: 422,
  },
  listPrices: { path: (of) => `price-lists/${of === here ? 'USD' : 'EUR'}`, own: 200 },
  setPrice: {
    path: ({ sku }) => `price-lists/USD/${sku}`,
    body: () => ({ amount: 100 }),
    own: 200,
  },
  removePrice: { path: ({ sku }) => `price-lists/USD/${sku}`, own: 204 },
  getOrder: { path: ({ order }) => `orders/${order}`, own: 200 },
  getOrderHistory: { path: ({ order }) => `orders/${order}/history`, own: 200 },
  listPaymentsOfOrder: { path: ({ order }) => `payments/order/${order}`, own: 200 },
  getPayment: { path: ({ payment }) => `payments/${payment}`, own: 200 },
  refundPayment: {
    path: ({ paid }) => `payments/${paid}/refund`,
    body: () => ({ reason: 'x' }),
    own: 200,
  },
  processPayment: { path: ({ payment }) => `payments/${payment}/process`, own: 200 },
  setOrderStatus: {
    path: ({ order }) => `orders/${order}/status`,
    body: () => ({ status: 'fulfilled' }),
    own: 200,
  },
  cancelOrder: { path: ({ order }) => `orders/${order}/cancel`, own: 409 },
  getCheckout: { path: ({ order }) => `checkouts/${order}`, own: 200 },
  retryCheckout: { path: ({ order }) => `checkouts/${order}/retry`, own: 409 },
  cancelCheckout: { path: ({ order }) => `checkouts/${order}/cancel`, own: 409 },
  getOrderMoney: { path: ({ order }) => `orders/${order}/money`, own: 200 },
  // Nobody is believed who cannot sign; payments-webhooks.test.ts asks with another shop's payment.
  hearPaymentProvider: { path: () => 'payments/webhooks/test', body: () => ({}), own: 403 },
  // The ids of sessions are known to their users only, so that of the asker stands for `here`.
  endMySession: {
    path: (of) => `users/me/sessions/${of === here ? session : of.user}`,
    own: 204,
  },
  getUser: { path: ({ user }) => `users/${user}`, own: 200 },
  listOrdersOfUser: { path: ({ user }) => `orders/user/${user}`, own: 200, foreign: 200 },
  listPaymentsOfUser: { path: ({ user }) => `payments/user/${user}`, own: 200, foreign: 200 },
  archiveProduct: { path: ({ product }) => `products/${product}`, own: 204 },
}

/** The answer without what names the object that was asked for. */
function stripped({ status, body }: Answer, ...words: readonly string[]): string {
  const { instance: _, ...facts } = body as { instance?: string }
  return words.reduce(
    (text, word) => text.replaceAll(word, '…'),
    `${status} ${JSON.stringify(facts)}`,
  )
}

suite('an object of another shop', () => {
  test('is probed by every operation that names one', async () => {
    const { paths } = good(await journey.get('/openapi.json'))
    const named = Object.entries(paths as Record<string, Record<string, Json>>)
      .filter(([path]) => path.startsWith(A) && path.includes('{'))
      .flatMap(([, methods]) => Object.values(methods).map(({ operationId }) => operationId))
    assert.deepEqual(new Set(named), new Set(Object.keys(probes)))
  })

  for (const [id, { path, body, own, foreign = 404 }] of Object.entries(probes)) {
    test(`is nothing to ${id}, whoever asks`, async () => {
      const { paths } = good(await journey.get('/openapi.json'))
      const [method] = Object.entries(paths as Record<string, Record<string, Json>>)
        .flatMap(([, methods]) => Object.entries(methods))
        .find(([, { operationId }]) => operationId === id) ?? ['']
      const ask = (of: Objects, who: object) =>
        journey.call(method.toUpperCase(), `${A}/${path(of)}`, { ...who, body: body?.(of) })

      const askers = [
        { as: await journey.token('admin') },
        { as: await journey.token('warehouse') },
        { as: await journey.token('shopper') },
        {},
        { orderToken: there.orderToken },
        { as: await journey.token('admin'), orderToken: there.orderToken },
      ]
      const before = await journey.stored()
      for (const who of askers) {
        const [theirs, nobodys] = [await ask(there, who), await ask(missing, who)]
        assert.equal(
          stripped(theirs, ...Object.values(there), '"OTHER"'),
          stripped(nobodys, ...Object.values(missing), '"OTHER"'),
        )
        assert.ok([401, 403, foreign].includes(theirs.status), JSON.stringify(theirs.body))
      }
      assert.deepEqual(await journey.stored(), before)
      const mine = await ask(here, askers[0] ?? {})
      assert.equal(mine.status, own, JSON.stringify(mine.body))
    })
  }

  test('is nothing inside a body either', async () => {
    const as = await journey.token('admin')
    const { id: product, sku } = await journey.aProduct(5)
    const cart = await journey.aCart()
    const bodies: [string, string, (of: Objects) => object][] = [
      ['POST', 'orders', (of) => ({ cartId: of.cart, ...TERMS })],
      ['POST', 'orders', (of) => ({ productId: of.product, quantity: 1, ...TERMS })],
      ['POST', 'orders', (of) => ({ sku: of.sku, quantity: 1, ...TERMS })],
      ['POST', `carts/${cart}/items`, (of) => ({ sku: of.sku, quantity: 1 })],
      ['POST', 'payments', (of) => ({ orderId: of.order, method: 'card' })],
      ['PATCH', `products/${product}/stock`, (of) => ({ delta: 1, sku: of.sku, reason: 'x' })],
      [
        'POST',
        'inventory/receipts',
        (of) => ({ sku: of.sku, warehouse: 'kyiv', quantity: 1, supplierRef: 'x' }),
      ],
    ]
    const before = await journey.stored()
    for (const [method, path, body] of bodies) {
      const ask = { as, orderToken: there.orderToken }
      const theirs = await journey.call(method, `${A}/${path}`, { ...ask, body: body(there) })
      const nobodys = await journey.call(method, `${A}/${path}`, { ...ask, body: body(missing) })
      assert.equal(theirs.status, 404, JSON.stringify(theirs.body))
      assert.equal(
        stripped(theirs, ...Object.values(there)),
        stripped(nobodys, ...Object.values(missing)),
      )
    }
    assert.deepEqual(await journey.stored(), before)
    assert.ok(sku)
  })

  test('and its own shop’s people still find it', async () => {
    const second = { in: 'second', as: await journey.token('admin', 'second') } as const
    const order = good(await journey.get(`${A}/orders/${there.order}`, second))
    assert.equal(order.status, 'reserved')
    assert.equal(
      good(await journey.get(`${A}/carts/${there.cart}`, { in: 'second' })).lines.length,
      1,
    )
    const cart = await journey.get(`${A}/carts/${there.cart}`)
    assert.equal(cart.status, 404)
  })

  test('is not in the lists of this one: users, orders, payments', async () => {
    const as = await journey.token('admin')
    const users = good(await journey.get(`${A}/users?limit=100`, { as })).items
    assert.ok(users.every(({ id }: Json) => id !== there.user))
    const orders = await eventually(
      async () => good(await journey.get(`${A}/orders/user/${there.user}`, { as })),
      ({ items }) => items.length === 0,
    )
    assert.equal(orders.next, null)
  })
})

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
