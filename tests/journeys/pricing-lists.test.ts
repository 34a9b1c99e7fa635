/** Prices in several currencies, and the promise of a price that was shown. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import type { Client } from '../support/client.ts'
import { undocumented } from './documented.ts'
import { A, good, Journey, refused, TERMS, type Answer, type Json } from './journey.ts'

let journey: Journey
/** A process that remembers no cart before it is asked for it. */
let elsewhere: Client
let as: string
before(async () => {
  journey = await Journey.begin()
  as = await journey.token('admin')
  elsewhere = journey.shop.client('demo', { program: await journey.shop.another(['api']) })
})
after(() => journey?.[Symbol.asyncDispose]())

const LISTS = `${A}/price-lists`
const put = (path: string, body: unknown, token = as): Promise<Answer> =>
  journey.call('PUT', path, { body, as: token })
const uah = (amount: number) => ({ amount, currency: 'UAH' })
const zloty = (amount: number) => ({ amount, currency: 'PLN' })

suite('a price list', () => {
  test('is opened by staff with what delivery costs, and everyone sees it', async () => {
    refused(await put(`${LISTS}/PLN/X`, { amount: 1 }), 404, 'pricing.list-unknown')
    refused(await journey.get(`${LISTS}/PLN`, { as }), 404, 'pricing.list-unknown')
    const delivery = { post: 300, pickup: 0 }
    good(await put(`${LISTS}/PLN`, { delivery }))
    good(await put(`${LISTS}/PLN`, { delivery }))
    const { items } = good(await journey.get(LISTS))
    const [ofDemo] = items.filter((each: Json) => each.currency === 'PLN')
    assert.deepEqual(ofDemo, { currency: 'PLN', delivery })
    assert.deepEqual(good(await journey.get(LISTS, { in: 'second' })).items, [])
    const events = await journey.shop.query(
      `select version from platform.events where stream = 'price-list/PLN'`,
    )
    assert.equal(events.length, 1, 'the same list again is no change')
  })

  test('holds prices by SKU, page by page', async () => {
    const products = [
      await journey.aProduct(1),
      await journey.aProduct(1),
      await journey.aProduct(1),
    ]
    const skus = products.map(({ sku }): string => sku).toSorted()
    for (const sku of skus) good(await put(`${LISTS}/PLN/${sku}`, { amount: 2_500 }))
    const [first, second, third] = skus
    const page = good(await journey.get(`${LISTS}/PLN?limit=2`))
    assert.deepEqual(page.items, [
      { sku: first, price: zloty(2_500) },
      { sku: second, price: zloty(2_500) },
    ])
    const next = good(await journey.get(`${LISTS}/PLN?limit=2&after=${page.next}`, { as }))
    assert.deepEqual([next.items.length, next.items[0].sku, next.next], [1, third, null])
    good(await put(`${LISTS}/PLN/${first}`, { amount: 2_600 }))
    const changed = good(await journey.get(`${LISTS}/PLN?limit=1`, { as }))
    assert.equal(changed.items[0].price.amount, 2_600)
    for (const sku of skus) {
      good(await journey.call('DELETE', `${LISTS}/PLN/${sku}`, { as }), 204)
      const gone = await journey.call('DELETE', `${LISTS}/PLN/${sku}`, { as })
      refused(gone, 404, 'pricing.price-unknown')
    }
    assert.deepEqual(good(await journey.get(`${LISTS}/PLN`, { as })).items, [])
  })

  test('says of whole products what they cost at least and at most, and nothing of what it has not', async () => {
    const draft = (sku: string) => ({ sku, price: uah(100_000) })
    const skus = [0, 1, 2].map((n) => `R-${crypto.randomUUID().slice(0, 8).toUpperCase()}-${n}`)
    const name = { uk: 'Три', en: 'Three' }
    const variants = skus.map((sku, n) => ({
      ...draft(sku),
      options: [{ code: 'size', valueCode: `${n}` }],
    }))
    const several = good(await journey.post(`${A}/products`, { name, variants }, { as }), 201)
    const [single, unlisted] = [await journey.aProduct(1), await journey.aProduct(1)]
    for (const [sku, amount] of [
      [skus[0], 2_600],
      [skus[1], 2_400],
      [single.sku, 900],
    ] as const) {
      good(await put(`${LISTS}/PLN/${sku}`, { amount }))
    }
    const ids = [several.id, single.id, unlisted.id, crypto.randomUUID()].join(',')
    const { items } = good(await journey.get(`${A}/prices/ranges?currency=PLN&products=${ids}`))
    assert.deepEqual(items, [
      { productId: several.id, from: zloty(2_400), to: zloty(2_600), was: null },
      { productId: single.id, from: zloty(900), to: zloty(900), was: null },
    ])
    const main = good(await journey.get(`${A}/prices/ranges?products=${unlisted.id}`))
    assert.deepEqual(main.items[0].from, uah(129_900))
    const unknown = await journey.get(`${A}/prices/ranges?currency=USD&products=${single.id}`)
    refused(unknown, 404, 'pricing.list-unknown')
    refused(await journey.get(`${A}/prices/ranges?products=1`), 422, 'request.invalid')
  })

  test('is not for shoppers to change, nor for prices that are the catalog’s or none', async () => {
    const { sku } = await journey.aProduct(1)
    const shopper = await journey.token('shopper')
    refused(await put(`${LISTS}/PLN/${sku}`, { amount: 1 }, shopper), 403, 'auth.forbidden')
    refused(await put(`${LISTS}/PLN`, { delivery: {} }, shopper), 403, 'auth.forbidden')
    refused(await put(`${LISTS}/PLN/${sku}`, { amount: 1 }, ''), 401, 'auth.token-invalid')
    const removing = await journey.call('DELETE', `${LISTS}/PLN/${sku}`, { as: shopper })
    refused(removing, 403, 'auth.forbidden')
    refused(await put(`${LISTS}/UAH`, { delivery: {} }), 422, 'pricing.list-of-catalog')
    refused(await put(`${LISTS}/UAH/${sku}`, { amount: 1 }), 422, 'pricing.list-of-catalog')
    refused(await put(`${LISTS}/PLN/NOPE`, { amount: 1 }), 404, 'pricing.sku-unknown')
    const drone = { delivery: { drone: 1 } }
    refused(await put(`${LISTS}/PLN`, drone), 422, 'pricing.delivery-unknown')
    for (const amount of [0, -1, 1.5, '1', 1e12, null]) {
      refused(await put(`${LISTS}/PLN/${sku}`, { amount }), 422, 'request.invalid')
    }
    for (const currency of ['eur', 'PLNO', 'E']) {
      refused(await put(`${LISTS}/${currency}/${sku}`, { amount: 1 }), 422, 'request.invalid')
    }
    const { sku: theirs } = await journey.aProduct(1, 'second')
    refused(await put(`${LISTS}/PLN/${theirs}`, { amount: 1 }), 404, 'pricing.sku-unknown')
  })
})

