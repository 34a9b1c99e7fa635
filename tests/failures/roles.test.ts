import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Client } from '../support/client.ts'
import { crowd } from '../support/crowd.ts'
import type { Program } from '../support/program.ts'
import { processesOf } from '../support/processes.ts'
import { anOrder, aProductWith, must, pay, type PlacedOrder } from '../support/sale.ts'
import { openShop, type Shop } from '../support/shop.ts'

/** Two processes that serve requests and two workers, on one database. */
let shop: Shop
let client: Client
let admin: Client
let sku: string

before(async () => {
  shop = await openShop({ providerDelayMs: 5, processes: processesOf('2+2') })
  client = shop.balanced()
  admin = client.with({ authorization: (await shop.signedIn('admin')).authorization })
  sku = (await aProductWith(shop, 10_000)).sku
})
after(async () => {
  await shop.mustBeSound().finally(() => shop[Symbol.asyncDispose]())
})

const workers = (): readonly Program[] => shop.programs.slice(shop.fronts.length)

async function ask(program: Program, path: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(program.url + path)
  return { status: answer.status, text: await answer.text() }
}

test('a worker tells its operators how it is, and serves nothing else', async () => {
  for (const worker of workers()) {
    assert.equal((await ask(worker, '/livez')).status, 200)
    assert.deepEqual(await ask(worker, '/readyz'), { status: 200, text: '{"status":"ready"}' })
    const { text } = await ask(worker, '/metrics')
    assert.match(text, /^torg_subscription_lag_transactions\{subscription="/m)
    assert.match(text, /^process_resident_memory_bytes \d/m)
    for (const path of ['/', '/docs', '/openapi.json', '/api/v1/products', '/tour']) {
      assert.equal((await ask(worker, path)).status, 404, path)
    }
  }
  for (const front of shop.fronts) {
    const { text } = await ask(front, '/metrics')
    assert.doesNotMatch(text, /torg_subscription_lag_transactions/)
  }
})

/** How long after it was placed an order is in the list that staff read; fails after 10 s, long before a lease ends. */
async function shownAfter({ id }: PlacedOrder): Promise<number> {
  const since = performance.now()
  for (;;) {
    const { items } = must(await admin.get<{ items: { id: string }[] }>('/api/v1/orders'), 200)
    const ms = performance.now() - since
    if (items.some((each) => each.id === id)) return ms
    assert(ms < 10_000, 'the order is not shown')
    await sleep(10)
  }
}

/** Shown with leases that are waited for, in `bugs.ts`. */
test('whichever worker is killed, the other goes on with what it did', async (t) => {
  const times: number[] = []
  for (const worker of workers()) {
    await shownAfter(await anOrder(client, sku))
    await worker.kill('SIGKILL')
    times.push(await shownAfter(await anOrder(client, sku)))
    await worker.start()
  }
  t.diagnostic(`read models stood still for ${times.map((ms) => Math.round(ms)).join(' and ')} ms`)
})

test('workers that stop in order hand over at once', async (t) => {
  const times: number[] = []
  for (const worker of workers()) {
    assert.deepEqual(await worker.kill('SIGTERM'), { code: 0, signal: null })
    times.push(await shownAfter(await anOrder(client, sku)))
    await worker.start()
  }
  t.diagnostic(`read models stood still for ${times.map((ms) => Math.round(ms)).join(' and ')} ms`)
  assert(Math.max(...times) < 3_000)
})

test('a rush over four processes is answered without a 503, and each order is paid once', async (t) => {
  const since = performance.now()
  const orders = await crowd(400, 64, () => anOrder(client, sku))
  const paid = await crowd(orders.length, 64, async (number) =>
    must(await pay(client, orders[number]!), 200),
  )
  const ms = performance.now() - since
  assert(paid.every(({ status }) => status === 'succeeded'))
  assert.equal((await shop.charges()).length, orders.length)
  t.diagnostic(`${Math.round(orders.length / (ms / 1000))} orders/s`)
})
