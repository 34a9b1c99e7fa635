/**
 * A check of one invariant is a query with a row for each thing it looked at; the column `said` is
 * null when all is well, else a sentence with ids, what is expected and what was found.
 */

import { TOUCHED_STREAMS } from './since.ts'

/** How the things of a check are walked: a range of streams or of units at a time, or all at once. */
export type Walk = 'streams' | 'units' | 'whole'

export interface Check {
  /** The invariant's number in the design: `I5`. */
  readonly id: string
  /** What it promises, as a statement. */
  readonly promise: string
  readonly walk: Walk
  /** The query; a walk by ranges has the four parameters of `within`. */
  readonly sql: string
  /**
   * The same of what was touched alone (`since.ts`), without parameters. When absent, a walk by
   * streams is narrowed to the streams that were touched, and anything else looks at the whole; null
   * when the other checks say it already.
   */
  readonly since?: string | null
}

/** What became of one check. */
export interface Finding {
  readonly check: Check
  /** Things looked at; a check that looked at nothing proves nothing. */
  readonly checked: number
  readonly wrong: number
  /** The first of them, at most `MOST_TOLD`. */
  readonly said: readonly string[]
}

/** Of each check so many violations are named. */
export const MOST_TOLD = 10

/**
 * The rows of a table that belong to a range: above shop `$1` and name `$2`, up to and with `$3` and
 * `$4`. Ranges follow one another without a gap, so that every row is in exactly one.
 */
export function within(column: 'stream' | 'unit', table = ''): string {
  const row = table === '' ? `(tenant_id, ${column})` : `(${table}.tenant_id, ${table}.${column})`
  return `${row} > ($1::int, $2::text) and ${row} <= ($3::int, $4::text)`
}

const RANGE =
  /(\((?:\w+\.)?tenant_id, (?:\w+\.)?stream\)) > \(\$1::int, \$2::text\) and \1 <= \(\$3::int, \$4::text\)/g

/** The query of a check that looks only at what was touched; undefined when there is none to be made. */
export function sinceSql({ promise, walk, sql, since }: Check): string | undefined {
  if (since !== undefined) return since ?? undefined
  if (walk === 'whole') return sql
  const narrowed = sql.replaceAll(RANGE, `$1 in (${TOUCHED_STREAMS})`)
  if (narrowed.includes('$')) throw new Error(`"${promise}" cannot be narrowed`)
  return narrowed
}

/** The timers whose name begins with these words, found by their key. */
export function timersOf(tenant: string, words: string): string {
  return `select from platform.timers t where t.tenant_id = ${tenant}
    and t.id >= ${words} || '/' and t.id < ${words} || '0'`
}
