/** The whole program as it is run for real, as processes of their own, on a data folder of their own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import pg from 'pg'

import { placeIn, readNotes } from '../../server/platform/db/postgres-cluster.ts'
import { processesOf } from '../../tests/support/processes.ts'
import { api, type Api } from './api.ts'
import { atExit, end, postgresPidOf, temporaryFolder } from './folder.ts'
import { postgresLine } from './machine.ts'
import { askForStatements, statementsAreCounted } from './statements.ts'

/** How the banner tells where the shop is. */
export const SHOP = /Shop +(http:\S+)/

const root = join(import.meta.dirname, '..', '..')

export interface Program extends AsyncDisposable {
  readonly url: string
  /** Where requests are served: of one process, or of several. */
  readonly urls: readonly string[]
  /** Its data folder, removed at the end; a benchmark may put files beside the program's own. */
  readonly folder: string
  readonly api: Api
  /** To watch; PostgreSQL is a child of the server and is watched on its own all the same. */
  readonly pids: { readonly server: number; readonly postgres: number; readonly provider: number }
  /** Connects as the superuser, to load and to look. */
  database(): Promise<pg.Client>
  /** The settings of PostgreSQL that decide what a commit costs. */
  readonly postgres: string
  /** Warnings and errors the server has logged so far, the last of them. */
  complaints(): readonly string[]
  /** Where the server's CPU profile will be after the end; only with `BENCH_PROFILE`. */
  readonly profileDir: string | undefined
  /** Stops the server and PostgreSQL so that profiles are written; the folder stays until disposal. */
  stop(): Promise<void>
}

/**
 * Starts the test provider, which answers in 20 ms, and the server with the demo on an empty
 * folder. The embedded PostgreSQL has the settings of production (`fsync` and durable commits). The
 * server's environment is that of the benchmark, so `WRITER_LANES=1 npm run bench` tries another.
 * With `processes` (`2+2`) so many that serve requests and so many workers share the database of the
 * first.
 */
export async function openProgram(providerDelayMs = 20, processes = '1'): Promise<Program> {
  const folder = temporaryFolder()
  await using opened = new AsyncDisposableStack()
  opened.defer(() => folder.dispose())

  const provider = start(
    [join(root, 'server/test-provider/main.ts'), '--delay-ms', String(providerDelayMs)],
    process.env,
  )
  opened.defer(() => end(provider.child, 'SIGTERM', 2))
  const providerUrl = await provider.says(/"url": ?"([^"]+)"/)

  const profileDir = process.env['BENCH_PROFILE'] ? `${folder.path}-profile` : undefined
  if (profileDir !== undefined) mkdirSync(profileDir)
  const flags = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`]
  const dataDir = folder.path
  const environment = {
    ...process.env,
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    DATABASE_URL: '',
    PAYMENT_PROVIDER_URL: providerUrl,
  }
  if (statementsAreCounted) await startOnceForStatements(environment)
  const [firstRole = [], ...others] = processesOf(processes)
  const main = [join(root, 'server/main.ts')]
  const server = start([...flags, ...main, ...firstRole], environment)
  const stop = (): Promise<void> => end(server.child, 'SIGTERM')
  opened.defer(stop)
  const port = new URL(await server.says(SHOP)).port
  const url = `http://127.0.0.1:${port}`

  const more = await Promise.all(
    others.map((roles, n) => startAnother([...main, ...roles], environment, n + 2)),
  )
  for (const { child } of more) opened.defer(() => end(child, 'SIGTERM'))
  const urls = [url, ...more.filter(({ isFront }) => isFront).map((each) => each.url)]
  const pids = Object.fromEntries(more.map(({ name, child }) => [name, child.pid ?? 0]))

  const database = await connect(dataDir)
  const postgres = await postgresLine(database).finally(() => database.end())

  const keep = opened.move()
  return {
    url,
    urls,
    folder: dataDir,
    api: api(url, [url, ...more.map((each) => each.url)]),
    pids: {
      ...pids,
      server: server.child.pid ?? 0,
      postgres: postgresPidOf(dataDir) ?? 0,
      provider: provider.child.pid ?? 0,
    },
    database: () => connect(dataDir),
    complaints: () =>
      [server, ...more]
        .flatMap((each) => each.said().split('\n'))
        .filter((line) => /^\{.*"level":"?(warn|error|fatal|[456]0)/i.test(line)),
    postgres,
    profileDir,
    stop,
    [Symbol.asyncDispose]: () => keep.disposeAsync(),
  }
}

/** A setting that PostgreSQL reads when it starts, and which no setting of the program reaches. */
async function startOnceForStatements(environment: NodeJS.ProcessEnv): Promise<void> {
  const server = start([join(root, 'server/main.ts')], environment)
  await server.says(SHOP)
  const database = await connect(environment['DATA_DIR'] ?? '')
  await askForStatements(database).finally(() => database.end())
  await end(server.child, 'SIGTERM')
}

/** Starts one more process on the database of the first. */
async function startAnother(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  number: number,
): Promise<Started & { readonly name: string; readonly url: string; readonly isFront: boolean }> {
  const dataDir = environment['DATA_DIR'] ?? ''
  const secret = readFileSync(join(dataDir, 'secret'), 'utf8').trim()
  const shared = { DATABASE_URL: addressOf(dataDir), TORG_SECRET: secret, WORKER_PORT: '0' }
  const started = start(words, { ...environment, ...shared })
  const address = new URL(await started.says(/(?:Shop|Health) +(http:\S+)/))
  const isFront = address.pathname === '/'
  const name = `${isFront ? 'server' : 'worker'} ${number}`
  return { ...started, name, url: `http://127.0.0.1:${address.port}`, isFront }
}

function addressOf(dataDir: string): string {
  const { port, password } = readNotes(placeIn(dataDir))
  return `postgres://postgres:${password}@127.0.0.1:${port}/torg`
}

/** Connects to the embedded database of a data folder as its superuser. */
export async function connect(dataDir: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: addressOf(dataDir) })
  // The server is stopped under it at the end of a run.
  client.on('error', () => {})
  await client.connect()
  return client
}

export interface Started {
  readonly child: ChildProcess
  /** The last of what it has said. */
  said(): string
  /** Waits until its output matches and returns the first group; throws what it said if it ends before. */
  says(pattern: RegExp): Promise<string>
}

/** Starts this Node on a program; the program is killed with this process at the latest. */
export function start(words: readonly string[], env: NodeJS.ProcessEnv): Started {
  return listen(spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] }))
}

/** Hears what a child says. */
export function listen(child: ChildProcess): Started {
  atExit(() => child.kill('SIGKILL'))
  let text = ''
  const heard = new EventTarget()
  for (const output of [child.stdout, child.stderr]) {
    output?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-100_000)
      heard.dispatchEvent(new Event('text'))
    })
  }
  child.once('close', () => heard.dispatchEvent(new Event('text')))
  return {
    child,
    said: () => text,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(text)
          const isOver = child.exitCode !== null || child.signalCode !== null
          if (found === null && !isOver) return
          heard.removeEventListener('text', look)
          if (found === null) reject(new Error(`It ended without saying ${pattern}: ${text}`))
          else resolve(found[1] ?? found[0])
        }
        heard.addEventListener('text', look)
        look()
      }),
  }
}
