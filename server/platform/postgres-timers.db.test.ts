import { after } from 'node:test'

import pg from 'pg'

import { aDatabase } from '../../tests/support/database.ts'
import { writerOf } from '../../tests/support/store.ts'
import { openPostgresTimers } from './postgres-timers.ts'
import type { TimerSource } from './timers.ts'
import { timersConformance } from './timers.testing.ts'

const onError = (): void => undefined

const shared = (async () => {
  const db = await aDatabase()
  const admin = new pg.Client({ connectionString: db.adminUrl })
  await admin.connect()
  const writer = await writerOf(db)
  return { db, admin, writer }
})()

after(async () => {
  const { db, admin, writer } = await shared
  await writer.close()
  await admin.end()
  await db[Symbol.asyncDispose]()
})

timersConformance('timers in PostgreSQL', async () => {
  const { db, admin, writer } = await shared
  await admin.query('truncate platform.timers, platform.dead_letters')
  const sources: TimerSource[] = []
  return {
    writer,
    source() {
      const source = openPostgresTimers({ connection: db.connection('torg_reader'), onError })
      sources.push(source)
      return source
    },
    left: async () =>
      (
        await admin.query(
          `select id, attempts,
             extract(epoch from due_at - clock_timestamp())::float8 as "inSeconds"
           from platform.timers order by id`,
        )
      ).rows,
    letters: async () =>
      (
        await admin.query(
          'select tenant_id as tenant, source, entry, reason from platform.dead_letters',
        )
      ).rows,
    makeDue: async () => {
      await admin.query('update platform.timers set due_at = clock_timestamp()')
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(sources.map((source) => source.close()))
    },
  }
})
