/** The PostgreSQL that comes with the program: made, started, watched and stopped by it. */
import type { ChildProcess } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import { CannotStart, errorCode } from '../cannot-start.ts'
import { emptyDatabase, explainFileError, prepareDataDir, takeDataDir } from '../data-dir.ts'
import {
  type Notes,
  type Place,
  checkMajor,
  explainServerText,
  freePort,
  give,
  isFree,
  makeCluster,
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
  endStrayServer,
  exitOf,
  findBinaries,
  launch,
  running,
} from './postgres-process.ts'

export interface EmbeddedOptions {
  /** Absolute. Made if missing; must be empty or ours. */
  readonly dataDir: string
  /** Begin with an empty cluster. */
  readonly fresh?: boolean
  /** Hears, in a person's words, what takes time. */
  readonly onProgress?: (words: string) => void
  /** Hears what went wrong and was mended: the server died and was started again. */
  readonly onTrouble?: (words: string) => void
  /** Settings of PostgreSQL over ours: `{ fsync: 'off' }` for tests. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface Embedded {
  /** Of the superuser, for the database `torg`. Stays the same while this program runs. */
  readonly url: string
  /**
   * The same by TCP, for whoever sends much at once: a socket of the file system takes 200 kB, and
   * PostgreSQL waits for the rest until this program has time for it.
   */
  readonly bulkUrl: string
  readonly pid: () => number | undefined
  /** Settles, with the reason, when PostgreSQL cannot be kept up. */
  readonly failed: Promise<CannotStart>
  /** Stops PostgreSQL (fast shutdown), waits for it and gives the folder back. May be called twice. */
  stop(): Promise<void>
}

/** For a laptop: durable, and small enough to be started beside everything else. */
const SETTINGS: Readonly<Record<string, string>> = {
  shared_buffers: '256MB',
  max_connections: '100',
  max_locks_per_transaction: '256',
  synchronous_commit: 'on',
  wal_level: 'replica',
  max_wal_size: '2GB',
  // Backups that nobody makes any more must not fill the disk; a gap makes them begin anew.
  max_slot_wal_keep_size: '4GB',
  jit: 'off',
  log_min_duration_statement: '1s',
}

/**
 * Starts the embedded PostgreSQL of a data folder, making the cluster the first time. Takes the
 * folder for this process; ends a server that an earlier, killed process left on it. Restarts the
 * server if it dies. Throws `CannotStart` with one sentence for all that an operator can mend.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const place = placeIn(options.dataDir)
  const progress = options.onProgress ?? (() => {})
  await prepareDataDir(place.dataDir)
  const giveBack = takeDataDir(place.dataDir)
  try {
    if ((await endStrayServer(place.cluster)) === 'ended') {
      progress('Stopped the PostgreSQL of a run that was killed')
    }
    if (options.fresh === true) await emptyDatabase(place.dataDir)
    const binaries = await findBinaries()
    const account = chooseAccount(binaries, place.cluster)
    if (existsSync(place.cluster)) checkMajor(place.cluster)
    else {
      progress('Making the database files')
      await makeCluster(place, account, binaries)
    }
    return await supervise(place, account, binaries, options, giveBack)
  } catch (error) {
    giveBack()
    throw explainFileError(error, place.dataDir)
  }
}

/** A server that is up. */
interface Running {
  readonly child: ChildProcess
  readonly exit: Promise<number | null>
}

/** Starts the server and starts it again when it dies, at most five times in a minute. */
async function supervise(
  place: Place,
  account: Account,
  binaries: Binaries,
  options: EmbeddedOptions,
  giveBack: () => void,
): Promise<Embedded> {
  let server = await startOnSomePort(place, account, binaries, options)
  let stopping: Promise<void> | undefined
  const failed = Promise.withResolvers<CannotStart>()
  const restarts: number[] = []

  // Whoever ends this program without stopping us still ends PostgreSQL, though without waiting.
  const onExit = (): void => void server.child.kill('SIGINT')
  process.on('exit', onExit)

  const watch = async (): Promise<void> => {
    while (stopping === undefined) {
      await server.exit
      if (stopping !== undefined) return
      options.onTrouble?.('PostgreSQL ended unexpectedly and is started again')
      restarts.push(performance.now())
      if (restarts.length > 5 && performance.now() - (restarts.at(-6) ?? 0) < 60_000) {
        throw new CannotStart(`PostgreSQL keeps ending; see ${place.log}.`)
      }
      server = await startServer(place, account, binaries, options, readNotes(place).port)
    }
  }
  const watching = watch().catch((error: unknown) => {
    failed.resolve(
      error instanceof CannotStart
        ? error
        : new CannotStart(`PostgreSQL could not be started again; see ${place.log}.`, {
            cause: error,
          }),
    )
  })

  return {
    url: urlOf(place, readNotes(place)),
    bulkUrl: tcpUrlOf(readNotes(place)),
    pid: () => server.child.pid,
    failed: failed.promise,
    stop() {
      stopping ??= (async () => {
        await end(server)
        // A restart that was under way ends first; what it started is ended too.
        await watching
        await end(server)
        process.off('exit', onExit)
        giveBack()
      })()
      return stopping
    },
  }
}

