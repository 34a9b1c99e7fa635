/**
 * The crash harness: a rush of buyers at a shop whose process is killed again and again (F1), whose
 * PostgreSQL is killed now and then when `TEST_POSTMASTER_KILLS` says so (F5), and whose payment
 * provider fails before and after charging, loses answers, and loses, repeats and shuffles its news
 * (F12, F13). Everything that was acknowledged must be true afterwards, and nothing done twice or by half.
 */
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Client } from '../support/client.ts'
import { startTestCluster } from '../support/cluster.ts'
import { crowd, tally } from '../support/crowd.ts'
import type { Program } from '../support/program.ts'
import { processesAsked } from '../support/processes.ts'
import { aProductWith, must, see } from '../support/sale.ts'
import { openShop, type ProviderFaults, type Shop } from '../support/shop.ts'
import { type Buyer, Waves } from './waves.ts'

/** More are for a release: `npm run test:crash`. */
const KILLS = Number(process.env['TEST_KILLS'] ?? 40)

/** So many of the kills are of PostgreSQL's postmaster, in a cluster of this test's own. */
const POSTMASTER_KILLS = Number(process.env['TEST_POSTMASTER_KILLS'] ?? 0)

const BUYERS = Math.min(10_000, 250 * KILLS)
const UNITS = Math.round(12.5 * KILLS)

/** With more orders open than this the shop lives a little longer, or the last buyers never get through. */
const BACKLOG = 100
const LIFE_MS = 1500

/** One kill after another sends a buyer back to the end of a long line. */
const PATIENCE_SECONDS = 240

/** A provider on a bad day. */
const FAULTS: ProviderFaults = {
  seed: 20261121,
  failsBefore: 0.02,
  failsAfterCharging: 0.05,
  losesAnswer: 0.05,
  webhooks: { lost: 0.5, twice: 0.3, late: 0.2, shuffled: 0.3 },
}

/** One kill: what was open when it came, and how long until the shop served again. */
interface Kill {
  readonly of: 'shop' | 'postmaster'
  readonly openOrders: number
  readonly readyMs: number
}

test('a process killed again and again during a rush loses nothing that was acknowledged', async (t) => {
  await using parts = new AsyncDisposableStack()
  const cluster = POSTMASTER_KILLS > 0 ? await startTestCluster() : undefined
  if (cluster !== undefined) parts.defer(() => cluster.stop())
  const processes = processesAsked('1')
  const shop = parts.use(await openShop({ providerDelayMs: 30, cluster, processes }))
  // Of several processes the next is asked, so that a repeat meets what another one has begun.
  const client = shop.balanced({ connections: 256, persistSeconds: PATIENCE_SECONDS })
  const product = await aProductWith(shop, 0)
  const wave = new Waves(client, product, shop)
  await shop.setFaults(FAULTS)

  const kills: Kill[] = []
  for (let kill = 0; kill < KILLS; kill += 1) {
    wave.begin(share(UNITS, kill), share(BUYERS, kill))
    await sleep(100 + Math.random() * 300)
    for (const end = performance.now() + LIFE_MS; performance.now() < end; await sleep(20)) {
      if (wave.openOrders > 0 && wave.openOrders <= BACKLOG) break
    }
    const { openOrders } = wave
    const since = performance.now()
    const ofPostmaster = share(POSTMASTER_KILLS, kill) > 0
    if (cluster !== undefined && ofPostmaster) {
      cluster.killPostmaster()
      for (const program of shop.programs) await untilReady(program)
    } else {
      const victim = shop.programs[kill % shop.programs.length]!
      await victim.kill('SIGKILL')
      await victim.start()
    }
    const of = ofPostmaster ? 'postmaster' : 'shop'
    kills.push({ of, openOrders, readyMs: performance.now() - since })
  }
  const everyone = await wave.over()
  const bought = everyone.filter(({ line }) => line === 'granted')
  sayKills(t, kills, bought)

  assert.equal(everyone.length, BUYERS)
  await finishInterrupted(shop)
  await assertAcknowledged(client, product.sku, bought)
  await assertBooks(shop, product.sku, bought)
  await shop.mustBeSound()
  await passDeadlines(shop)
  await assertNothingIsStuck(shop, product.sku)
  await shop.mustBeSound()
})

