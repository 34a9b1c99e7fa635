import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'

import pg from 'pg'

import { aDatabase } from '../../../tests/support/database.ts'
import { writerOf } from '../../../tests/support/store.ts'
import { openPool } from '../db/connections.ts'
import { randomIds, type TenantId } from '../ids.ts'
import type { WriteIntent } from '../write/commit.ts'
import { commit, receive, setAside, short } from '../write/commits.testing.ts'
import { lapsedHolds } from './postgres-lapsed.ts'
import { sweepHolds } from './sweep.ts'

const [A, B] = [1 as TenantId, 2 as TenantId]
const quiet = (): void => undefined

const db = await aDatabase()
const admin = new pg.Client({ connectionString: db.adminUrl })
await admin.connect()
const pool = openPool({ ...db.connection('torg_reader'), max: 1 }, quiet)
const writer = await writerOf(db)

after(async () => {
  await writer.close()
  await pool.end()
  await admin.end()
  await db[Symbol.asyncDispose]()
})

beforeEach(() => admin.query('truncate platform.holds, platform.accounts, platform.transfers'))

const hold = async (tenant: TenantId, ...names: string[]) => {
  const outcome = await commit(writer, {
    tenant,
    transfers: [receive(names.length), ...names.map((name) => setAside(name, 1))],
  })
  assert(outcome.ok)
}

/** Lets the deadline of holds go by whose names match a pattern. */
const lapse = (pattern: string) =>
  admin.query(`update platform.holds set until = now() - interval '1 s' where id like $1`, [
    pattern,
  ])

const held = async (tenant: TenantId): Promise<number> => {
  const { rows } = await admin.query(
    'select held::int from platform.accounts where tenant_id = $1',
    [tenant],
  )
  return rows[0].held
}

test('lapsed holds of all shops are let go in batches, open ones stay (INV-04)', async () => {
  const names = Array.from({ length: 1500 }, (_, each) => `a-${each}`)
  await hold(A, ...names, 'open')
  await hold(B, ...names)
  await lapse('a-%')
  await sweepHolds(lapsedHolds(pool), writer.write, randomIds).run()
  assert.deepEqual([await held(A), await held(B)], [1, 0])
  const { rows } = await admin.query(
    `select tenant_id, verb, count(*)::int from platform.transfers where verb = 'lapse'
     group by 1, 2 order by 1`,
  )
  assert.deepEqual(
    rows.map(({ count }) => count),
    [1500, 1500],
  )
})

test('a hold that is extended between the look and the commit stays', async () => {
  await hold(A, 'extended', 'lapsed')
  await lapse('%')
  const slowly: WriteIntent = async (intent) => {
    await admin.query(
      `update platform.holds set until = now() + interval '1 minute' where id = 'extended'`,
    )
    return writer.write(intent)
  }
  await sweepHolds(lapsedHolds(pool), slowly, randomIds).run()
  const { rows } = await admin.query('select id from platform.holds')
  assert.deepEqual(rows, [{ id: 'extended' }])
  assert.equal(await held(A), 1)
})

test('two sweepers at once let nothing go twice', async () => {
  await hold(A, ...Array.from({ length: 200 }, (_, each) => `a-${each}`))
  await lapse('%')
  const sweeper = sweepHolds(lapsedHolds(pool), writer.write, randomIds)
  await Promise.all([sweeper.run(), sweeper.run()])
  assert.equal(await held(A), 0)
  const { rows } = await admin.query(
    `select count(*)::int as count from platform.transfers where verb = 'lapse'`,
  )
  assert.deepEqual(rows, [{ count: 200 }])
  const outcome = await commit(writer, { transfers: [setAside('all', 200)] })
  assert(outcome.ok, `${short.code}: the units are not free`)
})
