import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import { aDatabase, type TestDatabase } from '../../../tests/support/database.ts'
import { writerOf } from '../../../tests/support/store.ts'
import { databaseClock } from '../database-clock.ts'
import type { TenantId } from '../ids.ts'
import type { Transfer } from '../ledger/transfer.ts'
import { Unavailable } from '../outcome.ts'
import {
  ball,
  commit,
  fresh,
  notes,
  receive,
  setAside,
  take,
  type Subject,
} from './commits.testing.ts'
import { conformance } from './conformance.testing.ts'
import { openPostgresStore } from './postgres-store.ts'
import { openWriter, type Writer } from './writer.ts'
import { reality } from '../waiting.ts'

const A = 1 as TenantId

const NOTES = `
  create schema conformance;
  create table conformance.notes (
    tenant_id integer not null, id text not null, note text not null,
    primary key (tenant_id, id), unique (tenant_id, note));
  alter table conformance.notes enable row level security;
  alter table conformance.notes force row level security;
  create policy tenant on conformance.notes to torg_app
    using (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))
    with check (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int));
  grant usage on schema conformance to torg_app;
  grant select, insert, update, delete on conformance.notes to torg_app;`

/** A COMMIT with a certain note takes longer than anybody waits for it. */
const SLOW = `
  create function conformance.slow() returns trigger language plpgsql as
    $$ begin perform pg_sleep(0.7); return null; end $$;
  create constraint trigger slow after insert or update on conformance.notes
    deferrable initially deferred for each row when (new.note = 'slow')
    execute function conformance.slow()`

const EMPTY = `truncate platform.streams, platform.events, platform.accounts, platform.transfers,
  platform.holds, platform.keys, platform.timers, conformance.notes`

const quiet = (): void => undefined

const aWriter = (db: TestDatabase, batchLimit = 64): Promise<Writer> =>
  writerOf(db, { lanes: 2, batchLimit })

interface PostgresSubject extends Subject {
  readonly db: TestDatabase
  readonly admin: pg.Client
}

/** One database for the file; each subject begins with empty tables and writers of its own. */
const shared = (async () => {
  const db = await aDatabase()
  const admin = new pg.Client({ connectionString: db.adminUrl })
  admin.on('error', quiet)
  await admin.connect()
  await admin.query(NOTES)
  return { db, admin }
})()

after(async () => {
  const { db, admin } = await shared
  await admin.end()
  await db[Symbol.asyncDispose]()
})

async function aSubject(): Promise<PostgresSubject> {
  const { db, admin } = await shared
  await admin.query(EMPTY)
  const [writer, other] = await Promise.all([aWriter(db), aWriter(db)])
  const one = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await admin.query<Row>(text, values)).rows
  return {
    db,
    admin,
    writer,
    other,
    balance: async (tenant, { name, unit }) => {
      const [row] = await one<{ posted: string; held: string }>(
        'select posted, held from platform.accounts where tenant_id = $1 and unit = $2 and name = $3',
        [tenant, unit, name],
      )
      return { posted: Number(row?.posted ?? 0), held: Number(row?.held ?? 0) }
    },
    replay: async (tenant, id) => {
      const [row] = await one<{ sum: string | null; gapless: boolean | null }>(
        `select sum((data ->> 'by')::int), max(version) = count(*) as gapless
         from platform.events where tenant_id = $1 and stream = $2`,
        [tenant, `tally/${id}`],
      )
      assert(row?.gapless !== false, 'versions are 1..n without a gap (I11)')
      return Number(row?.sum ?? 0)
    },
    sums: async () => (await one<{ sum: string }>(SUMS)).map(({ sum }) => Number(sum)),
    lapse: async () => {
      await admin.query(`update platform.holds set until = until - interval '1 hour'`)
    },
    rows: (tenant) =>
      one('select id, note from conformance.notes where tenant_id = $1 order by id', [tenant]),
    timers: async (tenant) =>
      (
        await one<{ id: string }>('select id from platform.timers where tenant_id = $1', [tenant])
      ).map(({ id }) => id),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([writer.close(), other.close()])
    },
  }
}

