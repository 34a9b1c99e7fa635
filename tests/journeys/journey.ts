/** What journeys through the API share: who asks, in which shop, and what an answer must look like. */
import assert from 'node:assert/strict'

import { DEMO_PASSWORD } from '../../server/demo/users.ts'
import type { Answer as Heard, Client } from '../support/client.ts'
import type { Program } from '../support/program.ts'
import { openShop, type Shop, type ShopOptions } from '../support/shop.ts'

export type ShopName = 'demo' | 'second'
export type Who = 'admin' | 'warehouse' | 'courier' | 'shopper'

/** Whatever `JSON.parse` gives: what it is like is what these tests check. */
export type Json = ReturnType<typeof JSON.parse>

export type Answer = Heard<Json>

/** What a request may have beside its method and path. */
export interface Ask {
  /** Which shop; the first one unless told otherwise. */
  readonly in?: ShopName
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown
  /** An access token. */
  readonly as?: string
  /** A guest's key to an order. */
  readonly orderToken?: string
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One request and what came back, for the comparison with `/openapi.json`. */
export interface Exchange {
  readonly method: string
  readonly path: string
  readonly answer: Answer
}

export const A = '/api/v1'

/** Where guests have their orders sent. */
export const TERMS = {
  email: 'olena@example.test',
  shippingAddress: { line1: 'Khreshchatyk 1', city: 'Kyiv', country: 'UA' },
  deliveryMethod: 'post',
  paymentMethod: 'card',
}

/** A deployment of two demo shops, and a way to ask it anything. */
export class Journey implements AsyncDisposable {
  readonly shop: Shop
  readonly seen: Exchange[] = []
  private readonly clients: Readonly<Record<ShopName, Client>>
  private readonly passes = new Map<string, Promise<Json>>()

  private constructor(shop: Shop, program = shop.program) {
    this.shop = shop
    this.clients = {
      demo: shop.client('demo', { program }),
      second: shop.client('second', { program }),
    }
  }

  /** `await using journey = await Journey.begin()` */
  static async begin(options: ShopOptions = {}): Promise<Journey> {
    return new Journey(await openShop(options))
  }

  /** The same deployment, asked by way of another of its processes. */
  by(program: Program): Journey {
    return new Journey(this.shop, program)
  }

  async call(method: string, path: string, ask: Ask = {}): Promise<Answer> {
    const { in: name = 'demo', body, as, orderToken, key, headers } = ask
    const answer = await this.clients[name].ask<Json>(method as 'GET', path, {
      body,
      ...(key === undefined ? {} : { key }),
      headers: {
        ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
        ...(orderToken === undefined ? {} : { 'x-order-token': orderToken }),
        ...headers,
      },
    })
    this.seen.push({ method, path, answer })
    return answer
  }

  get(path: string, ask: Ask = {}): Promise<Answer> {
    return this.call('GET', path, ask)
  }

  post(path: string, body?: unknown, ask: Ask = {}): Promise<Answer> {
    return this.call('POST', path, { ...ask, body })
  }

  patch(path: string, body?: unknown, ask: Ask = {}): Promise<Answer> {
    return this.call('PATCH', path, { ...ask, body })
  }

  /** The access token of one of the demo's people, fetched once in five minutes. */
  async token(who: Who, shop: ShopName = 'demo'): Promise<string> {
    // A token lives for ten minutes, so a long test asks for another after five.
    const name = `${who} ${shop} ${Math.floor(performance.now() / 300_000)}`
    const known = this.passes.get(name) ?? this.signIn(`${who}@demo.test`, DEMO_PASSWORD, shop)
    this.passes.set(name, known)
    return (await known).accessToken
  }

  /** The id of one of the demo's people, as the token says. */
  async userId(who: Who, shop: ShopName = 'demo'): Promise<string> {
    return claimsOf(await this.token(who, shop)).sub
  }

  async signIn(email: string, password: string, shop: ShopName = 'demo'): Promise<Json> {
    return good(await this.post(`${A}/users/login`, { email, password }, { in: shop }))
  }

  /** A product nobody else in this file touches, with units in the shop's main warehouse. */
  async aProduct(units: number, shop: ShopName = 'demo', price = 129_900): Promise<Json> {
    const as = await this.token('admin', shop)
    const sku = `J-${crypto.randomUUID().slice(0, 13).toUpperCase()}`
    const currency = shop === 'demo' ? 'UAH' : 'EUR'
    const draft = {
      sku,
      name: { uk: `Мʼяч ${sku}`, ru: `Мяч ${sku}`, en: `Ball ${sku}` },
      price: { amount: price, currency },
    }
    const product = good(await this.post(`${A}/products`, draft, { as, in: shop }), 201)
    if (units > 0) {
      const correction = { quantity: units, reason: 'for a test' }
      good(await this.patch(`${A}/products/${product.id}/stock`, correction, { as, in: shop }))
    }
    return product
  }

