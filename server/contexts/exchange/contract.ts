/**
 * Exchange: products, prices and stock as tables, in and out (GAP-37, CAT-14).
 *
 * Everything outside this folder may import this file, and only this file.
 */
import type { Blob } from '#platform/blob/blobs'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Page } from '#platform/keyset'
import type { Outcome } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'

/** What the rows of a table are. */
export type TableKind = 'products' | 'prices' | 'stock'

export type TableFormat = 'csv' | 'xlsx'

/** `trial`: everything is read and judged, nothing is changed. */
export type ImportMode = 'apply' | 'trial'

export type ImportState = 'waiting' | 'running' | 'done' | 'broken' | 'cancelled'

/** A table was sent and waits to be read. */
export interface ImportBegun {
  readonly type: 'exchange.import-begun'
  readonly kind: TableKind
  readonly format: TableFormat
  readonly mode: ImportMode
  readonly bytes: number
}

/** So many rows more have been read, and what has become of all of them until now. */
export interface ImportProgressed extends Tally {
  readonly type: 'exchange.import-progressed'
}

/** Nothing more is read: all was, or the file broke off, or somebody called it off. */
export interface ImportEnded {
  readonly type: 'exchange.import-ended'
  readonly state: 'done' | 'broken' | 'cancelled'
}

/** Tables come in or go out by themselves, at these times from now on. */
export interface ScheduleSet {
  readonly type: 'exchange.schedule-set'
  readonly direction: Direction
  readonly kind: TableKind
  readonly rhythm: Rhythm
  readonly isPaused: boolean
  /** When it is due; ISO 8601, null while it is paused. */
  readonly nextAt: string | null
}

/** Nothing comes or goes by it any more; its runs and their files are gone with it. */
export interface ScheduleRemoved {
  readonly type: 'exchange.schedule-removed'
}

/** It was due, or somebody asked for it; passed over when the run before was still under way. */
export interface ScheduleFired {
  readonly type: 'exchange.schedule-fired'
  readonly runId: Id
  readonly because: 'due' | 'asked'
  readonly isPassedOver: boolean
  readonly nextAt: string | null
}

/** A run is over: its table came or went, or it was given up. The next may begin. */
export interface ScheduleRunEnded {
  readonly type: 'exchange.schedule-run-ended'
  readonly runId: Id
  readonly state: 'done' | 'failed' | 'cancelled'
  /** Code of what went wrong. */
  readonly fault: string | null
}

export type ScheduleEvent = ScheduleSet | ScheduleRemoved | ScheduleFired | ScheduleRunEnded

export type ImportEvent = ImportBegun | ImportProgressed | ImportEnded

export type ExchangeEvent = ImportEvent | ScheduleEvent

export interface Tally {
  /** Rows read, without the header. */
  readonly rows: number
  readonly applied: number
  readonly unchanged: number
  readonly failed: number
}

export type ExchangeRefusal =
  | { readonly code: 'exchange.import-unknown'; readonly importId: string }
  | {
      readonly code: 'exchange.import-over'
      readonly importId: string
      readonly state: ImportState
    }
  | { readonly code: 'exchange.file-empty' }
  | {
      readonly code: 'exchange.too-many-imports'
      readonly limit: number
      readonly retryAfterSeconds: number
    }
  | { readonly code: 'exchange.schedule-unknown'; readonly scheduleId: string }
  | { readonly code: 'exchange.schedule-running'; readonly scheduleId: string }
  | { readonly code: 'exchange.schedule-directions' }
  | { readonly code: 'exchange.too-many-schedules'; readonly limit: number }
  | { readonly code: 'exchange.source-forbidden'; readonly reason: string }
  | { readonly code: 'exchange.file-unknown'; readonly runId: string }

export interface ImportView extends Tally {
  readonly id: Id
  readonly kind: TableKind
  readonly format: TableFormat
  readonly mode: ImportMode
  readonly state: ImportState
  readonly bytes: number
  /** Of the file, from 0 to 1. */
  readonly progress: number
  readonly rowsPerSecond: number | null
  readonly secondsLeft: number | null
  readonly createdAt: string
  readonly endedAt: string | null
  /** The schedule that brought it; null when somebody sent it. */
  readonly scheduleId: Id | null
}

/** Why a row was not taken. */
export interface RowFault {
  /** In the file, from 1; the first line of a product that has several. */
  readonly line: number
  /** As the header has it; null where the fault is of the whole row. */
  readonly column: string | null
  readonly code: string
  readonly reason: string
}

/** What is sent with a table. */
export interface ImportAsk {
  readonly kind: TableKind
  readonly mode: ImportMode
  /** Found out where absent. */
  readonly delimiter?: string
  readonly encoding?: string
}