/** A shop that lost its database comes back by itself; it was not started again. */
async function untilReady(program: Program): Promise<void> {
  const { pid } = program
  await sleep(20)
  for (const deadline = performance.now() + 30_000; ;) {
    const answer = await fetch(`${program.url}/readyz`).catch(() => undefined)
    await answer?.arrayBuffer()
    if (answer?.status === 200) break
    assert(performance.now() < deadline, `the shop does not come back:\n${program.tail}`)
    await sleep(20)
  }
  assert(program.isRunning && program.pid === pid, 'the shop died with its database')
}

/** The part of a number that belongs to one kill; all of them make up the number. */
function share(whole: number, kill: number): number {
  return Math.floor((whole * (kill + 1)) / KILLS) - Math.floor((whole * kill) / KILLS)
}

/** What the deadline of an unpaid order is called. */
const DEADLINE = 'checkout.expire-order'

/** Lets what looks after interrupted payments do so now instead of in a minute. */
async function finishInterrupted(shop: Shop): Promise<void> {
  await shop.setFaults({})
  await hurryUntilNone(
    shop,
    `split_part(kind, '.', 1) in ('checkout', 'payments') and kind <> '${DEADLINE}'`,
  )
}

/** Ends what nobody will pay for any more, as half an hour would. */
async function passDeadlines(shop: Shop): Promise<void> {
  await hurryUntilNone(shop, `split_part(kind, '.', 1) in ('checkout', 'payments')`)
}

/**
 * For a minute after a payment was attempted the provider's silence proves nothing, however often it
 * is asked; then everything must be over.
 */
const LONGEST_MS = 75_000

/** Makes timers due now, again and again, until there are none of them. */
async function hurryUntilNone(shop: Shop, which: string): Promise<void> {
  for (const deadline = performance.now() + LONGEST_MS; ;) {
    const left = await shop.query<{ id: string }>(
      `update platform.timers set due_at = least(due_at, now()) where ${which} returning *`,
    )
    if (left.length === 0) return
    if (performance.now() > deadline) await sayWhatIsLeft(shop, left)
    await sleep(300)
  }
}

/** Fails with all that is known of the first timers that nothing becomes of. */
async function sayWhatIsLeft(shop: Shop, left: readonly { id: string }[]): Promise<never> {
  const some = left.slice(0, 3)
  const ids = some.map(({ id }) => id.split('/')[1])
  const events = await shop.query(
    `select stream, version, type, data, at from platform.events
     where split_part(stream, '/', 2) = any ($1) order by stream, version`,
    [ids],
  )
  const charges = (await shop.charges()).filter(({ reference }) => ids.includes(reference))
  const known = JSON.stringify({ some, events, charges }, null, 1)
  assert.fail(`nothing becomes of ${left.length} timers: ${known}\n${shop.program.tail}`)
}

/** After its deadline an order is paid or cancelled, and holds nothing. */
async function assertNothingIsStuck(shop: Shop, sku: string): Promise<void> {
  const orders = await shop.query<{ status: string; orders: number }>(
    `select status, count(*)::int as orders from (
       select distinct on (stream) substr(type, 7) as status from platform.events
       where stream like 'order/%' and type <> 'order.payment-replaced'
       order by stream, version desc) as newest
     group by status`,
  )
  const strange = orders.filter(({ status }) => !['confirmed', 'cancelled'].includes(status))
  assert.deepEqual(strange, [])
  const held = await shop.query(
    `select h.id from platform.holds h join platform.events o
       on o.type = 'order.created' and o.tenant_id = h.tenant_id
         and h.id = (o.data ->> 'cartId') || '/' || h.unit
     where h.unit = $1`,
    [sku],
  )
  assert.deepEqual(held, [])
}

