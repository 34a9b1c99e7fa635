import type pg from 'pg'

/** `BENCH_STATEMENTS=1` asks PostgreSQL in which statements its time goes; counting costs some 5 %. */
export const statementsAreCounted = Boolean(process.env['BENCH_STATEMENTS'])

const SHOWN = 20

/** What must be set before the server starts. */
export const STATEMENT_SETTINGS = { shared_preload_libraries: 'pg_stat_statements' }

/** For a cluster whose settings somebody else chose; takes effect when it is started again. */
export async function askForStatements(database: pg.Client): Promise<void> {
  await database.query(`alter system set shared_preload_libraries = 'pg_stat_statements'`)
}

/** Counts from now on. */
export async function countStatements(database: pg.Client): Promise<void> {
  if (!statementsAreCounted) return
  await database.query('create extension if not exists pg_stat_statements')
  await database.query('select pg_stat_statements_reset()')
}

/** The statements that took longest since then. */
export async function statementLines(
  database: pg.Client,
  turns: number,
  per: string,
): Promise<readonly string[]> {
  if (!statementsAreCounted) return []
  const { rows } = await database.query<{
    query: string
    calls: number
    total: number
    mean: number
    rows: number
  }>(
    `select query, calls::float8, total_exec_time as total, mean_exec_time as mean, rows::float8
     from pg_stat_statements order by total_exec_time desc limit $1`,
    [SHOWN],
  )
  return [
    `PostgreSQL's time by statement: µs per ${per}, calls, ms and rows per call`,
    ...rows.map(({ query, calls, total, mean, rows: found }) =>
      [
        ((total * 1_000) / Math.max(turns, 1)).toFixed(0).padStart(8),
        String(calls).padStart(8),
        mean.toFixed(3).padStart(9),
        (found / calls).toFixed(0).padStart(6),
        ` ${query.replace(/\s+/g, ' ').slice(0, 130)}`,
      ].join(''),
    ),
  ]
}
