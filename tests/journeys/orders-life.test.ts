/** An order from its first breath to the archive: states, history, any instant, lists, one answer for one key. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { randomIds, type TenantId } from '../../server/platform/ids.ts'
import { archiveOrders } from '../../server/contexts/orders/jobs/archive-orders.ts'
import { undocumented } from './documented.ts'
import { A, eventually, good, Journey, refused, TERMS, type Ask, type Json } from './journey.ts'
import { readsOf, writerOf } from '../support/store.ts'

let journey: Journey
let staff: Ask
before(async () => {
  journey = await Journey.begin()
  staff = { as: await journey.token('admin') }
})
after(() => journey?.[Symbol.asyncDispose]())

const setStatus = (id: string, status: string, ask: Ask = staff) =>
  journey.patch(`${A}/orders/${id}/status`, { status }, ask)
const orderAt = async (id: string, asOf: string) =>
  journey.get(`${A}/orders/${id}?asOf=${encodeURIComponent(asOf)}`, staff)
const historyOf = async (id: string, ask: Ask = staff): Promise<Json[]> =>
  good(await journey.get(`${A}/orders/${id}/history`, ask)).items
const cancel = (order: Json) =>
  journey.post(`${A}/orders/${order.id}/cancel`, undefined, { orderToken: order.token })

/** A signed-in shopper's own order. */
async function ofShopper(sku: string): Promise<Json> {
  const as = await journey.token('shopper')
  const cartId = await journey.aCart(sku, 1, { as })
  return good(await journey.post(`${A}/orders`, { cartId, ...TERMS }, { as }), 201)
}

/** An order in each state that buyers and staff can bring about. */
async function inEachState(): Promise<Readonly<Record<string, Json>>> {
  const { sku } = await journey.aProduct(10)
  const reserved = await journey.anOrder(sku)
  const confirmed = await journey.aPaidOrder(sku)
  const fulfilled = await journey.aPaidOrder(sku)
  good(await setStatus(fulfilled.id, 'fulfilled'))
  const cancelled = await journey.anOrder(sku)
  good(await cancel(cancelled))
  return { reserved, confirmed, fulfilled, cancelled }
}

suite('the states of an order', () => {
  test('nobody moves it where it cannot go; the problem names from and to, and nothing changes', async () => {
    const illegal: Readonly<Record<string, readonly string[]>> = {
      reserved: ['created', 'reserved', 'confirmed', 'fulfilled'],
      confirmed: ['created', 'reserved', 'confirmed'],
      fulfilled: ['created', 'reserved', 'confirmed', 'fulfilled', 'cancelled'],
      cancelled: ['created', 'reserved', 'confirmed', 'fulfilled', 'cancelled'],
    }
    const orders = await inEachState()
    for (const [from, order] of Object.entries(orders)) {
      const before = await historyOf(order.id)
      for (const to of illegal[from] ?? []) {
        const problem = refused(await setStatus(order.id, to), 409, 'orders.illegal-move')
        assert.deepEqual([problem.from, problem.to], [from, to])
        assert.match(problem.detail, new RegExp(`${from}.*${to}`))
      }
      assert.deepEqual(await historyOf(order.id), before)
      assert.equal(good(await journey.get(`${A}/orders/${order.id}`, staff)).status, from)
    }
    refused(await cancel(orders['fulfilled']), 409, 'orders.illegal-move')
    refused(await setStatus(crypto.randomUUID(), 'fulfilled'), 404, 'orders.unknown')
    refused(await setStatus(orders['reserved'].id, 'lost'), 422, 'request.invalid')
    refused(await setStatus(orders['confirmed'].id, 'fulfilled', {}), 401, 'auth.required')
    const shopper = { as: await journey.token('shopper') }
    const answer = await setStatus(orders['confirmed'].id, 'fulfilled', shopper)
    refused(answer, 403, 'auth.forbidden')
  })

  test('each is published as an event of its own, in order (ORD-08, ORD-13)', async () => {
    const { fulfilled, cancelled } = await inEachState()
    const published = async (id: string) =>
      (
        await journey.shop.query<{ type: string }>(
          'select type from platform.events where stream = $1 order by version',
          [`order/${id}`],
        )
      ).map(({ type }) => type)
    assert.deepEqual(await published(fulfilled.id), [
      'order.created',
      'order.reserved',
      'order.confirmed',
      'order.fulfilled',
    ])
    assert.deepEqual(await published(cancelled.id), [
      'order.created',
      'order.reserved',
      'order.cancelled',
    ])
  })
})

