import { statement } from '#platform/db/statement'
import type { Id } from '#platform/ids'

import type { ImportMode, ImportState, ImportView, TableFormat, TableKind } from '../contract.ts'

export interface ImportRow {
  readonly id: Id
  readonly kind: TableKind
  readonly format: TableFormat
  readonly mode: ImportMode
  readonly state: ImportState
  readonly dialect: { readonly delimiter?: string; readonly encoding?: string }
  readonly bytes: number
  readonly bytes_read: number
  readonly rows_read: number
  readonly applied: number
  readonly unchanged: number
  readonly failed: number
  readonly created_at: Date
  readonly began_at: Date | null
  readonly changed_at: Date
  readonly ended_at: Date | null
  readonly schedule_id: Id | null
  readonly run_id: Id | null
}

const COLUMNS = `id, kind, format, mode, state, dialect, bytes::float8 as bytes,
  bytes_read::float8 as bytes_read, rows_read, applied, unchanged, failed, created_at, began_at,
  changed_at, ended_at, schedule_id, run_id`

export const importById = statement<ImportRow>(
  'exchange.import-by-id',
  `select ${COLUMNS} from exchange.imports where tenant_id = $1 and id = $2`,
)

export const newestImports = statement<ImportRow>(
  'exchange.newest-imports',
  `select ${COLUMNS} from exchange.imports
   where tenant_id = $1 and (created_at, id) < (to_timestamp($2 / 1000.0::float8), $3)
   order by created_at desc, id desc limit $4`,
)

/** Those with something left to read, counted up to a limit. */
export const openImports = statement<{ readonly count: number }>(
  'exchange.open-imports',
  `select count(*)::int as count from (
     select from exchange.imports where tenant_id = $1 and state in ('waiting', 'running') limit $2
   ) as open`,
)

/** Those of these imports that have something left to read. */
export const unfinishedOf = statement<{ readonly id: Id }>(
  'exchange.unfinished-of',
  `select id from exchange.imports
   where tenant_id = $1 and id = any($2::uuid[]) and state in ('waiting', 'running')`,
)

/** Imports that are over and began before an instant, oldest first. */
export const importsBefore = statement<{ readonly id: Id }>(
  'exchange.imports-before',
  `select id from exchange.imports
   where tenant_id = $1 and created_at < to_timestamp($2 / 1000.0::float8)
     and state not in ('waiting', 'running')
   order by created_at, id limit $3`,
)

export interface FaultRow {
  readonly line: number
  readonly n: number
  readonly column_name: string | null
  readonly code: string
  readonly reason: string
}

export const faultsAfter = statement<FaultRow>(
  'exchange.faults-after',
  `select line, n, column_name, code, reason from exchange.faults
   where tenant_id = $1 and import_id = $2 and (line, n) > ($3, $4) order by line, n limit $5`,
)

export function presentImport(row: ImportRow): ImportView {
  const { bytes, bytes_read: read, rows_read: rows, applied, unchanged, failed, state } = row
  const seconds =
    row.began_at === null ? 0 : (row.changed_at.getTime() - row.began_at.getTime()) / 1000
  const rate = seconds > 0 ? rows / seconds : null
  const isRunning = state === 'running' && seconds > 0 && read > 0 && read < bytes
  return {
    id: row.id,
    kind: row.kind,
    format: row.format,
    mode: row.mode,
    state,
    rows,
    applied,
    unchanged,
    failed,
    bytes,
    progress: state === 'done' ? 1 : Math.min(1, read / bytes),
    rowsPerSecond: rate === null ? null : Math.round(rate),
    secondsLeft: isRunning ? Math.round((seconds / read) * (bytes - read)) : null,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    scheduleId: row.schedule_id,
  }
}
