/**
 * Section 4 of issue 2: whatever is wrong with a request, the answer is a problem document with a
 * stable code, nothing is stored, and nothing is lost.
 */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, suite, test } from 'node:test'

import { A, eventually, good, Journey, refused, TERMS, type Ask } from './journey.ts'

let journey: Journey
let admin: string
/** 100 units of it are there, 40 of them in `cart`. */
let product: any
let cart: string
before(async () => {
  journey = await Journey.begin()
  admin = await journey.token('admin')
  product = await journey.aProduct(100)
  cart = await journey.aCart(product.sku, 40)
})
after(() => journey?.[Symbol.asyncDispose]())

type Case = readonly [
  what: string,
  method: string,
  path: string,
  ask: Ask,
  status: number,
  code: string,
]

/** Sends every case and checks that all were refused and nothing was stored. */
async function allRefused(cases: readonly Case[]): Promise<void> {
  const before = await journey.stored()
  for (const [what, method, path, ask, status, code] of cases) {
    const answer = await journey.call(method, path, ask)
    const found = `${answer.status} ${answer.body?.code}`
    assert.equal(found, `${status} ${code}`, `${what}: ${JSON.stringify(answer.body)}`)
    refused(answer, status, code)
  }
  assert.deepEqual(await journey.stored(), before, 'nothing is stored of what is refused')
}

const NUL = '\u0000'
const LONE = '\ud800'
const ID = '0b8f6c1e-5f0a-4c3e-9d5e-1c2d3e4f5a6b'

suite('quantities', () => {
  const wrong = [0, -1, -0, 1e9, 1.5, '1', '1e3', true, null, [], {}, [1], 2 ** 53, 10_001, '']

  test('of a cart are whole numbers from 1 to 10,000', async () => {
    const { sku } = product
    const items = `${A}/carts/${cart}/items`
    const cases = wrong.flatMap((quantity): Case[] => [
      [`add ${JSON.stringify(quantity)}`, 'POST', items, { body: { sku, quantity } }, 422, 'request.invalid'],
      [`set ${JSON.stringify(quantity)}`, 'PATCH', `${items}/${sku}`, { body: { quantity } }, 422, 'request.invalid'],
      [`buy ${JSON.stringify(quantity)}`, 'POST', `${A}/orders`, { body: { sku, quantity, ...TERMS } }, 422, 'request.invalid'],
    ])
    await allRefused([
      ...cases,
      ['no number', 'POST', items, { body: `{"sku":"${sku}","quantity":1e999}` }, 422, 'request.invalid'],
      ['NaN', 'POST', items, { body: `{"sku":"${sku}","quantity":NaN}` }, 400, 'request.not-json'],
      ['missing', 'POST', items, { body: { sku } }, 422, 'request.invalid'],
      ['more than there is', 'POST', items, { body: { sku, quantity: 61 } }, 409, 'inventory.not-enough'],
      ['more than a line has', 'POST', items, { body: { sku, quantity: 9_999 } }, 409, 'cart.quantity-too-large'],
    ])
  })

  test('of the warehouse are whole and not below what is there', async () => {
    const { id, sku } = product
    const as = await journey.token('warehouse')
    const stock = `${A}/products/${id}/stock`
    const receipt = { sku, warehouse: 'kyiv', supplierRef: 'D-1' }
    const reason = 'x'
    await allRefused([
      ...[0, -1, 1.5, '1', null, 1e10].map(
        (quantity): Case => [
          `receive ${quantity}`, 'POST', `${A}/inventory/receipts`, { as, body: { ...receipt, quantity } }, 422, 'request.invalid',
        ],
      ),
      ...[-1, 1.5, '1', null, 1e10].map(
        (quantity): Case => [`count ${quantity}`, 'PATCH', stock, { as, body: { quantity, reason } }, 422, 'request.invalid'],
      ),
      ...[1.5, '1', null, 1e10, -1e10].map(
        (delta): Case => [`shift ${delta}`, 'PATCH', stock, { as, body: { delta, reason } }, 422, 'request.invalid'],
      ),
      ['both', 'PATCH', stock, { as, body: { delta: 1, quantity: 1, reason } }, 422, 'request.invalid'],
      ['neither', 'PATCH', stock, { as, body: { reason } }, 422, 'request.invalid'],
      ['no reason', 'PATCH', stock, { as, body: { delta: 1 } }, 422, 'request.invalid'],
      ['empty reason', 'PATCH', stock, { as, body: { delta: 1, reason: '' } }, 422, 'request.invalid'],
      ['below zero', 'PATCH', stock, { as, body: { delta: -101, reason } }, 409, 'inventory.not-enough'],
      ['below what is held', 'PATCH', stock, { as, body: { delta: -61, reason } }, 409, 'inventory.not-enough'],
      ['counted below what is held', 'PATCH', stock, { as, body: { quantity: 39, reason } }, 409, 'inventory.held'],
      ['no such product', 'PATCH', `${A}/products/zzz/stock`, { as, body: { delta: 1, reason } }, 404, 'inventory.unknown-product'],
    ])
  })
})

