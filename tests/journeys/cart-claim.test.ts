/** A guest signs in: the cart comes along, and is theirs alone. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { tally } from '../support/crowd.ts'
import { undocumented } from './documented.ts'
import {
  A,
  claimsOf,
  eventually,
  good,
  Journey,
  refused,
  TERMS,
  type Ask,
  type Json,
} from './journey.ts'

let journey: Journey
before(async () => {
  journey = await Journey.begin()
})
after(() => journey?.[Symbol.asyncDispose]())

/** Somebody who was never here before. */
async function aUser(): Promise<{ as: string }> {
  const email = `${crypto.randomUUID()}@example.test`
  const password = 'kayak over the dam 9!'
  const user = { email, username: 'olena', password, birthDate: '1994-05-17' }
  good(await journey.post(`${A}/users/register`, user), 201)
  return { as: (await journey.signIn(email, password)).accessToken }
}

const claim = (cartId: string, ask: Ask) =>
  journey.post(`${A}/carts/${cartId}/claim`, undefined, ask)
const see = (cartId: string, ask: Ask = {}) => journey.get(`${A}/carts/${cartId}`, ask)
const words = (cart: Json): string[] =>
  cart.lines.map((line: Json) => `${line.sku} ${line.quantity}`)
const mine = async (ask: Ask): Promise<Json[]> =>
  good(await journey.get(`${A}/carts/mine`, ask)).items

suite('without a cart of the own', () => {
  test('the guest’s becomes it, whole and with its units, and nobody else’s', async () => {
    const { sku } = await journey.aProduct(5)
    const cartId = await journey.aCart(sku, 2)
    const [olena, petro] = [await aUser(), await aUser()]
    assert.deepEqual(await mine(olena), [])
    const answer = good(await claim(cartId, olena))
    assert.deepEqual(answer, { cartId, version: 3, left: [] })
    const [cart] = await mine(olena)
    assert.deepEqual([cart.id, words(cart)], [cartId, [`${sku} 2`]])
    assert.ok(cart.lines[0].heldUntil !== null)
    assert.deepEqual(good(await see(cartId, olena)), cart)
    const { sub } = claimsOf(olena.as)
    assert.equal(cart.userId, sub)

    for (const who of [petro, {}, { as: await journey.token('admin') }]) {
      refused(await see(cartId, who), 404, 'cart.unknown')
      const items = `${A}/carts/${cartId}/items`
      refused(await journey.post(items, { sku, quantity: 1 }, who), 404, 'cart.unknown')
      refused(await journey.patch(`${items}/${sku}`, { quantity: 1 }, who), 404, 'cart.unknown')
      refused(await journey.call('DELETE', `${items}/${sku}`, who), 404, 'cart.unknown')
      refused(await journey.post(`${A}/orders`, { cartId, ...TERMS }, who), 404, 'cart.unknown')
    }
    refused(await claim(cartId, petro), 404, 'cart.unknown')
    refused(await claim(cartId, {}), 401, 'auth.required')
    assert.deepEqual(good(await claim(cartId, olena)), answer, 'again changes nothing')
    good(await journey.post(`${A}/orders`, { cartId, ...TERMS }, olena), 201)
    assert.deepEqual(await mine(olena), [])
    refused(await claim(cartId, olena), 409, 'cart.closed')
  })

  test('a cart begun by who is signed in is theirs alone from the start', async () => {
    const olena = await aUser()
    const first = await journey.aCart(undefined, 1, olena)
    const second = await journey.aCart(undefined, 1, olena)
    refused(await see(first), 404, 'cart.unknown')
    const page = good(await journey.get(`${A}/carts/mine?limit=1`, olena))
    const next = good(await journey.get(`${A}/carts/mine?limit=1&after=${page.next}`, olena))
    assert.deepEqual([page.items[0].id, next.items[0].id, next.next], [second, first, null])
    refused(await journey.get(`${A}/carts/mine`), 401, 'auth.required')
  })
})

