/** Money and words of the provider that come when nobody waits for them any more. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { chargeAtProvider, deliver, bodyOf, eventsOf, timerIsDue } from './deliveries.ts'
import { undocumented } from './documented.ts'
import { A, eventually, good, Journey, refused, TERMS, type Json } from './journey.ts'

let journey: Journey
let as: string
before(async () => {
  journey = await Journey.begin()
  as = await journey.token('admin')
  // Nothing comes on its own here: only what the shop asks for.
  await journey.shop.setFaults({ webhooks: { lost: 1 } })
})
after(async () => {
  await journey?.shop.mustBeSound().finally(() => journey[Symbol.asyncDispose]())
})

async function anOrder(paymentMethod = 'card'): Promise<Json> {
  const { sku } = await journey.aProduct(1)
  const cartId = await journey.aCart(sku)
  const body = { cartId, ...TERMS, paymentMethod }
  return { ...good(await journey.post(`${A}/orders`, body), 201), sku }
}

const process = (order: Json) =>
  journey.post(`${A}/payments/${order.paymentId}/process`, {}, { orderToken: order.token })

const stateOf = async (order: Json): Promise<string> => {
  const { status, reason } = good(await journey.get(`${A}/orders/${order.id}`, { as }))
  const payment = good(await journey.get(`${A}/payments/${order.paymentId}`, { as }))
  return `${status}${reason === null ? '' : ` (${reason})`}, ${payment.status}`
}

const comesTo = (order: Json, expected: string) =>
  eventually(
    () => stateOf(order),
    (state) => state === expected,
  )

/** As half an hour would. */
async function expired(order: Json): Promise<Json> {
  await timerIsDue(journey, `order/${order.id}/deadline`)
  await comesTo(order, 'cancelled (not-paid-in-time), cancelled')
  return order
}

/** As if the provider had been asked so much earlier. */
async function asIfAsked(order: Json, before: string): Promise<void> {
  await journey.shop.query(
    `update platform.events set at = at - $2::interval
     where stream = $1 and type = 'payment.attempted'`,
    [`payment/${order.paymentId}`, before],
  )
}

async function paidLate(order: Json): Promise<void> {
  const chargeId = await chargeAtProvider(journey, order.paymentId, order.total)
  const { paymentId: reference, total: amount } = order
  const body = bodyOf({ type: 'charge.succeeded', reference, chargeId, amount })
  await Promise.all([deliver(journey, body).then(good), deliver(journey, body).then(good)])
}

/** The buyer agrees on the provider's page, and does not come back to the shop. */
const approve = ({ url }: { url: string }) =>
  fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ decision: 'approve' }),
    redirect: 'manual',
  })

const givenBack = async (order: Json): Promise<number | undefined> => {
  const charges = await journey.shop.charges()
  return charges.find(({ reference }) => reference === order.paymentId)?.amountRefunded
}

suite('money that comes after the order was cancelled by the clock', () => {
  test('buys the order after all while its units are there', async () => {
    const order = await expired(await anOrder())
    assert.equal(await journey.freeUnits(order.sku), 1)
    await paidLate(order)
    assert.equal(await stateOf(order), 'confirmed, succeeded')
    assert.equal(await journey.freeUnits(order.sku), 0)
    assert.equal(await givenBack(order), 0)
    const { owed, paid } = good(await journey.get(`${A}/orders/${order.id}/money`, { as }))
    assert.deepEqual([owed, paid], [0, order.total.amount])
    good(await journey.patch(`${A}/orders/${order.id}/status`, { status: 'fulfilled' }, { as }))
  })

  test('goes back when others have bought its units', async () => {
    const order = await expired(await anOrder())
    await journey.aPaidOrder(order.sku)
    await paidLate(order)
    await comesTo(order, 'cancelled (not-paid-in-time), refunded')
    assert.equal(await givenBack(order), order.total.amount)
  })

  test('and another buyer at the same moment share one unit: one has it, the other the money', async () => {
    for (let round = 0; round < 10; round += 1) {
      const order = await expired(await anOrder())
      const [rival] = await Promise.all([
        journey.post(`${A}/orders`, { sku: order.sku, quantity: 1, ...TERMS }),
        paidLate(order),
      ])
      const end = rival.status === 201 ? 'cancelled (not-paid-in-time), refunded' : undefined
      await comesTo(order, end ?? 'confirmed, succeeded')
    }
  })

  test('is asked for again by a buyer in vain: the order is over', async () => {
    const order = await expired(await anOrder())
    refused(await process(order), 409, 'payments.closed')
  })
})

