/** What buyers ask to give back, and what the shop says to it, over HTTP. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { bearer, tokenOf } from '../authorization/people.ts'
import { undocumented } from './documented.ts'
import { A, good, Journey, refused, TERMS, type Ask, type Json } from './journey.ts'

let journey: Journey
let staff: string
before(async () => {
  journey = await Journey.begin()
  staff = await journey.token('admin')
})
after(() => journey?.[Symbol.asyncDispose]())

/** A guest's order that is paid, with what its token opens. */
async function anOrder(units = 3) {
  const { sku } = await journey.aProduct(10)
  const { id, token } = await journey.aPaidOrder(sku, units)
  const ask: Ask = { orderToken: token }
  const path = `${A}/orders/${id}/returns`
  return {
    id,
    sku,
    token,
    ask,
    path,
    request: (quantity: number, more: object = {}, key?: string) =>
      journey.post(
        path,
        { lines: [{ sku, quantity }], reason: 'wrong-size', ...more },
        { ...ask, ...(key === undefined ? {} : { key }) },
      ),
    seen: async () => good(await journey.get(path, ask)),
  }
}

const deciding = (id: string, verb: 'approve' | 'decline', body?: object) =>
  journey.post(`${A}/returns/${id}/${verb}`, body, { as: staff })
const shopReturns = async (query: string): Promise<string[]> =>
  good(await journey.get(`${A}/returns${query}`, { as: staff })).items.map(({ id }: Json) => id)

