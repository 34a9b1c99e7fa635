/** What staff see of checkouts: their steps and deadlines, what is stuck, and how they mend it. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { undocumented } from './documented.ts'
import { A, eventually, good, Journey, refused, type Json } from './journey.ts'

let journey: Journey
let as: string
before(async () => {
  journey = await Journey.begin()
  as = await journey.token('admin')
})
after(() => journey?.[Symbol.asyncDispose]())

const MISSING = '00000000-0000-4000-8000-000000000000'

const view = async (orderId: string): Promise<Json> =>
  good(await journey.get(`${A}/checkouts/${orderId}`, { as }))
const retry = (orderId: string) => journey.post(`${A}/checkouts/${orderId}/retry`, {}, { as })
const stepsOf = ({ steps }: Json) =>
  steps.map(({ name, state }: Json) => `${name} ${state}`).join(', ')

/** Every checkout of a state, page by page. */
async function listed(state?: string, limit = 100): Promise<Json[]> {
  const found: Json[] = []
  let next: string | null = null
  do {
    const query: string[] = [`limit=${limit}`]
    if (state !== undefined) query.push(`state=${state}`)
    if (next !== null) query.push(`after=${encodeURIComponent(next)}`)
    const page = good(await journey.get(`${A}/checkouts?${query.join('&')}`, { as }))
    found.push(...page.items)
    next = page.next
  } while (next !== null)
  return found
}

/** In which of the four lists an order is. */
async function listsWith(orderId: string): Promise<string[]> {
  const found: string[] = []
  for (const state of ['running', 'stuck', 'done', 'failed']) {
    const ids = (await listed(state)).map((each) => each.orderId)
    found.push(...ids.filter((id) => id === orderId).map(() => state))
  }
  return found
}

/** A payment whose provider has charged and then lost its answer, so nobody knows. */
async function anUnansweredPayment(): Promise<Json> {
  const { sku } = await journey.aProduct(1)
  const order = await journey.anOrder(sku)
  await journey.shop.setFaults({ losesAnswer: 1, webhooks: { lost: 1 } })
  const path = `${A}/payments/${order.paymentId}/process`
  const asked = await journey.post(path, undefined, { orderToken: order.token })
  refused(asked, 503, 'payments.provider-down')
  await journey.shop.setFaults({ webhooks: { lost: 1 } })
  return order
}

