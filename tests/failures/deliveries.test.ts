import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'

import { secretsFrom } from '../../server/platform/auth/secrets.ts'
import { signature } from '../../server/test-provider/webhooks.ts'
import type { Answer, Client } from '../support/client.ts'
import { crowd, tally } from '../support/crowd.ts'
import { TEST_SECRET } from '../support/database.ts'
import { processesAsked } from '../support/processes.ts'
import {
  anOrder,
  aProductWith,
  must,
  type Payment,
  type PlacedOrder,
  type Product,
  see,
} from '../support/sale.ts'
import { type Charge, openShop, type Shop } from '../support/shop.ts'

const { current } = secretsFrom(TEST_SECRET).derive('payment-webhooks')
const SECRET = `whsec_${current.toString('base64')}`

/** As many as a release must settle at once (requirement R6). */
const PAIRS = 1000

/** Two processes on one database; the provider's own news is lost, these tests deliver it. */
let shop: Shop
let both: readonly [Client, Client]
let product: Product

before(async () => {
  shop = await openShop({ providerDelayMs: 5, processes: processesAsked('2') })
  const [one, other] = shop.clients({ connections: PAIRS })
  both = [one!, other!]
  product = await aProductWith(shop, PAIRS + 10)
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
function deliver(
  client: Client,
  charge: Charge,
  id: string,
): Promise<Answer<unknown> & { readonly tries: number }> {
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

/** How often each event is in the streams of some orders and their payments. */
async function eventsOf(...orders: readonly PlacedOrder[]): Promise<Record<string, number>> {
  const rows = await shop.query<{ type: string }>(
    'select type from platform.events where stream = any($1)',
    [orders.flatMap(({ id, payment }) => [`order/${id}`, `payment/${payment.id}`])],
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

test('the client’s confirm and the delivery at the same moment: 1,000 pairs at once are 1,000 payments (R6)', async (t) => {
  const orders = await crowd(PAIRS, 64, () => anOrder(both[0], product.sku))
  const taken = await crowd(PAIRS, 64, (number) => charge(orders[number]!))
  const since = performance.now()
  const answers = await crowd(PAIRS, PAIRS, async (number) => {
    const order = orders[number]!
    // Both in one process, both in the other, and across: one process is always a little ahead.
    const [one, two] = [both[number % 2]!, both[(number >> 1) % 2]!]
    const [told, paid] = await Promise.all([
      deliver(one, taken[number]!, `evt_${randomUUID()}`),
      two.persist<Payment>('POST', `/api/v1/payments/${order.payment.id}/process`, {
        headers: { 'x-order-token': order.token },
      }),
    ])
    assert.equal(told.status, 200)
    return { ...must(paid, 200), tries: told.tries + paid.tries - 2 }
  })
  const ms = Math.round(performance.now() - since)
  assert.deepEqual(tally(answers.map(({ status }) => status)), { succeeded: PAIRS })

  const charges = await shop.charges()
  const kept = new Map(charges.map((each) => [each.reference, each]))
  assert.equal(charges.length, kept.size, 'a payment was charged twice')
  for (const { payment, total } of orders) {
    const { amount, amountRefunded } = kept.get(payment.id)!
    assert.deepEqual([amount, amountRefunded], [total.amount, 0])
  }
  const { 'payment.attempted': attempted = 0, ...events } = await eventsOf(...orders)
  assert.equal(events['payment.succeeded'], PAIRS)
  assert.equal(events['order.confirmed'], PAIRS)
  assert.deepEqual(await moneyOf(orders), {
    entries: PAIRS,
    paid: orders.reduce((sum, { total }) => sum + total.amount, 0),
    owed: 0,
  })
  // Which of the two was first is left to chance, and chance must have tried both.
  t.diagnostic(
    `${PAIRS} pairs in ${ms} ms, the client was first with ${attempted}, ` +
      `${answers.filter(({ tries }) => tries > 0).length} pairs asked again after 503`,
  )
  assert(attempted > 0 && attempted < PAIRS, `the client was first with ${attempted}`)
})

/** What the money ledger says of orders: how often money came, how much, and what is still owed. */
async function moneyOf(orders: readonly PlacedOrder[]): Promise<unknown> {
  const [money] = await shop.query(
    `select count(*)::int as entries, sum(amount)::int as paid,
       (select sum(posted)::int from platform.accounts where name = any($2)) as owed
     from platform.transfers where to_account = any($1)`,
    [orders.map(({ payment }) => `paid/${payment.id}`), orders.map(({ id }) => `owed/${id}`)],
  )
  return money
}
