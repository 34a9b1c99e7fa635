/** The ways to pay of a shop, as its pages ask for them. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { undocumented } from './documented.ts'
import { A, good, Journey, TERMS, type Json } from './journey.ts'

let journey: Journey
before(async () => {
  journey = await Journey.begin()
})
after(() => journey?.[Symbol.asyncDispose]())

const listed = async (lang: string): Promise<Json[]> =>
  good(await journey.get(`${A}/payments/methods?lang=${lang}`)).items

suite('the ways to pay', () => {
  test('are named in the language that is asked for', async () => {
    assert.deepEqual((await listed('en'))[0], { method: 'card', name: 'Card', needsToken: false })
    assert.equal((await listed('uk'))[0].name, 'Карткою')
  })

  test('come with the name of who moves the money, which says of itself whether it is a test', async () => {
    const { provider } = good(await journey.get(`${A}/payments/methods?lang=en`))
    assert.deepEqual(provider, { name: 'Test provider', isTest: true })
  })

  test('are those that an order takes', async () => {
    for (const { method } of await listed('en')) {
      const { sku } = await journey.aProduct(1)
      const { id } = good(await journey.post(`${A}/carts`, {}), 201)
      good(await journey.post(`${A}/carts/${id}/items`, { sku, quantity: 1 }), 201)
      const order = { cartId: id, ...TERMS, paymentMethod: method }
      good(await journey.post(`${A}/orders`, order), 201)
    }
  })

  test('are not sent again to who has them', async () => {
    const first = await journey.get(`${A}/payments/methods?lang=uk`)
    const etag = String(first.headers['etag'])
    const again = { headers: { 'if-none-match': etag } }
    assert.equal((await journey.get(`${A}/payments/methods?lang=uk`, again)).status, 304)
    assert.equal((await journey.get(`${A}/payments/methods?lang=en`, again)).status, 200)
    assert.equal(first.headers['cache-control'], 'public, max-age=60')
  })

  test('are answered as the API documents it', async () => {
    assert.deepEqual(await undocumented(journey), [])
  })
})