suite('what is edited in a body', () => {
  test('is refused: nobody names an own price, total, status, currency, shop or role', async () => {
    const { sku, id } = product
    const order = { cartId: cart, ...TERMS }
    const money = { amount: 1, currency: 'UAH' }
    const paid = await journey.aPaidOrder(sku)
    const guest = { orderToken: paid.token }
    const register = { email: 'r@example.test', username: 'r', password: 'kayak over the dam 9!', birthDate: '1994-05-17' }
    const edits: [string, string, object, object, Ask][] = [
      ['POST', `${A}/carts`, {}, { userId: ID, currency: 'EUR', tenantId: 2, total: money }, {}],
      ['POST', `${A}/carts/${cart}/items`, { sku, quantity: 1 }, { price: 1, unitPrice: money, heldUntil: '2099-01-01T00:00:00Z' }, {}],
      ['PATCH', `${A}/carts/${cart}/items/${sku}`, { quantity: 1 }, { sku: 'OTHER', unitPrice: money }, {}],
      ['POST', `${A}/orders`, order, { total: money, status: 'confirmed', currency: 'EUR', userId: ID, tenantId: 2, delivery: money, discount: money, payment: { status: 'succeeded' }, token: 'x' }, {}],
      ['POST', `${A}/payments/${paid.paymentId}/process`, {}, { amount: money, status: 'succeeded', transactionId: 'x' }, guest],
      ['POST', `${A}/orders/${paid.id}/cancel`, {}, { reason: 'staff', status: 'created' }, guest],
      ['PATCH', `${A}/orders/${paid.id}/status`, { status: 'fulfilled' }, { total: money, tenantId: 2 }, { as: admin }],
      ['POST', `${A}/users/register`, register, { role: 'admin', roles: ['admin'], id: ID, tenantId: 2, isAdmin: true }, {}],
      ['PATCH', `${A}/products/${id}/stock`, { delta: 1, reason: 'x' }, { held: 0, tenantId: 2 }, { as: admin }],
    ]
    await allRefused(
      edits.flatMap(([method, path, body, extra, ask]) =>
        Object.entries(extra).map(
          ([name, value]): Case => [
            `${method} ${path} with ${name}`, method, path, { ...ask, body: { ...body, [name]: value } }, 422, 'request.invalid',
          ],
        ),
      ),
    )
  })

  test('is refused when it is not of the expected kind, with the place it is at', async () => {
    const answer = await journey.post(`${A}/orders`, {
      cartId: cart,
      ...TERMS,
      shippingAddress: { ...TERMS.shippingAddress, country: 'Ukraine', planet: 'Earth' },
    })
    const { errors } = refused(answer, 422, 'request.invalid')
    assert.deepEqual(
      errors.map(({ in: part, pointer }: any) => `${part} ${pointer}`).toSorted(),
      ['body /shippingAddress/country', 'body /shippingAddress/planet'],
    )
    const either = refused(
      await journey.patch(`${A}/products/${product.id}/stock`, { quantity: -3, reason: 'x' }, { as: admin }),
      422,
      'request.invalid',
    )
    assert.deepEqual(either.errors, [{ in: 'body', pointer: '/quantity', message: 'must be >= 0' }])
    const both = refused(
      await journey.patch(`${A}/products/${product.id}/stock`, { quantity: 3, delta: 1, reason: 'x' }, { as: admin }),
      422,
      'request.invalid',
    )
    assert.deepEqual(both.errors, [
      { in: 'body', pointer: '/delta', message: 'does not go with the other fields' },
    ])
  })

  test('is refused when it is in another currency', async () => {
    const { sku, paymentId } = { ...product, ...(await journey.aPaidOrder(product.sku)) }
    const eur = { amount: 1, currency: 'EUR' }
    const name = { uk: 'x' }
    await allRefused([
      ['expected total', 'POST', `${A}/orders`, { body: { cartId: cart, ...TERMS, expectedTotal: eur } }, 422, 'checkout.currency-wrong'],
      ['refund', 'POST', `${A}/payments/${paymentId}/refund`, { as: admin, body: { amount: eur, reason: 'x' } }, 422, 'payments.wrong-currency'],
      ['price', 'POST', `${A}/products`, { as: admin, body: { sku: 'EURO', name, price: eur } }, 422, 'catalog.currency-wrong'],
      ['no currency', 'POST', `${A}/products`, { as: admin, body: { sku: 'EURO', name, price: { amount: 1 } } }, 422, 'request.invalid'],
      ['lower case', 'POST', `${A}/products`, { as: admin, body: { sku: 'EURO', name, price: { amount: 1, currency: 'uah' } } }, 422, 'request.invalid'],
      ['price of zero', 'POST', `${A}/products`, { as: admin, body: { sku: 'FREE', name, price: { amount: 0, currency: 'UAH' } } }, 422, 'request.invalid'],
      ['SKU of a path', 'POST', `${A}/products`, { as: admin, body: { sku: '../etc', name, price: { amount: 1, currency: 'UAH' } } }, 422, 'request.invalid'],
    ])
    assert.ok(sku)
  })

  test('is refused when it names no delivery of this shop, whatever the word', async () => {
    await allRefused(
      ['teleport', '__proto__', 'constructor', 'toString', 'hasOwnProperty'].map(
        (deliveryMethod): Case => [
          deliveryMethod, 'POST', `${A}/orders`, { body: { cartId: cart, ...TERMS, deliveryMethod } }, 422, 'checkout.delivery-unknown',
        ],
      ),
    )
  })
})

