/** What happens while the payment provider thinks: it takes half a second here. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { undocumented } from './documented.ts'
import { A, eventually, good, Journey, refused, TERMS } from './journey.ts'

let journey: Journey
before(async () => {
  journey = await Journey.begin({ providerDelayMs: 500 })
  // Deliveries would bring the end before the answer does.
  await journey.shop.setFaults({ webhooks: { lost: 1 } })
})
after(() => journey?.[Symbol.asyncDispose]())

const chargeOf = async (paymentId: string) =>
  (await journey.shop.charges()).filter(({ reference }) => reference === paymentId)

suite('while a payment is being made', () => {
  test('a second one of the same payment hears the same and nothing is charged twice', async () => {
    const { sku } = await journey.aProduct(2)
    const order = await journey.anOrder(sku)
    const { orderToken, path } = {
      orderToken: order.token,
      path: `${A}/payments/${order.paymentId}/process`,
    }
    const answers = await Promise.all(
      ['a', 'b', undefined].map((key) =>
        journey.post(path, undefined, { orderToken, ...(key === undefined ? {} : { key }) }),
      ),
    )
    for (const each of answers) assert.equal(good(each).status, 'succeeded')
    assert.equal(new Set(answers.map(({ body }) => body.transactionId)).size, 1)
    assert.equal((await chargeOf(order.paymentId)).length, 1)
    assert.equal(await journey.freeUnits(sku), 1)
  })

  test('the order is not cancelled, by nobody', async () => {
    const as = await journey.token('admin')
    const { sku } = await journey.aProduct(1)
    const order = await journey.anOrder(sku)
    const { orderToken } = { orderToken: order.token }
    const paying = journey.post(`${A}/payments/${order.paymentId}/process`, undefined, {
      orderToken,
    })
    await eventually(
      async () => good(await journey.get(`${A}/payments/${order.paymentId}`, { as })),
      ({ status }) => status === 'processing',
    )
    const cancel = `${A}/orders/${order.id}/cancel`
    refused(await journey.post(cancel, {}, { orderToken }), 409, 'checkout.payment-under-way')
    const body = { status: 'cancelled' }
    const moved = await journey.patch(`${A}/orders/${order.id}/status`, body, { as })
    refused(moved, 409, 'checkout.payment-under-way')
    assert.equal(good(await paying).status, 'succeeded')
    assert.equal(good(await journey.get(`${A}/orders/${order.id}`, { as })).status, 'confirmed')
  })

  test('the units are gone after all: the buyer is told so, also when asking again, and the money goes back', async () => {
    const as = await journey.token('admin')
    const { sku } = await journey.aProduct(1)
    const order = await journey.anOrder(sku)
    const orderToken = order.token
    const path = `${A}/payments/${order.paymentId}/process`
    const paying = journey.post(path, undefined, { orderToken, key: 'late' })
    await eventually(
      async () => good(await journey.get(`${A}/payments/${order.paymentId}`, { as })),
      ({ status }) => status === 'processing',
    )
    // As if the machine had slept: the hold has lapsed, and another buyer comes first.
    await journey.shop.query(
      `update platform.holds set until = now() - interval '1 s' where unit = $1`,
      [sku],
    )
    good(await journey.post(`${A}/orders`, { sku, quantity: 1, ...TERMS }), 201)

    const told = refused(await paying, 409, 'checkout.sold-out')
    const again = await journey.post(path, undefined, { orderToken, key: 'late' })
    assert.equal(refused(again, 409, 'checkout.sold-out').orderId, told.orderId)
    refused(await journey.post(path, undefined, { orderToken }), 409, 'checkout.sold-out')
    const cancelled = good(await journey.get(`${A}/orders/${order.id}`, { orderToken }))
    assert.equal(`${cancelled.status} ${cancelled.reason}`, 'cancelled sold-out')
    await eventually(
      async () => good(await journey.get(`${A}/payments/${order.paymentId}`, { orderToken })),
      ({ status }) => status === 'refunded',
    )
    const [charge] = await chargeOf(order.paymentId)
    assert.equal(charge?.amountRefunded, order.total.amount)
  })
})

test('a refund asked for twice at once, under one key, is given once', async () => {
  const as = await journey.token('admin')
  const { sku } = await journey.aProduct(1)
  const { paymentId } = await journey.aPaidOrder(sku)
  const body = { amount: { amount: 100, currency: 'UAH' }, reason: 'a scratch' }
  const refund = () => journey.post(`${A}/payments/${paymentId}/refund`, body, { as, key: 'twice' })
  const answers = await Promise.all([refund(), refund(), refund()])
  for (const each of answers) assert.deepEqual(good(each).refunded, body.amount)
  const [charge] = await chargeOf(paymentId)
  assert.equal(charge?.amountRefunded, 100)
})

test('a provider that is away is said to be so; the same key pays once it is back', async () => {
  const { sku } = await journey.aProduct(1)
  const order = await journey.anOrder(sku)
  const ask = { orderToken: order.token, key: 'patient' }
  const path = `${A}/payments/${order.paymentId}/process`
  await journey.shop.provider.kill('SIGKILL')
  refused(await journey.post(path, undefined, ask), 503, 'payments.provider-down')
  assert.equal(await journey.freeUnits(sku), 0, 'the units stay held meanwhile')
  await journey.shop.provider.start()
  const paid = await eventually(
    () => journey.post(path, undefined, ask),
    ({ status }) => status === 200,
  )
  assert.equal(good(paid).status, 'succeeded')
  assert.equal((await chargeOf(order.paymentId)).length, 1)
})

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
