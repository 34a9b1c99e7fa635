import type pg from 'pg'

import { connectionFor, type LoginRole } from '../../server/platform/db/roles.ts'
import { secretsFrom } from '../../server/platform/auth/secrets.ts'
import { openPool } from '../../server/platform/db/connections.ts'
import { lapsedHolds } from '../../server/platform/ledger/postgres-lapsed.ts'
import { checkpointOf } from '../../server/platform/log/checkpoints.ts'
import { readLog } from '../../server/platform/log/read.ts'
import { openPostgresTimers } from '../../server/platform/postgres-timers.ts'
import { TEST_SECRET } from '../../tests/support/database.ts'
import { FIRST_SHOP } from './grown-shop.ts'
import type { Site } from './ground.ts'
import { summary } from './rounds.ts'

const TIMES = 50

/** What runs all the time and not for a request: how long one look of each takes. */
export async function machineryLines(site: Site): Promise<string[]> {
  const as = (role: LoginRole) => connectionFor(site.databaseUrl, role, secretsFrom(TEST_SECRET))
  const pool = openPool({ ...as('torg_reader'), max: 1 }, () => {})
  const timers = openPostgresTimers({ connection: as('torg_reader'), onError: () => {} })
  const client = await pool.connect()
  const held = await client.query<{ holds: string; timers: string; events: string }>(
    `select (select count(*) from platform.holds) as holds, (select count(*) from platform.timers) as timers,
       (select count(*) from platform.events) + (select count(*) from platform.transfers) as events`,
  )
  const end = await checkpointOf(client, 'orders.summaries')
  const rare = { events: ['inventory.settings-changed'], transfers: false }
  const often = { events: ['order.created'], transfers: true }
  const start = { era: 0, xid: 0n, position: 0n }
  const found: Record<string, number> = {
    'log, at its end': await median(() => readLog(client, end, often)),
    'log, a page from the start': await median(() => readLog(client, start, often)),
    'log, a reach without a match': await median(() => readLog(client, start, rare)),
    'timers, none due': await median(() => timers.claim(['payment/chase', 'order/expire'], 50)),
  }
  client.release()
  const lapsed = lapsedHolds(pool)
  found['holds, none lapsed'] = await median(() => lapsed())
  await timers.close()
  await pool.end()
  const [counts] = held.rows
  return [
    `${site.name}: ${counts?.events} entries in the log, ${counts?.holds} holds and ${counts?.timers} timers wait`,
    `  one look, ms: ${Object.entries(found)
      .map(([what, ms]) => `${what} ${ms.toFixed(2)}`)
      .join('; ')}`,
  ]
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  for (let n = 0; n < TIMES; n += 1) {
    const since = performance.now()
    await work()
    taken.push(performance.now() - since)
  }
  return summary(taken).p50Ms
}

/** Empties what lists of orders read, and has the program build it from the whole log. */
export async function rebuildLine(site: Site): Promise<string> {
  const database = await site.connect()
  try {
    const orders = await count(database)
    await database.query('truncate orders.summaries, orders.archived_summaries')
    await database.query(
      `update platform.subscriptions set era = 0, xid = '0', position = 0 where name = 'orders.summaries'`,
    )
    const { startMs } = await site.serve()
    const since = performance.now()
    while ((await count(database)) < orders) {
      await new Promise((resolve) => {
        setTimeout(resolve, 200)
      })
    }
    const seconds = (performance.now() - since) / 1_000
    return `${site.name}: the list of ${orders} orders is built anew from the log in ${seconds.toFixed(1)} s, while the program answers ${startMs.toFixed(0)} ms after its start (${Math.round(orders / seconds)} orders a second)`
  } finally {
    await database.end()
  }
}

async function count(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ count: string }>(
    `select (select count(*) from orders.summaries where tenant_id = $1)
       + (select count(*) from orders.archived_summaries where tenant_id = $1) as count`,
    [FIRST_SHOP],
  )
  return Number(rows[0]?.count ?? 0)
}
