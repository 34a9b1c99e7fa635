import { statement } from '#platform/db/statement'
import type { Id } from '#platform/ids'

import type {
  Direction,
  ImportMode,
  Rhythm,
  RunState,
  RunView,
  ScheduleView,
  TableFormat,
  TableKind,
} from '../contract.ts'
import { shownUrl } from '../domain/source.ts'

export interface ScheduleRow {
  readonly id: Id
  readonly name: string
  readonly direction: Direction
  readonly kind: TableKind
  readonly rhythm: Rhythm
  readonly is_paused: boolean
  readonly source_url: string | null
  readonly mode: ImportMode | null
  readonly dialect: { readonly delimiter?: string; readonly encoding?: string }
  readonly format: TableFormat | null
  readonly keep: number | null
  readonly next_at: Date | null
  readonly created_at: Date
}

const COLUMNS = `id, name, direction, kind, rhythm, is_paused, source_url, mode, dialect, format, keep,
  next_at, created_at`

export const scheduleById = statement<ScheduleRow>(
  'exchange.schedule-by-id',
  `select ${COLUMNS} from exchange.schedules where tenant_id = $1 and id = $2`,
)

export const newestSchedules = statement<ScheduleRow>(
  'exchange.newest-schedules',
  `select ${COLUMNS} from exchange.schedules
   where tenant_id = $1 and (created_at, id) < (to_timestamp($2 / 1000.0::float8), $3)
   order by created_at desc, id desc limit $4`,
)

/** How many there are, counted up to a limit. */
export const scheduleCount = statement<{ readonly count: number }>(
  'exchange.schedule-count',
  `select count(*)::int as count
   from (select from exchange.schedules where tenant_id = $1 limit $2) as counted`,
)

/** Those that should have run before an instant, the longest due first. */
export const overdueSchedules = statement<{ readonly id: Id; readonly next_at: Date }>(
  'exchange.overdue-schedules',
  `select id, next_at from exchange.schedules
   where tenant_id = $1 and next_at < to_timestamp($2 / 1000.0::float8)
   order by next_at limit $3`,
)

export interface RunRow {
  readonly id: Id
  readonly schedule_id: Id
  readonly due_at: Date
  readonly because: 'due' | 'asked'
  readonly state: RunState
  readonly attempts: number
  readonly retry_at: Date | null
  readonly rows_count: number
  readonly failed: number
  readonly fault_code: string | null
  readonly fault_reason: string | null
  readonly import_id: Id | null
  readonly file_id: Id | null
  readonly file_bytes: number | null
  readonly began_at: Date | null
  readonly ended_at: Date | null
}

const RUN_COLUMNS = `r.id, r.schedule_id, r.due_at, r.because, r.state, r.attempts, r.retry_at,
  r.rows_count, r.failed, r.fault_code, r.fault_reason, r.import_id, r.file_id,
  r.file_bytes::float8 as file_bytes, r.began_at, r.ended_at`

export const runById = statement<RunRow>(
  'exchange.run-by-id',
  `select ${RUN_COLUMNS} from exchange.runs r where r.tenant_id = $1 and r.id = $2`,
)

export const newestRuns = statement<RunRow>(
  'exchange.newest-runs',
  `select ${RUN_COLUMNS} from exchange.runs r
   where r.tenant_id = $1 and r.schedule_id = $2
     and (r.due_at, r.id) < (to_timestamp($3 / 1000.0::float8), $4)
   order by r.due_at desc, r.id desc limit $5`,
)

/** The newest run of each of these schedules. */
export const lastRuns = statement<RunRow>(
  'exchange.last-runs',
  `select ${RUN_COLUMNS} from unnest($2::uuid[]) as asked (id)
   cross join lateral (
     select * from exchange.runs
     where tenant_id = $1 and schedule_id = asked.id
     order by due_at desc, id desc limit 1
   ) as r`,
)

/** Runs of a schedule whose file is kept, the newest first, behind so many. */
export const filesBehind = statement<{ readonly id: Id; readonly file_id: Id }>(
  'exchange.files-behind',
  `select id, file_id from exchange.runs
   where tenant_id = $1 and schedule_id = $2 and file_id is not null
   order by due_at desc, id desc offset $3 limit 200`,
)

/** Those of these files that a run keeps. */
export const keptFilesOf = statement<{ readonly id: Id }>(
  'exchange.kept-files-of',
  `select file_id as id from exchange.runs where tenant_id = $1 and file_id = any($2::uuid[])`,
)

/** Runs that are over, keep no file and began before an instant, oldest first. */
export const runsBefore = statement<{ readonly id: Id }>(
  'exchange.runs-before',
  `select id from exchange.runs
   where tenant_id = $1 and created_at < to_timestamp($2 / 1000.0::float8) and file_id is null
     and state not in ('waiting', 'running', 'importing')
   order by created_at, id limit $3`,
)

export function presentSchedule(row: ScheduleRow, lastRun: RunRow | undefined): ScheduleView {
  const { source_url: url, mode, dialect, format, keep } = row
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    rhythm: row.rhythm,
    isPaused: row.is_paused,
    from: url === null ? null : { url: shownUrl(url), mode: mode ?? 'apply', ...dialect },
    to: format === null ? null : { format, keep: keep ?? 1 },
    nextAt: row.next_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    lastRun: lastRun === undefined ? null : presentRun(lastRun),
  }
}

export function presentRun(row: RunRow): RunView {
  const { id, file_id: file, file_bytes: bytes, fault_code: code } = row
  const url = `/api/v1/admin/exchange-runs/${id}/file`
  return {
    id,
    dueAt: row.due_at.toISOString(),
    because: row.because,
    state: row.state,
    attempts: row.attempts,
    retryAt: row.retry_at?.toISOString() ?? null,
    rows: row.rows_count,
    failed: row.failed,
    fault: code === null ? null : { code, reason: row.fault_reason ?? '' },
    importId: row.import_id,
    file: file === null ? null : { url, bytes: bytes ?? 0 },
    beganAt: row.began_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
  }
}