/** Both sides of every move; and rows of accounts against what the log says of them. */
const SUMS = `
  with sides as (
    select tenant_id, unit, to_account as name, amount as posted, 0 as held
      from platform.transfers where verb in ('move', 'post')
    union all
    select tenant_id, unit, from_account, -amount, 0 from platform.transfers
      where verb in ('move', 'post')
    union all
    select tenant_id, unit, from_account, 0, case verb when 'hold' then amount else -amount end
      from platform.transfers where verb <> 'move')
  select sum(posted) as sum from sides group by tenant_id, unit
  union all
  select coalesce(s.posted, 0) - a.posted + coalesce(s.held, 0) - a.held
  from platform.accounts a left join (
    select tenant_id, unit, name, sum(posted) as posted, sum(held) as held from sides
    group by tenant_id, unit, name) s using (tenant_id, unit, name)`

conformance('the PostgreSQL store', aSubject)

test('a writer that is paused in its transaction is thrown out, and the others go on', async () => {
  await using subject = await aSubject()
  await commit(subject.writer, { transfers: [receive(5)] })
  const paused = new pg.Client(subject.db.connection('torg_writer'))
  paused.on('error', quiet)
  await paused.connect()
  await paused.query('begin')
  await paused.query('select 1 from platform.accounts for update')
  const began = performance.now()
  const outcome = await commit(subject.writer, { transfers: [take(1)] })
  const waited = performance.now() - began
  assert(outcome.ok)
  assert(waited > 500 && waited < 8000, `waited ${waited} ms`)
  await assert.rejects(paused.query('commit'))
  await paused.end().catch(quiet)
})

test('nobody waits behind what comes in bulk', async () => {
  await using subject = await aSubject()
  const id = fresh('tally')
  await commit(subject.writer, { id })
  await subject.admin.query('begin')
  await subject.admin.query('select 1 from platform.streams where stream = $1 for update', [
    `tally/${id}`,
  ])
  let isDone = false
  const bulk = commit(subject.writer, { id, isBulk: true }).finally(() => (isDone = true))
  for (let n = 0; n < 20; n += 1) assert((await commit(subject.writer, { id: fresh('tally') })).ok)
  assert.equal(isDone, false)
  await subject.admin.query('rollback')
  assert((await bulk).ok)
  assert.equal(await subject.replay(A, id), 2)
})

for (const batchLimit of [2, 64]) {
  test(`batches of ${batchLimit} that are refused rows are written again behind those that followed`, async () => {
    await using subject = await aSubject()
    await using writer = await writerOf(subject.db, { batchLimit })
    const taken = { code: 'conformance.taken' }
    const names = Array.from({ length: 60 }, () => fresh('tally'))
    const outcomes = await Promise.all(
      names.map((id, n) => {
        const row = { id: `${n % 20}`, note: `of ${n % 20}` }
        return commit(writer, {
          id,
          rows: [{ table: notes, verb: 'insert', row, orRefuse: taken }],
        })
      }),
    )
    assert.equal(outcomes.filter(({ ok }) => ok).length, 20)
    for (const [n, id] of names.entries()) {
      assert.equal(await subject.replay(A, id), outcomes[n]?.ok === true ? 1 : 0)
    }
    assert.equal((await subject.rows(A)).length, 20)
  })
}

