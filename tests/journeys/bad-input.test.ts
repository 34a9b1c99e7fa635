/**
 * Section 4 of issue 2: whatever is wrong with a request, the answer is a problem document with a
 * stable code, nothing is stored, and nothing is lost.
 */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import {
  allRefusedBy,
  ID,
  INVALID,
  ORDERS,
  SOMEONE,
  endsWell,
  lay,
  type Case,
  type Ground,
} from './bad-input.ts'
import { A, good, refused, TERMS, type Ask, type Json, type Journey } from './journey.ts'

let ground: Ground
let journey: Journey
let as: string
let product: Json
let cart: string
let items: string
before(async () => {
  ground = await lay()
  ;({ journey, as, product, cart, items } = ground)
})
after(() => journey?.[Symbol.asyncDispose]())

const allRefused = (expected: string, cases: readonly Case[]): Promise<void> =>
  allRefusedBy(journey, expected, cases)

suite('quantities', () => {
  test('of a cart are whole numbers from 1 to 10,000', async () => {
    const { sku } = product
    const wrong = [0, -1, 1e9, 1.5, '1', '1e3', '', true, null, [], {}, [1], 2 ** 53, 10_001]
    await allRefused(
      INVALID,
      wrong.flatMap((quantity): Case[] => [
        ['add', `POST ${items}`, { sku, quantity }],
        ['set', `PATCH ${items}/${sku}`, { quantity }],
        ['buy', ORDERS, { sku, quantity, ...TERMS }],
      ]),
    )
    await allRefused(INVALID, [
      ['beyond every number', `POST ${items}`, `{"sku":"${sku}","quantity":1e999}`],
      ['less than nothing', `POST ${items}`, `{"sku":"${sku}","quantity":-0}`],
      ['missing', `POST ${items}`, { sku }],
    ])
    await allRefused('400 request.not-json', [
      ['NaN', `POST ${items}`, `{"sku":"${sku}","quantity":NaN}`],
    ])
    await allRefused('409 inventory.not-enough', [
      ['more than there is', `POST ${items}`, { sku, quantity: 61 }],
      ['more than there is', ORDERS, { sku, quantity: 61, ...TERMS }],
    ])
    await allRefused('409 cart.quantity-too-large', [
      ['more than a line has', `POST ${items}`, { sku, quantity: 9_999 }],
    ])
  })

  test('of the warehouse are whole and not below what is there', async () => {
    const { id, sku } = product
    const ask = { as: await journey.token('warehouse') }
    const stock = `PATCH ${A}/products/${id}/stock`
    const receipt = { sku, warehouse: 'kyiv', supplierRef: 'D-1' }
    const reason = 'x'
    const shared = [1.5, '1', null, 1e10, -1e10]
    await allRefused(INVALID, [
      ...[0, -1, ...shared].map((quantity): Case => [
        'receive',
        `POST ${A}/inventory/receipts`,
        { ...receipt, quantity },
        ask,
      ]),
      ...[-1, ...shared].map((quantity): Case => ['count', stock, { quantity, reason }, ask]),
      ...[0, ...shared].map((delta): Case => ['shift', stock, { delta, reason }, ask]),
      ['both', stock, { delta: 1, quantity: 1, reason }, ask],
      ['minus nothing', stock, '{"delta":-0,"reason":"x"}', ask],
      ['neither', stock, { reason }, ask],
      ['no reason', stock, { delta: 1 }, ask],
      ['an empty reason', stock, { delta: 1, reason: '' }, ask],
    ])
    await allRefused('409 inventory.not-enough', [
      ['below zero', stock, { delta: -101, reason }, ask],
      ['below what is held', stock, { delta: -61, reason }, ask],
    ])
    await allRefused('409 inventory.held', [
      ['counted below what is held', stock, { quantity: 39, reason }, ask],
    ])
    await allRefused('404 inventory.unknown-product', [
      ['no such product', `PATCH ${A}/products/zzz/stock`, { delta: 1, reason }, ask],
    ])
  })
})

