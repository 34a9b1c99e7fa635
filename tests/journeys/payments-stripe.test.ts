/** The whole shop with Stripe: by Stripe's package, against a stand-in that keeps its documents. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { StripeStandIn } from '../../server/contexts/payments/adapters/stripe-stand-in.testing.ts'
import { undocumented } from './documented.ts'
import { A, eventually, good, Journey, refused, type Answer, type Json } from './journey.ts'

const HEARS = `${A}/payments/webhooks/stripe`

let stripe: StripeStandIn
let journey: Journey
before(async () => {
  stripe = await StripeStandIn.open()
  journey = await Journey.begin({
    env: {
      PAYMENT_PROVIDER_URL: `http://${stripe.at.host}:${stripe.at.port}`,
      STRIPE_SECRET_KEY: stripe.secretKey,
      STRIPE_WEBHOOK_SECRETS: stripe.webhookSecret,
    },
  })
})
after(async () => {
  await journey?.[Symbol.asyncDispose]()
  await stripe?.[Symbol.asyncDispose]()
})

interface Bought {
  readonly order: Json
  readonly path: string
  readonly asked: { readonly orderToken: string }
}

async function anOrder(): Promise<Bought> {
  const { sku } = await journey.aProduct(1)
  const order = await journey.anOrder(sku)
  const path = `${A}/payments/${order.paymentId}`
  return { order, path, asked: { orderToken: order.token } }
}

/** Delivers what Stripe has to say of a payment, as it signed it. */
async function deliver(paymentId: string): Promise<readonly Answer[]> {
  const of = stripe.deliveries.filter(({ rawBody }) => rawBody.includes(paymentId))
  const answers: Answer[] = []
  for (const { headers, rawBody } of of) {
    const signature = String(headers['stripe-signature'])
    const ask = { headers: { 'stripe-signature': signature, 'content-type': 'application/json' } }
    answers.push(await journey.post(HEARS, rawBody.toString(), ask))
  }
  return answers
}

async function orderStatus({ order, asked }: Bought): Promise<string> {
  return good(await journey.get(`${A}/orders/${order.id}`, asked)).status
}

suite('a shop that sells by Stripe', () => {
  test('charges the card behind a token, and hears of it once more without effect', async () => {
    const bought = await anOrder()
    const { path, asked, order } = bought
    const said = good(await journey.post(`${path}/process`, { token: 'pm_card_visa' }, asked))
    assert.equal(said.status, 'succeeded')
    assert.match(said.transactionId, /^pi_/)
    assert.equal(await orderStatus(bought), 'confirmed')
    const heard = [...(await deliver(order.paymentId)), ...(await deliver(order.paymentId))]
    assert.deepEqual(
      heard.map(({ status }) => status),
      [200, 200],
    )
    assert.deepEqual(good(await journey.get(path, asked)), said)
  })

  test('tells the buyer of a decline, who pays with another card', async () => {
    const bought = await anOrder()
    const { path, asked, order } = bought
    const token = 'pm_card_chargeDeclinedInsufficientFunds'
    assert.equal(good(await journey.post(`${path}/process`, { token }, asked)).status, 'declined')
    for (const { status } of await deliver(order.paymentId)) assert.equal(status, 200)
    const body = { orderId: order.id, method: 'card' }
    const next = good(await journey.post(`${A}/payments`, body, asked), 201)
    const other = `${A}/payments/${next.id}/process`
    good(await journey.post(other, { token: 'pm_card_visa' }, asked))
    assert.equal(await orderStatus(bought), 'confirmed')
  })

  test('is called by its own name, and by nothing of a test', async () => {
    const { provider } = good(await journey.get(`${A}/payments/methods?lang=uk`))
    assert.deepEqual(provider, { name: 'Stripe', isTest: false })
  })

  test('sends a buyer to the bank’s page, and hears from Stripe how it ended', async () => {
    const bought = await anOrder()
    const { path, asked, order } = bought
    const body = { token: 'pm_card_authenticationRequired', returnTo: '/orders' }
    const said = good(await journey.post(`${path}/process`, body, asked))
    assert.equal(said.status, 'processing')
    assert.match(said.action.url, /^https:\/\/hooks\.stripe\.com\/redirect\/pi_/)
    stripe.decide(said.action.url.split('/').at(-1), 'approve')
    assert.deepEqual(
      (await deliver(order.paymentId)).map(({ status }) => status),
      [200],
    )
    assert.equal(good(await journey.get(path, asked)).status, 'succeeded')
    assert.equal(await orderStatus(bought), 'confirmed')
  })

  test('finds out by itself when the news is lost and the token is gone', async () => {
    const bought = await anOrder()
    const { path, asked } = bought
    const token = 'pm_card_authenticationRequired'
    const said = good(await journey.post(`${path}/process`, { token }, asked))
    stripe.decide(said.action.url.split('/').at(-1), 'approve')
    assert.equal(good(await journey.post(`${path}/process`, {}, asked)).status, 'succeeded')
    assert.equal(await orderStatus(bought), 'confirmed')
  })

  test('charges once though Stripe’s answer is lost', async () => {
    const bought = await anOrder()
    const { path, asked } = bought
    const pay = () => journey.post(`${path}/process`, { token: 'pm_card_visa' }, asked)
    stripe.fault = 'loses-answer'
    try {
      const { status } = await pay()
      assert([200, 503].includes(status), `${status}`)
      assert.equal(good(await journey.get(path, asked)).status, 'processing')
    } finally {
      stripe.fault = undefined
    }
    assert.equal(good(await pay()).status, 'succeeded')
    assert.equal(await orderStatus(bought), 'confirmed')
    const found = stripe.intentsOf(bought.order.paymentId)
    assert.deepEqual(found, [bought.order.total.amount])
  })

  test('gives part of the money back, and hears of that as well', async () => {
    const { path, asked, order } = await anOrder()
    good(await journey.post(`${path}/process`, { token: 'pm_card_visa' }, asked))
    const as = await journey.token('admin')
    const amount = { amount: 10_000, currency: 'UAH' }
    const refund = { amount, reason: 'a scratch' }
    const said = good(await journey.post(`${path}/refund`, refund, { as }))
    assert.equal(said.status, 'partially-refunded')
    for (const { status } of await deliver(order.paymentId)) assert.equal(status, 200)
    const after = await eventually(
      () => journey.get(path, asked),
      ({ body }) => body.status === 'partially-refunded',
    )
    assert.deepEqual(good(after).refunded, amount)
  })

  test('believes nobody else', async () => {
    const { order } = await anOrder()
    const words = JSON.stringify({
      id: 'evt_forged',
      object: 'event',
      created: Math.floor(Date.now() / 1000),
      type: 'payment_intent.succeeded',
      data: {
        object: {
          id: 'pi_forged',
          amount: order.total.amount,
          currency: 'uah',
          metadata: { reference: order.paymentId },
        },
      },
    })
    const { headers } = stripe.sign(words, { secret: 'whsec_of_somebody_else' })
    const signature = String(headers['stripe-signature'])
    const ask = { headers: { 'stripe-signature': signature, 'content-type': 'application/json' } }
    refused(await journey.post(HEARS, words, ask), 403, 'payments.webhook-forged')
    const other = `${A}/payments/webhooks/test`
    refused(await journey.post(other, words, ask), 404, 'payments.provider-unknown')
  })
})

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
