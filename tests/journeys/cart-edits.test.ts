/** Edits of a cart: none is lost, none overwrites what its author has not seen, none outlives a day. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import type { Client } from '../support/client.ts'
import { undocumented } from './documented.ts'
import { A, eventually, good, Journey, refused, TERMS, type Json } from './journey.ts'

let journey: Journey
/** Another process of the same shop. */
let elsewhere: Client
before(async () => {
  journey = await Journey.begin()
  elsewhere = journey.shop.client('demo', { program: await journey.shop.another(['api']) })
})
after(() => journey?.[Symbol.asyncDispose]())

const quantityOf = (cart: Json, sku: string): number =>
  cart.lines.find((line: Json) => line.sku === sku)?.quantity ?? 0

suite('edits at once', () => {
  test('of one line by 50 requests over two processes lose nothing (CART-2)', async () => {
    const { sku } = await journey.aProduct(60)
    const cartId = await journey.aCart()
    const path = `${A}/carts/${cartId}/items`
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        n % 2 === 0
          ? journey.post(path, { sku, quantity: 1 })
          : elsewhere.post<Json>(path, { sku, quantity: 1 }),
      ),
    )
    for (const answer of answers) assert.equal(answer.status, 201, JSON.stringify(answer.body))
    const cart = good(await journey.get(`${A}/carts/${cartId}`))
    assert.deepEqual([quantityOf(cart, sku), cart.version, cart.lines.length], [50, 51, 1])
    assert.equal(await journey.freeUnits(sku), 10)
    assert.equal(new Set(answers.map(({ body }) => body.version)).size, 50)
  })

  test('of one line sum their demand: what is not there is not promised to any of them', async () => {
    const { sku } = await journey.aProduct(7)
    const path = `${A}/carts/${await journey.aCart()}/items`
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => journey.post(path, { sku, quantity: 1 })),
    )
    const refusals = answers.filter(({ status }) => status !== 201)
    assert.equal(refusals.length, 5)
    for (const each of refusals) {
      assert.equal(refused(each, 409, 'inventory.not-enough').wanted, 8, 'line and wish together')
    }
    assert.equal(await journey.freeUnits(sku), 0)
  })

  test('that have seen the same version: one is made, the others hear of the new version', async () => {
    const { sku } = await journey.aProduct(50)
    const path = `${A}/carts/${await journey.aCart(sku)}/items/${sku}`
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        n % 2 === 0
          ? journey.patch(path, { quantity: n + 2, version: 2 })
          : elsewhere.patch<Json>(path, { quantity: n + 2 }, { headers: { 'if-match': '"2"' } }),
      ),
    )
    const made = answers.filter(({ status }) => status === 200)
    assert.equal(made.length, 1)
    for (const each of answers.filter((one) => !made.includes(one))) {
      assert.equal(refused(each, 409, 'cart.version-stale').version, 3)
    }
  })
})

test('every edit keeps the whole cart: the holds of its other lines slide too', async () => {
  const skus = [(await journey.aProduct(5)).sku, (await journey.aProduct(5)).sku]
  const [first, second] = skus
  const cartId = await journey.aCart(first)
  const path = `${A}/carts/${cartId}/items`
  good(await journey.post(path, { sku: second, quantity: 1 }), 201)
  const leftOf = async (): Promise<number[]> => {
    const cart = good(await journey.get(`${A}/carts/${cartId}`))
    return cart.lines.map((line: Json) => (Date.parse(line.heldUntil) - Date.now()) / 60_000)
  }
  const soon = () =>
    journey.shop.query(
      `update platform.holds set until = now() + interval '2 minutes' where id like $1`,
      [`${cartId}/%`],
    )
  for (const edit of [
    () => journey.post(path, { sku: second, quantity: 1 }),
    () => journey.patch(`${path}/${second}`, { quantity: 1 }),
    () => journey.call('DELETE', `${path}/${second}`),
  ]) {
    await soon()
    assert.ok((await leftOf()).every((minutes) => minutes < 3))
    assert.ok([200, 201].includes((await edit()).status))
    const left = await leftOf()
    assert.ok(left.length > 0 && left.every((minutes) => minutes > 28), String(left))
  }
})