suite('what is edited in a body', () => {
  test('is refused: nobody names an own price, total, status, currency, shop or role', async () => {
    const { sku, id } = product
    const paid = await journey.aPaidOrder(sku)
    const guest = { orderToken: paid.token }
    const money = { amount: 1, currency: 'UAH' }
    const order = { cartId: cart, ...TERMS }
    const edit = (where: string, body: object, extra: object, ask: Ask = {}): Case[] =>
      Object.entries(extra).map(([name, value]) => [name, where, { ...body, [name]: value }, ask])
    const shop = { tenantId: 2, tenant: 'second', currency: 'EUR' }
    await allRefused(INVALID, [
      ...edit(`POST ${A}/carts`, {}, { tenantId: 2, tenant: 'second', userId: ID, total: money }),
      ...edit(`POST ${A}/carts`, {}, { currency: 'eur', lines: [], status: 'closed' }),
      ...edit(`POST ${items}`, { sku, quantity: 1 }, { ...shop, price: 1, unitPrice: money }),
      ...edit(`PATCH ${items}/${sku}`, { quantity: 1 }, { sku: 'OTHER', unitPrice: money }),
      ...edit(ORDERS, order, { ...shop, total: money, delivery: money, discount: money }),
      ...edit(ORDERS, order, { status: 'confirmed', userId: ID, payment: {}, token: 'x' }),
      ...edit(ORDERS, { ...order }, { sku, productId: id, quantity: 1 }),
      ...edit(
        `POST ${A}/payments/${paid.paymentId}/process`,
        {},
        { ...shop, amount: money, status: 'succeeded', transactionId: 'x' },
        guest,
      ),
      ...edit(`POST ${A}/orders/${paid.id}/cancel`, {}, { ...shop, reason: 'staff' }, guest),
      ...edit(
        `PATCH ${A}/orders/${paid.id}/status`,
        { status: 'fulfilled' },
        { ...shop, total: money },
        { as },
      ),
      ...edit(`POST ${A}/users/register`, SOMEONE, {
        ...shop,
        role: 'admin',
        roles: ['admin'],
        id: ID,
        isAdmin: true,
      }),
      ...edit(
        `PATCH ${A}/products/${id}/stock`,
        { delta: 1, reason: 'x' },
        { ...shop, held: 0 },
        { as },
      ),
    ])
  })

  test('is refused with the place it is at, and with nothing that would only confuse', async () => {
    const errorsOf = async (where: string, body: object) => {
      const [method = '', path = ''] = where.split(' ')
      const { errors } = refused(
        await journey.call(method, path, { as, body }),
        422,
        'request.invalid',
      )
      return errors.map((each: Json) => `${each.in} ${each.pointer} ${each.message}`).toSorted()
    }
    const shippingAddress = { ...TERMS.shippingAddress, country: 'Ukraine', planet: 'Earth' }
    assert.deepEqual(await errorsOf(ORDERS, { cartId: cart, ...TERMS, shippingAddress }), [
      'body /shippingAddress/country must match pattern "^[A-Z]{2}$"',
      'body /shippingAddress/planet is not a field of this request',
    ])
    const stock = `PATCH ${A}/products/${product.id}/stock`
    assert.deepEqual(await errorsOf(stock, { quantity: -3, reason: 'x' }), [
      'body /quantity must be >= 0',
    ])
    assert.deepEqual(await errorsOf(stock, { delta: 3 }), ['body /reason is required'])
    assert.deepEqual(await errorsOf(stock, { quantity: 3, delta: 1, reason: 'x' }), [
      'body /delta does not go with the other fields',
    ])
  })

  test('is refused when it is in another currency', async () => {
    const { paymentId } = await journey.aPaidOrder(product.sku)
    const eur = { amount: 1, currency: 'EUR' }
    const draft = { sku: 'EURO', name: { uk: 'x' }, price: eur }
    await allRefused('422 checkout.currency-wrong', [
      ['total', ORDERS, { cartId: cart, ...TERMS, expectedTotal: eur }],
    ])
    await allRefused('422 payments.wrong-currency', [
      ['refund', `POST ${A}/payments/${paymentId}/refund`, { amount: eur, reason: 'x' }, { as }],
    ])
    await allRefused('422 catalog.currency-wrong', [['price', `POST ${A}/products`, draft, { as }]])
    const prices = [{ amount: 1 }, { amount: 1, currency: 'uah' }, { amount: 0, currency: 'UAH' }]
    await allRefused(INVALID, [
      ...[...prices, 1, '1', null].map((price): Case => [
        'price',
        `POST ${A}/products`,
        { ...draft, price },
        { as },
      ]),
      ['a path as SKU', `POST ${A}/products`, { ...draft, sku: '../etc' }, { as }],
    ])
  })

  test('is refused when it names no delivery of this shop, whatever the word', async () => {
    await allRefused(
      '422 checkout.delivery-unknown',
      ['teleport', '__proto__', 'constructor', 'toString', 'hasOwnProperty'].map((word): Case => [
        word,
        ORDERS,
        { cartId: cart, ...TERMS, deliveryMethod: word },
      ]),
    )
  })
})

