/** Everything a provider does wrong at once, with buyers and staff who do not wait. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { A, Journey, TERMS, type Json } from './journey.ts'

let journey: Journey
let as: string
before(async () => {
  journey = await Journey.begin()
  as = await journey.token('admin')
})
after(() => journey?.[Symbol.asyncDispose]())

const METHODS = ['card', 'card', 'card', 'card-declined']

test('60 orders through lost answers and deliveries that are lost, doubled, late and shuffled end whole', async (t) => {
  const { sku } = await journey.aProduct(50)
  await journey.shop.setFaults({
    seed: 7,
    losesAnswer: 0.2,
    failsAfterCharging: 0.1,
    failsBefore: 0.1,
    webhooks: { lost: 0.3, twice: 0.5, late: 0.3, shuffled: 0.5 },
  })
  const orders = (
    await Promise.all(Array.from({ length: 60 }, (_, number) => buy(sku, METHODS[number % 4]!)))
  ).filter((order) => order !== undefined)
  assert.equal(orders.length, 50, 'as many as there are units')

  await Promise.all(
    orders.map(async (order, number) => {
      const asked = { orderToken: order.token }
      const pay = () => journey.post(`${A}/payments/${order.paymentId}/process`, {}, asked)
      await Promise.all([pay(), ...(number % 5 === 0 ? [pay(), cancel(order)] : [])])
      if (number % 7 === 0) {
        const refund = { amount: { amount: 100, currency: 'UAH' }, reason: 'storm' }
        await journey.post(`${A}/payments/${order.paymentId}/refund`, refund, { as })
      }
    }),
  )

  await journey.shop.setFaults({})
  const states = await untilCalm(orders)
  t.diagnostic(
    JSON.stringify(
      Object.groupBy(states, (state) => state),
      (_, each: unknown) => (Array.isArray(each) ? each.length : each),
    ),
  )
  for (const state of states) {
    assert.match(
      state,
      /^(confirmed, (succeeded|partially-refunded)|reserved, (declined|pending)|cancelled, (declined|cancelled|refunded))$/,
    )
  }
  await journey.shop.mustBeSound()
})

/**
 * Looks until no payment is being made any more. As if two minutes had passed, so that a provider
 * that was never reached is believed when it knows nothing; and for more than the ten seconds for
 * which the shop leaves a failing provider alone.
 */
async function untilCalm(orders: readonly Json[]): Promise<string[]> {
  await journey.shop.query(
    `update platform.events set at = at - interval '2 min' where type = 'payment.attempted'`,
  )
  const late = performance.now() + 25_000
  for (;;) {
    const states = await Promise.all(orders.map(stateOf))
    if (!states.some((state) => state.includes('processing'))) return states
    assert.ok(performance.now() < late, JSON.stringify(states))
    await journey.shop.query(
      `update platform.timers set due_at = now() where id like 'payment/%' or id like 'refund/%'`,
    )
    await sleep(500)
  }
}

async function buy(sku: string, paymentMethod: string): Promise<Json> {
  const body = { sku, quantity: 1, ...TERMS, paymentMethod }
  const { status, body: order } = await journey.post(`${A}/orders`, body)
  return status === 201 ? order : undefined
}

const cancel = (order: Json) =>
  journey.post(`${A}/orders/${order.id}/cancel`, {}, { orderToken: order.token })

async function stateOf(order: Json): Promise<string> {
  const [seen, payment] = await Promise.all([
    journey.get(`${A}/orders/${order.id}`, { as }),
    journey.get(`${A}/payments/${order.paymentId}`, { as }),
  ])
  return `${seen.body.status}, ${payment.body.status}`
}
