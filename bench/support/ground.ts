/** One PostgreSQL with production's settings on which shops of several sizes stand side by side. */
import { join } from 'node:path'

import pg from 'pg'

import { startEmbedded } from '../../server/platform/db/embedded.ts'
import { TEST_SECRET } from '../../tests/support/database.ts'
import { Program } from '../../tests/support/program.ts'
import { end, temporaryFolder } from './folder.ts'
import { tellPatterns, type Patterns } from './grown-shop.ts'
import { watchProcesses } from './processes.ts'
import { start } from './program.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** A database of one size, and the program that serves it while it is started. */
export interface Site {
  readonly name: string
  readonly databaseUrl: string
  readonly patterns: Patterns
  connect(): Promise<pg.Client>
  /** Starts the program, or starts it again. */
  serve(): Promise<{ readonly url: string; readonly startMs: number }>
  rest(): Promise<void>
  /** Resident memory of the program, after it has been idle for some seconds. */
  idleBytes(): Promise<number>
  verify(args?: readonly string[]): Promise<VerifyCost>
}

export interface VerifyCost {
  readonly seconds: number
  readonly nodeBytes: number
  readonly isSound: boolean
  readonly said: string
}

export interface Ground extends AsyncDisposable {
  /** A copy of the demo's database that is grown; the planner knows nothing of it yet. */
  site(
    name: string,
    grow: (database: pg.Client, patterns: Patterns) => Promise<void>,
  ): Promise<Site>
  readonly postgresPid: number
}

/**
 * Starts PostgreSQL, the test provider, which answers at once, and the program once, for the demo and
 * the patterns. Nothing is analyzed or vacuumed unless the benchmark says so.
 */
export async function openGround(): Promise<Ground> {
  await using opened = new AsyncDisposableStack()
  const folder = temporaryFolder()
  opened.defer(() => folder.dispose())
  const embedded = await startEmbedded({
    dataDir: folder.path,
    settings: { autovacuum: 'off', log_min_duration_statement: '-1', max_connections: '200' },
  })
  opened.defer(() => embedded.stop())
  const provider = opened.use(await Program.provider(join(folder.path, 'charges'), 0))
  const environment = (databaseUrl: string): Record<string, string> => ({
    DATABASE_URL: databaseUrl,
    TORG_SECRET: TEST_SECRET,
    DATA_DIR: folder.path,
    DEMO: 'true',
    LOG_LEVEL: 'error',
    PAYMENT_PROVIDER_URL: provider.url,
  })

  const base = await Program.shop(environment(embedded.url))
  const database = await connectTo(embedded.url)
  const patterns = await tellPatterns(base.url, database)
  await database.end()
  await base.kill('SIGTERM')

  const keep = opened.move()
  return {
    postgresPid: embedded.pid() ?? 0,
    async site(name, grow) {
      const databaseUrl = await clone(embedded.url, name)
      const made = await connectTo(databaseUrl)
      await grow(made, patterns).finally(() => made.end())
      return keep.use(new RunningSite(name, databaseUrl, patterns, environment(databaseUrl)))
    },
    [Symbol.asyncDispose]: () => keep.disposeAsync(),
  }
}

class RunningSite implements Site, AsyncDisposable {
  readonly name: string
  readonly databaseUrl: string
  readonly patterns: Patterns
  private readonly environment: Record<string, string>
  private program: Program | undefined

  constructor(
    name: string,
    databaseUrl: string,
    patterns: Patterns,
    environment: Record<string, string>,
  ) {
    this.name = name
    this.databaseUrl = databaseUrl
    this.patterns = patterns
    this.environment = environment
  }

  connect(): Promise<pg.Client> {
    return connectTo(this.databaseUrl)
  }

  async serve(): Promise<{ readonly url: string; readonly startMs: number }> {
    await this.rest()
    const since = performance.now()
    this.program = await Program.shop(this.environment)
    return { url: this.program.url, startMs: performance.now() - since }
  }

  async rest(): Promise<void> {
    if (this.program?.isRunning === true) await this.program.kill('SIGTERM')
    this.program = undefined
  }

  async idleBytes(): Promise<number> {
    const watch = watchProcesses({ program: this.program?.pid ?? 0 })
    await new Promise((resolve) => {
      setTimeout(resolve, 3_000)
    })
    return watch.stop().program.rssLastBytes
  }

  async verify(args: readonly string[] = []): Promise<VerifyCost> {
    const since = performance.now()
    const verifying = start([join(ROOT, 'tools', 'verify.ts'), ...args], {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: this.databaseUrl,
    })
    const watch = watchProcesses({ node: verifying.child.pid ?? 0 }, 100)
    await new Promise((resolve) => {
      verifying.child.once('close', resolve)
    })
    const seconds = (performance.now() - since) / 1_000
    const { node } = watch.stop()
    await end(verifying.child, 'SIGKILL')
    return {
      seconds,
      nodeBytes: node.rssPeakBytes,
      isSound: verifying.child.exitCode === 0,
      said: verifying.said(),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.rest()
  }
}

async function connectTo(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  // PostgreSQL ends under it when a run is broken off.
  client.on('error', () => {})
  await client.connect()
  return client
}

async function clone(url: string, name: string): Promise<string> {
  const elsewhere = new URL(url)
  elsewhere.pathname = '/postgres'
  const admin = await connectTo(elsewhere.href)
  const database = `grown_${name.replaceAll(/\W+/g, '_')}`
  await admin.query(`create database ${database} template torg`).finally(() => admin.end())
  const made = new URL(url)
  made.pathname = `/${database}`
  return made.href
}
