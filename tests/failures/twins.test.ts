import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Answer, Client, Problem } from '../support/client.ts'
import { crowd, tally } from '../support/crowd.ts'
import { processesAsked } from '../support/processes.ts'
import {
  aCart,
  add,
  anOrder,
  aProductWith,
  BUYER,
  must,
  type Payment,
  type PlacedOrder,
  type Product,
  see,
} from '../support/sale.ts'
import { openShop, type Shop } from '../support/shop.ts'

/** Two processes on one database: every test asks both, in turn. */
let shop: Shop
let both: readonly [Client, Client]
let product: Product

before(async () => {
  shop = await openShop({ providerDelayMs: 20, processes: processesAsked('2') })
  const [one, other] = shop.clients()
  both = [one!, other!]
  product = await aProductWith(shop, 100_000)
})
after(async () => {
  await shop.mustBeSound().finally(() => shop[Symbol.asyncDispose]())
})

/** Sends so many at once, every other one to the other process. */
function atOnce<T>(
  count: number,
  send: (client: Client, number: number) => Promise<T>,
): Promise<T[]> {
  return crowd(count, count, (number) => send(both[number % 2]!, number))
}

async function eventsOf(type: string, field: string, value: string): Promise<number> {
  const found = await shop.query(
    `select 1 from platform.events where type = $1 and data ->> $2 = $3`,
    [type, field, value],
  )
  return found.length
}

/** Headers that say which of a hundred an answer is: the log's end moves on between them. */
const OWN = new Set(['date', 'x-request-id', 'idempotent-replayed', 'torg-position'])

/** An answer byte by byte, but for those. */
function whole({ status, headers, text }: Answer<unknown>): string {
  const kept = Object.entries(headers).filter(([name]) => !OWN.has(name))
  return JSON.stringify({ status, kept, text })
}

test('an order sent 100 times at once under one key is one order, and every answer is the same', async () => {
  for (const clients of [[both[0]], both]) {
    const cartId = await aCart(both[0])
    must(await add(both[0], cartId, product.sku), 201)
    const answers = await crowd(100, 100, (number) =>
      clients[number % clients.length]!.post<PlacedOrder>(
        '/api/v1/orders',
        { cartId, ...BUYER },
        { key: `order of ${cartId}`.replaceAll(' ', '-') },
      ),
    )
    assert.deepEqual(tally(answers.map(({ status }) => String(status))), { 201: 100 })
    assert.equal(new Set(answers.map(whole)).size, 1)
    const replayed = answers.filter(({ headers }) => headers['idempotent-replayed'] === 'true')
    assert.equal(replayed.length, 99)
    assert.equal(await eventsOf('order.created', 'cartId', cartId), 1)
  }
})

test('orders of one cart under different keys at once: one is placed, the others find it closed', async () => {
  const cartId = await aCart(both[0])
  must(await add(both[0], cartId, product.sku), 201)
  const answers = await atOnce(40, (client) =>
    client.persist<PlacedOrder & Partial<Problem>>('POST', '/api/v1/orders', {
      body: { cartId, ...BUYER },
    }),
  )
  assert.deepEqual(tally(answers.map(({ status, body }) => `${status} ${body.code ?? ''}`)), {
    '201 ': 1,
    '409 cart.closed': 39,
  })
  assert.equal(await eventsOf('order.created', 'cartId', cartId), 1)
})

test('50 units added one by one at once are 50 units in the cart, and 50 are held', async () => {
  const check = async (clients: readonly Client[]): Promise<void> => {
    const cart = await aCart(both[0])
    const answers = await crowd(50, 50, (number) =>
      clients[number % clients.length]!.persist<unknown>('POST', `/api/v1/carts/${cart}/items`, {
        body: { sku: product.sku, quantity: 1 },
        key: `add-${cart}-${number}`,
      }),
    )
    assert.deepEqual(tally(answers.map(({ status }) => String(status))), { 201: 50 })
    const path = `/api/v1/carts/${cart}`
    const seen = must(await both[1].get<{ lines: { quantity: number }[] }>(path), 200)
    assert.deepEqual(
      seen.lines.map(({ quantity }) => quantity),
      [50],
    )
    const hold = [`${cart}/${product.sku}`]
    const held = await shop.query('select amount::int from platform.holds where id = $1', hold)
    assert.deepEqual(held, [{ amount: 50 }])
  }
  await check([both[0]])
  await check(both)
})