suite('carts and orders', () => {
  test('that are empty, closed, unknown or expired are not ordered and not changed', async () => {
    const { sku } = product
    const [empty, closed, expired] = [await journey.aCart(), await journey.aCart(sku), await journey.aCart(sku)]
    good(await journey.post(`${A}/orders`, { cartId: closed, ...TERMS }), 201)
    await journey.shop.query(
      `update platform.events set at = at - interval '25 hours' where stream = $1`,
      [`cart/${expired}`],
    )
    const order = (cartId: string): Ask => ({ body: { cartId, ...TERMS } })
    const item: Ask = { body: { sku, quantity: 1 } }
    await allRefused([
      ['order of an empty cart', 'POST', `${A}/orders`, order(empty), 409, 'cart.empty'],
      ['order of a closed cart', 'POST', `${A}/orders`, order(closed), 409, 'cart.closed'],
      ['order of an unknown cart', 'POST', `${A}/orders`, order(ID), 404, 'cart.unknown'],
      ['order of no cart', 'POST', `${A}/orders`, { body: { ...TERMS } }, 422, 'request.invalid'],
      ['add to a closed cart', 'POST', `${A}/carts/${closed}/items`, item, 409, 'cart.closed'],
      ['add to an unknown cart', 'POST', `${A}/carts/${ID}/items`, item, 404, 'cart.unknown'],
      ['a SKU nobody sells', 'POST', `${A}/carts/${empty}/items`, { body: { sku: 'NOPE', quantity: 1 } }, 404, 'cart.sku-unknown'],
      ['order of a SKU nobody sells', 'POST', `${A}/orders`, { body: { sku: 'NOPE', quantity: 1, ...TERMS } }, 404, 'cart.sku-unknown'],
      ['order of a product nobody sells', 'POST', `${A}/orders`, { body: { productId: ID, quantity: 1, ...TERMS } }, 404, 'cart.sku-unknown'],
      ['set a line that is not there', 'PATCH', `${A}/carts/${empty}/items/${sku}`, { body: { quantity: 1 } }, 404, 'cart.line-unknown'],
      ['an old version', 'POST', `${A}/carts/${cart}/items`, { body: { sku, quantity: 1, version: 1 } }, 409, 'cart.version-stale'],
    ])

    // Another process would see the aged cart; this one remembers what it wrote itself.
    await using other = await journey.shop.another()
    const elsewhere = journey.shop.client('demo', { program: other })
    const before = await journey.stored()
    const late = await elsewhere.post<any>(`${A}/orders`, { cartId: expired, ...TERMS })
    refused(late, 410, 'cart.expired')
    refused(await elsewhere.post<any>(`${A}/carts/${expired}/items`, { sku, quantity: 1 }), 410, 'cart.expired')
    assert.deepEqual(await journey.stored(), before)
    assert.equal(good(await journey.get(`${A}/carts/${expired}`)).status, 'expired')
  })

  test('are not made twice of one cart, under two keys at once', async () => {
    const cartId = await journey.aCart(product.sku)
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((key) => journey.post(`${A}/orders`, { cartId, ...TERMS }, { key })),
    )
    const statuses = answers.map(({ status }) => status).toSorted()
    assert.deepEqual(statuses, [201, 409, 409])
    for (const each of answers) if (each.status === 409) refused(each, 409, 'cart.closed')
  })

  test('keep an exact total, however dear and however many', async () => {
    const most = 1_000_000_000
    const gold = await journey.aProduct(10_000, 'demo', most)
    const cartId = await journey.aCart(gold.sku, 10_000)
    const order = good(await journey.post(`${A}/orders`, { cartId, ...TERMS }), 201)
    assert.equal(order.items.amount, most * 10_000)
    const dearer = { sku: 'DEARER', name: { uk: 'x' }, price: { amount: most + 1, currency: 'UAH' } }
    refused(await journey.post(`${A}/products`, dearer, { as: admin }), 422, 'request.invalid')
  })
})