suite('an order', () => {
  test('is refused when nobody can pay it that way: no other word reaches the log', async () => {
    const words = ['cash', '4111 1111 1111 1111', 'Card', '__proto__']
    await allRefused(
      '422 checkout.payment-method-unknown',
      words.map((paymentMethod): Case => [
        paymentMethod,
        ORDERS,
        { cartId: cart, ...TERMS, paymentMethod },
      ]),
    )
  })

  test('that is brought to the buyer needs an address', async () => {
    const { shippingAddress: _, ...terms } = TERMS
    await allRefused('422 checkout.address-missing', [
      ['no address', ORDERS, { cartId: cart, ...terms }],
    ])
  })
})

suite('carts and orders', () => {
  test('that are empty, closed or unknown are not ordered and not changed', async () => {
    const { sku } = product
    const [empty, closed] = [await journey.aCart(), await journey.aCart(sku)]
    good(await journey.post(`${A}/orders`, { cartId: closed, ...TERMS }), 201)
    const item = { sku, quantity: 1 }
    const order = (cartId: string): Case => ['order', ORDERS, { cartId, ...TERMS }]
    await allRefused('409 cart.empty', [order(empty)])
    await allRefused('409 cart.closed', [
      order(closed),
      ['add', `POST ${A}/carts/${closed}/items`, item],
      ['set', `PATCH ${A}/carts/${closed}/items/${sku}`, { quantity: 1 }],
      ['remove', `DELETE ${A}/carts/${closed}/items/${sku}`],
    ])
    await allRefused('404 cart.unknown', [
      order(ID),
      ['add', `POST ${A}/carts/${ID}/items`, item],
      ['see', `GET ${A}/carts/${ID}`],
    ])
    await allRefused('404 cart.sku-unknown', [
      ['add', `POST ${A}/carts/${empty}/items`, { sku: 'NOPE', quantity: 1 }],
      ['buy', ORDERS, { sku: 'NOPE', quantity: 1, ...TERMS }],
      ['buy', ORDERS, { productId: ID, quantity: 1, ...TERMS }],
    ])
    await allRefused('404 cart.line-unknown', [
      ['set', `PATCH ${A}/carts/${empty}/items/${sku}`, { quantity: 1 }],
      ['remove', `DELETE ${A}/carts/${empty}/items/${sku}`],
    ])
    await allRefused('409 cart.version-stale', [['old', `POST ${items}`, { ...item, version: 1 }]])
    await allRefused(INVALID, [['order of nothing', ORDERS, TERMS]])
  })

  test('of yesterday have expired', async () => {
    const { sku } = product
    const expired = await journey.aCart(sku)
    await journey.shop.query(
      `update platform.events set at = at - interval '25 hours' where stream = $1`,
      [`cart/${expired}`],
    )
    assert.equal(good(await journey.get(`${A}/carts/${expired}`)).status, 'expired')
    // This process remembers the cart as it wrote it; another one reads it anew.
    await using other = await journey.shop.another(['api'])
    const elsewhere = journey.shop.client('demo', { program: other })
    const before = await journey.stored()
    const item = { sku, quantity: 1 }
    for (const late of [
      await elsewhere.post<Json>(`${A}/orders`, { cartId: expired, ...TERMS }),
      await elsewhere.post<Json>(`${A}/carts/${expired}/items`, item),
      await elsewhere.patch<Json>(`${A}/carts/${expired}/items/${sku}`, { quantity: 1 }),
      await elsewhere.delete<Json>(`${A}/carts/${expired}/items/${sku}`),
    ]) {
      refused(late, 410, 'cart.expired')
    }
    assert.deepEqual(await journey.stored(), before)
  })

  test('are not made twice of one cart, under several keys at once', async () => {
    const body = { cartId: await journey.aCart(product.sku), ...TERMS }
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((key) => journey.post(`${A}/orders`, body, { key })),
    )
    const made = answers.filter(({ status }) => status === 201)
    assert.equal(made.length, 1)
    for (const each of answers) if (!made.includes(each)) refused(each, 409, 'cart.closed')
  })

  test('keep an exact total, however dear and however many', async () => {
    const most = 1_000_000_000
    const gold = await journey.aProduct(10_000, 'demo', most)
    const cartId = await journey.aCart(gold.sku, 10_000)
    const order = good(await journey.post(`${A}/orders`, { cartId, ...TERMS }), 201)
    assert.equal(order.items.amount, most * 10_000)
    const price = { amount: most + 1, currency: 'UAH' }
    const dearer = { sku: 'DEARER', name: { uk: 'x' }, price }
    await allRefused(INVALID, [['dearer', `POST ${A}/products`, dearer, { as }]])
  })
})