/** Tables that come in: each is kept, then read row by row in the background. */
export interface Imports {
  /** Keeps the file and has it read. Throws `TooLarge`. Refusals are those of `ExchangeRefusal`. */
  begin(
    tenant: Tenant,
    ask: ImportAsk,
    bytes: AsyncIterable<Uint8Array>,
    cause: Cause,
  ): Promise<Outcome<{ readonly answer: ImportView; readonly replayed: boolean }>>
  /** What has been applied stays. */
  cancel(
    tenant: TenantId,
    importId: Id,
    cause: Cause,
  ): Promise<Outcome<{ readonly answer: ImportView; readonly replayed: boolean }>>
  view(tenant: TenantId, importId: Id): Promise<Outcome<ImportView>>
  /** Newest first. */
  list(
    tenant: TenantId,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<Page<ImportView>>
  /** By line. */
  faults(
    tenant: TenantId,
    importId: Id,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<Outcome<Page<RowFault>>>
}

export type Direction = 'import' | 'export'

export type Weekday =
  | 'monday'
  | 'tuesday'
  | 'wednesday'
  | 'thursday'
  | 'friday'
  | 'saturday'
  | 'sunday'

/** `at` is a time of day in the shop's time zone: `03:30`. */
export type Rhythm =
  | { readonly every: 'hours'; readonly hours: number }
  | { readonly every: 'day'; readonly at: string }
  | { readonly every: 'week'; readonly on: Weekday; readonly at: string }

/** Where tables are fetched from, and how they are read. */
export interface ScheduleFrom extends Omit<ImportAsk, 'kind'> {
  readonly url: string
}

/** How tables are written, and how many files are kept: older ones are removed. */
export interface ScheduleTo {
  readonly format: TableFormat
  readonly keep: number
}

/** Exactly one of `from` and `to` is there: it imports or exports. */
export interface ScheduleAsk {
  readonly name: string
  readonly kind: TableKind
  readonly rhythm: Rhythm
  readonly isPaused: boolean
  readonly from?: ScheduleFrom
  readonly to?: ScheduleTo
}

export interface ScheduleView {
  readonly id: Id
  readonly name: string
  readonly kind: TableKind
  readonly rhythm: Rhythm
  readonly isPaused: boolean
  /** What stands behind the question mark of the address is not shown again. */
  readonly from: ScheduleFrom | null
  readonly to: ScheduleTo | null
  readonly nextAt: string | null
  readonly createdAt: string
  readonly lastRun: RunView | null
}

/**
 * `waiting`: for its first try, or for the next after one that failed. `importing`: the table is here
 * and is being read. `passed-over`: the run before was still under way.
 */
export type RunState =
  | 'waiting'
  | 'running'
  | 'importing'
  | 'done'
  | 'failed'
  | 'cancelled'
  | 'passed-over'

/** One time that a schedule was due, or was asked for. */
export interface RunView {
  readonly id: Id
  readonly dueAt: string
  readonly because: 'due' | 'asked'
  readonly state: RunState
  readonly attempts: number
  /** When it is tried again. */
  readonly retryAt: string | null
  readonly rows: number
  /** Rows of an import that were not taken. */
  readonly failed: number
  /** What went wrong last. */
  readonly fault: { readonly code: string; readonly reason: string } | null
  readonly importId: Id | null
  /** Of an export, while it is kept. */
  readonly file: { readonly url: string; readonly bytes: number } | null
  readonly beganAt: string | null
  readonly endedAt: string | null
}

type PageAsk = { readonly limit: number; readonly after?: string }

/** Tables that come and go by themselves. Refusals are those of `ExchangeRefusal`. */
export interface Schedules {
  create(
    tenant: Tenant,
    ask: ScheduleAsk,
    cause: Cause,
  ): Promise<Outcome<{ readonly answer: ScheduleView; readonly replayed: boolean }>>
  /** As a whole. The next time stays unless the rhythm is another, or it was paused. */
  change(
    tenant: Tenant,
    scheduleId: Id,
    ask: ScheduleAsk,
    cause: Cause,
  ): Promise<Outcome<ScheduleView>>
  /** With its runs and files; what is being imported is imported. */
  remove(tenant: TenantId, scheduleId: Id, cause: Cause): Promise<Outcome<unknown>>
  /** Now, beside its rhythm. */
  run(
    tenant: Tenant,
    scheduleId: Id,
    cause: Cause,
  ): Promise<Outcome<{ readonly answer: RunView; readonly replayed: boolean }>>
  view(tenant: TenantId, scheduleId: Id): Promise<Outcome<ScheduleView>>
  /** Newest first. */
  list(tenant: TenantId, page: PageAsk): Promise<Page<ScheduleView>>
  /** Newest first; those of the last 30 days, and those whose file is kept. */
  runs(tenant: TenantId, scheduleId: Id, page: PageAsk): Promise<Outcome<Page<RunView>>>
  file(tenant: TenantId, runId: Id): Promise<Outcome<KeptFile>>
}

/** A file that an export left; its stream must be read or destroyed. */
export interface KeptFile {
  readonly kind: TableKind
  readonly format: TableFormat
  readonly dueAt: string
  readonly body: Blob['body']
}