suite('payments', () => {
  test('of another’s order, a cancelled one, or by another token are refused', async () => {
    const { sku } = product
    const [mine, theirs, cancelled] = [await journey.anOrder(sku), await journey.anOrder(sku), await journey.anOrder(sku)]
    good(await journey.post(`${A}/orders/${cancelled.id}/cancel`, {}, { orderToken: cancelled.token }))
    const process = (order: any, orderToken?: string): Case => [
      `process with ${orderToken}`, 'POST', `${A}/payments/${order.paymentId}/process`,
      orderToken === undefined ? {} : { headers: { 'x-order-token': orderToken } }, 404, 'payments.unknown',
    ]
    const { token } = theirs
    await allRefused([
      process(mine),
      process(mine, token),
      process(mine, ''),
      process(mine, 'x'.repeat(4_000)),
      process(mine, `${mine.token}x`),
      process(mine, mine.token.slice(0, -1)),
      process(mine, `\u00ff${mine.token.slice(1)}`),
      ['cancelled', 'POST', `${A}/payments/${cancelled.paymentId}/process`, { orderToken: cancelled.token }, 409, 'payments.closed'],
      ['see with another token', 'GET', `${A}/orders/${mine.id}`, { orderToken: token }, 404, 'orders.unknown'],
      ['cancel with another token', 'POST', `${A}/orders/${mine.id}/cancel`, { orderToken: token }, 404, 'orders.unknown'],
      ['pay again with another token', 'POST', `${A}/payments`, { orderToken: token, body: { orderId: mine.id, method: 'card' } }, 404, 'orders.unknown'],
      ['a second payment', 'POST', `${A}/payments`, { orderToken: mine.token, body: { orderId: mine.id, method: 'card' } }, 409, 'checkout.payment-open'],
      ['a payment of a cancelled order', 'POST', `${A}/payments`, { orderToken: cancelled.token, body: { orderId: cancelled.id, method: 'card' } }, 409, 'checkout.not-payable'],
      ['refund of what is not paid', 'POST', `${A}/payments/${mine.paymentId}/refund`, { as: admin, body: { reason: 'x' } }, 409, 'payments.not-paid'],
    ])
  })

  test('are given back at most once, however many ask at once', async () => {
    const { total, paymentId } = await journey.aPaidOrder(product.sku)
    const refund = `${A}/payments/${paymentId}/refund`
    const more = { amount: total.amount + 1, currency: 'UAH' }
    const nothing = [0, -1, 1.5, '1', 2 ** 53].map(
      (amount): Case => [
        `refund ${amount}`, 'POST', refund, { as: admin, body: { amount: { amount, currency: 'UAH' }, reason: 'x' } }, 422, 'request.invalid',
      ],
    )
    await allRefused([
      ...nothing,
      ['above what was paid', 'POST', refund, { as: admin, body: { amount: more, reason: 'x' } }, 409, 'payments.refund-above-paid'],
    ])
    const half = { amount: Math.ceil(total.amount / 2), currency: 'UAH' }
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => journey.post(refund, { amount: half, reason: 'x' }, { as: admin })),
    )
    const good200 = answers.filter(({ status }) => status === 200)
    for (const each of answers)
      if (each.status !== 200) refused(each, 409, 'payments.refund-above-paid')
    assert.equal(good200.length, total.amount % 2 === 0 ? 2 : 1)
    const [charge] = (await journey.shop.charges()).filter(({ reference }) => reference === paymentId)
    assert.equal(charge?.amountRefunded, good200.length * half.amount)
  })
})

