import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import { aDatabase } from '../../../tests/support/database.ts'
import { writerOf } from '../../../tests/support/store.ts'
import { followConformance } from './following.testing.ts'
import { openPostgresLog } from './postgres-log.ts'
import { BEGINNING, isBefore, type LogPage, type LogReader, type LogSource } from './source.ts'
import { logConformance, type Open } from './source.testing.ts'

const NUMBERS = `
  create schema heard;
  create table heard.numbers (
    tenant_id integer not null, subscription text not null, number integer not null,
    primary key (tenant_id, subscription, number));
  alter table heard.numbers enable row level security;
  alter table heard.numbers force row level security;
  create policy tenant on heard.numbers to torg_app
    using (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))
    with check (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int));
  grant usage on schema heard to torg_app;
  grant select, insert, update, delete on heard.numbers to torg_app;`

const EMPTY = `truncate platform.streams, platform.events, platform.accounts, platform.transfers,
  platform.holds, platform.keys, platform.timers, platform.subscriptions, platform.dead_letters,
  heard.numbers`

const onError = (): void => undefined

/** One database for the file; each subject begins with empty tables. */
const shared = (async () => {
  const db = await aDatabase()
  const admin = new pg.Client({ connectionString: db.adminUrl })
  await admin.connect()
  await admin.query(NUMBERS)
  return { db, admin }
})()

after(async () => {
  const { db, admin } = await shared
  await admin.end()
  await db[Symbol.asyncDispose]()
})

const open: Open = async () => {
  const { db, admin } = await shared
  await admin.query(EMPTY)
  const writer = await writerOf(db, { batchLimit: 10 })
  const sources: LogSource[] = []
  const readers = new Set<LogReader>()
  return {
    writer,
    source() {
      const source = openPostgresLog({
        connection: db.connection('torg_reader'),
        subscriptions: 2,
        onError,
      })
      // A test that fails gives nothing back, and its pool could never be ended.
      const open = source.open.bind(source)
      source.open = async () => {
        const reader = await open()
        const release = reader.release.bind(reader)
        readers.add(reader)
        reader.release = (isSound) => {
          if (readers.delete(reader)) release(isSound)
        }
        return reader
      }
      sources.push(source)
      return source
    },
    rows: async () =>
      (await admin.query('select subscription, number from heard.numbers order by number')).rows,
    letters: async () =>
      (await admin.query('select tenant_id as tenant, source, reason from platform.dead_letters'))
        .rows,
    lapse: async () => {
      await admin.query(`update platform.subscriptions set leased_until = '-infinity'`)
    },
    async [Symbol.asyncDispose]() {
      for (const reader of readers) reader.release(false)
      await Promise.all(sources.map((source) => source.close()))
      await writer.close()
    },
  }
}

logConformance('the log in PostgreSQL', open)
followConformance('the log in PostgreSQL', open)

test('what is rarely heard is found in a few looks, and what is always heard by looking no further than needed', async () => {
  const { db, admin } = await shared
  await admin.query(EMPTY)
  await admin.query(
    `insert into platform.events (tenant_id, stream, version, type, data, cause, era, at)
     select 1, 'numbers/many', n, case when n = 30000 then 'numbers.whispered' else 'numbers.said' end,
       json_build_object('number', n), 'test', (select max(era) from platform.eras), now()
     from generate_series(1, 30000) as n`,
  )
  const source = openPostgresLog({
    connection: db.connection('torg_reader'),
    subscriptions: 2,
    onError,
  })
  const readAll = async (events: readonly string[]) => {
    const reader = await source.open()
    const pages: LogPage[] = []
    do {
      const after = pages.at(-1)?.next ?? BEGINNING
      pages.push(await reader.read(after, { events, transfers: false }))
    } while (pages.at(-1)?.isAtHorizon !== true)
    reader.release(true)
    return pages
  }
  try {
    // Whatever else writes in this server holds the horizon back until it ends.
    const fence = await source.fence()
    for (let waits = 0; isBefore((await source.end()).readable, fence); waits += 1) {
      assert(waits < 3_000, 'somebody holds the horizon back for ever')
      await sleep(10)
    }
    const rare = await readAll(['numbers.whispered'])
    assert.equal(rare.flatMap(({ entries }) => entries).length, 1)
    assert.equal(rare.length, 4)
    const all = await readAll(['numbers.said', 'numbers.whispered'])
    const heard = all.flatMap(({ entries }) => entries)
    assert.deepEqual(
      heard.map((entry) => (entry.kind === 'event' ? entry.version : 0)),
      Array.from({ length: 30_000 }, (_, n) => n + 1),
    )
  } finally {
    await source.close()
  }
})