suite('with a cart of the own', () => {
  test('the lines come together in one commit, quantities added up', async () => {
    const [a, b, c] = [
      await journey.aProduct(5),
      await journey.aProduct(5),
      await journey.aProduct(5),
    ]
    const olena = await aUser()
    const own = await journey.aCart(a.sku, 2, olena)
    good(await journey.post(`${A}/carts/${own}/items`, { sku: c.sku, quantity: 1 }, olena), 201)
    const guest = await journey.aCart(a.sku, 3)
    good(await journey.post(`${A}/carts/${guest}/items`, { sku: b.sku, quantity: 4 }), 201)
    assert.deepEqual([await journey.freeUnits(a.sku), await journey.freeUnits(b.sku)], [0, 1])

    const answer = good(await claim(guest, { ...olena, key: 'sign-in' }))
    assert.deepEqual(answer, { cartId: own, version: 5, left: [] })
    const cart = good(await see(own, olena))
    assert.deepEqual(words(cart), [`${a.sku} 5`, `${c.sku} 1`, `${b.sku} 4`])
    assert.equal(cart.version, 5)
    assert.ok(cart.lines.every((line: Json) => line.heldUntil !== null))
    assert.deepEqual([await journey.freeUnits(a.sku), await journey.freeUnits(b.sku)], [0, 1])
    const causes = await journey.shop.query(
      `select distinct cause from platform.events where at = (
         select at from platform.events where stream = $1 order by version desc limit 1)
       and (stream = $1 or stream = $2)`,
      [`cart/${guest}`, `cart/${own}`],
    )
    assert.equal(causes.length, 1, 'one commit')

    // What is left of the guest's cart.
    const left = good(await see(guest, olena))
    assert.deepEqual([left.status, left.mergedInto], ['merged', own])
    refused(await see(guest), 404, 'cart.unknown')
    const item = { sku: a.sku, quantity: 1 }
    refused(await journey.post(`${A}/carts/${guest}/items`, item, olena), 409, 'cart.merged')
    refused(
      await journey.post(`${A}/orders`, { cartId: guest, ...TERMS }, olena),
      409,
      'cart.merged',
    )
    // Again, by the key and without it.
    const replayed = await claim(guest, { ...olena, key: 'sign-in' })
    assert.equal(replayed.headers['idempotent-replayed'], 'true')
    assert.deepEqual(good(replayed), answer)
    assert.deepEqual(good(await claim(guest, olena)), answer)
    assert.deepEqual(words(good(await see(own, olena))), words(cart))
  })

  test('what is not there any more is left, and said', async () => {
    const [a, b] = [await journey.aProduct(5), await journey.aProduct(5)]
    const olena = await aUser()
    const own = await journey.aCart(a.sku, 1, olena)
    const guest = await journey.aCart(a.sku, 3)
    good(await journey.post(`${A}/carts/${guest}/items`, { sku: b.sku, quantity: 2 }), 201)
    // The guest was away for too long, and others came.
    await journey.shop.query(
      `update platform.holds set until = now() - interval '1 second' where id like $1`,
      [`${guest}/%`],
    )
    await journey.aCart(a.sku, 2)
    await journey.aCart(b.sku, 5)
    assert.deepEqual([await journey.freeUnits(a.sku), await journey.freeUnits(b.sku)], [2, 0])

    const answer = good(await claim(guest, olena))
    assert.deepEqual(answer.left, [
      { sku: a.sku, quantity: 1 },
      { sku: b.sku, quantity: 2 },
    ])
    assert.deepEqual(words(good(await see(own, olena))), [`${a.sku} 3`])
    assert.deepEqual([await journey.freeUnits(a.sku), await journey.freeUnits(b.sku)], [0, 0])
  })

  test('ten claims at once move every unit once', async () => {
    const { sku } = await journey.aProduct(9)
    const olena = await aUser()
    const own = await journey.aCart(sku, 2, olena)
    const guest = await journey.aCart(sku, 3)
    const answers = await Promise.all(Array.from({ length: 10 }, () => claim(guest, olena)))
    for (const each of answers) assert.deepEqual([good(each).cartId, each.body.left], [own, []])
    assert.deepEqual(words(good(await see(own, olena))), [`${sku} 5`])
    assert.equal(await journey.freeUnits(sku), 4)
  })

  test('an edit that races with the claim is in the merged cart or was refused', async () => {
    const { sku } = await journey.aProduct(100)
    const olena = await aUser()
    const own = await journey.aCart(sku, 1, olena)
    const guest = await journey.aCart(sku, 1)
    const add = () => journey.post(`${A}/carts/${guest}/items`, { sku, quantity: 1 })
    const racing = [...Array.from({ length: 15 }, add), claim(guest, olena)]
    const answers = await Promise.all([...racing, ...Array.from({ length: 15 }, add)])
    const heard = tally(answers.map(({ status, body }) => `${status} ${body.code ?? ''}`.trim()))
    const added = heard['201'] ?? 0
    assert.equal(added + (heard['404 cart.unknown'] ?? 0), 30, JSON.stringify(heard))
    assert.deepEqual(words(good(await see(own, olena))), [`${sku} ${2 + added}`])
    assert.equal(await journey.freeUnits(sku), 98 - added)
  })

  test('that was ordered meanwhile takes nothing: the guest’s becomes the own', async () => {
    const { sku } = await journey.aProduct(9)
    const olena = await aUser()
    const own = await journey.aCart(sku, 2, olena)
    const guest = await journey.aCart(sku, 3)
    const [ordered, claimed] = await Promise.all([
      journey.post(`${A}/orders`, { cartId: own, ...TERMS }, olena),
      claim(guest, olena),
    ])
    const order = good(ordered, 201)
    const { cartId } = good(claimed)
    // Whichever came first, every unit is in the order or in the cart.
    const inOrder = order.lines[0].quantity
    const inCart = cartId === own ? 0 : 3
    assert.equal(inOrder + inCart, 5)
    assert.equal(await journey.freeUnits(sku), 4)
  })
})

test('a cart that never was cannot be claimed', async () => {
  const olena = await aUser()
  refused(await claim(crypto.randomUUID(), olena), 404, 'cart.unknown')
  refused(await claim('nonsense', olena), 422, 'request.invalid')
})

test('a claimed cart that expires is no longer among the own ones', async () => {
  const olena = await aUser()
  const program = await journey.shop.another(['api'])
  const elsewhere = journey.shop.client('demo', { program })
  const { id } = (await elsewhere.post<Json>(`${A}/carts`)).body
  const pass = elsewhere.with({ authorization: `Bearer ${olena.as}` })
  assert.equal((await pass.post(`${A}/carts/${id}/claim`)).status, 200)
  await journey.shop.query(
    `update platform.events set at = at - interval '25 hours' where stream = $1`,
    [`cart/${id}`],
  )
  assert.deepEqual(await mine(olena), [], 'at once, before any timer')
  await journey.shop.query(
    `update platform.timers set due_at = now(), set_for = now() where id = $1`,
    [`cart/${id}/expiry`],
  )
  await eventually(
    () => journey.shop.query('select cart_id from cart.open_carts where cart_id = $1', [id]),
    (rows) => rows.length === 0,
  )
})

test('the database is sound afterwards', () => journey.shop.mustBeSound())

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
