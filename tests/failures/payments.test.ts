import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Client, Problem } from '../support/client.ts'
import { crowd, tally } from '../support/crowd.ts'
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
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
let client: Client
let product: Product

before(async () => {
  shop = await openShop({ providerDelayMs: 250 })
  // Deliveries would bring the end before the answer does.
  await shop.setFaults({ webhooks: { lost: 1 } })
  client = shop.client()
  product = await aProductWith(shop, 1000)
})
after(async () => {
  await shop.mustBeSound().finally(() => shop[Symbol.asyncDispose]())
})

interface Shelf {
  readonly posted: number
  readonly held: number
}

async function shelf(): Promise<Shelf> {
  const [found] = await shop.query<Shelf>(
    `select sum(posted)::int as posted, sum(held)::int as held from platform.accounts
     where unit = $1 and name like 'on-hand/%'`,
    [product.sku],
  )
  return found ?? { posted: 0, held: 0 }
}

async function chargesOf({ payment }: PlacedOrder): Promise<readonly [number, number][]> {
  const all = await shop.charges()
  return all
    .filter(({ reference }) => reference === payment.id)
    .map(({ amount, amountRefunded }) => [amount, amountRefunded])
}

/** Looks every 50 ms; throws what it last saw when that does not come true. */
async function eventually(seconds: number, look: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    try {
      return await look()
    } catch (error) {
      if (performance.now() > deadline) throw error
      await sleep(50)
    }
  }
}

/** Makes the deadline of an order pass now, as the clock would in half an hour. */
async function passDeadline({ id }: PlacedOrder): Promise<void> {
  const timers = await shop.query(
    'update platform.timers set due_at = now() where id = $1 returning 1',
    [`order/${id}/deadline`],
  )
  assert.equal(timers.length, 1)
}

test('an order that is not paid in time is cancelled and its units are free', async () => {
  const before = await shelf()
  const order = await anOrder(client, product.sku, 3)
  assert.deepEqual(await shelf(), { ...before, held: before.held + 3 })
  await passDeadline(order)

  await eventually(5, async () => {
    const { status } = must(await see(client, order), 200)
    assert.equal(status, 'cancelled')
  })
  assert.deepEqual(await shelf(), before)
  const late = await pay(client, order)
  assert.equal(late.status, 409)
  assert.deepEqual(await chargesOf(order), [])
})

test('a deadline that passes while the order is being paid takes nothing from the buyer', async () => {
  const orders = await crowd(20, 10, () => anOrder(client, product.sku))
  const paying = crowd(orders.length, orders.length, async (number) => {
    await sleep(Math.random() * 100)
    return pay(client, orders[number]!)
  })
  await crowd(orders.length, orders.length, async (number) => {
    await sleep(Math.random() * 100)
    await shop.query('update platform.timers set due_at = now() where id = $1', [
      `order/${orders[number]!.id}/deadline`,
    ])
  })
  const answers = await paying
  // A timer is looked for every 250 ms.
  await sleep(600)
  const fates = await crowd(orders.length, 10, async (number) => {
    const order = orders[number]!
    const { status } = must(await see(client, order), 200)
    const charges = await chargesOf(order)
    return `${answers[number]?.status} ${status}, charged ${charges.length}`
  })
  for (const fate of Object.keys(tally(fates))) {
    assert.match(fate, /^(200 confirmed, charged 1|409 cancelled, charged 0)$/)
  }
})

test('a hold that lapsed is no obstacle while there are units, and units sold meanwhile are not sold twice', async () => {
  const last = await aProductWith(shop, 1, 1)
  const order = await anOrder(client, last.sku)
  // The hold lapses before the payment is due, which only a stopped timer can bring about.
  await lapseHolds(last)
  const rival = await anOrder(client, last.sku)
  const refused = await pay(client, order)
  assert.equal(refused.status, 409)
  assert.deepEqual(await chargesOf(order), [])
  await lapseHolds(last)
  assert.equal(must(await pay(client, rival), 200).status, 'succeeded')
  assert.equal((await chargesOf(rival)).length, 1)
})

test('units that were sold while the provider took the money: it is given back, the order ends', async () => {
  const last = await aProductWith(shop, 1, 2)
  const order = await anOrder(client, last.sku)
  const paying = pay(client, order)
  await eventually(2, async () => assert.equal((await chargesOf(order)).length, 1))
  await lapseHolds(last)
  const rival = await anOrder(client, last.sku)

  const { status, body } = await paying
  assert.deepEqual([status, (body as unknown as Problem).code], [409, 'checkout.sold-out'])
  const { amount } = order.total
  await eventually(5, async () => assert.deepEqual(await chargesOf(order), [[amount, amount]]))
  const { body: ended } = await see(client, order)
  assert.deepEqual([ended.status, ended.reason], ['cancelled', 'sold-out'])
  assert.equal(must(await pay(client, rival), 200).status, 'succeeded')
})

/** Ends the holds of a product at once, as half an hour would. */
function lapseHolds({ sku }: Product): Promise<unknown> {
  return shop.query(
    `update platform.holds set until = now() - interval '1 second' where unit = $1`,
    [sku],
  )
}

test('a provider that is down is 503 with Retry-After, and the same key pays later, once', async () => {
  const order = await anOrder(client, product.sku, 2)
  await shop.provider.kill('SIGKILL')
  const key = `pay-${order.id}`
  const down = await client.post<Problem>(
    `/api/v1/payments/${order.payment.id}/process`,
    undefined,
    {
      headers: { 'x-order-token': order.token },
      key,
    },
  )
  assert.equal(down.status, 503)
  assert.equal(down.body.code, 'payments.provider-down')
  assert(Number(down.headers['retry-after']) >= 1)
  assert.equal(must(await see(client, order), 200).status, 'reserved')
  const cancelled = await client.post<Problem>(`/api/v1/orders/${order.id}/cancel`, undefined, {
    headers: { 'x-order-token': order.token },
  })
  // Nobody knows whether money has moved, so the order can neither end nor be paid again.
  assert.deepEqual([cancelled.status, cancelled.body.code], [409, 'checkout.payment-under-way'])

  await shop.provider.start()
  const paid = await client.persist<Payment>(
    'POST',
    `/api/v1/payments/${order.payment.id}/process`,
    { headers: { 'x-order-token': order.token }, key },
  )
  assert.equal(must(paid, 200).status, 'succeeded')
  assert.deepEqual(await chargesOf(order), [[order.total.amount, 0]])
  assert.equal(must(await see(client, order), 200).status, 'confirmed')
})

test('a payment whose process and provider died is taken up by a timer and charged once', async () => {
  await shop.setFaults({ webhooks: { lost: 1 } })
  const order = await anOrder(client, product.sku)
  const paying = pay(client, order).catch(() => undefined)
  // The money moves when the request arrives; the answer takes a quarter of a second.
  await eventually(2, async () => assert.equal((await chargesOf(order)).length, 1))
  await Promise.all([shop.program.kill('SIGKILL'), shop.provider.kill('SIGKILL')])
  await paying
  await Promise.all([shop.program.start(), shop.provider.start()])
  assert.equal(must(await see(client, order), 200).status, 'reserved')

  const timer = [`payment/${order.payment.id}/resume`]
  await shop.query('update platform.timers set due_at = now() where id = $1', timer)
  await eventually(5, async () => {
    assert.equal(must(await see(client, order), 200).status, 'confirmed')
  })
  assert.deepEqual(await chargesOf(order), [[order.total.amount, 0]])
})
