/**
 * A kill at each step of a checkout (F2): before its commit, after it and before anybody hears of it,
 * and, where the provider is asked, after the provider has answered. The moment is found from outside:
 * a trigger of the test makes the step's event wait for a lock of the test, so the product needs no
 * switch. Afterwards the same request under the same key brings the step to its end, once.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import type { Answer, Client } from '../support/client.ts'
import { tally } from '../support/crowd.ts'
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

let shop: Shop
let client: Client
let staff: Client
let product: Product
/** Holds the lock for which the step's event waits. */
let gate: pg.Client

const LOCK = 7_240_811

before(async () => {
  shop = await openShop({ providerDelayMs: 5 })
  client = shop.client()
  staff = await shop.signedIn('admin')
  product = await aProductWith(shop, 1000)
  // News of the provider would take the step that is waited for.
  await shop.setFaults({ webhooks: { lost: 1 } })
  gate = new pg.Client({ connectionString: shop.database.adminUrl })
  await gate.connect()
  await gate.query(
    `create function public.wait_at_the_gate() returns trigger language plpgsql as
     $$ begin perform pg_advisory_xact_lock_shared(${LOCK}); return new; end $$`,
  )
})
after(async () => {
  await gate.end()
  await shop.mustBeSound().finally(() => shop[Symbol.asyncDispose]())
})

/** A request and the step of it that is interrupted. */
interface Step {
  readonly name: string
  /** Appended by the step's commit. */
  readonly event: string
  /** What is there before; the request that is then sent, again and again under one key. */
  readonly prepare: () => Promise<() => Promise<Answer<unknown>>>
  /** Of the answer. */
  readonly status: number
}

const payment = (order: PlacedOrder) => `/api/v1/payments/${order.payment.id}`
const tokenOf = ({ token }: PlacedOrder) => ({ 'x-order-token': token })
let keys = 0
const aKey = (): string => `step-${(keys += 1)}`

const paying = async () => {
  const order = await anOrder(client, product.sku)
  const asking = { headers: tokenOf(order), key: aKey() }
  return () => client.persist('POST', `${payment(order)}/process`, asking)
}

const refunding = async () => {
  const order = await anOrder(client, product.sku)
  const headers = tokenOf(order)
  must(await client.post(`${payment(order)}/process`, undefined, { headers }), 200)
  const body = { amount: { amount: 100, currency: 'UAH' }, reason: 'scratched' }
  const asking = { body, key: aKey() }
  return () => staff.persist('POST', `${payment(order)}/refund`, asking)
}

const STEPS: readonly Step[] = [
  {
    name: 'placing the order',
    event: 'order.created',
    async prepare() {
      const cartId = await aCart(client)
      must(await add(client, cartId, product.sku), 201)
      const asking = { body: { cartId, ...BUYER }, key: aKey() }
      return () => client.persist('POST', '/api/v1/orders', asking)
    },
    status: 201,
  },
  { name: 'noting that it is paid', event: 'payment.attempted', prepare: paying, status: 200 },
  // The provider has answered: before this commit the money has moved and nobody here knows.
  { name: 'booking the answer', event: 'payment.succeeded', prepare: paying, status: 200 },
  {
    name: 'cancelling',
    event: 'order.cancelled',
    async prepare() {
      const order = await anOrder(client, product.sku)
      const asking = { headers: tokenOf(order), key: aKey() }
      return () => client.persist('POST', `/api/v1/orders/${order.id}/cancel`, asking)
    },
    status: 200,
  },
  { name: 'beginning a refund', event: 'payment.refund-started', prepare: refunding, status: 200 },
  { name: 'ending a refund', event: 'payment.refunded', prepare: refunding, status: 200 },
]

const count = async (event: string): Promise<number> =>
  (await shop.query('select 1 from platform.events where type = $1', [event])).length

/** Lets the event wait at the gate, sends the request, returns when it waits. */
async function stopAt(event: string, send: () => Promise<Answer<unknown>>) {
  await gate.query(
    `create trigger gate before insert on platform.events for each row
       when (new.type = '${event}') execute function public.wait_at_the_gate()`,
  )
  await gate.query(`select pg_advisory_lock(${LOCK})`)
  // It goes on asking while the process is dead, and is heard by the next.
  const answer = send()
  answer.catch(() => {})
  for (const deadline = performance.now() + 5000; ;) {
    const waiting = await shop.query(
      `select 1 from pg_locks where locktype = 'advisory' and not granted and objid = ${LOCK}`,
    )
    if (waiting.length > 0) return { answer }
    assert(performance.now() < deadline, `${event} never came to the gate`)
    await sleep(2)
  }
}

async function openGate(): Promise<void> {
  await gate.query(`select pg_advisory_unlock(${LOCK})`)
  await gate.query('drop trigger gate on platform.events')
}

const MOMENTS: Readonly<Record<string, (event: string, had: number) => Promise<void>>> = {
  async 'before its commit'() {
    await shop.program.kill('SIGKILL')
    // PostgreSQL may have been sent the commit with the event, and would carry it out.
    await gate.query(`select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and not granted and objid = ${LOCK}`)
    await openGate()
  },
  /** The process sleeps while PostgreSQL commits what it was sent, and never hears of it. */
  async 'after its commit'(event, had) {
    shop.program.signal('SIGSTOP')
    await gate.query(`select pg_advisory_unlock(${LOCK})`)
    const until = performance.now() + 300
    while ((await count(event)) === had && performance.now() < until) await sleep(5)
    if ((await count(event)) === had) {
      // The commit was not sent yet: the process is let go until it is there, and no further.
      shop.program.signal('SIGCONT')
      while ((await count(event)) === had) await sleep(1)
    }
    await shop.program.kill('SIGKILL')
    await gate.query('drop trigger gate on platform.events')
  },
}

for (const { name, event, prepare, status } of STEPS) {
  for (const [moment, kill] of Object.entries(MOMENTS)) {
    test(`killed while ${name}, ${moment}: it happens once, and the same request is answered`, async () => {
      const send = await prepare()
      const had = await count(event)
      const { answer } = await stopAt(event, send)
      await kill(event, had)
      assert.equal(await count(event), moment === 'after its commit' ? had + 1 : had)
      await shop.program.start()

      const first = must(await answer, status)
      assert.equal(await count(event), had + 1)
      assert.deepEqual(must(await send(), status), first)
      assert.equal(await count(event), had + 1)
    })
  }
}

test('killed while the provider is asked, after it has charged: the money is taken once', async () => {
  await shop.setFaults({ slowMs: 1000, webhooks: { lost: 1 } })
  const order = await anOrder(client, product.sku)
  const asking = { headers: tokenOf(order), key: aKey() }
  const had = (await shop.charges()).length
  const answer = client.persist<Payment>('POST', `${payment(order)}/process`, asking)
  while ((await shop.charges()).length === had) await sleep(5)
  await shop.program.kill('SIGKILL')
  await shop.setFaults({ webhooks: { lost: 1 } })
  await shop.program.start()
  assert.equal(must(await answer, 200).status, 'succeeded')
  assert.equal((await shop.charges()).length, had + 1)
  assert.equal(must(await see(client, order), 200).status, 'confirmed')
})

test('what was interrupted left nothing open', async () => {
  const timers = await shop.query<{ kind: string }>(
    `select kind from platform.timers where kind like 'payments.%' or kind = 'checkout.resume-payment'`,
  )
  assert.deepEqual(tally(timers.map(({ kind }) => kind)), {})
})
