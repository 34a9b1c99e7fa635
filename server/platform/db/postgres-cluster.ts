/** The files of the embedded PostgreSQL: where they are, how they are made, what is noted beside them. */
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

import { CannotStart } from '../cannot-start.ts'
import { type Account, type Binaries, exitOf, launch } from './postgres-process.ts'

/** The release that the npm packages bring. */
export const MAJOR = '18'

/** What is where in the data folder. */
export interface Place {
  readonly dataDir: string
  readonly cluster: string
  readonly log: string
  readonly socketDir: string
  readonly notes: string
}

/** Port and password, chosen once and remembered (0600). */
export interface Notes {
  readonly port: number
  readonly password: string
}

export function placeIn(dataDir: string): Place {
  return {
    dataDir,
    cluster: join(dataDir, 'postgres'),
    log: join(dataDir, 'postgres.log'),
    socketDir: join(dataDir, 'run'),
    notes: join(dataDir, 'postgres.json'),
  }
}

export function checkMajor(cluster: string): void {
  const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  if (found === MAJOR) return
  throw new CannotStart(
    `The database in ${cluster} is of PostgreSQL ${found} and this program brings ${MAJOR}; start the program that made it, or begin anew with --fresh.`,
  )
}

/** Runs initdb beside the final place and renames, so that a run killed half-way leaves nothing. */
export async function makeCluster(
  place: Place,
  account: Account,
  binaries: Binaries,
): Promise<void> {
  const draft = `${place.cluster}.new`
  const passwordFile = join(draft, 'password')
  const files = join(draft, 'cluster')
  const notes: Notes = { port: await freePort(), password: randomBytes(24).toString('base64url') }

  rmSync(draft, { recursive: true, force: true })
  for (const folder of [draft, files]) {
    mkdirSync(folder, { mode: 0o700 })
    give(folder, account)
  }
  writeFileSync(passwordFile, `${notes.password}\n`, { mode: 0o600 })
  give(passwordFile, account)

  const child = launch(
    account,
    [
      binaries.initdb,
      `--pgdata=${files}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      // PostgreSQL's own C.UTF-8: the same on every system, upper and lower case for all of Unicode.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ],
    'pipe',
  )
  let said = ''
  for (const output of [child.stdout, child.stderr]) {
    output?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  }
  const code = await exitOf(child)
  if (code !== 0) throw explainServerText(said, place, 'could not make its files')
  writeNotes(place, notes)
  renameSync(files, place.cluster)
  rmSync(draft, { recursive: true, force: true })
}

export function give(path: string, { owner }: Account): void {
  if (owner !== undefined) chownSync(path, owner.uid, owner.gid)
}

export function readNotes(place: Place): Notes {
  try {
    return JSON.parse(readFileSync(place.notes, 'utf8')) as Notes
  } catch (error) {
    throw new CannotStart(
      `${place.notes}, which holds the password of the embedded database, is missing or damaged; restore it, or begin anew with --fresh.`,
      { cause: error },
    )
  }
}

export function writeNotes(place: Place, notes: Notes): void {
  writeFileSync(place.notes, `${JSON.stringify(notes)}\n`, { mode: 0o600 })
}

export function tailOf(place: Place, from: number): string {
  const text = existsSync(place.log) ? readFileSync(place.log) : Buffer.alloc(0)
  return text.subarray(Math.max(from, text.length - 20_000)).toString()
}

/** One sentence for what initdb or the server said before it gave up. */
export function explainServerText(said: string, place: Place, what: string): CannotStart {
  if (/No space left on device|Disk quota exceeded/.test(said)) {
    return new CannotStart(`The disk of ${place.dataDir} is full; free some space and start again.`)
  }
  if (/Permission denied|Operation not permitted/.test(said)) {
    return new CannotStart(
      `PostgreSQL may not use ${place.dataDir}; change its owner or choose another folder with DATA_DIR.`,
    )
  }
  if (/could not (create|resize) (anonymous )?shared memory|Cannot allocate memory/.test(said)) {
    return new CannotStart(
      'There is not enough memory for PostgreSQL (256 MB); close something else.',
    )
  }
  const fatal = said
    .split('\n')
    .filter((line) => /FATAL|PANIC|ERROR|error:|not found/.test(line))
    .at(-1)
  const because = fatal === undefined ? '' : `: ${fatal.replace(/^.*?(FATAL|PANIC|ERROR): */, '')}`
  return new CannotStart(`PostgreSQL ${what}${because}. Its log is ${place.log}.`)
}

export async function isFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) === port
}

export async function freePort(): Promise<number> {
  const port = await listenOnce(0)
  if (port === undefined) throw new CannotStart('There is no free port on 127.0.0.1.')
  return port
}

function listenOnce(port: number): Promise<number | undefined> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}
