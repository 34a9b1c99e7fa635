/** Every projection of the program, built anew from the first entry of the log. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import pg from 'pg'
import { pino } from 'pino'

import { compose } from '../../server/compose.ts'
import { readConfig } from '../../server/config.ts'
import type { Platform } from '../../server/platform/context.ts'
import { randomIds } from '../../server/platform/ids.ts'
import { openPostgresLog } from '../../server/platform/log/postgres-log.ts'
import { readLog } from '../../server/platform/log/read.ts'
import { BEGINNING } from '../../server/platform/log/source.ts'
import type { Subscription } from '../../server/platform/log/subscription.ts'
import { openSubscriptions } from '../../server/platform/log/subscriptions.ts'
import { TEST_SECRET } from '../support/database.ts'
import { A, good, Journey } from './journey.ts'
import { reality } from '../../server/platform/waiting.ts'
import { databaseClock } from '../../server/platform/database-clock.ts'

type Projection = Subscription & { kind: 'projection' }

const log = pino({ level: 'silent' })
let journey: Journey
before(async () => {
  journey = await Journey.begin()
})
after(() => journey?.[Symbol.asyncDispose]())

/** Those of all contexts; nothing is asked of the platform while they are put together. */
function projections(): Projection[] {
  const never = (): never => assert.fail('a projection asks nobody')
  const platform: Platform = {
    config: readConfig({ NODE_ENV: 'test', TORG_SECRET: TEST_SECRET }, []),
    write: never,
    recall: never,
    reads: { read: never, readGlobal: never },
    clock: { now: () => 0 },
    ids: randomIds,
    ...reality,
    log,
    secrets: journey.shop.database.secrets,
  }
  return compose(platform)
    .contexts.flatMap(({ subscriptions }) => subscriptions ?? [])
    .filter((each): each is Projection => each.kind === 'projection')
}

/** What a shop does on a busy day, so that every projection has something to say. */
async function aDay(): Promise<void> {
  const as = await journey.token('admin')
  for (let each = 0; each < 3; each += 1) {
    const { sku } = await journey.aProduct(20)
    await Promise.all([journey.anOrder(sku), journey.aPaidOrder(sku, 2)])
    const given = await journey.aPaidOrder(sku)
    good(await journey.patch(`${A}/orders/${given.id}/status`, { status: 'fulfilled' }, { as }))
    const { id, token } = await journey.anOrder(sku)
    good(await journey.post(`${A}/orders/${id}/cancel`, undefined, { orderToken: token }))
    await journey.aPaidOrder((await journey.aProduct(2, 'second')).sku, 1, { in: 'second' })
  }
}

/** The tables it writes, as its own rows say. */
async function tablesOf(reader: pg.Client, { project, hears }: Projection): Promise<Set<string>> {
  const found = new Set<string>()
  for (let after = BEGINNING, isDone = false; !isDone;) {
    const page = await readLog(reader, after, hears)
    for (const { write } of project(page.entries)) found.add(write.table.name)
    after = page.next
    isDone = page.isAtHorizon
  }
  return found
}

test('emptied and rebuilt from the log, every read model is the same row for row', async (t) => {
  await aDay()
  const { shop } = journey
  const all = projections()
  assert(all.length >= 2)

  const catchUp = async (): Promise<void> => {
    const running = openSubscriptions({
      ...reality,
      clock: databaseClock(Date.now()),
      source: openPostgresLog({
        connection: shop.database.connection('torg_reader'),
        subscriptions: all.length,
        onError: () => undefined,
      }),
      subscriptions: all,
      holder: 'rebuild',
      log,
    })
    await running.idle()
    await running.close()
  }
  await shop.program.kill('SIGTERM')
  await shop.query(`update platform.subscriptions set leased_until = '-infinity'`)
  await catchUp()

  const reader = new pg.Client(shop.database.connection('torg_reader'))
  await reader.connect()
  const tables = new Set<string>()
  for (const each of all) for (const name of await tablesOf(reader, each)) tables.add(name)
  await reader.end()

  const rowsOf = async (name: string) =>
    (
      await shop.query<{ row: string }>(`select each::text as row from ${name} each order by 1`)
    ).map(({ row }) => row)
  const before = new Map<string, string[]>()
  for (const name of tables) before.set(name, await rowsOf(name))
  assert((before.get('orders.summaries')?.length ?? 0) >= 12)

  await shop.query(`truncate ${[...tables].join(', ')}`)
  await shop.query('delete from platform.subscriptions where name = any($1)', [
    all.map(({ name }) => name),
  ])
  await catchUp()
  for (const [name, rows] of before) {
    assert.deepEqual(await rowsOf(name), rows, name)
    t.diagnostic(`${name}: ${rows.length} rows`)
  }
})