suite('a return', () => {
  test('is asked for by a guest with the token of the order, and has a number', async () => {
    const order = await anOrder(3)
    const before = await order.seen()
    assert.deepEqual(before.returnable, [{ sku: order.sku, quantity: 3 }])
    assert.deepEqual([before.items, before.days], [[], 14])
    const made = good(await order.request(2, { comment: 'Завеликі.\nМені треба 42.' }), 201)
    assert.match(made.number, /^R-([0-9A-Z]{4}-){2}[0-9A-Z]{4}$/)
    assert.deepEqual(
      [made.state, made.reason, made.comment, made.because, made.orderId],
      ['requested', 'wrong-size', 'Завеликі.\nМені треба 42.', null, order.id],
    )
    assert.deepEqual(made.lines, [{ sku: order.sku, quantity: 2, name: `Мʼяч ${order.sku}` }])
    const after = await order.seen()
    assert.deepEqual(after.items, [made])
    assert.deepEqual(after.returnable, [{ sku: order.sku, quantity: 1 }])
  })

  test('is nobody else’s: without the token there is no such order and no such return (RETURNS-4)', async () => {
    const [order, another] = [await anOrder(), await anOrder()]
    const { id } = good(await order.request(1), 201)
    const stranger = { headers: bearer(tokenOf({ id: crypto.randomUUID() }, ['shopper'])) }
    for (const ask of [{}, another.ask, stranger]) {
      refused(await journey.get(order.path, ask), 404, 'orders.unknown')
      const body = { lines: [{ sku: order.sku, quantity: 1 }], reason: 'other' }
      refused(await journey.post(order.path, body, ask), 404, 'orders.unknown')
      refused(
        await journey.post(`${A}/returns/${id}/withdraw`, undefined, ask),
        404,
        'returns.unknown',
      )
    }
    refused(await journey.get(`${A}/returns`, stranger), 403, 'auth.forbidden')
  })

  test('is never of more than was ordered, whatever is asked at once (RETURNS-1)', async () => {
    const order = await anOrder(3)
    const answers = await Promise.all(Array.from({ length: 8 }, () => order.request(1)))
    assert.equal(answers.filter(({ status }) => status === 201).length, 3)
    for (const each of answers) {
      if (each.status !== 201) refused(each, 409, 'returns.too-many-units')
    }
    assert.deepEqual((await order.seen()).returnable, [])
    const foreign = { lines: [{ sku: 'NOT-ORDERED', quantity: 1 }], reason: 'other' }
    refused(await journey.post(order.path, foreign, order.ask), 404, 'returns.not-ordered')
  })

  test('is withdrawn while nobody has decided, and may be asked for again (RETURNS-3)', async () => {
    const order = await anOrder(1)
    const { id } = good(await order.request(1), 201)
    const withdraw = () => journey.post(`${A}/returns/${id}/withdraw`, undefined, order.ask)
    assert.equal(good(await withdraw()).state, 'withdrawn')
    refused(await withdraw(), 409, 'returns.not-open')
    refused(await deciding(id, 'approve'), 409, 'returns.not-open')
    good(await order.request(1), 201)
  })

  test('waits in the shop’s list until staff approve it or decline it with a reason', async () => {
    const order = await anOrder(2)
    const [one, two] = [good(await order.request(1), 201), good(await order.request(1), 201)]
    const waiting = await shopReturns('?limit=100')
    assert.ok(waiting.indexOf(two.id) < waiting.indexOf(one.id), 'the newest first')
    assert.equal(good(await deciding(one.id, 'approve')).state, 'approved')
    refused(await deciding(two.id, 'decline', { because: '  ' }), 422, 'request.invalid')
    const declined = good(await deciding(two.id, 'decline', { because: 'Вони ношені.' }))
    assert.deepEqual([declined.state, declined.because], ['declined', 'Вони ношені.'])
    assert.equal((await shopReturns('?limit=100')).includes(one.id), false)
    assert.ok((await shopReturns('?state=approved&limit=100')).includes(one.id))
    assert.ok((await shopReturns('?state=declined&limit=100')).includes(two.id))
    // What was declined may be asked for once more; what was approved may not.
    assert.deepEqual((await order.seen()).returnable, [{ sku: order.sku, quantity: 1 }])
    refused(
      await journey.post(`${A}/returns/${one.id}/withdraw`, undefined, order.ask),
      409,
      'returns.not-open',
    )
  })

  test('is in the list of its buyer, page by page, the newest first', async () => {
    const { sku } = await journey.aProduct(5)
    const who = { headers: bearer(tokenOf({ id: crypto.randomUUID() }, ['shopper'])) }
    const cartId = await journey.aCart(sku, 3, who)
    const order = good(await journey.post(`${A}/orders`, { cartId, ...TERMS }, who), 201)
    good(await journey.post(`${A}/payments/${order.payment.id}/process`, undefined, who))
    const made: string[] = []
    for (let n = 0; n < 3; n += 1) {
      const body = { lines: [{ sku, quantity: 1 }], reason: 'changed-mind' }
      made.push(good(await journey.post(`${A}/orders/${order.id}/returns`, body, who), 201).id)
    }
    const mine = (query: string) => journey.get(`${A}/users/me/returns${query}`, who)
    const first = good(await mine('?limit=2'))
    const rest = good(await mine(`?limit=2&after=${first.next}`))
    const ids = [...first.items, ...rest.items].map(({ id }: Json) => id)
    assert.deepEqual(ids, made.toReversed())
    assert.equal(rest.next, null)
  })

  test('is not asked for of what is not paid or was cancelled (RETURNS-2)', async () => {
    const { sku } = await journey.aProduct(5)
    const { id, token } = await journey.anOrder(sku)
    const body = { lines: [{ sku, quantity: 1 }], reason: 'other' }
    const ask = { orderToken: token }
    const asked = () => journey.post(`${A}/orders/${id}/returns`, body, ask)
    refused(await asked(), 409, 'returns.not-returnable')
    assert.equal(good(await journey.get(`${A}/orders/${id}/returns`, ask)).until, null)
    good(await journey.post(`${A}/orders/${id}/cancel`, {}, ask))
    assert.equal(refused(await asked(), 409, 'returns.not-returnable').status, 409)
  })

  test('may be asked for within the days of the shop after the hand-over, and no later (RETURNS-2)', async () => {
    const order = await anOrder(1)
    const handing = { as: staff, body: { status: 'fulfilled' } }
    good(await journey.call('PATCH', `${A}/orders/${order.id}/status`, handing))
    await grewOlder(order.id, 16)
    // Another process, which remembers nothing of the order.
    const later = journey.by(await journey.shop.another(['api']))
    const body = { lines: [{ sku: order.sku, quantity: 1 }], reason: 'other' }
    const { until } = refused(
      await later.post(order.path, body, order.ask),
      409,
      'returns.too-late',
    )
    const seen = good(await later.get(order.path, order.ask))
    assert.deepEqual([seen.returnable, seen.until], [[], until])
    const settings = `${A}/return-settings`
    const set = (days: number) => later.call('PUT', settings, { as: staff, body: { days } })
    refused(await set(13), 422, 'request.invalid')
    assert.deepEqual(good(await set(30)), { days: 30 })
    assert.deepEqual(good(await later.get(settings, { as: staff })), { days: 30 })
    good(await later.post(order.path, body, order.ask), 201)
    good(await set(14))
  })
})

/** Makes everything that happened to an order so many days older. */
async function grewOlder(orderId: string, days: number): Promise<void> {
  await journey.shop.query(
    `update platform.events set at = at - make_interval(days => $2) where stream = $1`,
    [`order/${orderId}`, days],
  )
  await journey.shop.query('delete from platform.snapshots where stream = $1', [`order/${orderId}`])
}

test('no event holds what people wrote', async () => {
  const order = await anOrder(1)
  const secret = crypto.randomUUID()
  const { id } = good(await order.request(1, { comment: `Words ${secret}` }), 201)
  good(await deciding(id, 'decline', { because: `Others ${secret}` }))
  const found = await journey.shop.query(
    `select 1 from platform.events where data::text like '%${secret}%'
     union all select 1 from platform.keys where answer::text like '%${secret}%'`,
  )
  assert.equal(found.length, 0)
})

test('all that was answered is documented', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