suite('a cart in another currency', () => {
  test('has its prices, and so has its order, delivery and payment', async () => {
    good(await put(`${LISTS}/PLN`, { delivery: { post: 300, pickup: 0 } }))
    const [ball, net] = [await journey.aProduct(5), await journey.aProduct(5)]
    good(await put(`${LISTS}/PLN/${ball.sku}`, { amount: 2_999 }))
    const { id: cartId } = good(await journey.post(`${A}/carts`, { currency: 'PLN' }), 201)
    const items = `${A}/carts/${cartId}/items`
    const added = good(await journey.post(items, { sku: ball.sku, quantity: 2 }), 201)
    assert.deepEqual([added.line.unitPrice, added.total], [zloty(2_999), zloty(5_998)])
    const missing = await journey.post(items, { sku: net.sku, quantity: 1 })
    assert.equal(refused(missing, 409, 'cart.price-missing').currency, 'PLN')

    const body = { cartId, ...TERMS }
    const courier = { ...body, deliveryMethod: 'courier' }
    const known = refused(
      await journey.post(`${A}/orders`, courier),
      422,
      'checkout.delivery-unknown',
    )
    assert.deepEqual(known.known.toSorted(), ['pickup', 'post'])
    const wrong = { ...body, expectedTotal: uah(6_298) }
    refused(await journey.post(`${A}/orders`, wrong), 422, 'checkout.currency-wrong')
    const order = good(
      await journey.post(`${A}/orders`, { ...body, expectedTotal: zloty(6_298) }),
      201,
    )
    assert.deepEqual(
      [order.items, order.delivery, order.tax, order.discount, order.total],
      // Ukraine's 20 % is in the price: 59.98 ÷ 6 and 3.00 ÷ 6.
      [zloty(5_998), zloty(300), zloty(1_050), zloty(0), zloty(6_298)],
    )
    const paying = { orderToken: order.token }
    const paid = good(
      await journey.post(`${A}/payments/${order.paymentId}/process`, undefined, paying),
    )
    assert.deepEqual([paid.status, paid.amount], ['succeeded', zloty(6_298)])
    const charge = (await journey.shop.charges()).find((each) => each.reference === order.paymentId)
    assert.deepEqual([charge?.amount, charge?.currency.toUpperCase()], [6_298, 'PLN'])
  })

  test('must be one the shop sells in, and is never another later', async () => {
    const foreign = refused(
      await journey.post(`${A}/carts`, { currency: 'JPY' }),
      422,
      'cart.currency-unknown',
    )
    assert.equal(foreign.known[0], 'UAH')
    for (const currency of ['uah', '', 1, null, 'constructor']) {
      refused(await journey.post(`${A}/carts`, { currency }), 422, 'request.invalid')
    }
    assert.equal(good(await journey.post(`${A}/carts`, { currency: 'UAH' }), 201).currency, 'UAH')
  })

  test('cannot be ordered with what is no longer sold in it', async () => {
    good(await put(`${LISTS}/PLN`, { delivery: { post: 300 } }))
    const { sku } = await journey.aProduct(5)
    good(await put(`${LISTS}/PLN/${sku}`, { amount: 100 }))
    const { id: cartId } = good(await journey.post(`${A}/carts`, { currency: 'PLN' }), 201)
    good(await journey.post(`${A}/carts/${cartId}/items`, { sku, quantity: 1 }), 201)
    good(await journey.call('DELETE', `${LISTS}/PLN/${sku}`, { as }), 204)
    const order = await journey.post(`${A}/orders`, { cartId, ...TERMS })
    refused(order, 409, 'cart.price-missing')
  })
})

