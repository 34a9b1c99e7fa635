/** Opens what contexts stand on in PostgreSQL, and the worker that runs what happens after the answer. */
import assert from 'node:assert/strict'
import { join } from 'node:path'

import { Gauge, type Registry } from 'prom-client'
import type { Logger } from 'pino'

import type { Config } from '../config.ts'
import {
  assemble,
  assembleWorker,
  subscriptionsOf,
  type Assembled,
  type Worker,
} from './assemble.ts'
import type { Secrets } from './auth/secrets.ts'
import { openPostgresTail } from './cache/postgres-tail.ts'
import type { SecondLevel } from './cache/second-level.ts'
import { spaceOf } from './cache/space.ts'
import { type FollowedTail, openTail } from './cache/tail.ts'
import type { Context } from './context.ts'
import { databaseClock } from './database-clock.ts'
import { openPool } from './db/connections.ts'
import { openReads } from './db/postgres-reads.ts'
import { connectionFor } from './db/roles.ts'
import { statement } from './db/statement.ts'
import { randomIds } from './ids.ts'
import { lapsedHolds } from './ledger/postgres-lapsed.ts'
import { openPostgresLog } from './log/postgres-log.ts'
import { openPostgresTimers } from './postgres-timers.ts'
import type { DatabaseUrls } from './surroundings.ts'
import { reality } from './waiting.ts'
import { forgetAnswers } from './write/forget-answers.ts'
import { openPostgresStore } from './write/postgres-store.ts'

export interface Surroundings extends DatabaseUrls {
  readonly config: Config
  readonly secrets: Secrets
  readonly log: Logger
}

export interface OpenPlatform extends Assembled, AsyncDisposable {
  /** Throws when the database does not answer. */
  check(): Promise<void>
}

const now = statement<{ now: number }>(
  'platform.now',
  `select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
)

/** A copy of the database, or another one of the same cluster, counts the same transactions. */
const whose = statement<{ cluster: string; name: string }>(
  'platform.whose',
  `select system_identifier::text as cluster, current_database() as name from pg_control_system()`,
)

/** The writer, the reads and the clock of one process. */
export async function openPlatform(surroundings: Surroundings): Promise<OpenPlatform> {
  const { config, secrets, log, adminUrl, bulkUrl = adminUrl } = surroundings
  const onError = (error: Error): void => {
    log.warn({ err: error }, 'a connection to the database was lost')
  }
  const reads = openReads({
    connection: connectionFor(adminUrl, 'torg_app', secrets),
    connections: config.readConnections,
    waiting: reality.waiting,
    onError,
  })
  const [first] = await reads.readGlobal(now)
  assert(first !== undefined, 'a database that answers tells the time')
  const clock = databaseClock(first.now)
  const store = await openPostgresStore({
    connection: connectionFor(adminUrl, 'torg_writer', secrets),
    bulkConnection: connectionFor(bulkUrl, 'torg_writer', secrets),
    lanes: config.writerLanes,
    onError,
  })
  const assembled = assemble({
    config,
    secrets,
    log,
    reads,
    store,
    clock,
    ids: randomIds,
    ...reality,
  })
  return {
    ...assembled,
    check: async () => void (await reads.readGlobal(now)),
    async [Symbol.asyncDispose]() {
      await assembled.writer.close()
      await reads.close()
    },
  }
}

/** Follows the end of the log, for a process that remembers what it has answered. */
export function openTailFor(
  { secrets, log, adminUrl }: Surroundings,
  platform: OpenPlatform,
): FollowedTail {
  const connection = connectionFor(adminUrl, 'torg_reader', secrets)
  const source = openPostgresTail(connection, (error) => {
    log.warn({ err: error }, 'the connection to the end of the log was lost')
  })
  const { clock, waiting } = platform
  const tail = openTail({ source, clock, waiting, log })
  platform.onCommit(() => tail.wake())
  return tail
}

/** The second level, if this deployment was told of one; nobody waits until it is connected. */
export async function openSecondLevel(
  { config, secrets, log }: Surroundings,
  { reads }: OpenPlatform,
): Promise<SecondLevel | undefined> {
  const { redisUrl: url, publicUrl = '', mediaUrl = '' } = config
  if (url === undefined) return undefined
  const [here] = await reads.readGlobal(whose)
  assert(here !== undefined, 'a database that answers says which it is')
  const root = join(import.meta.dirname, '..', '..')
  const space = spaceOf(root, [here.cluster, here.name, publicUrl, mediaUrl])
  const { current: key } = secrets.derive('second-level')
  const { redisSecondLevel } = await import('./cache/redis-second-level.ts')
  return redisSecondLevel({ url, space, key, log })
}

/** Runs what happens after the answer, found in PostgreSQL. */
export function openWorker(
  { config, secrets, log, adminUrl }: Surroundings,
  platform: OpenPlatform,
  contexts: readonly Context[],
): Worker {
  const connection = connectionFor(adminUrl, 'torg_reader', secrets)
  const lost = (what: string) => (error: Error) => log.warn({ err: error }, `${what} was lost`)
  const pool = openPool(
    { ...connection, max: config.readerConnections },
    lost('a connection of the worker'),
  )
  const worker = assembleWorker(platform, contexts, {
    logSource: openPostgresLog({
      connection,
      subscriptions: subscriptionsOf(contexts).length,
      onError: lost('a log connection'),
    }),
    timerSource: openPostgresTimers({ connection, onError: lost('a timer connection') }),
    findLapsed: lapsedHolds(pool),
    jobs: [forgetAnswers(connectionFor(adminUrl, 'torg_writer', secrets))],
    holder: `${config.pod}/${process.pid}`,
  })
  return {
    ...worker,
    async [Symbol.asyncDispose]() {
      await worker[Symbol.asyncDispose]()
      await pool.end()
    },
  }
}

/** What an operator watches of the writer, the subscriptions and the contexts (OBS-01). */
export function measure(
  registry: Registry,
  { writer }: Pick<OpenPlatform, 'writer'>,
  worker: Worker | undefined,
  contexts: readonly Context[],
): void {
  const gauge = (name: string, help: string, read: () => number): void => {
    const made: Gauge = new Gauge({
      name,
      help,
      registers: [registry],
      collect: () => made.set(read()),
    })
  }
  gauge('torg_writer_waiting', 'Intents that wait to be settled.', () => writer.figures().waiting)
  gauge('torg_writer_batches', 'Batches settled since the start.', () => writer.figures().batches)
  gauge('torg_writer_commits', 'Intents committed since the start.', () => writer.figures().members)
  gauge('torg_writer_tries', 'Batches that had to be tried again.', () => writer.figures().tries)
  for (const { figures = [] } of contexts) {
    for (const figure of figures) gauge(figure.name, figure.help, () => figure.read())
  }
  if (worker === undefined) return
  const lag = new Gauge({
    name: 'torg_subscription_lag_transactions',
    help: 'How many transactions a subscription is behind.',
    labelNames: ['subscription'],
    registers: [registry],
    async collect() {
      for (const [subscription, behind] of await worker.subscriptions.lag()) {
        lag.set({ subscription }, behind)
      }
    },
  })
}