suite('text', () => {
  test('that is no text is refused wherever it stands', async () => {
    const { sku } = product
    const address = TERMS.shippingAddress
    const order = (change: object): Ask => ({ body: { cartId: cart, ...TERMS, ...change } })
    const reason = (text: string): Ask => ({ as: admin, body: `{"delta":1,"reason":"${text}"}` })
    const stock = `${A}/products/${product.id}/stock`
    await allRefused([
      ['NUL in a body', 'POST', `${A}/orders`, order({ shippingAddress: { ...address, city: `K${NUL}` } }), 422, 'request.invalid'],
      ['NUL in a key', 'POST', `${A}/orders`, order({ [`x${NUL}`]: 1 }), 422, 'request.invalid'],
      ['lone surrogate, escaped', 'PATCH', stock, reason('\\ud800'), 422, 'request.invalid'],
      ['surrogates in wrong order', 'PATCH', stock, reason('\\udc00\\ud800'), 422, 'request.invalid'],
      ['NUL, escaped', 'PATCH', stock, reason('\\u0000'), 422, 'request.invalid'],
      ['lone surrogate in a key', 'PATCH', stock, { as: admin, body: `{"delta":1,"reason":"x","\\ud800":1}` }, 422, 'request.invalid'],
      ['NUL in a path', 'GET', `${A}/carts/%00`, {}, 422, 'request.invalid'],
      ['NUL in a SKU', 'PATCH', `${A}/carts/${cart}/items/${sku}%00`, { body: { quantity: 1 } }, 422, 'request.invalid'],
      ['NUL in a SKU of the warehouse', 'GET', `${A}/inventory/stock/%00`, { as: admin }, 422, 'request.invalid'],
      ['lone surrogate in a path', 'GET', `${A}/inventory/stock/%ED%A0%80`, { as: admin }, 400, 'request.malformed'],
      ['broken percent in a path', 'GET', `${A}/carts/%zz`, {}, 400, 'request.malformed'],
      ['NUL in a query', 'GET', `${A}/products?category=%00`, {}, 422, 'request.invalid'],
      ['NUL in a language', 'GET', `${A}/products?lang=%00`, {}, 422, 'request.invalid'],
      ['lone surrogate in a query', 'GET', `${A}/products?brand=%ED%A0%80`, {}, 422, 'request.invalid'],
      ['control character in a name', 'POST', `${A}/users/register`, { body: { email: 'c@example.test', username: 'a\u0007b', password: 'kayak over the dam 9!', birthDate: '1994-05-17' } }, 422, 'request.invalid'],
      ['a path in a SKU', 'GET', `${A}/inventory/stock/..%2f..%2fusers`, { as: admin }, 404, 'inventory.unknown-sku'],
      ['SQL in a SKU', 'POST', `${A}/carts/${cart}/items`, { body: { sku: `'; drop table platform.events; --`, quantity: 1 } }, 404, 'cart.sku-unknown'],
    ])
    assert.equal(LONE.isWellFormed(), false)
  })

  test('of headers cannot break what reads it', async () => {
    const strange = ['\u00ff\u00fe', ';;;,,,q=9', 'x'.repeat(3_000), '*;q=0', '%00', '../../etc/passwd']
    for (const value of strange) {
      for (const header of ['accept-language', 'if-none-match', 'if-match', 'user-agent', 'x-request-id', 'accept', 'origin', 'cookie']) {
        const answer = await journey.get(`${A}/products/${product.id}`, { headers: { [header]: value } })
        assert.equal(answer.status, 200, `${header}: ${value}`)
      }
    }
    const clean = await journey.get(`${A}/shop`, { headers: { 'x-request-id': 'a\u00ffb"}' } })
    assert.match(String(clean.headers['x-request-id']), /^[0-9a-f-]{36}$/)
    refused(await journey.get(`${A}/shop`, { headers: { host: 'nobody.localhost' } }), 404, 'tenant.unknown')
    refused(await journey.get(`${A}/shop`, { headers: { host: '<script>' } }), 404, 'tenant.unknown')
  })
})