async function end({ child, exit }: Running): Promise<void> {
  if (child.pid !== undefined) await endServer(child.pid, () => running(child))
  await exit
}

/** Where superuser and roles connect; a socket of the file system where its path is short enough. */
function urlOf(place: Place, notes: Notes): string {
  const { port } = notes
  const url = new URL(tcpUrlOf(notes))
  if (hasSocket(place, port)) {
    url.searchParams.set('host', place.socketDir)
    url.searchParams.set('port', String(port))
  }
  return url.href
}

function tcpUrlOf({ port, password }: Notes): string {
  return `postgres://postgres:${password}@127.0.0.1:${port}/torg`
}

/** The kernel takes 107 bytes; a URL is safe only where a path needs no escape. */
function hasSocket({ socketDir }: Place, port: number): boolean {
  const path = join(socketDir, `.s.PGSQL.${port}`)
  return (
    process.platform !== 'win32' && Buffer.byteLength(path) <= 100 && /^[\w./@+-]+$/.test(socketDir)
  )
}

/** On the remembered port, or on another when that one is taken. */
async function startOnSomePort(
  place: Place,
  account: Account,
  binaries: Binaries,
  options: EmbeddedOptions,
): Promise<Running> {
  const notes = readNotes(place)
  if ((statSync(place.log, { throwIfNoEntry: false })?.size ?? 0) > 10_000_000) {
    renameSync(place.log, `${place.log}.1`)
  }
  for (let tries = 0; ; tries++) {
    const port = tries === 0 && (await isFree(notes.port)) ? notes.port : await freePort()
    if (port !== notes.port) writeNotes(place, { ...notes, port })
    try {
      return await startServer(place, account, binaries, options, port)
    } catch (error) {
      // Somebody took the port between the question and the start.
      const taken = error instanceof CannotStart && /address already in use/i.test(tailOf(place, 0))
      if (!taken || tries === 3) throw error
    }
  }
}

async function startServer(
  place: Place,
  account: Account,
  binaries: Binaries,
  options: EmbeddedOptions,
  port: number,
): Promise<Running> {
  mkdirSync(place.socketDir, { recursive: true, mode: 0o700 })
  chmodSync(place.socketDir, 0o700)
  give(place.socketDir, account)
  const settings: Record<string, string> = {
    ...SETTINGS,
    ...options.settings,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: hasSocket(place, port) ? place.socketDir : '',
  }
  const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = [binaries.postgres, '-D', place.cluster, '-p', String(port), ...words]

  for (let tries = 0; ; tries++) {
    const from = statSync(place.log, { throwIfNoEntry: false })?.size ?? 0
    const log = openSync(place.log, 'a', 0o600)
    const child = launch(account, command, log)
    closeSync(log)
    child.unref()
    const exit = exitOf(child)
    try {
      if (await becomesReady(place, child, exit, options)) return { child, exit }
    } catch (error) {
      // It runs but is of no use (a full disk): it must not outlive us, nobody knows it yet.
      await end({ child, exit })
      throw error
    }

    const said = tailOf(place, from)
    // Children of a killed server need a moment to notice; until then its memory is in use.
    const lingering = /shared memory block .* is still in use|lock file .* already exists/.test(
      said,
    )
    if (!lingering || tries === 20) throw explainServerText(said, place, 'did not start')
    await sleep(250)
    await endStrayServer(place.cluster)
  }
}

/** Waits until the server answers and has the database `torg`; false when it ended instead. */
async function becomesReady(
  place: Place,
  child: ChildProcess,
  exit: Promise<number | null>,
  { onProgress }: EmbeddedOptions,
): Promise<boolean> {
  let ended = false
  const over = exit.then(
    () => (ended = true),
    () => (ended = true),
  )
  const url = new URL(urlOf(place, readNotes(place)))
  url.pathname = '/postgres'
  const since = performance.now()
  let told = false
  while (!ended && running(child)) {
    const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 5000 })
    client.on('error', () => {})
    try {
      await client.connect()
      const found = await client.query(`select from pg_database where datname = 'torg'`)
      if (found.rowCount === 0) await client.query('create database torg')
      return true
    } catch (error) {
      const code = errorCode(error)
      if (code === '53100') throw explainServerText('No space left on device', place, '')
      // Not listening yet, or replaying its journal after a crash.
      if (code !== 'ECONNREFUSED' && code !== 'ENOENT' && code !== '57P03') throw error
    } finally {
      await client.end().catch(() => {})
    }
    if (!told && performance.now() - since > 5000) {
      told = true
      onProgress?.('PostgreSQL is recovering from a crash; nothing committed is lost')
    }
    await Promise.race([sleep(15), over])
  }
  return false
}
