/** Makes a running cluster of a backup: a fresh folder, the files, the journal up to a moment. */
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { readdir, rename, statfs, truncate, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { CannotStart } from '../cannot-start.ts'
import { explainFileError, prepareDataDir, takeDataDir } from '../data-dir.ts'
import { backupPlaces, bringBack, dataOf } from './backup-folder.ts'
import { SEGMENT_BYTES } from './backup-names.ts'
import type { Plan } from './backup-plan.ts'
import {
  explainServerText,
  freePort,
  give,
  type Place,
  placeIn,
  readNotes,
  tailOf,
  writeNotes,
} from './postgres-cluster.ts'
import {
  type Account,
  type Binaries,
  chooseAccount,
  endServer,
  exitOf,
  findBinaries,
  launch,
  running,
} from './postgres-process.ts'

/** Files that are written at once. */
const AT_ONCE = 4

/** What PostgreSQL needs beside the files themselves. */
const SPARE_BYTES = 200_000_000

export interface RestoreOptions {
  /** The data folder to make. */
  readonly into: string
  /** Move aside what is in that folder; without it nothing is restored over anything. */
  readonly isReplacing?: boolean
  readonly onProgress?: (words: string) => void
}

export interface RestoredFiles {
  /** Until all files were in place. */
  readonly copySeconds: number
  /** From there until PostgreSQL had gone through the journal and could be written to. */
  readonly replaySeconds: number
  /** Where what had been in the folder is now. */
  readonly movedTo?: string
}

/**
 * Leaves a data folder whose cluster has everything up to the planned moment, stopped and with a new
 * password of its superuser. What is cut short leaves a folder that does not start. Throws
 * `CannotStart` for what an operator can mend.
 */
export async function restoreCluster(plan: Plan, options: RestoreOptions): Promise<RestoredFiles> {
  const { into, onProgress = () => {} } = options
  await mustHaveRoom(plan, into)
  const movedTo = await clear(into, plan.folder, options.isReplacing === true)
  await prepareDataDir(into)
  const giveBack = takeDataDir(into)
  try {
    const place = placeIn(into)
    const binaries = await findBinaries()
    const account = chooseAccount(binaries, place.cluster)
    const begun = performance.now()
    await putFiles(plan, place, account, onProgress)
    const copied = performance.now()
    onProgress('Going through the journal')
    await replay(plan, place, account, binaries, onProgress)
    const replayed = performance.now()
    await setPassword(place, account, binaries)
    return {
      copySeconds: (copied - begun) / 1000,
      replaySeconds: (replayed - copied) / 1000,
      ...(movedTo === undefined ? {} : { movedTo }),
    }
  } catch (error) {
    throw explainFileError(error, into)
  } finally {
    giveBack()
  }
}

async function mustHaveRoom({ bytes }: Plan, into: string): Promise<void> {
  let at = into
  while (!existsSync(at)) at = dirname(at)
  const { bavail, bsize } = await statfs(at)
  const free = bavail * bsize
  if (free >= bytes + SPARE_BYTES) return
  const megabytes = (value: number): number => Math.ceil(value / 1e6)
  throw new CannotStart(
    `The restore takes ${megabytes(bytes + SPARE_BYTES)} MB and the disk of ${into} has ${megabytes(free)} MB left; free some space or restore to another disk.`,
  )
}

async function clear(
  into: string,
  folder: string,
  isReplacing: boolean,
): Promise<string | undefined> {
  if (!existsSync(into) || (await readdir(into)).length === 0) return undefined
  if (!isReplacing) {
    throw new CannotStart(
      `${into} is there already and nothing is restored over it; name another folder, or add --replace, which moves it aside.`,
    )
  }
  if (folder.startsWith(into + sep)) {
    throw new CannotStart(
      `The backup itself is in ${into}; move it out of there, or restore into another folder.`,
    )
  }
  // Refuses when a shop runs on it.
  takeDataDir(into)()
  const aside = `${into}.before-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`
  await rename(into, aside)
  return aside
}

async function putFiles(
  { folder, base, segments, histories }: Plan,
  place: Place,
  account: Account,
  onProgress: (words: string) => void,
): Promise<void> {
  const draft = `${place.cluster}.new`
  rmSync(draft, { recursive: true, force: true })
  for (const path of ['.', ...base.folders.toSorted(), 'pg_wal']) {
    const made = join(draft, path)
    mkdirSync(made, { recursive: true, mode: 0o700 })
    give(made, account)
  }
  const from = join(backupPlaces(folder).bases, base.id, 'files')
  await each(base.files, onProgress, 'files', async (file) => {
    const to = join(draft, file.path)
    await bringBack(join(from, `${file.path}.zst`), to, file)
    give(to, account)
  })
  await each(segments, onProgress, 'segments of the journal', async (segment) => {
    const to = join(draft, 'pg_wal', segment.name)
    await bringBack(dataOf(folder, segment), to, segment)
    // PostgreSQL wants files of one size, and stops where there is nothing.
    await truncate(to, SEGMENT_BYTES)
    give(to, account)
  })
  for (const [name, text] of [
    ...[...histories].map(([file, text]) => [join('pg_wal', file), text] as const),
    ['recovery.signal', ''] as const,
  ]) {
    await writeFile(join(draft, name), text, { mode: 0o600 })
    give(join(draft, name), account)
  }
  writeNotes(place, { port: await freePort(), password: randomBytes(24).toString('base64url') })
  renameSync(draft, place.cluster)
}

async function each<T>(
  all: readonly T[],
  onProgress: (words: string) => void,
  what: string,
  work: (one: T) => Promise<void>,
): Promise<void> {
  let [next, told] = [0, performance.now()]
  const worker = async (): Promise<void> => {
    for (let one = all[next++]; one !== undefined; one = all[next++]) {
      await work(one)
      if (performance.now() - told < 1000) continue
      told = performance.now()
      onProgress(`${Math.min(next, all.length)} of ${all.length} ${what}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

/**
 * Lets PostgreSQL go through the journal up to the moment and begin a timeline of its own. Where no
 * commit follows the moment PostgreSQL does not find it and says so; the plan has made sure that the
 * journal reaches it, so everything there is is everything until then.
 */
async function replay(
  { to, timeline }: Plan,
  place: Place,
  account: Account,
  binaries: Binaries,
  onProgress: (words: string) => void,
): Promise<void> {
  const target = to === 'latest' ? {} : { recovery_target_time: momentOf(to) }
  const settings = { recovery_target_timeline: String(timeline) }
  const said = await untilReady({ ...settings, ...target }, place, account, binaries, onProgress)
  if (said === undefined) return
  if (to === 'latest' || !/recovery ended before configured recovery target/.test(said)) {
    throw explainServerText(said, place, 'could not go through the journal')
  }
  const again = await untilReady(settings, place, account, binaries, onProgress)
  if (again !== undefined) {
    throw explainServerText(again, place, 'could not go through the journal')
  }
}

/** As PostgreSQL reads an instant where it knows no zones yet. */
function momentOf(to: Date): string {
  return to.toISOString().replace('T', ' ').replace('Z', '+00')
}

/** Runs the server until it has recovered, and stops it; what it said when it ended instead. */
async function untilReady(
  settings: Readonly<Record<string, string>>,
  place: Place,
  account: Account,
  binaries: Binaries,
  onProgress: (words: string) => void,
): Promise<string | undefined> {
  mkdirSync(place.socketDir, { recursive: true, mode: 0o700 })
  give(place.socketDir, account)
  const all = {
    ...settings,
    recovery_target_action: 'promote',
    // Everything that is needed is in place already.
    restore_command: 'exit 1',
    // Nobody is let in before it is over.
    hot_standby: 'off',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '256MB',
    max_connections: '100',
    max_locks_per_transaction: '256',
    max_wal_size: '2GB',
  }
  const words = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const { port } = readNotes(place)
  const from = statSync(place.log, { throwIfNoEntry: false })?.size ?? 0
  const log = openSync(place.log, 'a', 0o600)
  const command = [binaries.postgres, '-D', place.cluster, '-p', String(port), ...words]
  const child = launch(account, command, log)
  closeSync(log)
  const exit = exitOf(child)
  const onExit = (): void => void child.kill('SIGINT')
  process.on('exit', onExit)
  try {
    for (let shown = ''; running(child); await sleep(50)) {
      const said = tailOf(place, from)
      if (/database system is ready to accept connections/.test(said)) return undefined
      const [, at = ''] = /current LSN: (\S+)(?![\s\S]*current LSN)/.exec(said) ?? []
      if (at !== shown) onProgress(`Going through the journal, at ${at}`)
      shown = at
    }
    await exit
    return tailOf(place, from)
  } finally {
    if (child.pid !== undefined) await endServer(child.pid, () => running(child))
    await exit
    process.off('exit', onExit)
  }
}

/**
 * The superuser's password is not in a backup, so the restored cluster gets a new one. PostgreSQL without
 * a server asks nobody who they are.
 */
async function setPassword(place: Place, account: Account, binaries: Binaries): Promise<void> {
  const { password } = readNotes(place)
  const child = launch(
    account,
    [binaries.postgres, '--single', '-D', place.cluster, 'postgres'],
    'pipe',
    'pipe',
  )
  let said = ''
  for (const output of [child.stdout, child.stderr]) {
    output?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  }
  child.stdin?.end(`alter role postgres password '${password}'\n`)
  const code = await exitOf(child)
  if (code !== 0 || /ERROR|FATAL/.test(said)) {
    throw explainServerText(said, place, 'did not take a new password')
  }
}
