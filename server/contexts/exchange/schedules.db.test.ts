import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'

import pg from 'pg'
import { pino } from 'pino'

import type { Blobs } from '#platform/blob/blobs'
import { folderBlobs } from '#platform/blob/folder-blobs'
import type { DueTimer } from '#platform/context'
import { randomIds, type Id, type TenantId } from '#platform/ids'
import { accept, refuse } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

import { aDatabase } from '../../../tests/support/database.ts'
import { readsOf, writerOf } from '../../../tests/support/store.ts'
import { fire, runSchedule, type FireParts } from './commands/fire.ts'
import { runOn, type RunParts } from './commands/run-on.ts'
import {
  changeSchedule,
  createSchedule,
  removeSchedule,
  type SetParts,
} from './commands/set-schedule.ts'
import type { RunView, ScheduleAsk, ScheduleView } from './contract.ts'
import type { SourceFault } from './provider.ts'
import { sweepImports } from './jobs/sweep-imports.ts'
import { wakeSchedules } from './jobs/wake-schedules.ts'
import { scheduleQueries } from './queries/schedules.ts'

const ONE = 1 as TenantId
const SHOP = { id: ONE, timeZone: 'Europe/Kyiv', currency: 'UAH' } as unknown as Tenant
const DAY_MS = 86_400_000
const EXPORT: ScheduleAsk = {
  name: 'Every night',
  kind: 'stock',
  rhythm: { every: 'day', at: '03:30' },
  isPaused: false,
  to: { format: 'csv', keep: 2 },
}
const IMPORT: ScheduleAsk = {
  name: 'Every hour',
  kind: 'stock',
  rhythm: { every: 'hours', hours: 1 },
  isPaused: false,
  from: { url: 'https://erp.example.com/stock.csv?token=secret', mode: 'apply' },
}

const opened = new AsyncDisposableStack()
const clock = { ahead: 0, now: () => Date.now() + clock.ahead }
const lines: string[] = []
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
let admin: pg.Client
let blobs: Blobs
let parts: FireParts & SetParts & RunParts
let queries: ReturnType<typeof scheduleQueries>
let fetched: () => AsyncIterable<Uint8Array> | SourceFault

before(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'torg-schedules-'))
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  const db = opened.use(await aDatabase())
  admin = new pg.Client({ connectionString: db.adminUrl })
  await admin.connect()
  opened.defer(() => admin.end())
  const reads = opened.use(readsOf(db))
  const { write } = opened.use(await writerOf(db))
  blobs = folderBlobs(folder, randomIds)
  queries = scheduleQueries({ reads }, blobs)
  parts = {
    write,
    reads,
    clock,
    ids: randomIds,
    chance: { next: () => 0.5 },
    log,
    blobs,
    view: queries.view,
    tenantOf: async () => SHOP,
    tableOf: (_tenant, _kind, _format, count) => {
      count.rows = 2
      return Readable.from([Buffer.from('sku\r\nA\r\nB\r\n')])
    },
    source: {
      fault: () => undefined,
      async fetch() {
        const found = fetched()
        return 'code' in found ? refuse(found) : accept(found)
      },
    },
  }
})
after(() => opened.disposeAsync())

const cause = () => ({ caller: 'user/x', key: crypto.randomUUID(), fingerprint: '' })

async function created(ask: ScheduleAsk): Promise<ScheduleView> {
  const outcome = await createSchedule(parts)(SHOP, ask, cause())
  assert.ok(outcome.ok)
  return outcome.value.answer
}

async function asked(scheduleId: Id): Promise<RunView> {
  const outcome = await runSchedule(parts)(SHOP, scheduleId, cause())
  assert.ok(outcome.ok, JSON.stringify(outcome))
  return outcome.value.answer
}

const goOn = (runId: Id): Promise<void> =>
  runOn(parts)({ tenant: ONE, data: { runId } } as unknown as DueTimer)

async function runs(scheduleId: Id): Promise<readonly RunView[]> {
  const page = await queries.runs(ONE, scheduleId, { limit: 100 })
  assert.ok(page.ok)
  return page.value.items
}