suite('a price that was shown', () => {
  test('is not raised for 15 minutes, though the shop asks more (PRICING-1)', async () => {
    const product = await journey.aProduct(9, 'demo', 10_000)
    const cartId = await journey.aCart(product.sku, 2)
    await reprice(product, 12_000)
    const cart = good(await journey.get(`${A}/carts/${cartId}`))
    const [line] = cart.lines
    assert.deepEqual([line.unitPrice, line.priceNow], [uah(10_000), uah(12_000)])
    assert.deepEqual([cart.total, cart.totalNow], [uah(20_000), null])
    const promised = Date.parse(line.promisedUntil) - Date.now()
    assert.ok(promised > 14 * 60_000 && promised <= 15 * 60_000 + 1_000, String(promised))
    // Another unit is at the promised price too, and the promise ends when it did.
    const items = `${A}/carts/${cartId}/items`
    const more = good(await journey.post(items, { sku: product.sku, quantity: 1 }), 201)
    assert.deepEqual(
      [more.line.unitPrice, more.line.priceNow, more.line.promisedUntil],
      [uah(10_000), uah(12_000), line.promisedUntil],
    )
    const order = good(await journey.post(`${A}/orders`, { cartId, ...TERMS }), 201)
    assert.deepEqual(order.items, uah(30_000))
  })

  test('is asked about after them: the order is refused with both totals until the new one is named', async () => {
    const [product, other] = [await journey.aProduct(9, 'demo', 10_000), await journey.aProduct(9)]
    const cartId = await journey.aCart(product.sku, 2)
    const items = `${A}/carts/${cartId}/items`
    good(await journey.post(items, { sku: other.sku, quantity: 1 }), 201)
    await reprice(product, 12_000)
    await promiseEnds(cartId)
    const cart = good(await journey.get(`${A}/carts/${cartId}`))
    assert.equal(cart.totalNow.amount - cart.total.amount, 4_000)

    const body = { cartId, ...TERMS }
    const changed = refused(await elsewhere.post<Json>(`${A}/orders`, body), 409, 'pricing.changed')
    assert.equal(changed.total.amount - changed.shown.amount, 4_000)
    assert.equal(changed.expected, null)
    assert.deepEqual(changed.lines, [
      { sku: product.sku, quantity: 2, shown: uah(10_000), now: uah(12_000) },
    ])
    const old = { ...body, expectedTotal: changed.shown }
    refused(await elsewhere.post<Json>(`${A}/orders`, old), 409, 'pricing.changed')
    const agreed = { ...body, expectedTotal: changed.total }
    const order = good(await elsewhere.post<Json>(`${A}/orders`, agreed), 201)
    assert.deepEqual(order.total, changed.total)
    assert.deepEqual(order.lines[0].unitPrice, uah(12_000))
  })

  test('gives way at once to a lower one, and a touch after the promise shows the price of now', async () => {
    const product = await journey.aProduct(9, 'demo', 10_000)
    const cheaper = await journey.aCart(product.sku, 2)
    const touched = await journey.aCart(product.sku, 1)
    await reprice(product, 8_000)
    const cart = good(await journey.get(`${A}/carts/${cheaper}`))
    assert.deepEqual([cart.total, cart.totalNow], [uah(20_000), uah(16_000)])
    const order = good(await journey.post(`${A}/orders`, { cartId: cheaper, ...TERMS }), 201)
    assert.deepEqual(order.items, uah(16_000))

    await reprice(product, 15_000)
    await promiseEnds(touched)
    const path = `${A}/carts/${touched}/items/${product.sku}`
    const line = good(await elsewhere.patch<Json>(path, { quantity: 2 })).line
    assert.deepEqual([line.unitPrice, line.priceNow], [uah(15_000), null])
    const bought = good(
      await elsewhere.post<Json>(`${A}/orders`, { cartId: touched, ...TERMS }),
      201,
    )
    assert.deepEqual(bought.items, uah(30_000))
  })

  test('in another currency is promised as well', async () => {
    good(await put(`${LISTS}/PLN`, { delivery: { post: 300 } }))
    const { sku } = await journey.aProduct(9)
    good(await put(`${LISTS}/PLN/${sku}`, { amount: 100 }))
    const { id: cartId } = good(await journey.post(`${A}/carts`, { currency: 'PLN' }), 201)
    good(await journey.post(`${A}/carts/${cartId}/items`, { sku, quantity: 1 }), 201)
    good(await put(`${LISTS}/PLN/${sku}`, { amount: 150 }))
    const order = good(await journey.post(`${A}/orders`, { cartId, ...TERMS }), 201)
    assert.deepEqual(order.items, zloty(100))
  })
})

/** The shop asks another price from now on; what a process remembers of the old one lasts a second. */
async function reprice(product: Json, amount: number): Promise<void> {
  const { sku, name } = product
  const body = { sku, name, price: uah(amount) }
  good(await put(`${A}/products/${product.id}`, body))
  await new Promise((resolve) => setTimeout(resolve, 1_050))
}

/** The lines were priced 15 minutes earlier than they were. */
async function promiseEnds(cartId: string): Promise<void> {
  await journey.shop.query(
    `update platform.events
     set data = jsonb_set(data::jsonb, '{pricedAt}', to_jsonb((data->>'pricedAt')::bigint - 900001))
     where stream = $1 and type = 'cart.line-set'`,
    [`cart/${cartId}`],
  )
}

test('the database is sound afterwards', () => journey.shop.mustBeSound())

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
