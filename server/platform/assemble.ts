/** Puts a process together over parts that are given: by `open.ts` over PostgreSQL, by a simulation over memory. */
import type { Context, DueTimer, Job, Platform } from './context.ts'
import { openJobs } from './jobs.ts'
import { sweepHolds, type FindLapsed } from './ledger/sweep.ts'
import type { LogSource } from './log/source.ts'
import { openSubscriptions, type Subscriptions } from './log/subscriptions.ts'
import { pacing } from './pace.ts'
import { openTimers, type TimerSource } from './timers.ts'
import type { Store } from './write/store.ts'
import { openWriter, type Committed, type Writer, type WriterOptions } from './write/writer.ts'

/** What every process stands on. Nothing of it is closed by the process. */
export interface Parts extends Omit<Platform, 'write' | 'recall' | 'clock'> {
  /** Closed with the writer. */
  readonly store: Store
  readonly clock: WriterOptions['clock']
}

/** The platform of one process, with its writer. */
export interface Assembled extends Platform {
  readonly writer: Writer
  /** Calls back after every commit of this process. */
  onCommit(heard: (batch: Committed) => void): void
}

/** What contexts stand on, with a writer of its own; closing is the writer's. */
export function assemble({ store, ...parts }: Parts): Assembled {
  const { config, clock, waiting, chance } = parts
  const { writerLanes: lanes, writeQueueLimit: queueLimit, batchLimit } = config
  const listeners: ((batch: Committed) => void)[] = []
  const writer = openWriter({
    store,
    clock,
    waiting,
    chance,
    queueLimit,
    batchLimit,
    lanes,
    committed: (batch) => {
      for (const heard of listeners) heard(batch)
    },
  })
  return {
    ...parts,
    write: writer.write,
    recall: writer.recall,
    writer,
    onCommit: (heard) => void listeners.push(heard),
  }
}

export interface Worker extends AsyncDisposable {
  /** Resolves when every subscription has heard everything committed until now. */
  idle(): Promise<void>
  readonly subscriptions: Subscriptions
}

/** Where a worker finds what there is to do. */
export interface WorkerParts {
  /** Closed with the worker, and so is the next. */
  readonly logSource: LogSource
  readonly timerSource: TimerSource
  readonly findLapsed: FindLapsed
  /** Of the platform, beside the sweeper. */
  readonly jobs?: readonly Job[]
  /** Tells this process from others in leases. */
  readonly holder: string
}

/** Runs the subscriptions, timers and jobs of all contexts, and those of the platform. */
export function assembleWorker(
  platform: Assembled,
  contexts: readonly Context[],
  { logSource, timerSource, findLapsed, jobs: own = [], holder }: WorkerParts,
): Worker {
  const { log, clock, waiting, chance } = platform
  const subscriptions = openSubscriptions({
    source: logSource,
    subscriptions: subscriptionsOf(contexts),
    holder,
    log,
    clock,
    waiting,
    chance,
  })
  // Nobody waits for what follows from a row of a table: the next look finds many of them together.
  platform.onCommit(({ entries, isBulk }) => {
    if (entries > 0 && !isBulk) subscriptions.wake()
  })
  const handlers: Record<string, (due: DueTimer) => Promise<void>> = {}
  for (const { timers } of contexts) Object.assign(handlers, timers)
  const pace = pacing(subscriptions, waiting)
  const timers = openTimers({ source: timerSource, handlers, pace, log, waiting })
  const jobs = openJobs(
    [
      sweepHolds(findLapsed, platform.write, platform.ids),
      ...own,
      ...contexts.flatMap((context) => context.jobs ?? []),
    ],
    { log, waiting },
  )
  return {
    subscriptions,
    idle: () => subscriptions.idle(),
    async [Symbol.asyncDispose]() {
      await jobs.close()
      await timers.close()
      await subscriptions.close()
    },
  }
}

/** Everything that contexts want to hear. */
export function subscriptionsOf(contexts: readonly Context[]) {
  return contexts.flatMap((context) => context.subscriptions ?? [])
}