suite('payments', () => {
  test('of another’s order, a cancelled one, or by another token are refused', async () => {
    const { sku } = product
    const [mine, theirs] = [await journey.anOrder(sku), await journey.anOrder(sku)]
    const gone = await journey.anOrder(sku)
    const end = { orderToken: gone.token }
    good(await journey.post(`${A}/orders/${gone.id}/cancel`, {}, end))

    const { token } = theirs
    const process = `POST ${A}/payments/${mine.paymentId}/process`
    const wrong = [
      token,
      '',
      'x'.repeat(4_000),
      `${mine.token}x`,
      mine.token.slice(0, -1),
      `\u00ff${mine.token.slice(1)}`,
    ]
    await allRefused('404 payments.unknown', [
      ['no token', process],
      ...wrong.map((orderToken): Case => ['wrong token', process, undefined, { orderToken }]),
      ['see', `GET ${A}/payments/${mine.paymentId}`, undefined, { orderToken: token }],
    ])
    const payment = { orderId: mine.id, method: 'card' }
    await allRefused('404 orders.unknown', [
      ['see', `GET ${A}/orders/${mine.id}`, undefined, { orderToken: token }],
      ['cancel', `POST ${A}/orders/${mine.id}/cancel`, {}, { orderToken: token }],
      ['list', `GET ${A}/payments/order/${mine.id}`, undefined, { orderToken: token }],
      ['pay again', `POST ${A}/payments`, payment, { orderToken: token }],
    ])
    await allRefused('409 payments.closed', [
      ['pay what is cancelled', `POST ${A}/payments/${gone.paymentId}/process`, undefined, end],
    ])
    await allRefused('409 checkout.not-payable', [
      ['pay what is cancelled', `POST ${A}/payments`, { ...payment, orderId: gone.id }, end],
    ])
    await allRefused('409 checkout.payment-open', [
      ['a second payment', `POST ${A}/payments`, payment, { orderToken: mine.token }],
    ])
    const refund = `POST ${A}/payments/${mine.paymentId}/refund`
    await allRefused('409 payments.not-paid', [['unpaid', refund, { reason: 'x' }, { as }]])
  })

  test('are given back at most once, however many ask at once', async () => {
    const { total, paymentId } = await journey.aPaidOrder(product.sku)
    const path = `${A}/payments/${paymentId}/refund`
    const of = (amount: unknown) => ({ amount: { amount, currency: 'UAH' }, reason: 'x' })
    await allRefused(
      INVALID,
      [0, -1, 1.5, '1', 2 ** 53, null].map((amount): Case => [
        'refund',
        `POST ${path}`,
        of(amount),
        { as },
      ]),
    )
    await allRefused('409 payments.refund-above-paid', [
      ['above what was paid', `POST ${path}`, of(total.amount + 1), { as }],
    ])

    const most = Math.floor(total.amount / 2) + 1
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => journey.post(path, of(most), { as })),
    )
    const given = answers.filter(({ status }) => status === 200)
    assert.equal(given.length, 1, 'more than half goes only once')
    for (const each of answers) {
      if (!given.includes(each)) refused(each, 409, 'payments.refund-above-paid')
    }
    const charge = (await journey.shop.charges()).find(({ reference }) => reference === paymentId)
    assert.equal(charge?.amountRefunded, most)
  })
})

endsWell(() => ground)
