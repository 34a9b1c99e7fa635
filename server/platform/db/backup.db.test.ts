/** The journal in the archive: who writes it, how it goes on, and what a gap means. */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import pg from 'pg'

import { backupAges } from './backup-ages.ts'
import { takeBase } from './backup-base.ts'
import { backupPlaces, forgetOld, listBases, listSegments } from './backup-folder.ts'
import { ArchivedByAnother, Archiver } from './backup-journal.ts'
import { bytesOf, lsnOf, placeOf, startOf } from './backup-names.ts'
import { planRestore } from './backup-plan.ts'
import { type Embedded, startEmbedded } from './embedded.ts'

const root = mkdtempSync(join(tmpdir(), 'torg-test-backup-'))
const folder = join(root, 'backups')
const cluster = join(root, 'data', 'postgres')
let embedded: Embedded
let client: pg.Client
before(async () => {
  const settings = { fsync: 'off', full_page_writes: 'off', shared_buffers: '32MB' }
  embedded = await startEmbedded({ dataDir: join(root, 'data'), settings })
  client = new pg.Client({ connectionString: embedded.url })
  await client.connect()
  await client.query('create table things (n int)')
})
after(async () => {
  await client?.end()
  await embedded?.stop()
  rmSync(root, { recursive: true, force: true })
})

const archiver = (isLasting = true) =>
  Archiver.open({ url: embedded.url, cluster, folder, isLasting })

/** Something is written, and the segment it is in is over. */
async function write(): Promise<void> {
  await client.query('insert into things select generate_series(1, 1000)')
  await client.query('select pg_switch_wal()')
}

async function flushed(): Promise<string> {
  const { rows } = await client.query<{ lsn: string }>(
    'select pg_current_wal_flush_lsn()::text as lsn',
  )
  return rows[0]?.lsn ?? ''
}

/** Where the archived journal ends. */
async function end(): Promise<string> {
  const last = (await listSegments(folder)).at(-1)
  return last === undefined ? '' : lsnOf(startOf(placeOf(last.name).segment) + BigInt(last.bytes))
}

test('what is durable is in the archive after one step, and one archives at a time', async () => {
  await using first = await archiver()
  assert.equal(first.isBroken, false)
  await client.query('insert into things values (1)')
  const wanted = await flushed()
  const { lsn, until } = await first.step()
  assert(bytesOf(lsn) >= bytesOf(wanted), `${lsn} instead of ${wanted}`)
  assert.equal(await end(), lsn)
  assert(Math.abs(Date.now() - Date.parse(until)) < 60_000)
  await assert.rejects(archiver(), ArchivedByAnother)
  await write()
})

test('a base backup is none until the archive has the journal of its own end', async () => {
  await using archiving = await archiver()
  let wanted = ''
  const reach = async (lsn: string): Promise<void> => {
    wanted = lsn
    assert.deepEqual(await listBases(folder), [])
    assert(!archiving.has(lsn))
    await archiving.reach(lsn)
  }
  const { id, stopLsn } = await takeBase({ url: embedded.url, cluster, folder, reach })
  assert.equal(stopLsn, wanted)
  assert.deepEqual(
    (await listBases(folder)).map((each) => each.id),
    [id],
  )
})

test('another archiver goes on where the one before ended, whatever was written meanwhile', async () => {
  await write()
  await write()
  await using second = await archiver()
  assert.equal(second.isBroken, false)
  await second.step()
  const { segments } = await planRestore({ folder, to: 'latest' })
  const numbers = segments.map(({ name }) => placeOf(name).segment)
  assert.deepEqual(
    numbers,
    numbers.map((_, at) => (numbers[0] ?? 0) + at),
  )
  assert(numbers.length >= 3)
})

test('a gap is known: nothing behind it is promised until there is a new base backup', async () => {
  await client.query(`select pg_drop_replication_slot('torg_backup')`)
  for (let each = 0; each < 4; each += 1) {
    await write()
    await client.query('checkpoint')
  }
  await using third = await archiver()
  assert.equal(third.isBroken, true)
  await third.step()
  await assert.rejects(planRestore({ folder, to: 'latest' }), /is missing.*The latest that can be/)
  await takeBase({ url: embedded.url, cluster, folder, reach: (each) => third.reach(each) })
  const { segments, base } = await planRestore({ folder, to: 'latest' })
  assert.equal(base.id, (await listBases(folder)).at(-1)?.id)
  assert(segments.length > 0)
})

test('backups that no moment of the time kept needs are forgotten, with their journal', async () => {
  const [old, newest] = await listBases(folder)
  assert(old !== undefined && newest !== undefined)
  assert.equal(await forgetOld(folder, 7, Date.now()), 0)
  // As if it were eight days later: the older one is needed by no moment of the last seven.
  assert.equal(await forgetOld(folder, 7, Date.now() + 8 * 24 * 3600 * 1000), 1)
  assert.deepEqual(
    (await listBases(folder)).map(({ id }) => id),
    [newest.id],
  )
  assert((await planRestore({ folder, to: 'latest' })).segments.length > 0)
})

test('the ages of what there is are told, and nothing of what there is not', async () => {
  const ages = await backupAges(folder, Date.now() + 3_600_000)
  assert(ages.base !== undefined && ages.base > 3500 && ages.base < 3900)
  assert(ages.journal !== undefined && ages.journal > 3500)
  assert.equal(ages.restore, undefined)
  assert.deepEqual(await backupAges(join(root, 'nowhere'), Date.now()), {})
})

test('a folder of another database is refused', async () => {
  const { reach } = backupPlaces(folder)
  writeFileSync(reach, readFileSync(reach, 'utf8').replace(/"systemId":"\d+"/, '"systemId":"1"'))
  await assert.rejects(archiver(), /holds the backups of another database/)
})
