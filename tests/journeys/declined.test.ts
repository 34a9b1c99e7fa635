/** A provider that says no: the buyer keeps the order and pays another way. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { undocumented } from './documented.ts'
import { A, eventually, good, Journey, refused, type Json } from './journey.ts'

/** Payments of less than this are declined; of exactly this, when asked for a second time. */
const LEAST = 100_000
const FICKLE = 107_500

const refunded: string[] = []
let fickle = 0

const provider = createServer((request, response) => {
  void (async () => {
    let text = ''
    for await (const part of request) text += String(part)
    const { amount, charge } = JSON.parse(text) as { amount: number; charge?: string }
    if (charge !== undefined) refunded.push(charge)
    const isFirst = amount === FICKLE && charge === undefined && fickle++ === 0
    // The yes arrives after the no to the same question.
    if (isFirst) await sleep(400)
    const isNo = charge === undefined && (amount < LEAST || (amount === FICKLE && !isFirst))
    const answer = isNo
      ? { error: { code: 'card_expired' } }
      : { id: isFirst ? 'ch_late' : 'ok', status: 'succeeded' }
    response.writeHead(isNo ? 402 : 201).end(JSON.stringify(answer))
  })()
})

let journey: Journey
before(async () => {
  provider.listen(0, '127.0.0.1')
  await once(provider, 'listening')
  const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
  journey = await Journey.begin({ env: { PAYMENT_PROVIDER_URL: url } })
})
after(async () => {
  await journey?.[Symbol.asyncDispose]()
  provider.close()
  provider.closeAllConnections()
})

/** A guest's order whose payment was declined; cheap enough to be. */
async function aDeclinedOrder(): Promise<Json> {
  const { sku } = await journey.aProduct(1, 'demo', 1_000)
  const order = await journey.anOrder(sku)
  const asked = { orderToken: order.token }
  const said = await journey.post(`${A}/payments/${order.paymentId}/process`, {}, asked)
  assert.equal(good(said).status, 'declined')
  return { ...order, sku }
}

suite('a declined payment', () => {
  test('costs the buyer nothing: the order stays, and takes another payment', async () => {
    const order = await aDeclinedOrder()
    const asked = { orderToken: order.token }
    const seen = good(await journey.get(`${A}/orders/${order.id}`, asked))
    assert.equal(seen.status, 'reserved')
    assert.equal(await journey.freeUnits(order.sku), 0, 'the units stay held')

    const again = await journey.post(`${A}/payments/${order.paymentId}/process`, {}, asked)
    refused(again, 409, 'payments.closed')

    const body = { orderId: order.id, method: 'card' }
    refused(await journey.post(`${A}/payments`, body), 404, 'orders.unknown')
    const other = good(await journey.post(`${A}/payments`, body, asked), 201)
    assert.equal(other.status, 'pending')
    assert.deepEqual(other.amount, order.total)
    refused(await journey.post(`${A}/payments`, body, asked), 409, 'checkout.payment-open')
    const now = good(await journey.get(`${A}/orders/${order.id}`, asked))
    assert.equal(now.paymentId, other.id)
  })

  test('replaced and cancelled at once leaves no payment open for a cancelled order', async () => {
    for (let round = 0; round < 10; round += 1) {
      const order = await aDeclinedOrder()
      const asked = { orderToken: order.token }
      const body = { orderId: order.id, method: 'card' }
      await Promise.all([
        journey.post(`${A}/payments`, body, asked),
        journey.post(`${A}/orders/${order.id}/cancel`, {}, asked),
      ])
      const now = good(await journey.get(`${A}/orders/${order.id}`, asked))
      const last = good(await journey.get(`${A}/payments/${now.paymentId}`, asked))
      const expected = now.status === 'cancelled' ? ['declined', 'cancelled'] : ['pending']
      assert(expected.includes(last.status), `${now.status}, ${last.status} in round ${round}`)
    }
  })

  test('that is taken after all is booked and given back: no money is in limbo', async () => {
    const { sku } = await journey.aProduct(1, 'demo', LEAST)
    const order = await journey.anOrder(sku)
    assert.equal(order.total.amount, FICKLE)
    const asked = { orderToken: order.token }
    const path = `${A}/payments/${order.paymentId}`
    const first = journey.post(`${path}/process`, {}, asked)
    await sleep(150)
    assert.equal(good(await journey.post(`${path}/process`, {}, asked)).status, 'declined')
    good(await first)
    await eventually(
      () => journey.get(path, asked),
      ({ body }) => body.status === 'refunded',
    )
    assert.deepEqual(refunded, ['ch_late'])
    assert.equal(good(await journey.get(`${A}/orders/${order.id}`, asked)).status, 'reserved')
  })
})

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
