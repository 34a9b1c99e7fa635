import type { Logger } from 'pino'

import type { Clock } from './clock.ts'
import type { Config } from '../config.ts'
import type { Reads } from './db/reads.ts'
import type { ProblemTable, Route } from './http/route.ts'
import type { Ids, TenantId } from './ids.ts'
import type { Subscription } from './log/subscription.ts'
import type { LongProcess } from './process.ts'
import type { Secrets } from './auth/secrets.ts'
import type { Chance, Waiting } from './waiting.ts'
import type { WriteIntent } from './write/commit.ts'
import type { Recall } from './write/recalling.ts'

/** What the platform gives every context. */
export interface Platform {
  readonly config: Config
  readonly write: WriteIntent
  readonly recall: Recall
  readonly reads: Reads
  readonly clock: Clock
  readonly ids: Ids
  readonly waiting: Waiting
  readonly chance: Chance
  readonly log: Logger
  readonly secrets: Secrets
}

/** A timer that is due. A handler that throws is called again, later each time, five times in all. */
export interface DueTimer {
  readonly tenant: TenantId
  readonly id: string
  readonly kind: string
  readonly data: Readonly<Record<string, unknown>>
  /** Aborted when the process wants to end: who works long stops at a good place. */
  readonly ending: AbortSignal
  /**
   * Resolves when those who read the log are not far behind it, or after a second. Who writes thousands of
   * rows waits for it between them.
   */
  pace(): Promise<void>
  /** Derived from id and due time: the key of the commit that the timer causes. */
  readonly key: string
}

/** Clock-driven work of the worker role; one run at a time in this process. */
export interface Job {
  readonly name: string
  readonly everySeconds: number
  /** Work that nobody waits for leaves a process that has just started so long to its shoppers. */
  readonly firstAfterSeconds?: number
  run(): Promise<void>
}

/** What an operator watches of a context under `/metrics`, read whenever that is asked for. */
export interface Figure {
  /** `torg_<context>_…` */
  readonly name: string
  readonly help: string
  read(): number
}

/** One part of the business, as the composition root sees it. */
export interface Context {
  readonly name: string
  readonly routes: readonly Route[]
  readonly problems: ProblemTable
  readonly subscriptions?: readonly Subscription[]
  /** By kind. The handler must clear or set anew the timer in its own commit. */
  readonly timers?: Readonly<Record<string, (due: DueTimer) => Promise<void>>>
  readonly jobs?: readonly Job[]
  readonly figures?: readonly Figure[]
  /** The long processes whose steps this context commits. */
  readonly processes?: readonly LongProcess[]
}