async function query<Row extends pg.QueryResultRow>(
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return (await admin.query<Row>(text, [...values])).rows
}

const timers = async (like: string): Promise<readonly { id: string; seconds: number }[]> =>
  query<{ id: string; seconds: number }>(
    `select id, extract(epoch from due_at - now())::float8 as seconds from platform.timers
     where id like $1 order by id`,
    [like],
  )

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

const broken: SourceFault = {
  code: 'exchange.source-refused',
  reason: 'It answered 500.',
  mayRecover: true,
}

test('a time that has come is one run, however many processes find it (EXCHANGE-6)', async () => {
  const { id, nextAt } = await created(EXPORT)
  const due = { tenant: ONE, scheduleId: id, due: Date.parse(nextAt ?? '') }
  const begin = fire(parts)
  await Promise.all([begin(due), begin(due), begin(due)])
  await begin(due)
  const [run, ...others] = await runs(id)
  assert.deepEqual([run?.state, run?.dueAt, others], ['waiting', nextAt, []])
  const later = await queries.view(ONE, id)
  assert.ok(later.ok)
  assert.equal(Date.parse(later.value.nextAt ?? '') - due.due, DAY_MS)

  // Nor does a lost timer lose it, and what is still under way is not begun again.
  await query(`delete from platform.timers where id = $1`, [`schedule/${id}`])
  clock.ahead = 3 * DAY_MS
  await wakeSchedules(parts, async () => [ONE], begin).run()
  clock.ahead = 0
  assert.deepEqual(
    (await runs(id)).map(({ state }) => state),
    ['passed-over', 'waiting'],
  )
  assert.equal((await timers(`schedule/${id}`)).length, 1)
})

test('an export leaves a file, and of those the newest so many', async () => {
  const { id } = await created(EXPORT)
  for (let n = 0; n < 3; n += 1) await goOn((await asked(id)).id)
  const all = await runs(id)
  assert.deepEqual(
    all.map(({ state, rows, file }) => [state, rows, file?.bytes]),
    [
      ['done', 2, 11],
      ['done', 2, 11],
      ['done', 2, undefined],
    ],
  )
  assert.equal((await blobs.list(ONE, 'exports/', { limit: 10 })).items.length, 2)
  const file = await queries.file(ONE, all[0]?.id ?? '')
  assert.ok(file.ok)
  assert.equal(Buffer.concat(await file.value.body.toArray()).toString(), 'sku\r\nA\r\nB\r\n')
  assert.ok(!(await queries.file(ONE, all[2]?.id ?? '')).ok)
  assert.ok(!(await queries.file(2 as TenantId, all[0]?.id ?? '')).ok)

  // With the schedule its files go, a day later.
  assert.ok((await removeSchedule(parts)(ONE, id, cause())).ok)
  assert.deepEqual(await timers(`schedule/${id}`), [])
  clock.ahead = 2 * DAY_MS
  await sweepImports(parts, blobs, async () => [ONE]).run()
  clock.ahead = 0
  assert.deepEqual((await blobs.list(ONE, 'exports/', { limit: 10 })).items, [])
})

test('a source that fails is asked again, later each time, and then told of', async () => {
  const { id } = await created(IMPORT)
  const run = await asked(id)
  fetched = () => broken
  for (const [attempts, seconds] of [
    [1, 60],
    [2, 300],
    [3, 1_500],
    [4, 7_500],
  ] as const) {
    await goOn(run.id)
    const [seen] = await runs(id)
    assert.deepEqual(
      [seen?.state, seen?.attempts, seen?.fault?.code],
      ['waiting', attempts, broken.code],
    )
    const [timer] = await timers(`run/${run.id}`)
    assert.ok(Math.abs((timer?.seconds ?? 0) - seconds) < 5, `${timer?.seconds}`)
  }
  const meanwhile = await runSchedule(parts)(SHOP, id, cause())
  assert.ok(!meanwhile.ok && meanwhile.refusal.code === 'exchange.schedule-running')
  lines.length = 0
  await goOn(run.id)
  const [failed] = await runs(id)
  assert.deepEqual(
    [failed?.state, failed?.fault],
    ['failed', { code: broken.code, reason: broken.reason }],
  )
  assert.deepEqual(await timers(`run/${run.id}`), [])
  assert.match(lines.join(''), /a scheduled table failed/)
  assert.doesNotMatch(lines.join(''), /secret|erp\.example/)

  fetched = () => ({ ...broken, mayRecover: false })
  await goOn((await asked(id)).id)
  assert.deepEqual((await runs(id)).map(({ state, attempts }) => [state, attempts])[0], [
    'failed',
    1,
  ])
})