suite('a payment whose end nobody told', () => {
  test('is found by the reconciler: the answer was lost, the delivery too', async () => {
    const order = await anOrder()
    await journey.shop.setFaults({ losesAnswer: 1, webhooks: { lost: 1 } })
    refused(await process(order), 503, 'payments.provider-down')
    await journey.shop.setFaults({ webhooks: { lost: 1 } })
    assert.equal(await stateOf(order), 'reserved, processing')
    await eventually(
      async () => {
        await timerIsDue(journey, `payment/${order.paymentId}/resume`).catch(() => undefined)
        return stateOf(order)
      },
      (state) => state === 'confirmed, succeeded',
    )
    const charges = await journey.shop.charges()
    assert.equal(charges.filter(({ reference }) => reference === order.paymentId).length, 1)
  })

  test('is found by the job although its timer is gone, also after the process was killed', async () => {
    const order = await anOrder('card-redirect')
    const { action } = good(await process(order))
    await approve(action)
    // What follows the log would say anew, after the start, that it was asked just now.
    await eventually(
      () =>
        journey.shop.query<{ status: string }>(
          `select status from payments.summaries where payment_id = $1`,
          [order.paymentId],
        ),
      ([row]) => row?.status === 'processing',
    )
    await journey.shop.program.kill('SIGKILL')
    await journey.shop.query('delete from platform.timers where id = $1', [
      `payment/${order.paymentId}/resume`,
    ])
    await journey.shop.query(
      `update payments.summaries set status = 'processing', attempted_at = now() - interval '1 h'
       where payment_id = $1`,
      [order.paymentId],
    )
    await journey.shop.program.start()
    await comesTo(order, 'confirmed, succeeded')
  })

  test('is closed at the deadline where it waits for the buyer, and never charged', async () => {
    const order = await anOrder('card-redirect')
    const { action } = good(await process(order))
    await timerIsDue(journey, `order/${order.id}/deadline`)
    await comesTo(order, 'cancelled (not-paid-in-time), declined')
    assert.equal(await journey.freeUnits(order.sku), 1)
    await approve(action)
    const charges: Json[] = await journey.shop.charges()
    const [charge] = charges.filter(({ reference }) => reference === order.paymentId)
    assert.notEqual(charge?.status, 'succeeded')
  })

  test('that was paid at the last moment keeps the order at the deadline', async () => {
    const order = await anOrder('card-redirect')
    const { action } = good(await process(order))
    await approve(action)
    await timerIsDue(journey, `order/${order.id}/deadline`)
    await comesTo(order, 'confirmed, succeeded')
  })
})

test('how a checkout ended is recorded for whoever tells the buyer, once', async () => {
  const paid = await anOrder()
  await Promise.all([process(paid), process(paid)])
  const cancelled = await expired(await anOrder())
  const abouts = async (order: Json): Promise<string[]> => {
    const rows = await journey.shop.query<{ about: string }>(
      `select data ->> 'about' as about from platform.events
       where stream = $1 and type = 'payment.notice-due'`,
      [`payment/${order.paymentId}`],
    )
    return rows.map(({ about }) => about)
  }
  assert.deepEqual(await abouts(paid), ['order-confirmed'])
  assert.deepEqual(await abouts(cancelled), ['order-cancelled'])
  assert.deepEqual(await eventsOf(journey, `payment/${paid.paymentId}`), [
    'payment.opened',
    'payment.attempted',
    'payment.succeeded',
    'payment.notice-due',
  ])
})

// Last, because the shop leaves a provider alone for a while that does not answer.
test('a payment is waited for at the deadline while the provider says nothing, an hour in all', async () => {
  const order = await anOrder()
  await journey.shop.setFaults({ failsBefore: 1, webhooks: { lost: 1 } })
  refused(await process(order), 503, 'payments.provider-down')
  await journey.shop.provider.kill('SIGKILL')
  await asIfAsked(order, '30 min')
  await timerIsDue(journey, `order/${order.id}/deadline`)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  assert.equal(await stateOf(order), 'reserved, processing')
  assert.equal(await journey.freeUnits(order.sku), 0, 'the units stay held')

  await asIfAsked(order, '31 min')
  await timerIsDue(journey, `order/${order.id}/deadline`)
  await comesTo(order, 'cancelled (not-paid-in-time), cancelled')
  assert.equal(await journey.freeUnits(order.sku), 1)
  await journey.shop.provider.start()
  await paidLate(order)
  await comesTo(order, 'confirmed, succeeded')
})

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
