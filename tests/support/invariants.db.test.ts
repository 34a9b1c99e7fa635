import assert from 'node:assert/strict'
import { after, test } from 'node:test'

import pg from 'pg'

import { databaseClock } from '../../server/platform/database-clock.ts'
import type { TenantId } from '../../server/platform/ids.ts'
import {
  commit,
  fresh,
  gone,
  receive,
  setAside,
  sold,
  take,
} from '../../server/platform/write/conformance.testing.ts'
import { openPostgresStore } from '../../server/platform/write/postgres-store.ts'
import { openWriter } from '../../server/platform/write/writer.ts'
import { aDatabase } from './database.ts'
import { violations, violationsSeenBy } from './invariants.ts'

const db = await aDatabase()
const admin = new pg.Client({ connectionString: db.adminUrl })
await admin.connect()
after(async () => {
  await admin.end()
  await db[Symbol.asyncDispose]()
})

/** Some of everything, for two shops that exist. */
async function trade(): Promise<void> {
  const store = await openPostgresStore({
    connection: db.connection('torg_writer'),
    lanes: 1,
    onError: () => undefined,
  })
  const clock = databaseClock(Date.now())
  const writer = openWriter({ store, clock, queueLimit: 100, batchLimit: 10, lanes: 1 })
  const { rows } = await admin.query<{ id: TenantId }>(
    `insert into tenants.shops (slug, host, name, currency, languages, hold_minutes, time_zone, delivery)
     values ('one', 'one', 'One', 'UAH', '["uk"]', 30, 'Europe/Kyiv', '{}'),
       ('two', 'two', 'Two', 'EUR', '["en"]', 30, 'Europe/Kyiv', '{}') returning id`,
  )
  for (const { id: tenant } of rows) {
    const hold = fresh('hold')
    await commit(writer, { tenant, transfers: [receive(100), receive(50, 'lviv')] })
    await commit(writer, { tenant, id: 'tally', transfers: [take(3)] })
    await commit(writer, { tenant, id: 'tally', transfers: [setAside(hold, 5)] })
    await commit(writer, { tenant, id: 'other', transfers: [setAside(hold, 5)] })
    await commit(writer, { tenant, transfers: [{ verb: 'void', id: hold }] })
    const bought = fresh('hold')
    await commit(writer, { tenant, transfers: [setAside(bought, 4, ['lviv'])] })
    await commit(writer, {
      tenant,
      transfers: [{ verb: 'post', id: bought, to: sold, amount: 3, refusal: gone }],
    })
    await commit(writer, { tenant, transfers: [setAside(fresh('hold'), 7, ['lviv'])] })
    await commit(writer, {
      tenant,
      timers: [{ set: 'timer', kind: 'bell', inSeconds: 60, data: {} }],
    })
  }
  await writer.close()
}

/** What is found after some changes behind everyone's back, which are taken back. */
async function planted(...changes: string[]): Promise<string[]> {
  await admin.query('begin')
  try {
    for (const change of changes) await admin.query(change)
    return await violationsSeenBy(admin)
  } finally {
    await admin.query('rollback')
  }
}

const UNCHECKED = `do $$ declare each text; begin
  for each in select conname from pg_constraint
    where conrelid = 'platform.accounts'::regclass and contype = 'c'
  loop execute format('alter table platform.accounts drop constraint %I', each); end loop; end $$`

const kyiv = `tenant_id = 1 and name = 'on-hand/kyiv'`

const SEEDED: readonly [title: string, expected: RegExp, ...changes: string[]][] = [
  [
    'an amount that no transfer explains',
    /^account 1 on-hand\/kyiv of BALL has 98 posted and 0 held, the log says 97 and 0$/,
    `update platform.accounts set posted = posted + 1 where ${kyiv}`,
  ],
  [
    'a transfer that no account shows',
    /the log says 96 and 0$/,
    `insert into platform.transfers
       (tenant_id, era, verb, unit, from_account, to_account, amount, cause, at)
     values (1, 1, 'move', 'BALL', 'on-hand/kyiv', 'world/sold', 1, 'planted', now())`,
  ],
  [
    'more held than there is',
    /breaks 0 <= held <= posted: 98 held, 97 posted$/,
    UNCHECKED,
    `update platform.accounts set held = 98 where ${kyiv}`,
  ],
  [
    'less than nothing',
    /breaks 0 <= held <= posted: 0 held, -1 posted$/,
    UNCHECKED,
    `update platform.accounts set posted = -1 where ${kyiv}`,
  ],
  [
    'a hold that its account does not know',
    /^account 1 on-hand\/lviv of BALL has 7 held, its open holds are 9$/,
    `update platform.holds set amount = 9 where tenant_id = 1`,
  ],
  [
    'a hold that is lost',
    /^account 1 on-hand\/lviv of BALL has 7 held, its open holds are $/,
    `delete from platform.holds where tenant_id = 1`,
  ],
  [
    'units from nowhere',
    /^unit BALL of shop 2 sums to 5 over all accounts$/,
    `update platform.accounts set posted = posted + 5 where tenant_id = 2 and name = 'on-hand/kyiv'`,
  ],
  [
    'a gap in a stream',
    /^stream 1 tally\/tally has events up to 2, 1 of them, and is at version 2$/,
    `delete from platform.events where tenant_id = 1 and stream = 'tally/tally' and version = 1`,
  ],
  [
    'a stream behind its events',
    /^stream 1 tally\/tally has events up to 2, 2 of them, and is at version 1$/,
    `update platform.streams set version = 1 where tenant_id = 1 and stream = 'tally/tally'`,
  ],
  [
    'a stream without events',
    /^stream 1 tally\/none has events up to , {2}of them, and is at version 1$/,
    `insert into platform.streams values (1, 'tally/none', 1)`,
  ],
  [
    'a log that shows versions 2, 1',
    /^event 2 of stream 1 tally\/tally comes earlier in the log than the one before$/,
    `update platform.events set xid = '1' where tenant_id = 1 and stream = 'tally/tally' and version = 2`,
  ],
  [
    'a position that was given twice',
    /^position \d+ of the log was given to 2 entries$/,
    `update platform.events set position = (select max(position) from platform.transfers)
     where tenant_id = 1 and stream = 'tally/other'`,
  ],
  [
    'a hold that ends in another shop',
    /^hold \S+ of on-hand\/kyiv let go more than shop 2 took$/,
    `delete from platform.transfers where verb = 'hold' and tenant_id = 2`,
  ],
  [
    'a row of a shop that does not exist',
    /^platform\.timers has 1 rows of shop 7, which does not exist$/,
    `update platform.timers set tenant_id = 7 where tenant_id = 2`,
  ],
]

test('what the writer leaves violates nothing', async () => {
  await trade()
  assert.deepEqual(await violations(db.adminUrl), [])
})

for (const [title, expected, ...changes] of SEEDED) {
  test(`${title}: is found`, async () => {
    const found = await planted(...changes)
    assert(
      found.some((each) => expected.test(each)),
      `not among: ${found.join('; ') || 'nothing'}`,
    )
    assert.deepEqual(await violations(db.adminUrl), [])
  })
}