test('a payment processed 50 times at once is charged once, and all hear that it succeeded', async () => {
  for (const keyOf of [() => undefined, (n: number) => `pay-${n}`, () => 'pay-one']) {
    const order = await anOrder(both[0], product.sku, 2)
    const answers = await atOnce(50, (client, number) => {
      const key = keyOf(number)
      return client.persist<Payment>('POST', `/api/v1/payments/${order.payment.id}/process`, {
        headers: { 'x-order-token': order.token },
        ...(key === undefined ? {} : { key: `${key}-${order.id}` }),
      })
    })
    assert.deepEqual(tally(answers.map(({ status, body }) => `${status} ${body.status}`)), {
      '200 succeeded': 50,
    })
    assert.equal(new Set(answers.map(({ body }) => body.transactionId)).size, 1)
    const charges = (await shop.charges()).filter(({ reference }) => reference === order.payment.id)
    assert.deepEqual(
      charges.map(({ amount, amountRefunded }) => [amount, amountRefunded]),
      [[order.total.amount, 0]],
    )
    assert.equal(must(await see(both[1], order), 200).status, 'confirmed')
  }
})

test('twins in two processes have one effect: every cart is made once and filled once', async () => {
  const pairs = 150
  const carts = await atOnce(pairs * 2, (client, number) => {
    const key = `twin-cart-${number >> 1}`
    return client.persist<{ id: string }>('POST', '/api/v1/carts', { key })
  })
  const ids = carts.map((answer) => must(answer, 201).id)
  assert.equal(new Set(ids).size, pairs)
  const added = await atOnce(pairs * 2, (client, number) =>
    client.persist<{ line: { quantity: number } }>('POST', `/api/v1/carts/${ids[number]}/items`, {
      key: `twin-add-${number >> 1}`,
      body: { sku: product.sku, quantity: 3 },
    }),
  )
  const quantities = added.map((answer) => String(must(answer, 201).line.quantity))
  assert.deepEqual(tally(quantities), { 3: pairs * 2 })
  const [{ lines } = { lines: 0 }] = await shop.query<{ lines: number }>(
    `select count(*)::int as lines from platform.events
     where type = 'cart.line-set' and stream = any($1)`,
    [ids.map((id) => `cart/${id}`)],
  )
  assert.equal(lines, pairs)
})

test('a correction of the stock sent by both processes at once changes it once', async () => {
  const admin = await shop.signedIn('admin')
  const token = { authorization: admin.authorization }
  const before = await unitsOnHand()
  const answers = await atOnce(20, (client, number) =>
    client.with(token).persist<unknown>('PATCH', `/api/v1/products/${product.id}/stock`, {
      key: `correction-${number >> 1}`,
      body: { delta: -7, reason: 'broken' },
    }),
  )
  assert.deepEqual(tally(answers.map(({ status }) => String(status))), { 200: 20 })
  assert.equal(await unitsOnHand(), before - 70)
})

async function unitsOnHand(): Promise<number> {
  const [shelf] = await shop.query<{ units: number }>(
    `select sum(posted)::int as units from platform.accounts
     where unit = $1 and name like 'on-hand/%'`,
    [product.sku],
  )
  return shelf?.units ?? 0
}

test('cancelled and paid at once: one of them wins, whole', async (t) => {
  const orders = await crowd(60, 20, () => anOrder(both[0], product.sku))
  await atOnce(orders.length * 2, async (_, number) => {
    const order = orders[number >> 1]!
    const headers = { 'x-order-token': order.token }
    const client = both[((number >> 1) + number) % 2]!
    const isPay = number % 2 === 0
    // Now one comes first, now the other.
    await sleep(Math.random() * 8)
    const path = isPay
      ? `/api/v1/payments/${order.payment.id}/process`
      : `/api/v1/orders/${order.id}/cancel`
    const { status } = await client.persist('POST', path, { headers })
    assert([200, 409].includes(status), `${path} was answered ${status}`)
  })
  const charges = await shop.charges()
  const fates = await crowd(orders.length, 20, async (number) => {
    const order = orders[number]!
    const { status } = must(await see(both[0], order), 200)
    const charged = charges.filter(({ reference }) => reference === order.payment.id)
    const hold = [`%/${product.sku}`, order.id]
    const [held] = await shop.query<{ open: number }>(
      `select count(*)::int as open from platform.holds h where h.id like $1 and h.id in (
         select line ->> 'holdId' from platform.events e,
           json_array_elements(e.data::json -> 'lines') as line where e.stream = 'order/' || $2)`,
      hold,
    )
    return `${status}, charged ${charged.length}, held ${held?.open}`
  })
  const counted = tally(fates)
  t.diagnostic(JSON.stringify(counted))
  for (const fate of Object.keys(counted)) {
    assert.match(fate, /^(confirmed, charged 1, held 0|cancelled, charged 0, held 0)$/)
  }
})

test('one person who registers 20 times at once is registered once', async () => {
  const person = {
    email: 'twin@example.com',
    username: 'twin',
    password: 'A-long-password-2026!',
    birthDate: '1990-01-01',
  }
  const answers = await atOnce(20, (client) =>
    client.persist<Partial<Problem>>('POST', '/api/v1/users/register', { body: person }),
  )
  const statuses = tally(answers.map(({ status }) => String(status)))
  assert.equal(statuses['201'], 1, JSON.stringify(statuses))
  assert.deepEqual(Object.keys(statuses).toSorted(), ['201', '409'])
})
