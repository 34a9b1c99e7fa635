/** Bad input in text, in HTTP itself and in who is asking (section 4 of issue 2). */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, suite, test } from 'node:test'

import { openTokens } from '../../server/platform/auth/tokens.ts'
import {
  allRefusedBy,
  DASHES,
  ID,
  INVALID,
  ORDERS,
  SOMEONE,
  endsWell,
  lay,
  type Case,
  type Ground,
} from './bad-input.ts'
import { A, claimsOf, good, refused, TERMS, type Ask, type Json, type Journey } from './journey.ts'

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

endsWell(() => ground)
