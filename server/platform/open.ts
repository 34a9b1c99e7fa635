/** Opens what contexts stand on, and the worker that runs what happens after the answer. */
import { Gauge, type Registry } from 'prom-client'
import type { Logger } from 'pino'

import type { Config } from '../config.ts'
import type { Secrets } from './auth/secrets.ts'
import type { Context, DueTimer, Platform } from './context.ts'
import { databaseClock } from './database-clock.ts'
import { openPool } from './db/connections.ts'
import { openReads } from './db/postgres-reads.ts'
import { connectionFor } from './db/roles.ts'
import { statement } from './db/statement.ts'
import { randomIds } from './ids.ts'
import { openJobs } from './jobs.ts'
import { sweepHolds } from './ledger/sweep.ts'
import { openSubscriptions, type Subscriptions } from './log/subscriptions.ts'
import { openTimers } from './timers.ts'
import { forgetAnswers } from './write/forget-answers.ts'
import { openPostgresStore } from './write/postgres-store.ts'
import { openWriter, type Writer } from './write/writer.ts'

export interface Surroundings {
  readonly config: Config
  readonly secrets: Secrets
  readonly log: Logger
  /** Of the database's administrator; every connection is made as a role below. */
  readonly adminUrl: string
}

export interface OpenPlatform extends Platform, AsyncDisposable {
  readonly writer: Writer
  /** Calls back after every commit of this process. */
  onCommit(heard: () => void): void
  /** Throws when the database does not answer. */
  check(): Promise<void>
}

const now = statement<{ now: number }>(
  'platform.now',
  `select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
)

/** The writer, the reads and the clock of one process. */
export async function openPlatform(surroundings: Surroundings): Promise<OpenPlatform> {
  const { config, secrets, log, adminUrl } = surroundings
  const onError = (error: Error): void => {
    log.warn({ err: error }, 'a connection to the database was lost')
  }
  const reads = openReads({
    connection: connectionFor(adminUrl, 'torg_app', secrets),
    connections: config.readConnections,
    onError,
  })
  const [first] = await reads.readGlobal(now)
  const clock = databaseClock(first?.now ?? Date.now())
  const listeners: (() => void)[] = []
  const { writerLanes: lanes, writeQueueLimit: queueLimit, batchLimit } = config
  const store = await openPostgresStore({
    connection: connectionFor(adminUrl, 'torg_writer', secrets),
    lanes,
    onError,
  })
  const writer = openWriter({
    store,
    clock,
    queueLimit,
    batchLimit,
    lanes,
    committed: () => {
      for (const heard of listeners) heard()
    },
  })
  return {
    config,
    secrets,
    log,
    reads,
    clock,
    ids: randomIds,
    write: writer.write,
    writer,
    onCommit: (heard) => void listeners.push(heard),
    check: async () => void (await reads.readGlobal(now)),
    async [Symbol.asyncDispose]() {
      await writer.close()
      await reads.close()
    },
  }
}

export interface Worker extends AsyncDisposable {
  /** Resolves when every subscription has heard everything committed until now. */
  idle(): Promise<void>
  readonly subscriptions: Subscriptions
}

/** Runs the subscriptions, timers and jobs of all contexts, and those of the platform. */
export function openWorker(
  { config, secrets, log, adminUrl }: Surroundings,
  platform: OpenPlatform,
  contexts: readonly Context[],
): Worker {
  const connection = connectionFor(adminUrl, 'torg_reader', secrets)
  const pool = openPool({ ...connection, max: config.readerConnections }, (error) => {
    log.warn({ err: error }, 'a connection of the worker was lost')
  })
  const subscriptions = openSubscriptions({
    connection,
    subscriptions: contexts.flatMap((context) => context.subscriptions ?? []),
    holder: `${config.pod}/${process.pid}`,
    log,
  })
  platform.onCommit(() => subscriptions.wake())
  const handlers: Record<string, (due: DueTimer) => Promise<void>> = {}
  for (const { timers } of contexts) Object.assign(handlers, timers)
  const timers = openTimers({ connection, handlers, log })
  const jobs = openJobs(
    [
      sweepHolds(pool, platform.write, platform.ids),
      forgetAnswers(connectionFor(adminUrl, 'torg_writer', secrets)),
      ...contexts.flatMap((context) => context.jobs ?? []),
    ],
    log,
  )
  return {
    subscriptions,
    idle: () => subscriptions.idle(),
    async [Symbol.asyncDispose]() {
      await jobs.close()
      await timers.close()
      await subscriptions.close()
      await pool.end()
    },
  }
}

/** What an operator watches of the writer and of the subscriptions (OBS-01). */
export function measure(
  registry: Registry,
  { writer }: Pick<OpenPlatform, 'writer'>,
  worker: Worker | undefined,
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
