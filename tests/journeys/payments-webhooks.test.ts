/** What the payment provider tells on its own: twice, early, late, in any order, or not at all. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, suite, test } from 'node:test'

import {
  bodyOf,
  chargeAtProvider,
  deliver,
  eventsOf,
  timerIsDue,
  type News,
  type Sending,
} from './deliveries.ts'
import { undocumented } from './documented.ts'
import { A, eventually, good, Journey, refused, TERMS, type Json } from './journey.ts'

let journey: Journey
before(async () => {
  journey = await Journey.begin()
  // The tests deliver themselves.
  await journey.shop.setFaults({ webhooks: { lost: 1 } })
})
after(async () => {
  await journey?.shop.mustBeSound().finally(() => journey[Symbol.asyncDispose]())
})

const newsOf = (order: Json, type: News['type'], chargeId: string): News => ({
  type,
  reference: order.paymentId,
  chargeId,
  amount: order.total,
})

const seen = async (order: Json): Promise<string> => {
  const asked = { orderToken: order.token }
  const { status } = good(await journey.get(`${A}/orders/${order.id}`, asked))
  const payment = good(await journey.get(`${A}/payments/${order.paymentId}`, asked))
  return `${status}, ${payment.status}`
}

const process = (order: Json) =>
  journey.post(`${A}/payments/${order.paymentId}/process`, {}, { orderToken: order.token })

const cancel = (order: Json) =>
  journey.post(`${A}/orders/${order.id}/cancel`, {}, { orderToken: order.token })

async function anOrder(units = 1): Promise<Json> {
  const { sku } = await journey.aProduct(units)
  return { ...(await journey.anOrder(sku)), sku }
}

/** An order whose money the provider has taken without the shop's knowing. */
async function aChargedOrder(): Promise<Json> {
  const order = await anOrder()
  return { ...order, chargeId: await chargeAtProvider(journey, order.paymentId, order.total) }
}

