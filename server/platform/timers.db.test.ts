import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'
import { pino } from 'pino'

import { aDatabase } from '../../tests/support/database.ts'
import { writerOf } from '../../tests/support/store.ts'
import type { DueTimer } from './context.ts'
import type { TenantId } from './ids.ts'
import { accept } from './outcome.ts'
import { openPostgresTimers } from './postgres-timers.ts'
import { openTimers } from './timers.ts'
import type { Timer } from './write/commit.ts'
import { reality } from './waiting.ts'

const A = 1 as TenantId
const log = pino({ level: 'silent' })
const quiet = (): void => undefined

const db = await aDatabase()
const admin = new pg.Client({ connectionString: db.adminUrl })
admin.on('error', quiet)
await admin.connect()
const writer = await writerOf(db)

after(async () => {
  await writer.close()
  await admin.end()
  await db[Symbol.asyncDispose]()
})

beforeEach(() => admin.query('truncate platform.timers, platform.dead_letters'))

const write = (key: string, ...timers: Timer[]) =>
  writer.write({
    tenant: A,
    caller: 'timer',
    key,
    fingerprint: 'timer',
    streams: {},
    decide: () => accept({ timers, answer: null }),
  })

let made = 0
const set = (id: string, inSeconds = -1) =>
  write(`set-${(made += 1)}`, { set: id, kind: 'bell', inSeconds, data: { for: id } })

/** A worker process. Its handler clears the timer in its commit unless told otherwise. */
function aWorker(handle: (due: DueTimer) => Promise<void> = async () => {}) {
  const fired: DueTimer[] = []
  const timers = openTimers({
    waiting: reality.waiting,
    pace: () => Promise.resolve(),
    source: openPostgresTimers({ connection: db.connection('torg_reader'), onError: quiet }),
    log,
    handlers: {
      async bell(due) {
        fired.push(due)
        await handle(due)
        await write(due.key, { clear: due.id })
      },
    },
  })
  return { fired, [Symbol.asyncDispose]: () => timers.close() }
}

async function until(isSo: () => boolean | Promise<boolean>, withinMs = 5000): Promise<void> {
  const began = performance.now()
  while (!(await isSo())) {
    assert(performance.now() - began < withinMs, `not so after ${withinMs} ms`)
    await sleep(10)
  }
}

const left = async (): Promise<{ id: string; attempts: number; last_error: string | null }[]> =>
  (await admin.query('select id, attempts, last_error from platform.timers order by id')).rows

const isEmpty = async (): Promise<boolean> => (await left()).length === 0

/** Lets the pause after a try go by. */
const makeDue = () => admin.query(`update platform.timers set due_at = clock_timestamp()`)

test('a timer fires when it is due, not before, and once', async () => {
  await using worker = aWorker()
  await set('now')
  await set('soon', 1)
  await set('later', 3600)
  await until(() => worker.fired.length === 1)
  await until(() => worker.fired.length === 2)
  await sleep(600)
  assert.deepEqual(
    worker.fired.map(({ tenant, id, kind, data }) => ({ tenant, id, kind, data })),
    [
      { tenant: A, id: 'now', kind: 'bell', data: { for: 'now' } },
      { tenant: A, id: 'soon', kind: 'bell', data: { for: 'soon' } },
    ],
  )
  assert.deepEqual(
    (await left()).map(({ id }) => id),
    ['later'],
  )
})

test('a timer that failed is tried later under the same key, and set anew it has another', async () => {
  let failures = 2
  await using worker = aWorker(async () => {
    if ((failures -= 1) >= 0) throw new Error('not now')
  })
  await set('one')
  await until(() => worker.fired.length === 1)
  await until(async () => (await left())[0]?.last_error?.includes('not now') === true)
  await sleep(400)
  assert.equal(worker.fired.length, 1, 'it was tried again without a pause')
  await makeDue()
  await until(() => worker.fired.length === 2)
  await until(async () => (await left())[0]?.attempts === 2)
  await makeDue()
  await until(isEmpty)
  assert.equal(new Set(worker.fired.map(({ key }) => key)).size, 1)

  await set('one')
  await until(() => worker.fired.length === 4)
  assert.notEqual(worker.fired[3]?.key, worker.fired[0]?.key)
  await until(isEmpty)
})

test('after five failures a timer lies in the dead letters with its reason (R11)', async () => {
  await using worker = aWorker(async () => {
    throw new Error('the bell is broken')
  })
  await set('one')
  for (let tries = 1; tries <= 5; tries += 1) {
    await until(() => worker.fired.length === tries)
    await until(async () => (await left())[0]?.last_error !== null || tries === 5)
    if (tries < 5) await makeDue()
  }
  await until(isEmpty)
  assert.equal(worker.fired.length, 5)
  const { rows } = await admin.query('select * from platform.dead_letters')
  assert.equal(rows.length, 1)
  assert.equal(rows[0].source, 'timer/bell')
  assert.equal(rows[0].tenant_id, 1)
  assert.deepEqual([rows[0].entry.id, rows[0].entry.data], ['one', { for: 'one' }])
  assert.match(rows[0].reason, /the bell is broken\n.*timers\.db\.test/)
})

test('the timer of a worker that died is tried again, and one that kills every worker is buried', async () => {
  await set('killer')
  // A worker that dies leaves a claim behind and nothing else.
  await admin.query(`update platform.timers set attempts = 1, due_at = now() + interval '10 s'`)
  const release = Promise.withResolvers<void>()
  await using worker = aWorker(() => release.promise)
  await sleep(400)
  assert.equal(worker.fired.length, 0)
  await makeDue()
  await until(() => worker.fired.length === 1)
  await admin.query('update platform.timers set attempts = 5')
  await makeDue()
  await until(isEmpty)
  const { rows } = await admin.query('select reason from platform.dead_letters')
  assert.match(rows[0].reason, /never done/)
  release.resolve()
})

test('two workers share what is due, and each timer fires once', async () => {
  await Promise.all(Array.from({ length: 400 }, (_, each) => set(`timer-${each}`)))
  await using one = aWorker(() => sleep(100))
  await using two = aWorker(() => sleep(100))
  await until(isEmpty, 15_000)
  const ids = [...one.fired, ...two.fired].map(({ id }) => id)
  assert.equal(ids.length, 400)
  assert.equal(new Set(ids).size, 400)
  assert(one.fired.length > 50 && two.fired.length > 50, `${one.fired.length}, ${two.fired.length}`)
})

test('a handler that does not end keeps others from nothing', async () => {
  const release = Promise.withResolvers<void>()
  await using worker = aWorker((due) => (due.id === 'stuck' ? release.promise : sleep(1)))
  await set('stuck')
  await until(() => worker.fired.length === 1)
  await Promise.all(Array.from({ length: 120 }, (_, each) => set(`other-${each}`)))
  await until(async () => (await left()).length === 1)
  release.resolve()
  await until(isEmpty)
})

test('timers outlive lost connections', async () => {
  await using worker = aWorker()
  for (let round = 0; round < 5; round += 1) {
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'torg_reader' and datname = current_database()`,
    )
    await set(`round-${round}`)
    await sleep(100)
  }
  await until(isEmpty)
  assert.equal(worker.fired.length, 5)
})