suite('a version', () => {
  test('is in the tag of a cart, which `If-Match` takes for every edit', async () => {
    const { sku } = await journey.aProduct(9)
    const cartId = await journey.aCart(sku)
    const cart = await journey.get(`${A}/carts/${cartId}`)
    const tag = cart.headers.etag as string
    assert.match(tag, /^"2\./)
    const line = `${A}/carts/${cartId}/items/${sku}`
    const seen = { headers: { 'if-match': tag } }
    good(await journey.patch(line, { quantity: 3 }, seen))

    refused(await journey.patch(line, { quantity: 4 }, seen), 409, 'cart.version-stale')
    const items = `${A}/carts/${cartId}/items`
    refused(await journey.post(items, { sku, quantity: 1 }, seen), 409, 'cart.version-stale')
    refused(await journey.call('DELETE', line, seen), 409, 'cart.version-stale')
    const weak = { headers: { 'if-match': `W/${tag}` } }
    refused(await journey.call('DELETE', line, weak), 409, 'cart.version-stale')
    const both = await journey.patch(line, { quantity: 4, version: 2 }, ifMatch('"3"'))
    assert.equal(refused(both, 409, 'cart.version-stale').version, 3)
    good(await journey.call('DELETE', line, ifMatch('"3"')))
    const other = await journey.get(`${A}/carts/${cartId}`)
    assert.notEqual(other.headers.etag, tag)
  })
})

function ifMatch(tag: string) {
  return { headers: { 'if-match': tag } }
}

suite('a cart of a day ago', () => {
  test('has expired, and its units are free', async () => {
    const { sku } = await journey.aProduct(5)
    // Made elsewhere, so that the process with the timers reads it anew.
    const { id } = (await elsewhere.post<Json>(`${A}/carts`)).body
    const item = { sku, quantity: 4 }
    assert.equal((await elsewhere.post(`${A}/carts/${id}/items`, item)).status, 201)
    assert.equal(await journey.freeUnits(sku), 1)
    await age(id, '25 hours')
    await ring(id)
    await eventually(
      () => journey.freeUnits(sku),
      (free) => free === 5,
    )
    const cart = good(await journey.get(`${A}/carts/${id}`))
    assert.deepEqual([cart.status, cart.lines.length], ['expired', 1])
    refused(await journey.post(`${A}/carts/${id}/items`, item), 410, 'cart.expired')
    assert.deepEqual(await timersOf(id), [])
    const [last] = await journey.shop.query(
      `select type from platform.events where stream = $1 order by version desc limit 1`,
      [`cart/${id}`],
    )
    assert.deepEqual(last, { type: 'cart.expired' })
  })

  test('lives on when it was changed since: its timer gives it its day', async () => {
    const { sku } = await journey.aProduct(5)
    const id = await journey.aCart(sku, 4)
    await ring(id)
    const [timer] = await eventually(
      () => timersOf(id),
      ([each]) => (each?.hours ?? 0) > 1,
    )
    assert.ok(timer !== undefined && timer.hours > 23.9 && timer.hours <= 24, String(timer?.hours))
    assert.equal(good(await journey.get(`${A}/carts/${id}`)).status, 'open')
    assert.equal(await journey.freeUnits(sku), 1)
  })

  test('leaves no timer behind once it is ordered', async () => {
    const { sku } = await journey.aProduct(5)
    const id = await journey.aCart(sku)
    assert.equal((await timersOf(id)).length, 1)
    good(await journey.post(`${A}/orders`, { cartId: id, ...TERMS }), 201)
    assert.deepEqual(await timersOf(id), [])
  })
})

/** Everything that happened to a cart happened so much earlier. */
async function age(cartId: string, by: string): Promise<void> {
  await journey.shop.query(`update platform.events set at = at - $2::interval where stream = $1`, [
    `cart/${cartId}`,
    by,
  ])
}

/** The cart's timer is due now. */
async function ring(cartId: string): Promise<void> {
  await journey.shop.query(
    `update platform.timers set due_at = now(), set_for = now() where id = $1`,
    [`cart/${cartId}/expiry`],
  )
}

function timersOf(cartId: string): Promise<{ hours: number }[]> {
  return journey.shop.query(
    `select (extract(epoch from due_at - clock_timestamp()) / 3600)::float8 as hours
     from platform.timers where id = $1 and attempts = 0`,
    [`cart/${cartId}/expiry`],
  )
}

test('the database is sound afterwards', () => journey.shop.mustBeSound())

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