suite('a delivery', () => {
  test('that comes fifty times at once, before the buyer’s request, has one effect', async () => {
    const order = await aChargedOrder()
    const body = bodyOf(newsOf(order, 'charge.succeeded', order.chargeId))
    const id = `msg_${randomUUID()}`
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => deliver(journey, body, { id })),
    )
    for (const each of answers) assert.deepEqual(good(each), { received: true })
    assert.equal(answers.filter(({ headers }) => !headers['idempotent-replayed']).length, 1)
    assert.equal(await seen(order), 'confirmed, succeeded')
    assert.deepEqual(await eventsOf(journey, `payment/${order.paymentId}`), [
      'payment.opened',
      'payment.succeeded',
      'payment.notice-due',
    ])
    const inbox = await journey.shop.query(
      'select about, payment_id from payments.inbox where delivery_id = $1',
      [id],
    )
    assert.deepEqual(inbox, [{ about: 'charge', payment_id: order.paymentId }])
    assert.equal(good(await process(order)).transactionId, order.chargeId)
    assert.equal(await journey.freeUnits(order.sku), 0)
  })

  test('and the buyer’s request at the same moment settle the payment once', async () => {
    for (let round = 0; round < 20; round += 1) {
      const order = await aChargedOrder()
      const body = bodyOf(newsOf(order, 'charge.succeeded', order.chargeId))
      const [paid, ...told] = await Promise.all([
        process(order),
        deliver(journey, body),
        deliver(journey, body),
      ])
      for (const each of told) good(each)
      assert.equal(good(paid!).transactionId, order.chargeId)
      assert.equal(await seen(order), 'confirmed, succeeded')
      const events = await eventsOf(journey, `payment/${order.paymentId}`)
      assert.equal(events.filter((type) => type === 'payment.succeeded').length, 1)
    }
  })

  test('of a no ends the payment; a yes after it goes back, whichever is told first', async () => {
    const order = await aChargedOrder()
    const no = bodyOf(newsOf(order, 'charge.declined', order.chargeId))
    const yes = bodyOf(newsOf(order, 'charge.succeeded', order.chargeId))
    good(await deliver(journey, no))
    assert.equal(await seen(order), 'reserved, declined')
    good(await deliver(journey, yes))
    await eventually(
      () => seen(order),
      (state) => state === 'reserved, refunded',
    )

    const other = await aChargedOrder()
    good(await deliver(journey, bodyOf(newsOf(other, 'charge.succeeded', other.chargeId))))
    good(await deliver(journey, bodyOf(newsOf(other, 'charge.declined', other.chargeId))))
    assert.equal(await seen(other), 'confirmed, succeeded')
  })

  test('after the order was cancelled gives the money back', async () => {
    const order = await aChargedOrder()
    good(await cancel(order))
    const body = bodyOf(newsOf(order, 'charge.succeeded', order.chargeId))
    await Promise.all(Array.from({ length: 5 }, () => deliver(journey, body).then(good)))
    await eventually(
      () => seen(order),
      (state) => state === 'cancelled, refunded',
    )
    const charges = await journey.shop.charges()
    const [charge] = charges.filter(({ reference }) => reference === order.paymentId)
    assert.equal(charge?.amountRefunded, order.total.amount)
    assert.equal(await journey.freeUnits(order.sku), 1)
  })

  test('of an old charge after the refund, or of the refund once more, changes nothing', async () => {
    const as = await journey.token('admin')
    const order = await aChargedOrder()
    good(await process(order))
    const refund = `${A}/payments/${order.paymentId}/refund`
    good(await journey.post(refund, { reason: 'returned' }, { as }))
    const rows = await journey.shop.query<{ data: { refundId: string } }>(
      `select data from platform.events where stream = $1 and type = 'payment.refunded'`,
      [`payment/${order.paymentId}`],
    )
    const before = await eventsOf(journey, `payment/${order.paymentId}`)
    const news = newsOf(order, 'charge.succeeded', order.chargeId)
    const ours = { id: 're_1', key: rows[0]!.data.refundId, amount: order.total.amount }
    for (const each of [
      news,
      { ...news, type: 'refund.succeeded', refund: ours } as const,
      { ...news, type: 'refund.declined', refund: ours } as const,
      { ...news, type: 'charge.declined' } as const,
    ]) {
      good(await deliver(journey, bodyOf(each)))
    }
    assert.deepEqual(await eventsOf(journey, `payment/${order.paymentId}`), before)
    assert.equal(await seen(order), 'confirmed, refunded')
  })

  test('of a refund that was made by hand at the provider is booked once', async () => {
    const as = await journey.token('admin')
    const order = await aChargedOrder()
    good(await process(order))
    // As somebody of the shop does in the provider's own pages.
    const made = await fetch(`${journey.shop.provider.url}/v1/refunds`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ charge: order.chargeId, amount: 1000 }),
    })
    const { id } = (await made.json()) as { id: string }
    const refund = { id, key: null, amount: 1000 }
    const charged = newsOf(order, 'charge.succeeded', order.chargeId)
    const body = bodyOf({ ...charged, type: 'refund.succeeded', refund })
    await Promise.all([deliver(journey, body).then(good), deliver(journey, body).then(good)])
    const money = good(await journey.get(`${A}/orders/${order.id}/money`, { as }))
    assert.equal(money.refunded, 1000)
    assert.equal(money.paid, order.total.amount - 1000)
    const above = { ...refund, id: 're_above', amount: order.total.amount }
    const more = bodyOf({ ...charged, type: 'refund.succeeded', refund: above })
    refused(await deliver(journey, more), 409, 'payments.refund-above-paid')
  })

  test('of a kind we do not know is taken and changes nothing', async () => {
    const body = JSON.stringify({ type: 'payout.paid', createdAt: new Date().toISOString() })
    const id = `msg_${randomUUID()}`
    good(await deliver(journey, body, { id }))
    const again = await deliver(journey, body, { id })
    assert.equal(again.headers['idempotent-replayed'], 'true')
  })
})

test('what is not the provider’s, or not of this shop, is refused and changes nothing', async () => {
  const order = await anOrder()
  const body = bodyOf(newsOf(order, 'charge.succeeded', 'ch_1'))
  const before = await journey.stored()
  const refusedWith = async (sending: Sending, status: number, code: string, text = body) =>
    refused(await deliver(journey, text, sending), status, code)

  const forged = [403, 'payments.webhook-forged'] as const
  await refusedWith({ secret: Buffer.from('guessed') }, ...forged)
  await refusedWith({ headers: { 'webhook-signature': '' } }, ...forged)
  await refusedWith({ headers: { 'webhook-signature': 'v1,AAAA' } }, ...forged)
  await refusedWith({ headers: { 'webhook-id': 'another' } }, ...forged)
  await refusedWith({ ageSeconds: 301 }, 403, 'payments.webhook-stale')
  await refusedWith({ ageSeconds: -301 }, 403, 'payments.webhook-stale')
  await refusedWith({ provider: 'stripe' }, 404, 'payments.provider-unknown')
  await refusedWith({ in: 'second' }, 404, 'payments.unknown')
  const stranger = bodyOf({ ...newsOf(order, 'charge.succeeded', 'ch_1'), reference: randomUUID() })
  await refusedWith({}, 404, 'payments.unknown', stranger)
  const unreadable = [422, 'payments.webhook-unreadable'] as const
  for (const amount of [
    { ...order.total, amount: order.total.amount - 1 },
    { ...order.total, currency: 'EUR' },
  ]) {
    const text = bodyOf({ ...newsOf(order, 'charge.succeeded', 'ch_1'), amount })
    await refusedWith({}, ...unreadable, text)
  }
  await refusedWith({}, ...unreadable, '{"type":"charge.succeeded","data":{}}')
  assert.deepEqual(await journey.stored(), before)
  assert.equal(await seen(order), 'reserved, pending')
})

