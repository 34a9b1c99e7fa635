import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { pino } from 'pino'

import type { Blobs } from '#platform/blob/blobs'
import { folderBlobs } from '#platform/blob/folder-blobs'
import { databaseClock } from '#platform/database-clock'
import type { Job } from '#platform/context'
import { openReads } from '#platform/db/postgres-reads'
import { randomIds, type Id, type TenantId } from '#platform/ids'
import type { Tenant } from '#platform/tenants'
import { reality } from '#platform/waiting'
import { openPostgresStore } from '#platform/write/postgres-store'
import { openWriter } from '#platform/write/writer'

import { aDatabase } from '../../../tests/support/database.ts'
import { beginImport, cancelImport, type Parts } from './commands/begin.ts'
import { sweepImports } from './jobs/sweep-imports.ts'
import { importQueries } from './queries/imports.ts'

const ONE = 1 as TenantId
const SHOP = { id: ONE, languages: ['uk'], currency: 'UAH' } as unknown as Tenant
const DAY_MS = 86_400_000

const opened = new AsyncDisposableStack()
const clock = { ahead: 0, now: () => Date.now() + clock.ahead }
let blobs: Blobs
let parts: Parts
let job: Job

before(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'torg-exchange-'))
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  const db = opened.use(await aDatabase())
  const onError = (error: Error): void => void error
  const reads = openReads({
    ...reality,
    connection: db.connection('torg_app'),
    connections: 1,
    onError,
  })
  opened.defer(() => reads.close())
  const store = await openPostgresStore({
    connection: db.connection('torg_writer'),
    lanes: 1,
    onError,
  })
  const writer = openWriter({
    ...reality,
    store,
    clock: databaseClock(Date.now()),
    queueLimit: 100,
    batchLimit: 64,
    lanes: 1,
  })
  opened.defer(() => writer.close())
  blobs = folderBlobs(folder, randomIds)
  const { view } = importQueries({ reads })
  parts = { write: writer.write, reads, clock, ids: randomIds, blobs, view }
  const log = pino({ level: 'silent' })
  job = sweepImports({ ...parts, log }, blobs, () => Promise.resolve([ONE]))
})
after(() => opened.disposeAsync())

const cause = () => ({ caller: 'user/x', key: crypto.randomUUID(), fingerprint: '' })

async function begun(): Promise<Id> {
  async function* file(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('sku,name\nA,B\n')
  }
  const ask = { kind: 'products', mode: 'apply' } as const
  const outcome = await beginImport(parts)(SHOP, ask, file(), cause())
  assert.ok(outcome.ok)
  return outcome.value.answer.id
}

const files = async (): Promise<readonly string[]> =>
  (await blobs.list(ONE, 'imports/', { limit: 100 })).items.map(({ name }) => name)

test('files that are read no more are swept after a day, and what is over is dropped after thirty', async () => {
  const [open, over] = [await begun(), await begun()]
  assert.ok((await cancelImport(parts)(ONE, over, cause())).ok)
  const leftOver = [`imports/${over}`, `imports/${randomIds.next()}`]
  for (const name of leftOver) await blobs.put(ONE, name, Buffer.from('x'), 10)
  await blobs.put(ONE, 'media/other', Buffer.from('x'), 10)

  await job.run()
  assert.equal((await files()).length, 3, 'they may still be on their way to a record')
  clock.ahead = 2 * DAY_MS
  await job.run()
  assert.deepEqual(await files(), [`imports/${open}`])
  assert.ok((await blobs.head(ONE, 'media/other')) !== undefined, 'it is no file of an import')

  const list = async (): Promise<readonly Id[]> =>
    (await importQueries(parts).list(ONE, { limit: 10 })).items.map(({ id }) => id)
  assert.deepEqual(new Set(await list()), new Set([open, over]))
  clock.ahead = 31 * DAY_MS
  await job.run()
  assert.deepEqual(await list(), [open], 'what is still to be read stays')
  clock.ahead = 0
})