suite('a checkout', () => {
  test('shows its steps and its deadline while the buyer may still pay, which nobody hurries', async () => {
    const { sku } = await journey.aProduct(1)
    const order = await journey.anOrder(sku)
    const seen = await view(order.id)
    assert.equal(seen.state, 'running')
    assert.equal(stepsOf(seen), 'reserve done, authorize waiting, confirm waiting, notify waiting')
    assert.deepEqual(seen.total, order.total)
    assert.equal(seen.number, order.number)
    assert.deepEqual(
      seen.timers.map(({ name, state, attempts }: Json) => [name, state, attempts]),
      [[`order/${order.id}/deadline`, 'waiting', 0]],
    )
    const minutes = (Date.parse(seen.nextDeadline) - Date.now()) / 60_000
    assert.ok(minutes > 1 && minutes < 120, `${minutes} minutes`)
    refused(await retry(order.id), 409, 'checkout.nothing-to-retry')
    assert.deepEqual((await view(order.id)).timers, seen.timers)
    assert.deepEqual(await listsWith(order.id), ['running'])
  })

  test('is done when its order is confirmed', async () => {
    const { sku } = await journey.aProduct(1)
    const order = await journey.aPaidOrder(sku)
    const seen = await view(order.id)
    assert.equal(seen.state, 'done')
    assert.equal(stepsOf(seen), 'reserve done, authorize done, confirm done, notify done')
    const [, authorize] = seen.steps
    assert.equal(authorize.attempts, 1)
    assert.ok(authorize.startedAt <= authorize.endedAt)
    assert.deepEqual([seen.timers, seen.nextDeadline, seen.compensations], [[], null, []])
    refused(await retry(order.id), 409, 'checkout.nothing-to-retry')
    await eventually(
      () => listsWith(order.id),
      (lists) => lists.join() === 'done',
    )
  })

  test('that lost the answer of the provider is taken up now, when staff want it', async () => {
    const order = await anUnansweredPayment()
    const seen = await view(order.id)
    assert.equal(
      stepsOf(seen),
      'reserve done, authorize under-way, confirm waiting, notify waiting',
    )
    assert.deepEqual(await listsWith(order.id), ['running'], 'once, though it has two timers')
    assert.ok(Date.parse(seen.nextDeadline) - Date.now() > 5_000, 'by itself it would wait')
    good(await retry(order.id))
    const done = await eventually(
      () => view(order.id),
      ({ state }) => state === 'done',
    )
    assert.equal(stepsOf(done), 'reserve done, authorize done, confirm done, notify done')
    const charges = await journey.shop.charges()
    assert.equal(charges.filter(({ reference }) => reference === order.paymentId).length, 1)
  })

  test('is stuck when a timer fails or was given up, and a retry takes it up again', async () => {
    const order = await anUnansweredPayment()
    const timer = `payment/${order.paymentId}/resume`
    const set = (change: string) =>
      journey.shop.query(
        `update platform.timers set last_error = E'Error: it broke\n  at secret.ts', ${change}
          where id = $1`,
        [timer],
      )
    await set('attempts = 2')
    const failing = await view(order.id)
    assert.equal(failing.state, 'stuck')
    const shown = failing.timers.find(({ name }: Json) => name === timer)
    assert.deepEqual(
      [shown.state, shown.attempts, shown.lastError],
      ['failing', 2, 'Error: it broke'],
    )
    assert.deepEqual(await listsWith(order.id), ['stuck'])

    // The worker itself gives up what failed five times.
    await set('attempts = 5, due_at = now()')
    const stuck = await eventually(
      () => view(order.id),
      ({ timers }) => timers.some(({ state }: Json) => state === 'given-up'),
    )
    assert.equal(stuck.state, 'stuck')
    assert.deepEqual(await listsWith(order.id), ['stuck'])
    good(await retry(order.id))
    await eventually(
      () => view(order.id),
      ({ state }) => state === 'done',
    )
    await eventually(
      () => listsWith(order.id),
      (lists) => lists.join() === 'done',
    )
  })

  test('whose timer is lost is stuck too, and a retry sets it anew', async () => {
    const order = await anUnansweredPayment()
    const timer = `payment/${order.paymentId}/resume`
    await journey.shop.query('delete from platform.timers where id = $1', [timer])
    assert.equal((await view(order.id)).state, 'stuck')
    good(await retry(order.id))
    await eventually(
      () => view(order.id),
      ({ state }) => state === 'done',
    )
  })

  test('is cancelled by staff with all its steps taken back', async () => {
    const { sku } = await journey.aProduct(2)
    const open = await journey.anOrder(sku)
    const cancel = (orderId: string) => journey.post(`${A}/checkouts/${orderId}/cancel`, {}, { as })
    assert.equal(good(await cancel(open.id)).status, 'cancelled')
    const ended = await view(open.id)
    assert.equal(ended.state, 'failed')
    assert.equal(stepsOf(ended), 'reserve undone, authorize failed, confirm failed, notify done')
    assert.deepEqual(
      ended.compensations.map(({ what, state }: Json) => [what, state]),
      [['release-units', 'done']],
    )
    refused(await cancel(open.id), 409, 'orders.illegal-move')

    const paid = await journey.aPaidOrder(sku)
    good(await cancel(paid.id))
    const back = await eventually(
      () => view(paid.id),
      ({ state }) => state === 'failed',
    )
    assert.equal(stepsOf(back), 'reserve undone, authorize undone, confirm undone, notify done')
    const refund = back.compensations.find(({ what }: Json) => what === 'refund')
    assert.deepEqual([refund.state, refund.amount], ['done', paid.total])
    await eventually(
      async () => [...(await listsWith(open.id)), ...(await listsWith(paid.id))],
      (lists) => lists.join() === 'failed,failed',
    )
    assert.equal(await journey.freeUnits(sku), 2)
  })
})

suite('the list of checkouts', () => {
  test('has each once, whatever the page', async () => {
    const { sku } = await journey.aProduct(5)
    for (let i = 0; i < 5; i += 1) await journey.anOrder(sku)
    const order = await anUnansweredPayment()
    for (const state of ['running', undefined]) {
      await eventually(
        async () => {
          const whole = (await listed(state)).map(({ orderId }) => orderId)
          const paged = (await listed(state, 2)).map(({ orderId }) => orderId)
          return { whole, paged }
        },
        ({ whole, paged }) =>
          whole.includes(order.id) &&
          new Set(paged).size === paged.length &&
          whole.join() === paged.join(),
      )
    }
    await retry(order.id)
  })

  test('is for the staff of the shop', async () => {
    const { sku } = await journey.aProduct(1)
    const order = await journey.anOrder(sku)
    const there = { as: await journey.token('admin', 'second'), in: 'second' } as const
    const guest = { orderToken: order.token }
    const shopper = { as: await journey.token('shopper') }
    for (const path of ['', `/${order.id}`]) {
      refused(await journey.get(`${A}/checkouts${path}`, guest), 401, 'auth.required')
      refused(await journey.get(`${A}/checkouts${path}`, shopper), 403, 'auth.forbidden')
    }
    for (const act of ['retry', 'cancel']) {
      const path = `${A}/checkouts/${order.id}/${act}`
      refused(await journey.post(path, {}, guest), 401, 'auth.required')
      refused(await journey.post(path, {}, shopper), 403, 'auth.forbidden')
      refused(await journey.post(path, {}, there), 404, 'orders.unknown')
      const missing = `${A}/checkouts/${MISSING}/${act}`
      refused(await journey.post(missing, {}, { as }), 404, 'orders.unknown')
    }
    refused(await journey.get(`${A}/checkouts/${order.id}`, there), 404, 'orders.unknown')
    const theirs = good(await journey.get(`${A}/checkouts?state=running`, there)).items
    assert.ok(theirs.every(({ orderId }: Json) => orderId !== order.id))
    for (const query of ['state=lost', 'after=nonsense', 'limit=0', 'limit=101']) {
      refused(await journey.get(`${A}/checkouts?${query}`, { as }), 422, 'request.invalid')
    }
  })
})

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
  await journey.shop.mustBeSound()
})