suite('a payment for which the buyer has to go to the provider’s page', () => {
  const redirected = async (): Promise<Json> => {
    const { sku } = await journey.aProduct(1)
    const cartId = await journey.aCart(sku)
    const terms = { ...TERMS, paymentMethod: 'card-redirect' }
    const order = good(await journey.post(`${A}/orders`, { cartId, ...terms }), 201)
    const asked = { orderToken: order.token }
    const path = `${A}/payments/${order.paymentId}/process`
    const payment = good(await journey.post(path, { returnTo: '/thanks' }, asked))
    assert.equal(payment.status, 'processing')
    return { ...order, sku, url: payment.action.url }
  }
  const decide = (url: string, decision: 'approve' | 'decline') =>
    fetch(url, { method: 'POST', body: new URLSearchParams({ decision }), redirect: 'manual' })

  test('tells where, leads back to the shop, and is paid once the buyer has agreed', async () => {
    const order = await redirected()
    assert.equal(await seen(order), 'reserved, processing')
    assert.equal(good(await process(order)).action.url, order.url, 'asked again, the same page')
    const back = await decide(order.url, 'approve')
    assert.match(back.headers.get('location') ?? '', /^http:\/\/demo\.localhost:\d+\/thanks/)
    const paid = good(await process(order))
    assert.equal(paid.status, 'succeeded')
    assert.equal(paid.action, undefined)
    assert.equal(await seen(order), 'confirmed, succeeded')
  })

  test('asked for again under its key says so, and where to go now', async () => {
    const order = await redirected()
    const path = `${A}/payments/${order.paymentId}/process`
    const asked = { orderToken: order.token, key: 'to-the-provider' }
    const [first, again] = [
      await journey.post(path, { returnTo: '/thanks' }, asked),
      await journey.post(path, { returnTo: '/thanks' }, asked),
    ]
    assert.equal(first.headers['idempotent-replayed'], undefined)
    assert.equal(again.headers['idempotent-replayed'], 'true')
    assert.deepEqual(again.body, first.body)
  })

  test('is settled by the reconciler when the buyer and the delivery never come back', async () => {
    const order = await redirected()
    await decide(order.url, 'approve')
    await timerIsDue(journey, `payment/${order.paymentId}/resume`)
    await eventually(
      () => seen(order),
      (state) => state === 'confirmed, succeeded',
    )
  })

  test('that the buyer declines there leaves the order to be paid otherwise', async () => {
    const order = await redirected()
    await decide(order.url, 'decline')
    assert.equal(good(await process(order)).status, 'declined')
    const asked = { orderToken: order.token }
    const body = { orderId: order.id, method: 'card' }
    const other = good(await journey.post(`${A}/payments`, body, asked), 201)
    const paid = await journey.post(`${A}/payments/${other.id}/process`, {}, asked)
    assert.equal(good(paid).status, 'succeeded')
  })

  test('is closed at the provider when the order is cancelled, and cannot be paid there', async () => {
    const order = await redirected()
    good(await cancel(order))
    assert.equal(await seen(order), 'cancelled, declined')
    await decide(order.url, 'approve')
    const charges = await journey.shop.charges()
    const [charge] = charges.filter(({ reference }) => reference === order.paymentId)
    assert.notEqual((charge as Json)?.status, 'succeeded')
    assert.equal(await journey.freeUnits(order.sku), 1)
  })

  test('whose return address is another’s is refused', async () => {
    const order = await anOrder()
    for (const returnTo of ['//evil.test', 'https://evil.test/', '/\\evil.test', 'x', '/a b']) {
      const path = `${A}/payments/${order.paymentId}/process`
      const answer = await journey.post(path, { returnTo }, { orderToken: order.token })
      refused(answer, 422, 'request.invalid')
    }
  })
})

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