/** Every answer that was given is still true. */
async function assertAcknowledged(
  client: Client,
  sku: string,
  bought: readonly Buyer[],
): Promise<void> {
  const ordered = bought.filter(({ order }) => order !== undefined)
  const seen = await crowd(ordered.length, 50, async (number) => {
    const { order, payment } = ordered[number]!
    const now = must(await see(client, order!), 200)
    assert.deepEqual(
      now.lines.map((line) => [line.sku, line.quantity]),
      [[sku, 1]],
    )
    assert.equal(now.number, order!.number)
    if (payment !== undefined) assert.equal(payment.status, 'succeeded')
    return `${payment === undefined ? 'not known to be paid' : 'paid'}: ${now.status}`
  })
  const { 'paid: confirmed': confirmed = 0, ...others } = tally(seen)
  assert.equal(confirmed, bought.filter(({ payment }) => payment !== undefined).length)
  for (const other of Object.keys(others)) {
    assert.match(other, /^not known to be paid: (reserved|confirmed)$/)
  }
  const keptLines = await crowd(bought.length, 50, async (number) => {
    const path = `/api/v1/carts/${bought[number]!.cart}`
    const { lines } = must(await client.get<{ lines: { sku: string }[] }>(path), 200)
    return lines.filter((line) => line.sku === sku).length
  })
  assert.deepEqual(tally(keptLines.map(String)), { 1: bought.length })
}

/** Nothing was done twice and nothing by half, whoever was told of it. */
async function assertBooks(shop: Shop, sku: string, bought: readonly Buyer[]): Promise<void> {
  const [books] = await shop.query<Record<string, number>>(
    `select
       (select count(*)::int from platform.events where type = 'cart.line-set') as lines,
       (select count(distinct stream)::int from platform.events
        where type = 'cart.line-set') as carts_with_lines,
       (select coalesce(sum(amount), 0)::int from platform.holds where unit = $1) as holds,
       (select sum(held)::int from platform.accounts where unit = $1) as held,
       (select sum(posted)::int from platform.accounts where unit = $1) as posted,
       (select coalesce(sum(amount), 0)::int from platform.transfers
        where unit = $1 and to_account = 'world/sold') as sold,
       (select count(*)::int from platform.events where type = 'order.created') as orders,
       (select count(distinct data ->> 'cartId')::int from platform.events
        where type = 'order.created') as carts_ordered,
       (select count(*)::int from platform.events where type = 'order.confirmed') as confirmed,
       (select count(*)::int from platform.events where type = 'payment.succeeded') as paid`,
    [sku],
  )
  assert(books !== undefined)
  const { lines, carts_with_lines, holds, held, posted, sold, orders, carts_ordered } = books
  // 500 are held or sold; the ledger, the carts and the shelf tell the same story.
  assert.deepEqual({ lines, carts_with_lines }, { lines: UNITS, carts_with_lines: UNITS })
  assert.deepEqual({ held, taken: held! + sold! }, { held: holds, taken: UNITS })
  assert.equal(posted, held)
  assert.equal(orders, carts_ordered)
  const known = bought.filter(({ order }) => order !== undefined).length
  const strangers = bought.filter(({ gaveUp }) => gaveUp === true).length
  assert(orders! >= known && orders! <= known + strangers, `${orders} orders, ${known} known`)
  assert.equal(books['confirmed'], sold)
  assert.equal(books['paid'], sold)

  // The provider took money once for each paid order, and for no other.
  const paid = await shop.query<{ payment: string; transaction: string }>(
    `select substr(stream, 9) as payment, data ->> 'transactionId' as transaction
     from platform.events where type = 'payment.succeeded'`,
  )
  const charges = await shop.charges()
  assert.deepEqual(
    charges.map(({ reference, id }) => `${reference} ${id}`).toSorted(),
    paid.map(({ payment, transaction }) => `${payment} ${transaction}`).toSorted(),
  )
}

function sayKills(t: TestContext, kills: readonly Kill[], bought: readonly Buyer[]): void {
  const live = kills.filter(({ openOrders }) => openOrders > 0).length
  const paid = bought.filter(({ payment }) => payment !== undefined).length
  const ready = (['shop', 'postmaster'] as const).map((which) => {
    const sorted = kills
      .filter(({ of }) => of === which)
      .map(({ readyMs }) => Math.round(readyMs))
      .toSorted((a, b) => a - b)
    return sorted.length === 0
      ? ''
      : `; ${sorted.length} of the ${which}, ready again p50 ${sorted[sorted.length >> 1]} ms, max ${sorted.at(-1)} ms`
  })
  t.diagnostic(
    `${kills.length} kills, ${live} with open orders (${kills.map(({ openOrders }) => openOrders).join(' ')})` +
      `${ready.join('')}; ${bought.length} lines granted, ${paid} orders paid`,
  )
  assert(live >= 0.9 * kills.length, 'too many kills hit nothing')
}
