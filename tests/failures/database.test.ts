/**
 * PostgreSQL that dies, restarts, cuts every connection, takes no writes or has no connection left
 * while a sale goes on (F5, F6, F8; R15): the process lives, every request is answered with what it
 * asked for or with 503, answers are back within 5 s of the database, nothing acknowledged is lost and
 * nothing is done twice.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import type { Client } from '../support/client.ts'
import { startTestCluster, type TestCluster } from '../support/cluster.ts'
import { crowd, tally } from '../support/crowd.ts'
import {
  aProductWith,
  BUYER,
  must,
  type Payment,
  type PlacedOrder,
  type Product,
  see,
} from '../support/sale.ts'
import { openShop, type Shop } from '../support/shop.ts'

const BUYERS = 16

/** A shop that says nothing for so long is silent, and the test says what it knows. */
const SILENT_MS = 20_000

/** From the moment on which PostgreSQL takes connections again (requirement R15). */
const BACK_MS = 5000

/** What the longest `Retry-After` may say (requirement R15). */
const RETRY_SECONDS = 10

let cluster: TestCluster
let shop: Shop
let product: Product
let pid: number

before(async () => {
  cluster = await startTestCluster()
  shop = await openShop({ providerDelayMs: 10, cluster })
  product = await aProductWith(shop, 1_000_000)
  pid = shop.program.pid
})
after(async () => {
  await shop?.mustBeSound().finally(() => shop[Symbol.asyncDispose]())
  await cluster?.stop()
})

/** One purchase, as far as its answers tell. */
interface Bought {
  readonly cart: string
  readonly order: PlacedOrder
  readonly payment: Payment
}

let keys = 0

/** Buyers who buy one unit after another until they are told to go home. */
class Sale {
  readonly bought: Bought[] = []
  /** What every request was answered with, one that was not answered as `cut`. */
  readonly answers: string[] = []
  readonly waits: number[] = []
  /** When which buyer heard a yes. */
  readonly heard: { readonly buyer: number; readonly at: number }[] = []
  private readonly client: Client
  private readonly sku: string
  private isOver = false
  private readonly load: Promise<unknown>

  constructor(client: Client, sku: string) {
    this.client = client
    this.sku = sku
    this.load = crowd(BUYERS, BUYERS, async (buyer) => {
      while (!this.isOver) await this.buy(buyer)
    })
    // What goes wrong is thrown by `over`.
    this.load.catch(() => undefined)
  }

  async over(): Promise<void> {
    this.isOver = true
    await this.load
  }

  private async buy(buyer: number): Promise<void> {
    const cart = (await this.step<{ id: string }>(buyer, '/carts', undefined, 201)).id
    await this.step(buyer, `/carts/${cart}/items`, { sku: this.sku, quantity: 1 }, 201)
    const order = await this.step<PlacedOrder>(buyer, '/orders', { cartId: cart, ...BUYER }, 201)
    const headers = { 'x-order-token': order.token }
    const path = `/payments/${order.payment.id}/process`
    const payment = await this.step<Payment>(buyer, path, undefined, 200, headers)
    this.bought.push({ cart, order, payment })
  }

  /** Under one key until it is answered with anything but 503. */
  private async step<T>(
    buyer: number,
    path: string,
    body: unknown,
    status: number,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const key = `buy-${(keys += 1)}`
    for (;;) {
      const asking = { body, key, headers }
      const answer = await this.client.ask<T>('POST', `/api/v1${path}`, asking).catch(() => null)
      this.answers.push(answer === null ? 'cut' : String(answer.status))
      if (answer !== null && answer.status !== 503) {
        this.heard.push({ buyer, at: performance.now() })
        return must(answer, status)
      }
      if (answer !== null) this.waits.push(Number(answer.headers['retry-after']))
      await sleep(50 + Math.random() * 100)
    }
  }

  /** Somebody has bought something. */
  async isUnderWay(): Promise<void> {
    for (const deadline = performance.now() + SILENT_MS; this.bought.length < BUYERS / 2;) {
      await sleep(20)
      if (performance.now() > deadline) this.fail('the sale does not begin')
    }
  }

  private fail(why: string): never {
    this.isOver = true
    assert.fail(`${why}; ${JSON.stringify(tally(this.answers))}\n${shop.program.tail}`)
  }

  /** How long after the database was back each buyer heard a yes, the quickest first. */
  async backAfter(at: number): Promise<number[]> {
    for (const deadline = performance.now() + SILENT_MS; ; await sleep(20)) {
      const first = new Map<number, number>()
      for (const each of this.heard) {
        if (each.at > at && !first.has(each.buyer)) first.set(each.buyer, each.at - at)
      }
      if (first.size === BUYERS) return [...first.values()].toSorted((a, b) => a - b)
      if (performance.now() < deadline) continue
      this.fail(`only ${first.size} buyers hear anything again`)
    }
  }
}

