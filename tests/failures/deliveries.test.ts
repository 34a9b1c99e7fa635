import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'

import { secretsFrom } from '../../server/platform/auth/secrets.ts'
import { signature } from '../../server/test-provider/webhooks.ts'
import type { Answer, Client } from '../support/client.ts'
import { crowd, tally } from '../support/crowd.ts'
import { TEST_SECRET } from '../support/database.ts'
import {
  anOrder,
  aProductWith,
  must,
  pay,
  type Payment,
  type PlacedOrder,
  type Product,
  see,
} from '../support/sale.ts'
import { type Charge, openShop, type Shop } from '../support/shop.ts'

const { current } = secretsFrom(TEST_SECRET).derive('payment-webhooks')
const SECRET = `whsec_${current.toString('base64')}`

/** Two processes on one database; the provider's own news is lost, these tests deliver it. */
let shop: Shop
let both: readonly [Client, Client]
let product: Product

before(async () => {
  shop = await openShop({ providerDelayMs: 5 })
  const other = await shop.another()
  both = [shop.client(), shop.client('demo', { program: other })]
  product = await aProductWith(shop, 1000)
  await shop.setFaults({ webhooks: { lost: 1 } })
})
after(async () => {
  await shop.mustBeSound().finally(() => shop[Symbol.asyncDispose]())
})

/** The provider takes the money of an order although the shop has not asked for it. */
async function charge({ payment, total }: PlacedOrder): Promise<Charge> {
  const answer = await fetch(`${shop.provider.url}/v1/charges`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': payment.id },
    body: JSON.stringify({ ...total, reference: payment.id, method: 'card' }),
  })
  assert.equal(answer.status, 201)
  return (await answer.json()) as Charge
}

/** Delivers that a charge succeeded, as the provider would. */
function deliver(client: Client, charge: Charge, id: string): Promise<Answer<unknown>> {
  const createdAt = new Date().toISOString()
  const body = JSON.stringify({ id, type: 'charge.succeeded', createdAt, data: { charge } })
  const timestamp = Math.floor(Date.now() / 1000)
  return client.persist('POST', '/api/v1/payments/webhooks/test', {
    body,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signature(SECRET, id, timestamp, body),
    },
  })
}

/** How often each event is in the streams of an order and its payment. */
async function eventsOf({ id, payment }: PlacedOrder): Promise<Record<string, number>> {
  const rows = await shop.query<{ type: string }>(
    'select type from platform.events where stream = any($1)',
    [[`order/${id}`, `payment/${payment.id}`]],
  )
  return tally(rows.map(({ type }) => type))
}

test('one delivery that comes 50 times at once to two processes has one effect', async () => {
  for (let round = 0; round < 5; round += 1) {
    const order = await anOrder(both[0], product.sku)
    const taken = await charge(order)
    const id = `evt_${randomUUID()}`
    const answers = await crowd(50, 50, (number) => deliver(both[number % 2]!, taken, id))
    assert.deepEqual(tally(answers.map(({ status }) => String(status))), { 200: 50 })
    assert.equal(must(await see(both[1], order), 200).status, 'confirmed')
    const events = await eventsOf(order)
    assert.equal(events['payment.succeeded'], 1)
    assert.equal(events['order.confirmed'], 1)
    const inbox = await shop.query('select 1 from payments.inbox where delivery_id = $1', [id])
    assert.equal(inbox.length, 1)
  }
})

test('the client’s confirm and the delivery at the same moment: 200 pairs are 200 payments', async (t) => {
  const orders = await crowd(200, 20, () => anOrder(both[0], product.sku))
  const answers = await crowd(orders.length, 20, async (number) => {
    const order = orders[number]!
    const [one, two] = number % 2 === 0 ? both : [both[1], both[0]]
    const taken = await charge(order)
    const [told, paid] = await Promise.all([
      deliver(one, taken, `evt_${randomUUID()}`),
      pay(two, order),
    ])
    assert.equal(told.status, 200)
    return must<Payment>(paid, 200)
  })
  assert(answers.every(({ status }) => status === 'succeeded'))
  const charges = await shop.charges()
  const kept = new Map(charges.map((each) => [each.reference, each]))
  assert.equal(charges.length, kept.size, 'a payment was charged twice')
  for (const order of orders) {
    const { amount, amountRefunded } = kept.get(order.payment.id)!
    assert.deepEqual([amount, amountRefunded], [order.total.amount, 0])
    const events = await eventsOf(order)
    assert.equal(events['payment.succeeded'], 1)
    assert.equal(events['order.confirmed'], 1)
  }
  // Which of the two was first is left to chance, and chance must have tried both.
  const [{ attempted } = { attempted: 0 }] = await shop.query<{ attempted: number }>(
    `select count(*)::int as attempted from platform.events where type = 'payment.attempted'`,
  )
  t.diagnostic(`the client was first with ${attempted} of ${orders.length} payments`)
})
