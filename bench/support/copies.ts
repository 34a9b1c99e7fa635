/**
 * Makes much data quickly that says one story: what the program itself wrote about one thing is taken
 * as a pattern, and written again and again under other names, with statements of PostgreSQL's alone.
 */
import type pg from 'pg'

import { TENANT_TABLES } from '../../tools/verify/tenant-checks.ts'

/** Everything that was written about something. */
export interface Pattern {
  readonly tenant: number
  readonly rows: readonly PatternRow[]
}

interface PatternRow {
  readonly table: string
  readonly cells: readonly Cell[]
}

interface Cell {
  readonly column: string
  readonly type: string
  readonly value: string | null
}

export interface Copying {
  /** The number of the first copy, and how many there are. */
  readonly first: number
  readonly count: number
  /** For each word what stands in its place in copy `n`: SQL of a text. */
  readonly instead: Readonly<Record<string, string>>
  /** Whose copy `n` is: SQL of an integer; the pattern's own shop when absent. */
  readonly tenant?: string
  /** How much later than the pattern copy `n` happened: SQL of an interval. */
  readonly later?: string
  /** So many of the last copies have answers under their keys; they are forgotten after 48 hours. */
  readonly withAnswers?: number
  readonly onProgress?: (copies: number) => void
}

/** Rows of one statement: enough to be quick, few enough to see that it goes on. */
const AT_ONCE = 20_000

/** Drawn anew for each row: its place in the log. */
const isDrawn = ({ table, name }: Column): boolean =>
  table.startsWith('platform.') && (name === 'position' || name === 'xid')

/** Deadlines of what waits, which must not come while it is measured. */
const DEADLINES = new Set(['until', 'due_at', 'set_for'])

interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
}

/** The columns that are written, of every table that says whose its rows are. */
async function columnsOf(database: pg.Client): Promise<Map<string, Column[]>> {
  const { rows } = await database.query<Column>(
    `select t.name as table, a.attname as name, format_type(a.atttypid, null) as type
     from (${TENANT_TABLES}) as t join pg_attribute a on a.attrelid = t.name::regclass
     where a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
     order by t.name, a.attnum`,
  )
  return Map.groupBy(rows, ({ table }) => table)
}

/**
 * What a shop has written that holds one of these words, and all it has in the tables `whole`. Reads
 * every row: for a database that is still small.
 */
export async function patternOf(
  database: pg.Client,
  tenant: number,
  words: readonly string[],
  whole: readonly string[] = [],
): Promise<Pattern> {
  const rows: PatternRow[] = []
  for (const [table, columns] of await columnsOf(database)) {
    const written = columns.filter((column) => !isDrawn(column))
    const isLog = written.length < columns.length
    const found = await database.query<Record<string, string | null>>(
      `select ${written.map(({ name }) => `t.${name}::text as ${name}`).join(', ')}
       from ${table} as t
       where t.tenant_id = $1 and ($3 or exists (
         select from unnest($2::text[]) as word where strpos(t::text, word) > 0))
       ${isLog ? 'order by t.position' : ''}`,
      [tenant, words, whole.includes(table)],
    )
    for (const row of found.rows) {
      const cells = written.map(({ name, type }) => ({
        column: name,
        type,
        value: row[name] ?? null,
      }))
      rows.push({ table, cells })
    }
  }
  return { tenant, rows }
}

/** Writes the copies. Connect as the superuser: foreign keys are not looked at, they hold anyway. */
export async function copy(
  database: pg.Client,
  { rows }: Pattern,
  copying: Copying,
): Promise<void> {
  const { first, count, withAnswers = count, onProgress } = copying
  const end = first + count
  const words = Object.keys(copying.instead).toSorted((a, b) => b.length - a.length)
  const statements = rows.map((row) => ({
    text: insertOf(row, words, copying),
    from: row.table.startsWith('platform.keys') ? end - withAnswers : first,
  }))
  for (let from = first; from < end; from += AT_ONCE) {
    const to = Math.min(from + AT_ONCE, end) - 1
    await database.query('begin')
    await database.query('set local session_replication_role = replica')
    await database.query('set local synchronous_commit = off')
    for (const each of statements) {
      if (each.from <= to) await database.query(each.text, [Math.max(from, each.from), to])
    }
    await database.query('commit')
    onProgress?.(to + 1 - first)
  }
}

function insertOf(
  { table, cells }: PatternRow,
  words: readonly string[],
  { instead, tenant, later }: Copying,
): string {
  const values = cells.map((cell) => {
    if (cell.column === 'tenant_id' && tenant !== undefined) return tenant
    if (cell.type === 'timestamp with time zone' && cell.value !== null) {
      const shift = DEADLINES.has(cell.column) ? `interval '1 day'` : later
      return `${quoted(cell.value)}::timestamptz${shift === undefined ? '' : ` + ${shift}`}`
    }
    return valueOf(cell, words)
  })
  const named = words.map((word, place) => `(${instead[word]})::text as w${place}`)
  const others = named.length === 0 ? '' : ` cross join lateral (select ${named.join(', ')}) as o`
  return `insert into ${table} (${cells.map(({ column }) => column).join(', ')})
    select ${values.join(', ')} from generate_series($1::int, $2::int) as n${others}`
}

/** The text of a cell with another one for each word that is in it. */
function valueOf({ type, value }: Cell, words: readonly string[]): string {
  if (value === null) return `null::${type}`
  let parts: (string | number)[] = [value]
  for (const [place, word] of words.entries()) {
    parts = parts.flatMap((part) =>
      typeof part === 'number'
        ? [part]
        : part.split(word).flatMap((piece, at) => (at === 0 ? [piece] : [place, piece])),
    )
  }
  const pieces = parts
    .filter((part) => part !== '')
    .map((part) => (typeof part === 'number' ? `o.w${part}` : quoted(part)))
  return pieces.length === 0 ? `''::${type}` : `(${pieces.join(' || ')})::${type}`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