suite('the history of an order', () => {
  test('says in words what happened, when, and who did it', async () => {
    const { sku } = await journey.aProduct(3)
    const order = await ofShopper(sku)
    const own = { as: await journey.token('shopper') }
    good(await journey.post(`${A}/payments/${order.payment.id}/process`, undefined, own))
    good(await setStatus(order.id, 'fulfilled'))

    const told = await historyOf(order.id, { ...own, headers: { 'accept-language': 'en' } })
    assert.deepEqual(
      told.map(({ version, event, by }) => [version, event, by]),
      [
        [1, 'order.created', 'buyer'],
        [2, 'order.reserved', 'buyer'],
        [3, 'order.confirmed', 'buyer'],
        [4, 'order.fulfilled', 'staff'],
      ],
    )
    assert.match(told[3].words, /handed over|передан/)
    assert(told.every(({ at }) => Date.parse(at) <= Date.now() + 1000))
    assert(
      told.every((entry) => !('internal' in entry)),
      'a buyer is told nothing internal',
    )
    assert(!JSON.stringify(told).includes(await journey.userId('admin')))

    const all = await historyOf(order.id)
    assert.equal(all[3].internal.userId, await journey.userId('admin'))
    assert.equal(all[0].internal.userId, await journey.userId('shopper'))
    assert.equal(all[2].internal.paymentId, order.payment.id)
    const spoken = await historyOf(order.id, { ...staff, headers: { 'accept-language': 'uk' } })
    assert.equal(spoken[3].words, 'Товар передано.')
  })

  test('comes in pages, and only to whoever may see the order', async () => {
    const { sku } = await journey.aProduct(3)
    const order = await journey.aPaidOrder(sku)
    const at = `${A}/orders/${order.id}/history`
    const first = good(await journey.get(`${at}?limit=2`, { orderToken: order.token }))
    assert.deepEqual(
      first.items.map(({ version }: Json) => version),
      [1, 2],
    )
    const rest = good(await journey.get(`${at}?limit=2&after=${first.next}`, staff))
    assert.deepEqual(
      rest.items.map(({ version }: Json) => version),
      [3],
    )
    assert.equal(rest.next, null)
    refused(await journey.get(at), 404, 'orders.unknown')
    refused(await journey.get(at, { orderToken: 'x' }), 404, 'orders.unknown')
    refused(await journey.get(at, { as: await journey.token('shopper') }), 404, 'orders.unknown')
    const other = { as: await journey.token('admin', 'second'), in: 'second' } as const
    refused(await journey.get(at, other), 404, 'orders.unknown')
    refused(await journey.get(`${at}?after=x`, staff), 422, 'request.invalid')
  })

  test('at any instant the order is what its history had made of it by then', async () => {
    const { sku } = await journey.aProduct(3)
    const order = await journey.aPaidOrder(sku)
    good(await setStatus(order.id, 'fulfilled'))
    const now = good(await journey.get(`${A}/orders/${order.id}`, staff))
    const history = await historyOf(order.id)
    const status = (at: number): string | undefined =>
      history.findLast((entry) => Date.parse(entry.at) <= at)?.event.replace('order.', '')
    const instants = history.flatMap(({ at }) => [-1, 0, 1].map((off) => Date.parse(at) + off))
    for (const at of instants) {
      const answer = await orderAt(order.id, new Date(at).toISOString())
      const expected = status(at)
      if (expected === undefined) refused(answer, 404, 'orders.unknown')
      else {
        const seen = good(answer)
        assert.equal(seen.status, expected)
        assert.deepEqual(seen.lines, now.lines)
      }
    }
    assert.deepEqual(good(await orderAt(order.id, '2999-01-01T00:00:00Z')), now)
  })
})

