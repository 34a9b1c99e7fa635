import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'

import pg from 'pg'

import { aDatabase } from '../../../tests/support/database.ts'
import { writerOf } from '../../../tests/support/store.ts'
import { commit } from './commits.testing.ts'
import { forgetAnswers } from './forget-answers.ts'

const db = await aDatabase()
const admin = new pg.Client({ connectionString: db.adminUrl })
await admin.connect()
const writer = await writerOf(db)
const job = forgetAnswers(db.connection('torg_writer'))

after(async () => {
  await writer.close()
  await admin.end()
  await db[Symbol.asyncDispose]()
})

beforeEach(() => admin.query('truncate platform.keys'))

/** Answers a key, as if that had been so many days ago at this time of day. */
async function answer(daysAgo: number): Promise<void> {
  const key = `key-${daysAgo}`
  assert((await commit(writer, { key })).ok)
  await admin.query(
    `update platform.keys
     set slot = (slot + 4 * 10 - $1::int) % 4, at = at - make_interval(days => $1) where key = $2`,
    [daysAgo, key],
  )
}

const kept = async (): Promise<string[]> =>
  (await admin.query<{ key: string }>('select key from platform.keys order by key')).rows.map(
    ({ key }) => key,
  )

test('answers of three days ago are forgotten, younger ones are kept', async () => {
  for (const daysAgo of [0, 1, 2, 3]) await answer(daysAgo)
  await job.run()
  assert.deepEqual(await kept(), ['key-0', 'key-1', 'key-2'])
  await job.run()
  assert.deepEqual(await kept(), ['key-0', 'key-1', 'key-2'])
})

test('the writer goes on while answers are forgotten, and every key is answered once', async () => {
  for (let each = 0; each < 30; each += 1) {
    await answer(3)
    const [outcome] = await Promise.all([commit(writer, { key: `now-${each}` }), job.run()])
    assert(outcome.ok && !outcome.value.replayed)
    await admin.query(`delete from platform.keys where key = 'key-3'`)
  }
  assert.equal((await kept()).length, 30)
})

test('a slot that somebody is reading is left for the next hour', async () => {
  await answer(3)
  await admin.query('begin')
  await admin.query('select 1 from platform.keys limit 1')
  const began = performance.now()
  await job.run()
  assert(performance.now() - began < 1000)
  await admin.query('commit')
  assert.deepEqual(await kept(), ['key-3'])
  await job.run()
  assert.deepEqual(await kept(), [])
})
