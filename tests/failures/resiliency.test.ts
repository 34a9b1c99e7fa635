/** Every cell of the resiliency matrix (`resiliency-cells.ts`), tried on a real shop. */
import assert from 'node:assert/strict'
import { createHmac, randomUUID } from 'node:crypto'
import { after, before, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { secretsFrom } from '../../server/platform/auth/secrets.ts'
import { DEMO_PASSWORD } from '../../server/demo/users.ts'
import type { Answer, Client } from '../support/client.ts'
import { TEST_SECRET } from '../support/database.ts'
import {
  aCart,
  add,
  anOrder,
  aProductWith,
  BUYER,
  must,
  type PlacedOrder,
} from '../support/sale.ts'
import type { Program } from '../support/program.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { type Action, type Cell, CELLS, type Fault, FAULTS } from './resiliency-cells.ts'

/** What is tried here; the rest has no cell. */
type Tried = Exclude<Action, 'search' | 'courier' | 'seat'>

/** Each sends one request on things of its own. */
type Tries = Readonly<Record<Tried, () => Promise<Answer<unknown>>>>

const WEBHOOK_KEY = secretsFrom(TEST_SECRET).derive('payment-webhooks').current

/** Each fault has a product of its own. */
let nth = 0

/** All that the tries need is there before anything breaks. */
async function triesOn(shop: Shop, program: Program = shop.program): Promise<Tries> {
  const staff = await shop.signedIn('admin')
  const there = shop.client('demo', { program })
  const admin = there.with({ authorization: staff.authorization })
  const { id: product, sku } = await aProductWith(shop, 1000, (nth += 1))
  const guest = shop.client()
  const [cart, filled] = [await aCart(guest), await aCart(guest)]
  must(await add(guest, filled, sku), 201)
  const [unpaid, unwanted, noticed] = await threeOrders(guest, sku)
  return {
    browse: () => there.get('/api/v1/products'),
    'sign-in': () =>
      there.post('/api/v1/users/login', { email: 'shopper@demo.test', password: DEMO_PASSWORD }),
    cart: () => add(there, cart, sku),
    order: () => there.post('/api/v1/orders', { cartId: filled, ...BUYER }),
    pay: () =>
      there.post(`/api/v1/payments/${unpaid.payment.id}/process`, undefined, shown(unpaid)),
    see: () => there.get(`/api/v1/orders/${noticed.id}`, shown(noticed)),
    orders: () => admin.get('/api/v1/orders'),
    cancel: () => there.post(`/api/v1/orders/${unwanted.id}/cancel`, undefined, shown(unwanted)),
    stock: () =>
      admin.patch(`/api/v1/products/${product}/stock`, { delta: 1, reason: 'a found one' }),
    notice: () => declinedNotice(there, noticed),
  }
}

async function threeOrders(
  client: Client,
  sku: string,
): Promise<readonly [PlacedOrder, PlacedOrder, PlacedOrder]> {
  return [await anOrder(client, sku), await anOrder(client, sku), await anOrder(client, sku)]
}

function shown({ token }: PlacedOrder) {
  return { headers: { 'x-order-token': token } }
}

/** Signed news of the provider that a payment was declined. */
function declinedNotice(client: Client, { payment, total }: PlacedOrder): Promise<Answer<unknown>> {
  const createdAt = new Date().toISOString()
  const charge = {
    id: `ch_${randomUUID()}`,
    status: 'declined',
    reference: payment.id,
    ...total,
    createdAt,
    reason: 'card_expired',
  }
  const body = JSON.stringify({ type: 'charge.declined', createdAt, data: { charge } })
  const id = `msg_${randomUUID()}`
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', WEBHOOK_KEY)
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')
  return client.ask('POST', '/api/v1/payments/webhooks/test', {
    body,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
  })
}

/** Tries every action of a fault at once, each against its cell. */
async function tryAll(t: { test: typeof test }, fault: Fault, tries: Tries): Promise<void> {
  const cells = Object.entries(CELLS[fault] ?? {}) as [Tried, Cell][]
  assert(cells.length > 0, `${fault} has no cells`)
  const outcomes = cells.map(async ([action, cell]) => {
    const since = performance.now()
    const answer = await tries[action]()
    return { action, cell, answer, ms: performance.now() - since }
  })
  // A failure is told by the test of its cell.
  const settled = await Promise.allSettled(outcomes)
  for (const [place, [action, cell]] of cells.entries()) {
    await t.test(`${FAULTS[fault]}: ${action} ${cell.is}`, () => {
      const outcome = settled[place]
      assert(outcome !== undefined)
      if (outcome.status === 'rejected') throw outcome.reason
      const { answer, ms } = outcome.value
      const said = JSON.stringify(answer.body)
      assert.equal(answer.status, cell.status, said)
      assert(ms <= cell.withinMs, `${Math.round(ms)} ms`)
      if (cell.is === 'refused') assert(Number(answer.headers['retry-after']) > 0, 'no Retry-After')
    })
  }
}

/** Everything works again, without anybody starting anything. */
async function untilWorking({ client, program }: { client: Client; program: Program }) {
  const since = performance.now()
  for (const deadline = since + 20_000; ;) {
    const { status } = await client.get('/readyz')
    const cart =
      status === 200 ? await client.post('/api/v1/carts').catch(() => undefined) : undefined
    if (cart?.status === 201) break
    assert(performance.now() < deadline, `it does not come back:\n${program.tail}`)
    await sleep(20)
  }
  return performance.now() - since
}

suite('what still works while something is broken', () => {
  let shop: Shop
  before(async () => {
    shop = await openShop({ wires: true })
    // Deliveries would bring the end before the answer does.
    await shop.setFaults({ webhooks: { lost: 1 } })
  })
  after(async () => {
    await shop.mustBeSound().finally(() => shop[Symbol.asyncDispose]())
  })

  for (const [fault, wire, state] of [
    ['database-away', 'database', 'cut'],
    ['provider-away', 'provider', 'cut'],
    ['provider-silent', 'provider', 'silent'],
    ['database-silent', 'database', 'silent'],
  ] as const) {
    test(FAULTS[fault], async (t) => {
      const tries = await triesOn(shop)
      shop.wires[wire].set(state)
      try {
        await tryAll(t, fault, tries)
      } finally {
        shop.wires[wire].set('open')
      }
      const ms = await untilWorking({ client: shop.client(), program: shop.program })
      t.diagnostic(`works again after ${Math.round(ms)} ms`)
    })
  }

  test(FAULTS['process-killed'], async (t) => {
    const other = await shop.another()
    const tries = await triesOn(shop, other)
    await shop.program.kill('SIGKILL')
    try {
      await tryAll(t, 'process-killed', tries)
    } finally {
      await shop.program.start()
    }
  })
})

test(FAULTS['worker-away'], async (t) => {
  await using shop = await openShop()
  const api = await shop.another(['api'])
  const tries = await triesOn(shop, api)
  await shop.program.kill('SIGKILL')
  await tryAll(t, 'worker-away', tries)
})