test('a table that is fetched is an import; what a slower process still fetches is dropped', async () => {
  const { id } = await created(IMPORT)
  const run = await asked(id)
  const gate = Promise.withResolvers<void>()
  fetched = async function* () {
    yield Buffer.from('sku,warehouse')
    await gate.promise
    yield Buffer.from(',quantity\nold,kyiv,1\n')
  }
  const slow = goOn(run.id)
  while ((await runs(id))[0]?.state !== 'running') await new Promise((go) => setTimeout(go, 5))
  fetched = () => bytes('sku,warehouse,quantity\nnew,kyiv,1\n')
  await goOn(run.id)
  gate.resolve()
  await slow
  const [seen] = await runs(id)
  assert.deepEqual([seen?.state, seen?.attempts], ['importing', 2])
  const kept = (await blobs.list(ONE, 'imports/', { limit: 10 })).items.map(({ name }) => name)
  assert.deepEqual(kept, [`imports/${seen?.importId}`])

  // The end of the import is the end of the run.
  await goOn(run.id)
  assert.equal((await runs(id))[0]?.state, 'importing')
  await query(
    `update exchange.imports set state = 'done', rows_read = 7, failed = 2 where id = $1`,
    [seen?.importId],
  )
  await goOn(run.id)
  const [done] = await runs(id)
  assert.deepEqual([done?.state, done?.rows, done?.failed], ['done', 7, 2])
  assert.ok((await runSchedule(parts)(SHOP, id, cause())).ok)
})

test('a run that died again and again has failed', async () => {
  const { id } = await created(IMPORT)
  const run = await asked(id)
  fetched = () => {
    throw new Error('the machine is broken')
  }
  for (let n = 0; n < 5; n += 1) await assert.rejects(goOn(run.id), /machine is broken/)
  await goOn(run.id)
  assert.deepEqual((await runs(id))[0]?.fault?.code, 'exchange.run-interrupted')
})

test('an address that was shown stands for the one that is kept, and no event has it', async () => {
  const { id, from } = await created(IMPORT)
  assert.equal(from?.url, 'https://erp.example.com/stock.csv?…')
  const ask: ScheduleAsk = { ...IMPORT, name: 'Other', ...(from === null ? {} : { from }) }
  assert.ok((await changeSchedule(parts)(SHOP, id, ask, cause())).ok)
  const [row] = await query<{ source_url: string; name: string }>(
    `select source_url, name from exchange.schedules where id = $1`,
    [id],
  )
  assert.deepEqual(row, { source_url: IMPORT.from?.url, name: 'Other' })
  const told = await query(
    `select data::text as text from platform.events where data::text like '%secret%'
     union all select data::text from platform.timers where data::text like '%secret%'
     union all select answer::text from platform.keys where answer::text like '%secret%'`,
  )
  assert.deepEqual(told, [])
})

test('a shop has at most fifty schedules', async () => {
  const [{ count } = { count: 0 }] = await query<{ count: number }>(
    `select count(*)::int as count from exchange.schedules`,
  )
  for (let n = count; n < 50; n += 1) await created({ ...EXPORT, isPaused: true })
  const outcome = await createSchedule(parts)(SHOP, EXPORT, cause())
  assert.ok(!outcome.ok && outcome.refusal.code === 'exchange.too-many-schedules')
})
