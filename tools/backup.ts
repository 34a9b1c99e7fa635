/**
 * `npm run backup` copies the embedded database of DATA_DIR into BACKUP_DIR while the shop runs or not, so
 * that `npm run restore` can bring it back as it was when the copy was over. `-- --follow` stays, copies
 * the journal every second and makes a base backup every day (`--hours`), so that any moment can be
 * brought back; a shop that has BACKUP_DIR set does that by itself. `--days` says how long they are kept.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import pg from 'pg'

import { type Secrets, secretsFrom } from '../server/platform/auth/secrets.ts'
import { CannotStart, errorCode } from '../server/platform/cannot-start.ts'
import { takeBase } from '../server/platform/db/backup-base.ts'
import {
  backupPlaces,
  forgetOld,
  type Manifest,
  type Reach,
  readJson,
} from '../server/platform/db/backup-folder.ts'
import { ArchivedByAnother, Archiver } from '../server/platform/db/backup-journal.ts'
import { openBackups } from '../server/platform/db/backup-keeper.ts'
import { bytesOf } from '../server/platform/db/backup-names.ts'
import { startEmbedded } from '../server/platform/db/embedded.ts'
import { placeIn, readNotes } from '../server/platform/db/postgres-cluster.ts'
import { backupDir, dataDir, given, NOT_OURS } from './backup-settings.ts'

/** Whoever archives already needs no longer than this to reach the end of a base backup. */
const PATIENCE_SECONDS = 60

const { values } = parseArgs({
  options: {
    follow: { type: 'boolean', default: false },
    days: { type: 'string', default: '7' },
    hours: { type: 'string', default: '24' },
  },
})
const live = process.stdout.isTTY
const folder = backupDir()

function show(words: string): void {
  if (live) process.stdout.write(`\r\u001b[K  … ${words}`)
}

function say(words: string): void {
  console.log(`${live ? '\r\u001b[K' : ''}  ${words}`)
}

function numberOf(name: 'days' | 'hours'): number {
  const value = Number(values[name])
  if (Number.isFinite(value) && value > 0) return value
  throw new CannotStart(`--${name} must be a number above 0, not "${values[name]}".`)
}

/** The running database of the shop, or the same started for as long as `closing` lives. */
async function database(closing: AsyncDisposableStack): Promise<string> {
  if (given('DATABASE_URL') !== undefined) throw new CannotStart(NOT_OURS)
  const place = placeIn(dataDir())
  if (!existsSync(place.cluster)) {
    throw new CannotStart(
      `There is no database in ${dataDir()}; give DATA_DIR the folder of a shop.`,
    )
  }
  const { port, password } = readNotes(place)
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/torg`
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    return url
  } catch (error) {
    if (errorCode(error) !== 'ECONNREFUSED') throw error
  } finally {
    await client.end().catch(() => {})
  }
  const embedded = await startEmbedded({ dataDir: dataDir() })
  closing.defer(() => embedded.stop())
  return embedded.url
}

function secrets(): Secrets | undefined {
  const file = join(dataDir(), 'secret')
  const value =
    given('TORG_SECRET') ?? (existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined)
  return value === undefined ? undefined : secretsFrom(value)
}

function tell({ id, files, startedAt, endedAt }: Manifest): void {
  const megabytes = Math.round(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6)
  const seconds = ((Date.parse(endedAt) - Date.parse(startedAt)) / 1000).toFixed(1)
  say(`✓ ${id}: ${files.length} files, ${megabytes} MB, in ${seconds} s`)
}

/** Archives until the work is over, unless somebody does already. */
async function archiving(
  url: string,
  cluster: string,
  work: (reach: (lsn: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  try {
    await using archiver = await Archiver.open({ url, cluster, folder, isLasting: false })
    let isOver = false
    const steps = (async () => {
      for (; !isOver; await sleep(200)) await archiver.step()
    })()
    const reach = async (lsn: string): Promise<void> => {
      while (!archiver.has(lsn)) await Promise.race([steps, sleep(50)])
    }
    await work(reach).finally(() => (isOver = true))
    await steps
  } catch (error) {
    if (!(error instanceof ArchivedByAnother)) throw error
    await work(untilArchived)
  }
}

/** The shop archives by itself; it must be doing so into this folder. */
async function untilArchived(lsn: string): Promise<void> {
  for (const end = performance.now() + PATIENCE_SECONDS * 1000; ; await sleep(200)) {
    const reach = await readJson<Reach>(backupPlaces(folder).reach)
    if (reach !== undefined && bytesOf(reach.lsn) >= bytesOf(lsn)) return
    if (performance.now() < end) continue
    throw new CannotStart(
      `The journal is archived by another process, and not into ${folder}; give BACKUP_DIR its folder.`,
    )
  }
}

async function once(): Promise<void> {
  await using closing = new AsyncDisposableStack()
  const url = await database(closing)
  const { cluster } = placeIn(dataDir())
  await archiving(url, cluster, async (reach) => {
    const onProgress = show
    const manifest = await takeBase({ url, cluster, folder, secrets: secrets(), reach, onProgress })
    await forgetOld(folder, numberOf('days'), Date.now())
    tell(manifest)
  })
  say(
    `It is in ${folder}. Keep TORG_SECRET (or ${join(dataDir(), 'secret')}) elsewhere: it is not in`,
  )
  say(
    'the backup, and without it every sign-in, every guest’s link and all that is encrypted is lost.',
  )
}

async function follow(): Promise<void> {
  await using closing = new AsyncDisposableStack()
  const url = await database(closing)
  const backups = openBackups({
    url,
    cluster: placeIn(dataDir()).cluster,
    folder,
    secrets: secrets(),
    everyHours: numberOf('hours'),
    days: numberOf('days'),
    onBase: tell,
    onTrouble: (words) => say(`! ${words}`),
  })
  closing.defer(() => backups.close())
  say(`Following the journal into ${folder}; stop with Ctrl-C.`)
  await new Promise<void>((stopped) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => stopped())
  })
}

try {
  await (values.follow ? follow() : once())
} catch (error) {
  if (error instanceof CannotStart) console.error(error.message)
  else console.error('The backup was not made:', error)
  process.exitCode = 1
}