suite('HTTP', () => {
  const carts = `${A}/carts`

  test('that is malformed is refused before it is read', async () => {
    const items = `${A}/carts/${cart}/items`
    const { sku } = product
    const json = { 'content-type': 'application/json' }
    await allRefused([
      ['broken JSON', 'POST', items, { body: `{"sku":"${sku}","quantity":1` }, 400, 'request.not-json'],
      ['no JSON', 'POST', items, { body: 'sku=1&quantity=1' }, 400, 'request.not-json'],
      ['comments', 'POST', items, { body: `{"sku":"${sku}",/* */"quantity":1}` }, 400, 'request.not-json'],
      ['an array', 'POST', items, { body: [] }, 422, 'request.invalid'],
      ['a text', 'POST', items, { body: '"x"' }, 422, 'request.invalid'],
      ['null', 'POST', items, { body: 'null' }, 422, 'request.invalid'],
      ['a megabyte', 'POST', items, { body: { sku, quantity: 1, pad: 'x'.repeat(1_000_000) } }, 413, 'request.too-large'],
      ['a megabyte of nesting', 'POST', items, { body: '['.repeat(1_000_000) }, 413, 'request.too-large'],
      ['deep nesting', 'POST', items, { body: `${'['.repeat(5_000)}${']'.repeat(5_000)}` }, 422, 'request.invalid'],
      ['__proto__', 'POST', items, { body: `{"sku":"${sku}","quantity":1,"__proto__":{"quantity":1}}` }, 422, 'request.invalid'],
      ['constructor', 'POST', items, { body: `{"sku":"${sku}","quantity":1,"constructor":{"prototype":{}}}` }, 422, 'request.invalid'],
      ['a form', 'POST', items, { body: 'sku=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'request.unsupported-media-type'],
      ['plain text', 'POST', items, { body: `{"sku":"${sku}","quantity":1}`, headers: { 'content-type': 'text/plain' } }, 415, 'request.unsupported-media-type'],
      ['compressed', 'POST', items, { body: 'x', headers: { ...json, 'content-encoding': 'gzip' } }, 415, 'request.unsupported-media-type'],
      ['wrong method', 'PUT', items, {}, 405, 'request.method-not-allowed'],
      ['wrong method', 'DELETE', carts, {}, 405, 'request.method-not-allowed'],
      ['unknown path', 'GET', `${A}/nothing`, {}, 404, 'request.not-found'],
      ['another version', 'GET', '/api/v2/products', {}, 404, 'request.not-found'],
      ['a long address', 'GET', `${A}/products?category=${'x'.repeat(9_000)}`, {}, 414, 'request.url-too-long'],
      ['a long id', 'GET', `${A}/carts/${'x'.repeat(400)}`, {}, 422, 'request.invalid'],
      ['many headers', 'GET', `${A}/shop`, { headers: Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`x-${i}`, '1'])) }, 431, 'request.too-many-headers'],
    ])
    const wrong = await journey.call('DELETE', carts)
    assert.equal(wrong.headers.allow, 'POST')
  })

  test('has queries and ids of a known form', async () => {
    const shopper = await journey.userId('shopper')
    const dashes = '-'.repeat(36)
    const top = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
    const stock = `${A}/inventory/stock/${product.sku}/movements`
    const lists: [string, string[]][] = [
      [`${A}/products`, ['x', '1', `9.${top}`, `9999999999999.${dashes}`, `99999999999999999999.${top}`]],
      [`${A}/orders/user/${shopper}`, ['x', `1.${dashes}`, `99999999999999.${top}`, `-1.${top}`]],
      [`${A}/payments/user/${shopper}`, ['x', `1.${dashes}`, `99999999999999.${top}`, `-1.${top}`]],
      [`${A}/users`, ['x', `1-${dashes}`, `864000000000000-${top}`, `99999999999999999-${top}`]],
      [stock, ['x', '9999999999999999999.1', '1.99999999999999999', '-1.1', '1']],
      [`${A}/categories`, ['X Y', '-', "'"]],
      [`${A}/brands`, ['X Y', '-', "'"]],
    ]
    const cases = lists.flatMap(([path, afters]) => [
      ...afters.map((after): Case => [`${path} after ${after}`, 'GET', `${path}?after=${encodeURIComponent(after)}`, { as: admin }, 422, 'request.invalid']),
      ...['0', '-1', '1001', '1e3', '1.5', '', 'x', '99999999999999999999', '1&limit=2'].map(
        (limit): Case => [`${path} limit ${limit}`, 'GET', `${path}?limit=${limit}`, { as: admin }, 422, 'request.invalid'],
      ),
      [`${path} unknown field`, 'GET', `${path}?nothing=1`, { as: admin }, 422, 'request.invalid'] as Case,
    ])
    const ids = ['x', '1', `${ID}0`, ID.slice(1), `{${ID}}`, '%20', "'", dashes]
    const gets = ['products', 'carts', 'orders', 'payments', 'users', 'orders/user', 'payments/user', 'payments/order']
    await allRefused([
      ...cases,
      ...gets.flatMap((path) =>
        ids.map((id): Case => [`${path}/${id}`, 'GET', `${A}/${path}/${encodeURIComponent(id)}`, { as: admin }, 422, 'request.invalid']),
      ),
    ])
    // Beyond the end there is nothing, which is no error.
    for (const path of [`${A}/orders/user/${shopper}`, `${A}/payments/user/${shopper}`]) {
      const empty = good(await journey.get(`${path}?after=0.${top}`, { as: admin }))
      assert.deepEqual(empty, { items: [], next: null })
    }
  })

  test('that is not HTTP is told so and hung up on', async () => {
    const { port } = journey.shop.program
    for (const bytes of ['nonsense\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', `GET / HTTP/1.1\r\nHost: a\r\nX: ${NUL}\r\n\r\n`]) {
      const said = await new Promise<string>((resolve, reject) => {
        let heard = ''
        const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
        socket.setEncoding('latin1').on('data', (part: string) => (heard += part))
        socket.on('close', () => resolve(heard)).on('error', reject)
        socket.setTimeout(3_000, () => socket.destroy(new Error(`no answer to ${bytes}`)))
      })
      assert.match(said, /^HTTP\/1\.1 4\d\d [^]*application\/problem\+json[^]*"code":"request\.malformed"/)
    }
  })
})

