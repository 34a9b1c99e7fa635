import { statement, type Statement } from '../db/statement.ts'

/** Below `xmin` of the era everything has ended; `xmax` is given next. */
export interface EndRow {
  readonly era: number
  readonly xmin: string
  readonly xmax: string
}

/** Where the log ends in the snapshot it is asked in, as a statement of whoever asks. */
export function endOfLog(name: string): Statement<EndRow> {
  return statement(
    name,
    `select (select max(era) from platform.eras) as era,
       pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
       pg_snapshot_xmax(pg_current_snapshot())::text as xmax`,
  )
}
