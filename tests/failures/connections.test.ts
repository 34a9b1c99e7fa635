import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Answer, Client } from '../support/client.ts'
import { crowd, tally } from '../support/crowd.ts'
import { aCart, aProductWith, must, type Product } from '../support/sale.ts'
import type { Program } from '../support/program.ts'
import { openShop, type Shop } from '../support/shop.ts'

/** Longer than PostgreSQL lets a writer's transaction live (3 s). */
const PAUSE_MS = 4500

let shop: Shop
let other: Program
let product: Product

before(async () => {
  shop = await openShop()
  other = await shop.another()
  product = await aProductWith(shop, 1_000_000)
})
after(async () => {
  await shop.mustBeSound().finally(() => shop[Symbol.asyncDispose]())
})

interface Request {
  readonly cart: string
  readonly at: number
  readonly ms: number
  readonly answer: Answer<unknown> | undefined
}

/** Every client adds one unit to a cart of its own again and again until the work is over. */
async function loadWhile(
  client: Client,
  clients: number,
  work: () => Promise<void>,
): Promise<Request[]> {
  const carts = await crowd(clients, clients, () => aCart(client))
  const requests: Request[] = []
  let isOver = false
  const load = crowd(clients, clients, async (number) => {
    const cart = carts[number] ?? ''
    while (!isOver) {
      const at = performance.now()
      const answer = await client
        .post(`/api/v1/carts/${cart}/items`, { sku: product.sku, quantity: 1 })
        .catch(() => undefined)
      requests.push({ cart, at, ms: performance.now() - at, answer })
      // What is refused at once would otherwise be asked again at once.
      if (answer?.status !== 201) await sleep(10)
    }
  })
  await work().finally(() => (isOver = true))
  await load
  return requests
}

/** A cart has a unit for each answer that said so; one whose answer was 503 may be there or not. */
async function assertCarts(requests: readonly Request[]): Promise<void> {
  const carts = [...new Set(requests.map(({ cart }) => cart))]
  const rows = await shop.query<{ cart: string; units: number }>(
    `select substr(stream, 6) as cart, max((data ->> 'quantity')::int) as units
     from platform.events where type = 'cart.line-set' and stream = any($1) group by 1`,
    [carts.map((cart) => `cart/${cart}`)],
  )
  const units = new Map(rows.map((row) => [row.cart, row.units]))
  for (const cart of carts) {
    const mine = requests.filter((request) => request.cart === cart)
    const granted = mine.filter(({ answer }) => answer?.status === 201).length
    const inCart = units.get(cart) ?? 0
    assert(inCart >= granted && inCart <= mine.length, `${granted} granted, ${inCart} in the cart`)
  }
}

test('connections that PostgreSQL ends under load: answers go on, none is a bug, the process lives (R15)', async (t) => {
  const client = shop.client('demo', { connections: 32 })
  const { pid } = shop.program
  let ended = 0
  const requests = await loadWhile(client, 32, async () => {
    for (let round = 0; round < 6; round += 1) {
      await sleep(300)
      const gone = await shop.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      )
      ended += gone.length
    }
    await sleep(300)
  })

  const statuses = tally(requests.map(({ answer }) => String(answer?.status ?? 'cut')))
  t.diagnostic(`${ended} connections ended; answers ${JSON.stringify(statuses)}`)
  assert(ended > 20)
  assert.deepEqual(
    Object.keys(statuses).filter((status) => !['201', '503'].includes(status)),
    [],
  )
  for (const { answer } of requests) {
    if (answer?.status === 503) assert(Number(answer.headers['retry-after']) >= 1)
  }
  assert(shop.program.isRunning)
  assert.equal(shop.program.pid, pid)
  await assertCarts(requests)
  must(await client.get('/readyz'), 200)
  // What follows the answers goes on as well: nothing stays unread in the log.
  await untilRead()
})

async function untilRead(): Promise<void> {
  const deadline = performance.now() + 10_000
  for (;;) {
    const { body } = await shop.client().get<string>('/metrics')
    const lags = [...body.matchAll(/^torg_subscription_lag_transactions\{.*\} (\d+)/gm)]
    assert(lags.length > 0)
    if (lags.every(([, lag]) => lag === '0')) return
    assert(performance.now() < deadline, lags.map(([line]) => line).join('\n'))
    await sleep(50)
  }
}

test('a process that is paused within a transaction does not freeze the other', async (t) => {
  const mine = shop.client('demo', { connections: 16 })
  const theirs = shop.client('demo', { program: other, connections: 16 })
  let pausedAt = 0
  let theirRequests: Request[] = []
  const requests = await loadWhile(mine, 16, async () => {
    await loadWhile(theirs, 16, async () => {
      pausedAt = await pauseWithinTransaction()
      await sleep(PAUSE_MS)
      shop.program.signal('SIGCONT')
      await sleep(700)
    }).then((found) => (theirRequests = found))
  })

  const during = theirRequests.filter(
    ({ at, ms }) => at + ms > pausedAt && at < pausedAt + PAUSE_MS,
  )
  const slowest = Math.max(...during.map(({ ms }) => ms))
  const granted = during.filter(({ answer }) => answer?.status === 201).length
  const statuses = tally(during.map(({ answer }) => String(answer?.status ?? 'cut')))
  t.diagnostic(
    `the other process meanwhile: slowest ${Math.round(slowest)} ms, ${JSON.stringify(statuses)}`,
  )
  assert(slowest < 3500, `somebody waited ${slowest} ms for the paused process`)
  assert(granted > 0)
  assert.deepEqual(
    Object.keys(statuses).filter((status) => !['201', '503'].includes(status)),
    [],
  )
  const ours = tally(requests.map(({ answer }) => String(answer?.status ?? 'cut')))
  assert.deepEqual(
    Object.keys(ours).filter((status) => !['201', '503'].includes(status)),
    [],
  )
  await assertCarts([...requests, ...theirRequests])
})

/** Pauses the first process while it holds row locks; returns since when it does. */
async function pauseWithinTransaction(): Promise<number> {
  for (;;) {
    await sleep(20 + Math.random() * 30)
    shop.program.signal('SIGSTOP')
    const pausedAt = performance.now()
    // The other process never stays in a transaction that long without doing anything.
    await sleep(200)
    const [waiting] = await shop.query(
      `select 1 from pg_stat_activity
       where datname = current_database() and application_name = 'torg_writer'
         and state = 'idle in transaction' and state_change < clock_timestamp() - interval '150 ms'
         and backend_xid is not null`,
    )
    if (waiting !== undefined) return pausedAt
    shop.program.signal('SIGCONT')
  }
}
