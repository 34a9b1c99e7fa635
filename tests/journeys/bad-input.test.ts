/**
 * Section 4 of issue 2: whatever is wrong with a request, the answer is a problem document with a
 * stable code, nothing is stored, and nothing is lost.
 */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, suite, test } from 'node:test'

import { openTokens } from '../../server/platform/auth/tokens.ts'
import { undocumented } from './documented.ts'
import { A, claimsOf, good, Journey, refused, TERMS, type Ask, type Json } from './journey.ts'

let journey: Journey
/** The access token of an administrator, who may do everything. */
let as: string
/** 100 units of it are there, 40 of them in `cart`. */
let product: Json
let cart: string
let items: string
before(async () => {
  journey = await Journey.begin()
  as = await journey.token('admin')
  product = await journey.aProduct(100)
  cart = await journey.aCart(product.sku, 40)
  items = `${A}/carts/${cart}/items`
})
after(() => journey?.[Symbol.asyncDispose]())

/** What is wrong with it, where it is sent (`POST /api/…`), its body, and whatever else it has. */
type Case = readonly [what: string, where: string, body?: unknown, ask?: Ask]

const INVALID = '422 request.invalid'
const ID = '0b8f6c1e-5f0a-4c3e-9d5e-1c2d3e4f5a6b'
const DASHES = '-'.repeat(36)
const ORDERS = `POST ${A}/orders`
const SOMEONE = {
  email: 'someone@example.test',
  username: 'someone',
  password: 'kayak over the dam 9!',
  birthDate: '1994-05-17',
}

/** Sends every case and checks that each was refused as expected and that nothing was stored. */
async function allRefused(expected: string, cases: readonly Case[]): Promise<void> {
  const [status = '', code = ''] = expected.split(' ')
  const before = await journey.stored()
  for (const [what, where, body, ask] of cases) {
    const [method = '', ...path] = where.split(' ')
    const answer = await journey.call(method, path.join(' '), { ...ask, body })
    const found = `${answer.status} ${answer.body?.code}`
    assert.equal(found, expected, `${what}: ${where}: ${JSON.stringify(answer.body)}`)
    refused(answer, Number(status), code)
  }
  assert.deepEqual(await journey.stored(), before, 'nothing is stored of what is refused')
}

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

suite('text', () => {
  test('that is no text is refused wherever it stands', async () => {
    const NUL = '\u0000'
    const stock = `PATCH ${A}/products/${product.id}/stock`
    const reason = (text: string): Case => [text, stock, `{"delta":1,"reason":"${text}"}`, { as }]
    const address = { ...TERMS.shippingAddress, city: `Kyiv${NUL}` }
    await allRefused(INVALID, [
      reason('\\ud800'),
      reason('\\udc00\\ud800'),
      reason('\\u0000'),
      ['NUL', ORDERS, { cartId: cart, ...TERMS, shippingAddress: address }],
      ['NUL in a name', ORDERS, { cartId: cart, ...TERMS, [`x${NUL}`]: 1 }],
      ['lone surrogate in a name', stock, '{"delta":1,"reason":"x","\\ud800":1}', { as }],
      ['NUL in a path', `GET ${A}/carts/%00`],
      ['NUL in a SKU', `PATCH ${items}/${product.sku}%00`, { quantity: 1 }],
      ['NUL in a SKU', `GET ${A}/inventory/stock/%00`, undefined, { as }],
      ['NUL in a query', `GET ${A}/products?category=%00`],
      ['NUL in a language', `GET ${A}/products?lang=%00`],
      ['lone surrogate in a query', `GET ${A}/products?brand=%ED%A0%80`],
      ['a bell', `POST ${A}/users/register`, { ...SOMEONE, username: 'a\u0007b' }],
      ...['K\u0007', 'Kyiv\nBcc: x@y.test', ' ', '\u007f'].map((city): Case => [
        'city',
        ORDERS,
        { cartId: cart, ...TERMS, shippingAddress: { ...address, city } },
      ]),
    ])
    await allRefused('400 request.malformed', [
      ['lone surrogate in a path', `GET ${A}/inventory/stock/%ED%A0%80`, undefined, { as }],
      ['broken percent in a path', `GET ${A}/carts/%zz`],
    ])
    await allRefused('404 cart.sku-unknown', [
      ['SQL', `POST ${items}`, { sku: `'; drop table platform.events; --`, quantity: 1 }],
    ])
    await allRefused('404 inventory.unknown-sku', [
      ['a path', `GET ${A}/inventory/stock/..%2f..%2fusers`, undefined, { as }],
    ])
  })

  test('of headers cannot break what reads it', async () => {
    const names = 'accept accept-language cookie if-match if-none-match origin user-agent'
    const strange = ['\u00ff\u00fe', ';;;,,,q=9', 'x'.repeat(3_000), '*;q=0', '%00', '../passwd']
    for (const name of [...names.split(' '), 'x-request-id', 'x-order-token', 'x-forwarded-for']) {
      for (const value of strange) {
        const headers = { [name]: value }
        const answer = await journey.get(`${A}/products/${product.id}`, { headers })
        assert.equal(answer.status, 200, `${name}: ${value}`)
      }
    }
    await allRefused(
      '404 tenant.unknown',
      ['nobody.localhost', '<script>', '\u00ff', 'demo.localhost.evil.test'].map((host): Case => [
        host,
        `GET ${A}/shop`,
        undefined,
        { headers: { host } },
      ]),
    )
  })
})

