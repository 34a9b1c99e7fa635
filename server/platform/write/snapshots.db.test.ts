import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import fc from 'fast-check'
import pg from 'pg'

import { aDatabase, type TestDatabase } from '../../../tests/support/database.ts'
import { readsOf } from '../../../tests/support/store.ts'
import { databaseClock } from '../database-clock.ts'
import type { Reads } from '../db/reads.ts'
import type { Statement } from '../db/statement.ts'
import type { TenantId } from '../ids.ts'
import { see } from '../log/streams.ts'
import { stream } from './commit.ts'
import { foldOf } from './folds.ts'
import { openPostgresStore } from './postgres-store.ts'
import { counting, counts, snapshotConformance, writersOver } from './snapshots.testing.ts'

let db: TestDatabase
let admin: pg.Client
before(async () => {
  db = await aDatabase()
  admin = new pg.Client({ connectionString: db.adminUrl })
  await admin.connect()
})
after(async () => {
  await admin.end()
  await db[Symbol.asyncDispose]()
})

const quiet = (): void => undefined
const forget = async (): Promise<void> => void (await admin.query('truncate platform.snapshots'))

snapshotConformance('PostgreSQL', async () => {
  const postgres = await openPostgresStore({
    connection: db.connection('torg_writer'),
    lanes: 1,
    onError: quiet,
  })
  const { store, handedOut } = counting(postgres)
  const clock = databaseClock(Date.now())
  return {
    store,
    handedOut,
    writer: writersOver(store, clock, 1),
    kept: async (name) =>
      (
        await admin.query<{ version: number }>(
          'select version from platform.snapshots where tenant_id = 1 and stream = $1',
          [name],
        )
      ).rows.map(({ version }) => version),
    forget,
    [Symbol.asyncDispose]: () => postgres.close(),
  }
})

/** Writes a stream by hand, each event at a time of its own, with snapshots at some versions. */
async function record(id: string, times: readonly number[], kept: readonly number[]) {
  await admin.query(
    `insert into platform.events (tenant_id, stream, version, type, data, cause, era, at)
     select 1, $1, place, 'snapshots.counted', json_build_object('by', place), 'suite key', 1,
       to_timestamp(at / 1000.0)
     from unnest($2::float8[]) with ordinality as e (at, place)`,
    [`count/${id}`, times],
  )
  for (const version of kept) {
    await admin.query(
      `insert into platform.snapshots (tenant_id, stream, version, fold, state, at)
       values (1, $1, $2, $3, $4, to_timestamp($5 / 1000.0::float8)) on conflict do nothing`,
      [
        `count/${id}`,
        version,
        foldOf(counts),
        JSON.stringify(prefix(version)),
        Math.max(...times.slice(0, version)),
      ],
    )
  }
}

function prefix(length: number) {
  let state = counts.initial
  for (let version = 1; version <= length; version += 1) {
    state = counts.apply(state, { type: 'snapshots.counted', by: version }, { version, at: 0 })
  }
  return state
}

test('as of any instant is what the events up to it add up to, with snapshots and without', async () => {
  const reads = readsOf(db)
  let made = 0
  await fc.assert(
    fc.asyncProperty(
      // Steps of the clock between events: none, forward, and now and then back.
      fc.array(fc.integer({ min: -3, max: 9 }), { minLength: 1, maxLength: 40 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 4 }),
      fc.integer({ min: -20, max: 300 }),
      async (steps, places, offset) => {
        const id = `as-of-${(made += 1)}`
        let now = Date.UTC(2026, 10, 21)
        const began = now
        const times = steps.map((step) => (now += step))
        await record(
          id,
          times,
          places.filter((place) => place <= times.length),
        )
        const asOf = began + offset
        const later = times.findIndex((at) => at > asOf)
        const expected = later === -1 ? times.length : later
        const { state, version } = await see(reads, 1 as TenantId, stream(counts, id), asOf)
        assert.equal(version, expected)
        assert.deepEqual(state, prefix(expected))
        const newest = await see(reads, 1 as TenantId, stream(counts, id))
        assert.deepEqual(newest.state, prefix(times.length))
      },
    ),
    { numRuns: 60 },
  )
  await reads.close()
})

test('a reader of a long stream is given at most the last hundred events', async () => {
  const handed: number[] = []
  const open = readsOf(db)
  const reads: Reads = {
    readGlobal: (asked, values) => open.readGlobal(asked, values),
    async read<Row>(tenant: TenantId, asked: Statement<Row>, values?: readonly unknown[]) {
      const rows = await open.read(tenant, asked, values)
      handed.push(rows.filter((row) => (row as { type: unknown }).type !== null).length)
      return rows
    },
  }
  const times = Array.from({ length: 1_000 }, (_, place) => Date.UTC(2026, 0, 1) + place)
  const kept = [100, 200, 300, 400, 500, 600, 700, 800, 900]
  await record('long', times, kept)
  for (const [asOf, version] of [
    [undefined, 1_000],
    [times[449], 450],
    [times[98], 99],
  ] as const) {
    handed.length = 0
    const seen = await see(reads, 1 as TenantId, stream(counts, 'long'), asOf)
    assert.equal(seen.version, version)
    assert.deepEqual(seen.state, prefix(version))
    assert(Math.max(...handed) <= 100 && handed.length === 1, `${handed.join()} events`)
  }
  await open.close()
})
