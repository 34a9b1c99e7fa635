/** Money on its way back, and the books of an order. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { eventsOf } from './deliveries.ts'
import { undocumented } from './documented.ts'
import { A, eventually, good, Journey, refused, type Json } from './journey.ts'

let journey: Journey
let as: string
before(async () => {
  journey = await Journey.begin()
  as = await journey.token('admin')
})
after(async () => {
  await journey?.shop.mustBeSound().finally(() => journey[Symbol.asyncDispose]())
})

async function aPaidOrder(units = 1): Promise<Json> {
  const { sku } = await journey.aProduct(units)
  return { ...(await journey.aPaidOrder(sku, units)), sku }
}

const byNumber = (a: number, b: number): number => a - b

const refund = (order: Json, amount?: number, ask: object = {}, currency = 'UAH') =>
  journey.post(
    `${A}/payments/${order.paymentId}/refund`,
    { ...(amount === undefined ? {} : { amount: { amount, currency } }), reason: 'returned' },
    { as, ...ask },
  )

const moneyOf = async (order: Json): Promise<Json> =>
  good(await journey.get(`${A}/orders/${order.id}/money`, { as }))

const setStatus = (order: Json, status: string) =>
  journey.patch(`${A}/orders/${order.id}/status`, { status }, { as })

const stateOf = async (order: Json): Promise<string> => {
  const { status } = good(await journey.get(`${A}/orders/${order.id}`, { as }))
  const payment = good(await journey.get(`${A}/payments/${order.paymentId}`, { as }))
  return `${status}, ${payment.status}`
}

suite('a refund', () => {
  test('twice at once gives back what was paid and no more', async () => {
    for (let round = 0; round < 10; round += 1) {
      const order = await aPaidOrder()
      const total: number = order.total.amount
      const part = Math.ceil(total / 2) + 1
      const answers = await Promise.all([refund(order, part), refund(order, part)])
      assert.deepEqual(answers.map(({ status }) => status).toSorted(byNumber), [200, 409])
      const no = answers.find(({ status }) => status === 409)!
      assert.equal(refused(no, 409, 'payments.refund-above-paid').free, total - part)
      const { refunded, paid, setAside } = await moneyOf(order)
      assert.deepEqual([refunded, paid, setAside], [part, total - part, 0])
    }
  })

  test('in parts ends with the last of them', async () => {
    const order = await aPaidOrder()
    assert.equal(good(await refund(order, 1000)).status, 'partially-refunded')
    assert.equal(good(await refund(order)).status, 'refunded')
    refused(await refund(order), 409, 'payments.refund-above-paid')
    refused(await refund(order, 1), 409, 'payments.refund-above-paid')
    assert.equal((await moneyOf(order)).paid, 0)
  })

  test('that cannot be is refused, and nothing moves', async () => {
    const { sku } = await journey.aProduct(3)
    const unpaid = await journey.anOrder(sku)
    refused(await refund(unpaid, 1), 409, 'payments.not-paid')
    const order = await journey.aPaidOrder(sku)
    const other = await journey.token('admin', 'second')
    const shopper = await journey.token('shopper')
    const before = await journey.stored()
    refused(await refund(order, order.total.amount + 1), 409, 'payments.refund-above-paid')
    refused(await refund(order, Number.MAX_SAFE_INTEGER), 409, 'payments.refund-above-paid')
    refused(await refund(order, 1, {}, 'EUR'), 422, 'payments.wrong-currency')
    for (const amount of [0, -1, 1.5, 1e300]) {
      refused(await refund(order, amount), 422, 'request.invalid')
    }
    refused(await refund(order, 1, { in: 'second' }), 401, 'auth.token-invalid')
    refused(await refund(order, 1, { in: 'second', as: other }), 404, 'payments.unknown')
    refused(await refund(order, 1, { as: shopper }), 403, 'auth.forbidden')
    assert.deepEqual(await journey.stored(), before)
  })

  test('that the provider refuses sets nothing aside, is recorded, and can be asked for anew', async () => {
    const order = await aPaidOrder()
    await journey.shop.setFaults({ refusesRefunds: 1 })
    const no = await refund(order, 1000, { key: 'refused-once' })
    const { reason } = refused(no, 402, 'payments.declined')
    const again = await refund(order, 1000, { key: 'refused-once' })
    assert.equal(refused(again, 402, 'payments.declined').reason, reason)
    await journey.shop.setFaults({})
    const { refunded, setAside, paid, entries } = await moneyOf(order)
    assert.deepEqual([refunded, setAside, paid], [0, 0, order.total.amount])
    assert.deepEqual(
      entries.map(({ what }: Json) => what),
      ['owed', 'paid', 'set-aside', 'released'],
    )
    const events = await eventsOf(journey, `payment/${order.paymentId}`)
    assert.deepEqual(events.slice(-2), ['payment.refund-started', 'payment.refund-refused'])
    assert.equal(good(await refund(order)).status, 'refunded')
  })

  test('whose answer is lost is asked for again and given once', async () => {
    const order = await aPaidOrder()
    await journey.shop.setFaults({ losesAnswer: 1, webhooks: { lost: 1 } })
    refused(await refund(order, 500, { key: 'lost' }), 503, 'payments.provider-down')
    assert.equal((await moneyOf(order)).setAside, 500)
    await journey.shop.setFaults({})
    const given = await eventually(
      () => refund(order, 500, { key: 'lost' }),
      ({ status }) => status === 200,
    )
    assert.deepEqual(good(given).refunded, { amount: 500, currency: 'UAH' })
    const charges = await journey.shop.charges()
    const [charge] = charges.filter(({ reference }) => reference === order.paymentId)
    assert.equal(charge?.amountRefunded, 500)
  })
})

suite('an order whose money went back', () => {
  test('is not handed over, and one that was handed over can still be refunded', async () => {
    const order = await aPaidOrder()
    good(await refund(order))
    refused(await setStatus(order, 'fulfilled'), 409, 'checkout.given-back')
    const part = await aPaidOrder()
    good(await refund(part, 100))
    good(await setStatus(part, 'fulfilled'))
    good(await refund(part))
    assert.equal(await stateOf(part), 'fulfilled, refunded')
  })

  test('is handed over before the refund began or not at all, however they meet', async () => {
    for (let round = 0; round < 15; round += 1) {
      const order = await aPaidOrder()
      const [moved] = await Promise.all([setStatus(order, 'fulfilled'), refund(order).then(good)])
      if (moved.status === 409) {
        refused(moved, 409, 'checkout.given-back')
        continue
      }
      good(moved)
      const [row] = await journey.shop.query<{ is_before: boolean }>(
        `select f.position < r.position as is_before from platform.events f, platform.events r
         where f.stream = $1 and f.type = 'order.fulfilled'
           and r.stream = $2 and r.type = 'payment.refund-started'`,
        [`order/${order.id}`, `payment/${order.paymentId}`],
      )
      assert.equal(row?.is_before, true)
    }
  })

  test('is cancelled by staff: the money goes back and the units are on the shelf again', async () => {
    const order = await aPaidOrder(2)
    assert.equal(await journey.freeUnits(order.sku), 0)
    const mine = { orderToken: order.token }
    const buyers = await journey.post(`${A}/orders/${order.id}/cancel`, {}, mine)
    refused(buyers, 409, 'orders.illegal-move')
    const answers = await Promise.all([
      setStatus(order, 'cancelled'),
      setStatus(order, 'cancelled'),
    ])
    assert.deepEqual(answers.map(({ status }) => status).toSorted(byNumber), [200, 409])
    await eventually(
      () => stateOf(order),
      (state) => state === 'cancelled, refunded',
    )
    assert.equal(await journey.freeUnits(order.sku), 2)
    const { owed, paid, refunded } = await moneyOf(order)
    assert.deepEqual([owed, paid, refunded], [0, 0, order.total.amount])
  })

  test('in part is cancelled with what is left of it', async () => {
    const order = await aPaidOrder()
    good(await refund(order, 300))
    good(await setStatus(order, 'cancelled'))
    await eventually(
      () => stateOf(order),
      (state) => state === 'cancelled, refunded',
    )
    const charges = await journey.shop.charges()
    const [charge] = charges.filter(({ reference }) => reference === order.paymentId)
    assert.equal(charge?.amountRefunded, order.total.amount)
  })
})

test('the books of an order add up at every step, and only staff see them', async () => {
  const { sku } = await journey.aProduct(2)
  const order = await journey.anOrder(sku)
  const total: number = order.total.amount
  const sums = async () => {
    const { owed, paid, setAside, refunded } = await moneyOf(order)
    assert.equal(owed + paid + refunded, total)
    return { owed, paid, setAside, refunded }
  }
  assert.deepEqual(await sums(), { owed: total, paid: 0, setAside: 0, refunded: 0 })
  const path = `${A}/payments/${order.paymentId}/process`
  good(await journey.post(path, {}, { orderToken: order.token }))
  assert.deepEqual(await sums(), { owed: 0, paid: total, setAside: 0, refunded: 0 })
  good(await refund(order, 700))
  assert.deepEqual(await sums(), { owed: 0, paid: total - 700, setAside: 0, refunded: 700 })

  const { entries, payments, currency } = await moneyOf(order)
  assert.equal(currency, 'UAH')
  assert.deepEqual(payments, [
    { id: order.paymentId, status: 'partially-refunded', paid: total - 700, setAside: 0 },
  ])
  const paid = `paid/${order.paymentId}`
  assert.deepEqual(
    entries.map(({ what, from, to, amount }: Json) => [what, from, to, amount]),
    [
      ['owed', 'world/revenue', `owed/${order.id}`, total],
      ['paid', `owed/${order.id}`, paid, total],
      ['set-aside', paid, paid, 700],
      ['given-back', paid, 'world/buyers', 700],
    ],
  )

  const books = `${A}/orders/${order.id}/money`
  refused(await journey.get(books), 401, 'auth.required')
  refused(await journey.get(books, { orderToken: order.token }), 401, 'auth.required')
  refused(await journey.get(books, { as: await journey.token('shopper') }), 403, 'auth.forbidden')
  const other = { in: 'second', as: await journey.token('admin', 'second') } as const
  refused(await journey.get(books, other), 404, 'orders.unknown')

  const unpaid = await journey.anOrder(sku)
  good(await journey.post(`${A}/orders/${unpaid.id}/cancel`, {}, { orderToken: unpaid.token }))
  const forgiven = await moneyOf(unpaid)
  assert.deepEqual([forgiven.owed, forgiven.paid, forgiven.refunded], [0, 0, 0])
  assert.deepEqual(
    forgiven.entries.map(({ what }: Json) => what),
    ['owed', 'forgiven'],
  )
})

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