suite('people', () => {
  test('do only what their role may: guests, shoppers, couriers', async () => {
    const { id } = product
    const stock: Ask = { body: { delta: 1, reason: 'x' } }
    const staff: [string, string, Ask][] = [
      ['POST', `${A}/products`, { body: {} }],
      ['PUT', `${A}/products/${id}`, { body: {} }],
      ['DELETE', `${A}/products/${id}`, {}],
      ['POST', `${A}/categories`, { body: {} }],
      ['POST', `${A}/brands`, { body: {} }],
      ['PATCH', `${A}/orders/${ID}/status`, { body: { status: 'fulfilled' } }],
      ['POST', `${A}/payments/${ID}/refund`, { body: { reason: 'x' } }],
      ['GET', `${A}/users`, {}],
    ]
    const workers: typeof staff = [
      ['PATCH', `${A}/products/${id}/stock`, stock],
      ['POST', `${A}/inventory/receipts`, { body: {} }],
      ['GET', `${A}/inventory/warehouses`, {}],
      ['GET', `${A}/inventory/stock/${product.sku}`, {}],
      ['GET', `${A}/inventory/stock/${product.sku}/movements`, {}],
    ]
    const signedIn: typeof staff = [
      ['GET', `${A}/users/${ID}`, {}],
      ['GET', `${A}/orders/user/${ID}`, {}],
      ['GET', `${A}/payments/user/${ID}`, {}],
    ]
    const cases: Case[] = []
    for (const [method, path, ask] of [...staff, ...workers, ...signedIn]) {
      cases.push([`guest ${method} ${path}`, method, path, ask, 401, 'auth.required'])
    }
    for (const who of ['shopper', 'courier', 'warehouse'] as const) {
      const as = await journey.token(who)
      for (const [method, path, ask] of who === 'warehouse' ? staff : [...staff, ...workers]) {
        cases.push([`${who} ${method} ${path}`, method, path, { ...ask, as }, 403, 'auth.forbidden'])
      }
    }
    await allRefused(cases)
  })

  test('whose token has expired are asked to sign in again', async () => {
    const expired = await journey.token('shopper')
    const next = await journey.get(`${A}/shop`, { as: expired, in: 'second' })
    refused(next, 401, 'auth.token-invalid')
    assert.equal(next.headers['www-authenticate'], 'Bearer error="invalid_token"')
  })
})

test('after all that the program is well, and has written no error into its log', async () => {
  good(await journey.get('/readyz'))
  await eventually(
    async () => good(await journey.get(`${A}/inventory/stock/${product.sku}`, { as: admin })),
    ({ stock }) => stock > 0,
  )
  const errors = journey.seen.filter(({ answer }) => answer.status >= 500)
  assert.deepEqual(errors, [])
  assert.doesNotMatch(journey.shop.program.tail, /"level":"(error|fatal)"/)
})