suite('lists of orders', () => {
  test('are narrowed by status, time, user and number, as people write them', async () => {
    const { sku } = await journey.aProduct(5)
    const since = new Date(Date.now() - 5_000).toISOString()
    const mine = await ofShopper(sku)
    const guests = await journey.aPaidOrder(sku)
    const userId = await journey.userId('shopper')
    const ids = async (query: string, ask = staff): Promise<string[]> =>
      good(await journey.get(`${A}/orders${query}`, ask)).items.map(({ id }: Json) => id)
    await eventually(
      () => ids(`?status=confirmed&number=${guests.number}`),
      (found) => found.length === 1,
    )
    assert.deepEqual(await ids(`?number=${guests.number.toLowerCase().replaceAll('-', '')}`), [
      guests.id,
    ])
    assert.deepEqual(await ids(`?number=${guests.number}&status=cancelled`), [])
    assert.deepEqual(await ids(`?number=${guests.number}&userId=${userId}`), [])
    assert.deepEqual(await ids(`?number=${mine.number}&userId=${userId}&status=reserved`), [
      mine.id,
    ])
    assert((await ids(`?from=${since}&status=confirmed`)).includes(guests.id))
    assert(!(await ids(`?to=${since}`)).includes(guests.id))
    const own = { as: await journey.token('shopper') }
    assert((await ids(`/user/${userId}?status=reserved&from=${since}`, own)).includes(mine.id))
    assert.deepEqual(await ids(`/user/${userId}?to=${since}&from=${since}`, own), [])
    for (const query of ['status=lost', 'number=1', 'from=yesterday', 'userId=1', 'color=red']) {
      refused(await journey.get(`${A}/orders?${query}`, staff), 422, 'request.invalid')
    }
  })

  test('and history and asOf are the same a year later, when the orders are archived (ORD-16)', async () => {
    const orders = await inEachState()
    const mine = await ofShopper((await journey.aProduct(1)).sku)
    good(
      await journey.post(`${A}/orders/${mine.id}/cancel`, undefined, {
        as: await journey.token('shopper'),
      }),
    )
    await eventually(
      async () => good(await journey.get(`${A}/orders?number=${mine.number}`, staff)).items,
      (items) => items[0]?.status === 'cancelled',
    )
    const look = async () => {
      const found: unknown[] = []
      for (const { id, number } of [...Object.values(orders), mine]) {
        found.push(good(await journey.get(`${A}/orders?number=${number}`, staff)))
        found.push(await historyOf(id), good(await orderAt(id, new Date().toISOString())))
      }
      const userId = await journey.userId('shopper')
      found.push(good(await journey.get(`${A}/orders/user/${userId}?limit=100`, staff)))
      for (let after = ''; ;) {
        const page = good(await journey.get(`${A}/orders?limit=3${after}`, staff))
        found.push(page)
        if (page.next === null) return found
        after = `&after=${page.next}`
      }
    }
    const before = await look()
    await archive(366)
    const archived = await journey.shop.query<{ order_id: string }>(
      'select order_id from orders.archived_summaries',
    )
    const there = new Set(archived.map(({ order_id }) => order_id))
    const which = Object.entries(orders).filter(([, { id }]) => there.has(id))
    assert.deepEqual(
      which.map(([status]) => status),
      ['fulfilled', 'cancelled'],
    )
    assert(there.has(mine.id))
    assert.deepEqual(await look(), before)
  })
})

/** The shop's own job, beside the running program, by a clock that is so many days ahead. */
async function archive(daysAhead: number): Promise<void> {
  const { database } = journey.shop
  const reads = readsOf(database)
  const { write, close } = await writerOf(database)
  const ahead = { now: () => Date.now() + daysAhead * 86_400_000 }
  const shops = await journey.shop.query<{ id: TenantId }>('select id from tenants.shops')
  const tenants = async () => shops.map(({ id }) => id)
  try {
    await archiveOrders({ write, reads, clock: ahead, ids: randomIds }, 365, tenants).run()
  } finally {
    await close()
    await reads.close()
  }
}

suite('an order request', () => {
  test('under one key has one answer for 48 hours, and is no order twice (ORD-09)', async () => {
    const { sku } = await journey.aProduct(3)
    const body = { cartId: await journey.aCart(sku, 1), ...TERMS }
    const key = crypto.randomUUID()
    const send = () => journey.post(`${A}/orders`, body, { key })
    const first = good(await send(), 201)
    const age = (hours: number) =>
      journey.shop.query(
        `update platform.keys set at = clock_timestamp() - make_interval(hours => $2) where key = $1`,
        [key, hours],
      )
    for (const hours of [0, 24, 47]) {
      await age(hours)
      assert.deepEqual(good(await send(), 201), first)
    }
    refused(
      await journey.post(`${A}/orders`, { ...body, deliveryMethod: 'courier' }, { key }),
      422,
      'request.key-reused',
    )
    await age(49)
    refused(await send(), 409, 'cart.closed')
    const found = await journey.shop.query(
      `select 1 from platform.events where type = 'order.created' and data ->> 'cartId' = $1`,
      [body.cartId],
    )
    assert.equal(found.length, 1)
  })

  test('takes price and promise from the shop, and keeps every amount (ORD-10)', async () => {
    const { sku, price } = await journey.aProduct(5)
    const order = await journey.anOrder(sku, 3)
    assert.equal(order.items.amount, 3 * price.amount)
    const tax = order.taxes.areIncluded ? 0 : order.tax.amount
    const sum = order.items.amount - order.discount.amount + tax
    assert.equal(order.total.amount, sum + order.delivery.amount)
    assert.equal(await journey.freeUnits(sku), 2)
  })

  test('that fails at its last step leaves nothing of the steps before (ORD-11)', async () => {
    // So many that nobody is told of a low stock meanwhile.
    const { sku } = await journey.aProduct(1_000)
    const cartId = await journey.aCart(sku, 2)
    const before = await journey.stored()
    const request = { cartId, ...TERMS, expectedTotal: { amount: 1, currency: 'UAH' } }
    refused(await journey.post(`${A}/orders`, request), 409, 'pricing.changed')
    assert.deepEqual(await journey.stored(), before)
    assert.equal(good(await journey.get(`${A}/carts/${cartId}`)).status, 'open')
  })
})

test('everything was answered as the documentation says', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