  /** The id of a cart with units of one SKU in it, or of an empty one. */
  async aCart(sku?: string, quantity = 1, ask: Ask = {}): Promise<string> {
    const { id } = good(await this.post(`${A}/carts`, undefined, ask), 201)
    if (sku !== undefined) {
      good(await this.post(`${A}/carts/${id}/items`, { sku, quantity }, ask), 201)
    }
    return id
  }

  /** A guest's order of so many units of one SKU. */
  async anOrder(sku: string, quantity = 1, ask: Ask = {}): Promise<Json> {
    const cartId = await this.aCart(sku, quantity, ask)
    return good(await this.post(`${A}/orders`, { cartId, ...TERMS }, ask), 201)
  }

  /** A guest's order that is paid. */
  async aPaidOrder(sku: string, quantity = 1, ask: Ask = {}): Promise<Json> {
    const order = await this.anOrder(sku, quantity, ask)
    const paying = { ...ask, orderToken: order.token }
    good(await this.post(`${A}/payments/${order.payment.id}/process`, undefined, paying))
    return order
  }

  /**
   * How much the database knows; what is refused or repeated must not change it. Counters of tries are
   * left out, and what follows in its own time: alerts of low stock, deliveries of the provider.
   */
  async stored(): Promise<unknown> {
    const [row] = await this.shop.query(
      `select (select count(*) from platform.events where stream not like 'stock-alert/%') as events,
         (select count(*) from platform.streams where stream not like 'stock-alert/%') as streams,
         (select count(*) from platform.transfers) as transfers,
         (select count(*) from platform.holds) as holds,
         (select count(*) from platform.timers) as timers,
         (select count(*) from platform.keys
           where key not like 'request/%' and key not like 'count/%'
             and caller <> 'sub/inventory.movements' and caller not like 'webhook/%'
             and caller not like 'search/%' and caller not like 'sub/search.%') as keys,
         (select count(*) from platform.accounts) as accounts,
         (select sum(posted) from platform.accounts) as posted,
         (select sum(held) from platform.accounts) as held,
         (select count(*) from identity.users) as users,
         (select count(*) from catalog.products) as products,
         (select count(*) from orders.contacts) as contacts`,
    )
    return row
  }

  /** What is free of a SKU, from the shop's own books. */
  async freeUnits(sku: string, shop: ShopName = 'demo'): Promise<number> {
    const as = await this.token('warehouse', shop)
    return good(await this.get(`${A}/inventory/stock/${sku}`, { as, in: shop })).stock
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shop[Symbol.asyncDispose]()
  }
}

export function claimsOf(token: string): Json {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

/** The body of an answer that must be good; a refusal is shown in full. */
export function good({ status, body }: Answer, expected = 200): Json {
  assert.equal(status, expected, JSON.stringify(body))
  return body
}

/**
 * Checks that the answer is a problem document (RFC 9457) with a stable code, a sentence without
 * holes, and nothing of our insides; returns it.
 */
export function refused({ status, headers, body }: Answer, expected: number, code: string): Json {
  const text = JSON.stringify(body)
  assert.equal(`${status} ${body?.code}`, `${expected} ${code}`, text)
  assert.match(headers['content-type'] ?? '', /^application\/problem\+json/)
  assert.equal(body.status, expected)
  assert.ok(body.type.endsWith(`/problems/${code}`), body.type)
  assert.match(body.title, /^[A-Z].*[^.]$/)
  assert.match(body.detail, /^[^{}]+[.!]$/, 'a sentence with every fact in its place')
  assert.equal(body.instance, `/traces/${String(headers['x-request-id'])}`)
  assert.doesNotMatch(text, /node_modules|server\/|\.ts:|\bselect\b|insert into|postgres|violates/i)
  return body
}

/** Waits until what follows a commit has been heard: read models lag by moments. */
export async function eventually<T>(
  look: () => Promise<T>,
  isThere: (seen: T) => boolean,
): Promise<T> {
  const late = performance.now() + 5_000
  for (;;) {
    const seen = await look()
    if (isThere(seen)) return seen
    assert.ok(performance.now() < late, `it never came: ${JSON.stringify(seen)}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