/** Returns when PostgreSQL takes connections again, and when that was. */
async function untilBack(): Promise<number> {
  for (const deadline = performance.now() + 30_000; ; await sleep(5)) {
    const client = new pg.Client({ connectionString: shop.database.adminUrl })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('select 1')
      return performance.now()
    } catch {
      assert(performance.now() < deadline, 'PostgreSQL does not come back')
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

/** Gone first: a postmaster that was told to stop still takes connections for a moment. */
async function restarted(signal: 'SIGKILL' | 'SIGINT' | 'SIGQUIT'): Promise<Strike> {
  const before = await startOf()
  cluster.killPostmaster(signal)
  for (;;) {
    const backAt = await untilBack()
    if ((await startOf().catch(() => before)) !== before) return { backAt, ended: 1 }
    await sleep(5)
  }
}

async function startOf(): Promise<string> {
  const [row] = await asAdmin<{ at: string }>('select pg_postmaster_start_time()::text as at')
  return row?.at ?? ''
}

/** On a connection of its own, which nobody has ended. */
async function asAdmin<Row extends object = object>(text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: shop.database.adminUrl })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('set default_transaction_read_only = off')
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Ends the connections of the shop, so many of a hundred. */
async function terminate(percent = 100): Promise<number> {
  const ended = await asAdmin(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and usename like 'torg\\_%' and random() * 100 < ${percent}`,
  )
  return ended.length
}

const alter = (what: string) => asAdmin(`alter database ${shop.database.name} ${what}`)

/** When PostgreSQL serves again, and how many connections or servers it ended. */
interface Strike {
  readonly backAt: number
  readonly ended: number
}

const DISASTERS: Readonly<Record<string, () => Promise<Strike>>> = {
  'the postmaster is killed': () => restarted('SIGKILL'),
  'the postmaster is restarted fast': () => restarted('SIGINT'),
  'the postmaster is restarted at once': () => restarted('SIGQUIT'),
  async 'connections are ended at random, ten times,'() {
    let ended = 0
    for (let round = 0; round < 10; round += 1) {
      ended += await terminate(50)
      await sleep(50 + Math.random() * 100)
    }
    return { backAt: performance.now(), ended }
  },
  /** Connections that were opened meanwhile stay so: the shop has to make others. */
  async 'nothing can be written for a second'() {
    await alter('set default_transaction_read_only = on')
    const ended = await terminate()
    await sleep(1000)
    await alter('reset default_transaction_read_only')
    return { backAt: performance.now(), ended }
  },
  async 'no connection is left for a second'() {
    await alter('connection limit 0')
    const ended = await terminate()
    await sleep(1000)
    await alter('connection limit -1')
    return { backAt: performance.now(), ended }
  },
}

for (const [disaster, strike] of Object.entries(DISASTERS)) {
  test(`${disaster} during a sale: nothing acknowledged is lost, and answers come back`, async (t) => {
    const client = shop.client('demo', { connections: BUYERS })
    const sale = new Sale(client, product.sku)
    await sale.isUnderWay()
    const struck = performance.now()
    const { backAt, ended } = await strike()
    const back = await sale.backAfter(backAt)
    await sale.over()

    const [half = 0, last = 0] = [back[back.length >> 1], back.at(-1)].map((ms) =>
      Math.round(ms ?? 0),
    )
    const answers = tally(sale.answers)
    t.diagnostic(
      `database away ${Math.round(backAt - struck)} ms; answers again after p50 ${half} ms, max ${last} ms; ` +
        `${sale.bought.length} bought; answers ${JSON.stringify(answers)}`,
    )
    assert(last <= BACK_MS, `somebody heard nothing for ${last} ms`)
    assert(shop.program.isRunning && shop.program.pid === pid, 'the shop died with its database')
    const strange = Object.keys(answers).filter((each) => !['200', '201', '503'].includes(each))
    assert.deepEqual(strange, [])
    assert(
      sale.waits.every((seconds) => seconds >= 1 && seconds <= RETRY_SECONDS),
      `Retry-After was ${[...new Set(sale.waits)].join()}`,
    )
    assert(ended > 0, 'it did not strike')
    await assertTrue(client, sale.bought)
  })
}

/** What was acknowledged is there, once: the order, its money and nothing beside them. */
async function assertTrue(client: Client, bought: readonly Bought[]): Promise<void> {
  const charges = tally((await shop.charges()).map(({ reference }) => reference))
  const orders = await shop.query<{ cart: string; orders: number }>(
    `select data ->> 'cartId' as cart, count(*)::int as orders from platform.events
     where type = 'order.created' group by 1`,
  )
  const ofCart = new Map(orders.map((each) => [each.cart, each.orders]))
  const fates = await crowd(bought.length, 16, async (number) => {
    const { cart, order, payment } = bought[number]!
    const { status } = must(await see(client, order), 200)
    return `${payment.status}, ${status}, ${ofCart.get(cart)} order, ${charges[order.payment.id]} charge`
  })
  assert.deepEqual(tally(fates), { 'succeeded, confirmed, 1 order, 1 charge': bought.length })
}

test('what follows the answers goes on: nothing stays unread in the log', async () => {
  for (const deadline = performance.now() + 15_000; ; await sleep(50)) {
    const { body } = await shop.client().get<string>('/metrics')
    const lags = [...body.matchAll(/^torg_subscription_lag_transactions\{.*\} (\d+)/gm)]
    if (lags.length > 0 && lags.every(([, lag]) => lag === '0')) return
    assert(performance.now() < deadline, lags.map(([line]) => line).join('\n'))
  }
})