test('a connection lost at any moment, even in COMMIT, leaves one effect and its answer', async () => {
  await using subject = await aSubject()
  await commit(subject.writer, { transfers: [receive(100_000)] })
  const stop = new AbortController()
  const killing = (async () => {
    for (let kills = 0; !stop.signal.aborted; kills += 1) {
      await sleep(5 + (kills % 7) * 4)
      await subject.admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'torg_writer' and datname = current_database()`,
      )
    }
  })()
  const keys = Array.from({ length: 400 }, () => fresh('key'))
  const answered = new Set<string>()
  for (let round = 0; round < 60 && answered.size < keys.length; round += 1) {
    const some = keys.filter((key) => !answered.has(key)).slice(0, 40)
    await Promise.all(
      some.map(async (key) => {
        try {
          const writer = round % 2 ? subject.writer : subject.other
          const outcome = await commit(writer, { key, id: key, transfers: [take(1)] })
          if (outcome.ok) answered.add(key)
        } catch (error) {
          assert(error instanceof Unavailable, String(error))
        }
      }),
    )
  }
  stop.abort()
  await killing
  assert.equal(answered.size, keys.length)
  assert.equal((await subject.balance(A, ball('kyiv'))).posted, 100_000 - keys.length)
  for (const key of keys) assert.equal(await subject.replay(A, key), 1)
})

/** A way to the server that can be cut; what was sent through it goes on all the same. */
async function aWay(subject: PostgresSubject) {
  // A socket of the file system cannot be gone through; the parameters that lead there go.
  const through = new URL(subject.db.urls.torg_writer)
  const port = through.searchParams.get('port') ?? through.port
  for (const name of ['host', 'port']) through.searchParams.delete(name)
  const open = new Set<Socket>()
  let silent: ReadonlySet<Socket> = new Set()
  const proxy = createServer((client) => {
    const server = connect(Number(port), '127.0.0.1')
    for (const socket of [client, server]) socket.on('error', quiet)
    open.add(client)
    client
      .on('data', (data) => silent.has(client) || server.write(data))
      .on('end', () => server.end())
    server
      .on('data', (data) => silent.has(client) || client.write(data))
      .on('end', () => client.end())
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  through.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const store = await openPostgresStore({
    connection: { connectionString: through.href, query_timeout: 400 },
    lanes: 1,
    onError: quiet,
  })
  const clock = databaseClock(Date.now())
  const writer = openWriter({ ...reality, store, clock, queueLimit: 10, batchLimit: 10, lanes: 1 })
  return {
    writer,
    /** Nothing is heard any more through what is open. */
    silence() {
      assert.notEqual(open.size, 0)
      silent = new Set(open)
    },
    async [Symbol.asyncDispose]() {
      await writer.close()
      proxy.close()
    },
  }
}

test('a network that goes silent is given up, and the commit goes another way', async () => {
  await using subject = await aSubject()
  await using way = await aWay(subject)
  assert((await commit(way.writer, { transfers: [receive(5)] })).ok)
  way.silence()
  assert((await commit(way.writer, { transfers: [take(1)] })).ok)
  assert.equal((await subject.balance(A, ball('kyiv'))).posted, 4)
})

test('a COMMIT that takes its time while its caller is cut off counts once, under a key that was made for it', async () => {
  await using subject = await aSubject()
  await subject.admin.query(SLOW)
  try {
    await using way = await aWay(subject)
    const slow = { table: notes, verb: 'upsert', row: { id: 'slow', note: 'slow' } } as const
    for (const id of [undefined, fresh('tally')]) {
      assert((await commit(way.writer, { transfers: [receive(5)], ...(id ? { id } : {}) })).ok)
      const late = commit(way.writer, {
        isFreshKey: true,
        transfers: [take(1)],
        rows: [slow],
        ...(id ? { id } : {}),
      })
      await sleep(100)
      way.silence()
      assert((await late).ok)
      if (id !== undefined) assert.equal(await subject.replay(A, id), 2)
    }
    assert.equal((await subject.balance(A, ball('kyiv'))).posted, 8)
  } finally {
    await subject.admin.query('drop function conformance.slow cascade')
  }
})

test('texts of rows are kept as they are, whatever is in them', async () => {
  await using subject = await aSubject()
  const texts = ['', '\x1e', '\x1d', 'a\x1e0\x1fb', '"{}\\', 'null', "'; --"]
  const rows = texts.map(
    (note) => ({ table: notes, verb: 'insert', row: { id: fresh('odd'), note } }) as const,
  )
  const kept = async (): Promise<readonly string[]> => {
    const found = await subject.admin.query<{ note: string }>(
      `select note from conformance.notes where id like 'odd%'`,
    )
    return found.rows.map(({ note }) => note).toSorted()
  }
  assert((await commit(subject.writer, { rows })).ok)
  assert.deepEqual(await kept(), texts.toSorted())
  for (const { table, row } of rows) {
    const longer = { table, verb: 'update', row: { ...row, note: `!${row.note}\x1e` } } as const
    assert((await commit(subject.writer, { rows: [longer] })).ok)
  }
  assert.deepEqual(await kept(), texts.map((text) => `!${text}\x1e`).toSorted())
})

test('what cannot be sent leaves nothing of its commit, and its neighbors go on', async () => {
  await using subject = await aSubject()
  await commit(subject.writer, { transfers: [receive(9)] })
  const broken = [
    commit(subject.writer, {
      id: fresh('tally'),
      rows: [{ table: notes, verb: 'insert', row: { id: 'one', note: 'one' } }],
      transfers: [{ ...setAside('a\x1eb', 1), isNew: true } as Transfer],
    }),
    commit(subject.writer, {
      rows: [{ table: notes, verb: 'insert', row: { id: 'two', note: 'two' } }],
      answer: 'x'.repeat(70_000),
    }),
  ]
  const neighbor = commit(subject.writer, { transfers: [take(1)] })
  for (const each of await Promise.allSettled(broken)) assert.equal(each.status, 'rejected')
  assert((await neighbor).ok)
  assert.deepEqual(await subject.rows(A), [])
  assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 8, held: 0 })
})

test('an intent is refused with Unavailable when too many wait, and nothing is lost', async () => {
  await using subject = await aSubject()
  const outcomes = await Promise.allSettled(
    Array.from({ length: 1200 }, () => commit(subject.writer, { transfers: [receive(1)] })),
  )
  const refused = outcomes.filter((each) => each.status === 'rejected')
  assert.equal(refused.length, 200)
  assert(refused.every(({ reason }) => reason instanceof Unavailable))
  assert.equal((await subject.balance(A, ball('kyiv'))).posted, 1000)
})

test('two writers hammering the same accounts and streams end without deadlock or drift', async () => {
  await using subject = await aSubject()
  await commit(subject.writer, { transfers: [receive(300, 'kyiv'), receive(300, 'lviv')] })
  const outcomes = await Promise.all(
    Array.from({ length: 600 }, (_, place) => {
      const warehouses = place % 3 ? ['kyiv', 'lviv'] : ['lviv', 'kyiv']
      return commit(place % 2 ? subject.writer : subject.other, {
        id: `stream-${place % 40}`,
        transfers: [setAside(fresh('hold'), 1, warehouses)],
      })
    }),
  )
  assert(outcomes.every(({ ok }) => ok))
  const [kyiv, lviv] = [
    await subject.balance(A, ball('kyiv')),
    await subject.balance(A, ball('lviv')),
  ]
  assert.equal(kyiv.held + lviv.held, 600)
  assert.deepEqual(new Set(await subject.sums()), new Set([0]))
})

test('an answer is forgotten after two days, and the key may be used for something else', async () => {
  await using subject = await aSubject()
  const key = fresh('key')
  await commit(subject.writer, { key, fingerprint: 'one', answer: 1 })
  const age = (hours: number) =>
    subject.admin.query(`update platform.keys set at = at - make_interval(hours => $1)`, [hours])
  await age(47)
  const replayed = await commit(subject.other, { key, fingerprint: 'one', answer: 2 })
  assert(replayed.ok && replayed.value.answer === 1)
  await age(2)
  const anew = await commit(subject.other, { key, fingerprint: 'two', answer: 3 })
  assert(anew.ok && anew.value.answer === 3)
})