suite('HTTP', () => {
  test('that is malformed is refused', async () => {
    const { sku } = product
    const post = `POST ${items}`
    const line = `"sku":"${sku}","quantity":1`
    const typed = (type: string, more = {}): Ask => ({ headers: { 'content-type': type, ...more } })
    await allRefused('400 request.not-json', [
      ['cut off', post, `{${line}`],
      ['a form', post, 'sku=1&quantity=1'],
      ['comments', post, `{${line}/* */}`],
      ['two values', post, `{${line}}{}`],
    ])
    await allRefused(INVALID, [
      ['an array', post, []],
      ['a text', post, '"x"'],
      ['null', post, 'null'],
      ['no body', post],
      ['deep nesting', post, `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
      ['__proto__', post, `{${line},"__proto__":{"quantity":1}}`],
      ['constructor', post, `{${line},"constructor":{"prototype":{}}}`],
      ['a body where none is taken', `DELETE ${items}/${sku}`, { quantity: 1 }],
    ])
    await allRefused('413 request.too-large', [
      ['a megabyte', post, `{${line},"pad":"${'x'.repeat(1_000_000)}"}`],
      ['a megabyte of brackets', post, '['.repeat(1_000_000)],
    ])
    await allRefused('415 request.unsupported-media-type', [
      ['a form', post, 'sku=1', typed('application/x-www-form-urlencoded')],
      ['plain text', post, `{${line}}`, typed('text/plain')],
      ['XML', post, '<sku/>', typed('application/xml')],
      ['compressed', post, 'x', typed('application/json', { 'content-encoding': 'gzip' })],
    ])
    await allRefused('405 request.method-not-allowed', [
      ['PUT', `PUT ${items}`],
      ['DELETE', `DELETE ${A}/carts`],
      ['PATCH', `PATCH ${A}/products`],
    ])
    assert.equal((await journey.call('DELETE', `${A}/carts`)).headers.allow, 'POST')
    await allRefused('404 request.not-found', [
      ['nothing', `GET ${A}/nothing`],
      ['another version', 'GET /api/v2/products'],
      ['out of the house', `GET ${A}/../../etc/passwd`],
    ])
    const many = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`x-${i}`, '1']))
    await allRefused('431 request.too-many-headers', [
      ['many headers', `GET ${A}/shop`, undefined, { headers: many }],
    ])
    await allRefused('414 request.url-too-long', [
      ['a long address', `GET ${A}/products?category=${'x'.repeat(9_000)}`],
    ])
  })

  test('has queries and ids of a known form', async () => {
    const shopper = await journey.userId('shopper')
    const top = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
    const ofUser = ['x', `1.${DASHES}`, `99999999999999.${top}`, `-1.${top}`]
    const lists: [string, readonly string[]][] = [
      [`${A}/products`, ['x', `9.${top}`, `9999999999999.${DASHES}`, `99999999999999.${top}`]],
      [`${A}/orders/user/${shopper}`, ofUser],
      [`${A}/payments/user/${shopper}`, ofUser],
      [`${A}/payments/order/${ID}`, ofUser],
      [`${A}/users`, ['x', `1-${DASHES}`, `864000000000000-${top}`, `99999999999999999-${top}`]],
      [
        `${A}/inventory/stock/${product.sku}/movements`,
        ['x', '1', '9999999999999999999.1', '1.99999999999999999', '-1.1'],
      ],
      [`${A}/categories`, ['X Y', '-', "'"]],
      [`${A}/brands`, ['X Y', '-', "'"]],
    ]
    const limits = ['0', '-1', '1001', '1e3', '1.5', '', 'x', '9'.repeat(20), '1&limit=2']
    const ids = ['x', '1', `${ID}0`, ID.slice(1), `{${ID}}`, ' ', "'", DASHES, 'x'.repeat(400)]
    const owned = 'products carts orders payments users orders/user payments/user payments/order'
    await allRefused(INVALID, [
      ...lists.flatMap(([path, afters]) =>
        [
          ...afters.map((after) => `after=${encodeURIComponent(after)}`),
          ...limits.map((limit) => `limit=${limit}`),
          'nothing=1',
        ].map((query): Case => ['query', `GET ${path}?${query}`, undefined, { as }]),
      ),
      ...owned
        .split(' ')
        .flatMap((path) =>
          ids.map((id): Case => [
            'id',
            `GET ${A}/${path}/${encodeURIComponent(id)}`,
            undefined,
            { as },
          ]),
        ),
    ])
    // Beyond the end there is nothing, which is no error.
    for (const path of [`${A}/orders/user/${shopper}`, `${A}/payments/user/${shopper}`]) {
      const empty = good(await journey.get(`${path}?after=0.${top}`, { as }))
      assert.deepEqual(empty, { items: [], next: null })
    }
  })

  test('that is no HTTP is told so and hung up on', async () => {
    for (const bytes of [
      'nonsense\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: a\r\nX: \u0000\r\n\r\n',
      'GET /\u0000 HTTP/1.1\r\nHost: a\r\n\r\n',
      'POST /api/v1/carts HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
    ]) {
      assert.match(
        await heard(bytes),
        /^HTTP\/1\.1 4\d\d [^]*application\/problem\+json[^]*"code":"request\.malformed"/,
      )
    }
  })
})

suite('the shop window', () => {
  const ask = (): Ask => ({ as })

  test('is searched by words, filters and places of a known form', async () => {
    const search = `GET ${A}/search`
    const place = `1.2.${ID}`
    await allRefused(INVALID, [
      ...[
        `q=${'x'.repeat(1_001)}`,
        'q=%00',
        'limit=0',
        'limit=101',
        'sort=random',
        'minPrice=-1',
        'maxPrice=1e9',
        'category=A%20B',
        `category=${'a,'.repeat(20)}a`,
        `after=x.${place}`,
        `after=r.1.2.${DASHES}`,
        `seen=${Array(21).fill(ID).join()}`,
        'personal=maybe',
        'lang=_',
      ].map((query): Case => ['search', `${search}?${query}`]),
      ['suggest', `GET ${A}/search/suggest`],
      ['suggest', `GET ${A}/search/suggest?q=a&limit=11`],
      ['click', `POST ${A}/search/clicks`, { q: 'x', productId: 'x' }],
      ['click', `POST ${A}/search/clicks`, { q: 'x', productId: ID, userId: ID }],
      ['synonym', `POST ${A}/search/synonyms`, { words: [], also: ['x'] }, ask()],
      ['synonym', `POST ${A}/search/synonyms`, { words: [' '], also: ['x'] }, ask()],
      ['synonym', `POST ${A}/search/synonyms`, { words: Array(21).fill('x'), also: ['x'] }, ask()],
      ['statistics', `GET ${A}/search/statistics?day=2026-02-30`, undefined, ask()],
    ])
    await allRefused('404 search.synonym-unknown', [
      ['remove', `DELETE ${A}/search/synonyms/${ID}`, undefined, ask()],
    ])
  })

  test('has pictures that are pictures', async () => {
    const media = `${A}/admin/media`
    const upload = `${media}/uploads/${ID}`
    await allRefused('415 media.type-unknown', [
      ['a text', `POST ${media}`, 'this is no picture', ask()],
      ['nothing', `POST ${media}`, undefined, ask()],
      ['a page', `POST ${media}`, '<html><script>alert(1)</script>', ask()],
    ])
    await allRefused('422 media.unreadable', [['a stump', `POST ${media}`, 'GIF89a', ask()]])
    await allRefused('422 media.language-unknown', [
      ['no language', `PUT ${media}/${ID}/alt`, { alt: { '../': 'x' } }, ask()],
    ])
    await allRefused('409 media.piece-missing', [
      ['no piece', `POST ${upload}`, { pieces: 1 }, ask()],
    ])
    await allRefused('404 media.unknown', [
      ['see', `GET ${media}/${ID}`, undefined, ask()],
      ['remove', `DELETE ${media}/${ID}`, undefined, ask()],
      ['describe', `PUT ${media}/${ID}/alt`, { alt: { uk: 'x' } }, ask()],
      ['see', `GET /media/${ID}-0123456789abcdef/160.webp`],
    ])
    await allRefused(INVALID, [
      ['no number', `PUT ${upload}/x`, 'x', ask()],
      ['no such number', `PUT ${upload}/20`, 'x', ask()],
      ['no id', `PUT ${media}/uploads/x/0`, 'x', ask()],
      ['no pieces', `POST ${upload}`, { pieces: 0 }, ask()],
      ['no hash', `GET ${media}?sha256=x`, undefined, ask()],
      ['too much to say', `PUT ${media}/${ID}/alt`, { alt: { uk: 'x'.repeat(301) } }, ask()],
      ['a width nobody asked for', `GET /media/${ID}-0123456789abcdef/161.webp`],
      ['out of the house', `GET /media/${ID}-0123456789abcdef/..%2f160.webp`],
    ])
  })

  test('has reviews of products that are, in words that are some', async () => {
    const { id } = product
    const reviews = `POST ${A}/products/${id}/reviews`
    const review = { name: 'Олена', text: 'x', rating: 5 }
    await allRefused(INVALID, [
      ...[0, 6, 1.5, '5', null].map((rating): Case => [
        'stars',
        reviews,
        { ...review, rating },
        ask(),
      ]),
      ['no words', reviews, { ...review, text: ' ' }, ask()],
      ['too many words', reviews, { ...review, text: 'x'.repeat(5_001) }, ask()],
      ['no name', reviews, { ...review, name: '' }, ask()],
      ['NUL', reviews, { ...review, text: 'a\u0000' }, ask()],
      ['a standing', reviews, { ...review, standing: 'buyer' }, ask()],
      ['a status', reviews, { ...review, status: 'shown' }, ask()],
      ['no reason', `POST ${A}/contributions/${ID}/refuse`, { because: 'x' }, ask()],
      ['a place', `GET ${A}/products/${id}/reviews?after=1.x`],
      ['an order', `GET ${A}/products/${id}/reviews?sort=odd`],
      ['a limit', `GET ${A}/products/${id}/questions?limit=51`],
    ])
    await allRefused('404 reviews.product-unknown', [
      ['review', `POST ${A}/products/${ID}/reviews`, review, ask()],
      ['ask', `POST ${A}/products/${ID}/questions`, { name: 'x', text: 'x' }, ask()],
    ])
    await allRefused('404 reviews.unknown', [
      ['change', `PUT ${A}/contributions/${ID}`, review, ask()],
      ['remove', `DELETE ${A}/contributions/${ID}`, undefined, ask()],
      ['vote', `PUT ${A}/contributions/${ID}/vote`, undefined, ask()],
      ['report', `PUT ${A}/contributions/${ID}/report`, { because: 'other' }, ask()],
      ['answer', `POST ${A}/contributions/${ID}/answers`, { name: 'x', text: 'x' }, ask()],
      ['show', `POST ${A}/contributions/${ID}/show`, undefined, ask()],
    ])
  })

  test('is filled from tables, and told to machines, as it is documented', async () => {
    const imports = `${A}/admin/imports`
    await allRefused(INVALID, [
      ['no kind', `POST ${imports}`, 'sku', ask()],
      ['an odd kind', `POST ${imports}?kind=users`, 'sku', ask()],
      ['an odd mode', `POST ${imports}?kind=stock&mode=force`, 'sku', ask()],
      ['an odd encoding', `POST ${imports}?kind=stock&encoding=ebcdic`, 'sku', ask()],
      ['a place', `GET ${imports}/${ID}/faults?after=x`, undefined, ask()],
      ['an export of people', `GET ${A}/admin/exports/users`, undefined, ask()],
      ['an odd format', `GET ${A}/admin/exports/stock?format=exe`, undefined, ask()],
      ['a sitemap of nothing', 'GET /sitemaps/products-zz.xml'],
      ['a feed of a language', 'GET /feeds/google.xml?language=..'],
      ['a feed of a currency', 'GET /feeds/google.xml?currency=uah'],
    ])
    await allRefused('422 exchange.file-empty', [
      ['no file', `POST ${imports}?kind=stock`, undefined, ask()],
    ])
    await allRefused('404 exchange.import-unknown', [
      ['see', `GET ${imports}/${ID}`, undefined, ask()],
      ['faults', `GET ${imports}/${ID}/faults`, undefined, ask()],
      ['cancel', `POST ${imports}/${ID}/cancel`, undefined, ask()],
    ])
    await allRefused('426 live.upgrade-needed', [['no WebSocket', `GET ${A}/live`]])
    await allRefused('422 seo.currency-unknown', [['feed', 'GET /feeds/google.xml?currency=XXX']])
    await allRefused('404 seo.product-unknown', [
      ['data', `GET ${A}/products/${ID}/structured-data`],
    ])
  })
})

/** Everything that comes back for some bytes, until the server hangs up. */
function heard(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const { port } = journey.shop.program
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    socket.setEncoding('latin1').on('data', (part: string) => (said += part))
    socket.on('close', () => resolve(said)).on('error', reject)
    socket.setTimeout(3_000, () => socket.destroy(new Error(`no answer to ${bytes}`)))
  })
}

suite('people', () => {
  test('do only what their role may: guests, shoppers, couriers, the warehouse', async () => {
    const { id, sku } = product
    const staff = [
      `POST ${A}/products`,
      `PUT ${A}/products/${id}`,
      `DELETE ${A}/products/${id}`,
      `POST ${A}/categories`,
      `POST ${A}/brands`,
      `PATCH ${A}/orders/${ID}/status`,
      `POST ${A}/payments/${ID}/refund`,
      `GET ${A}/users`,
    ]
    const workers = [
      `PATCH ${A}/products/${id}/stock`,
      `POST ${A}/inventory/receipts`,
      `GET ${A}/inventory/warehouses`,
      `GET ${A}/inventory/stock/${sku}`,
      `GET ${A}/inventory/stock/${sku}/movements`,
    ]
    const signedIn = [`users/${ID}`, `orders/user/${ID}`, `payments/user/${ID}`]
    await allRefused(
      '401 auth.required',
      [...staff, ...workers, ...signedIn.map((path) => `GET ${A}/${path}`)].map((where): Case => [
        'guest',
        where,
      ]),
    )
    for (const who of ['shopper', 'courier', 'warehouse'] as const) {
      const theirs = { as: await journey.token(who) }
      const forbidden = who === 'warehouse' ? staff : [...staff, ...workers]
      await allRefused(
        '403 auth.forbidden',
        forbidden.map((where): Case => [who, where, undefined, theirs]),
      )
    }
  })

  test('whose token has expired are asked to sign in again', async () => {
    const { tenant, sub: userId, sid: sessionId } = claimsOf(as)
    const { secrets } = journey.shop.database
    const issuedAgo = (seconds: number) => {
      const clock = { now: () => Date.now() - seconds * 1000 }
      return openTokens({ secrets, clock }).issue({ tenant, userId, roles: ['admin'], sessionId })
    }
    good(await journey.get(`${A}/users`, { as: issuedAgo(500) }))
    const late = await journey.get(`${A}/users`, { as: issuedAgo(601) })
    refused(late, 401, 'auth.token-invalid')
    assert.equal(late.headers['www-authenticate'], 'Bearer error="invalid_token"')
  })
})

test('after all that the program is well, and has written no error into its log', async () => {
  good(await journey.get('/readyz'))
  assert.equal(await journey.freeUnits(product.sku), await unitsLeft())
  const errors = journey.seen.filter(({ answer }) => answer.status >= 500)
  assert.deepEqual(errors, [])
  assert.doesNotMatch(journey.shop.program.tail, /"level":"(error|fatal)"/)
  assert.deepEqual(await undocumented(journey), [])
})

/** 100 less what lies in carts, is ordered or was sold, counted from the log alone. */
async function unitsLeft(): Promise<number> {
  const [row] = await journey.shop.query<{ left: number }>(
    `select 100 - coalesce(sum(amount) filter (where verb = 'post'), 0)::int
       - (select coalesce(sum(amount), 0)::int from platform.holds where unit = $1) as left
     from platform.transfers where unit = $1`,
    [product.sku],
  )
  return row?.left ?? Number.NaN
}
