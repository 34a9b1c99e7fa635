/** The columns of the contexts' tables, as PostgreSQL has them, and their values as texts. */
import assert from 'node:assert/strict'

import type pg from 'pg'

import { run } from '../db/connections.ts'
import { statement } from '../db/statement.ts'
import { SEPARATOR } from './postgres-sql.ts'

/** `text collate "C"`: a column compares as itself only with what is collated alike. */
const every = statement<{ table: string; column: string; type: string }>(
  'write.columns',
  `select n.nspname || '.' || c.relname as table, a.attname as column,
     format_type(a.atttypid, -1) || case o.collname when 'default' then '' else
       coalesce(' collate ' || quote_ident(o.collname), '') end as type
   from pg_attribute a join pg_class c on c.oid = a.attrelid
     join pg_namespace n on n.oid = c.relnamespace
     left join pg_collation o on o.oid = a.attcollation
   where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
     and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
)

/**
 * What each column is, asked once; a table that was made later is asked for when it is met. A migration that makes
 * a column another type therefore needs processes that start after it.
 */
export class Columns {
  /** By table, `identity.sessions`, and column. */
  private readonly types = new Map<string, Map<string, string>>()

  knows(table: string): boolean {
    return this.types.has(table)
  }

  async learn(client: pg.ClientBase): Promise<void> {
    const { rows } = await run(client, every)
    for (const { table, column, type } of rows) {
      const known = this.types.get(table) ?? new Map<string, string>()
      this.types.set(table, known.set(column, type))
    }
  }

  /** `uuid`, `text[]`, `text collate "C"` */
  typeOf(table: string, column: string): string {
    const type = this.types.get(table)?.get(column)
    assert(type !== undefined, `${table} has no column ${column}`)
    return type
  }
}

/** A value as PostgreSQL reads it for a column of that type; null for no value. */
export function valueText(value: unknown, type: string): string | null {
  if (value === undefined || value === null) return null
  if (type.startsWith('json')) return JSON.stringify(value)
  if (Array.isArray(value)) {
    assert(type.includes('[]'), `a list for a column of ${type}`)
    return `{${value.map((each) => elementText(each, type)).join()}}`
  }
  if (typeof value === 'string') return value
  assert(typeof value === 'number' || typeof value === 'boolean', `${typeof value} for ${type}`)
  assert(typeof value === 'boolean' || Number.isFinite(value), `${value} for ${type}`)
  return String(value)
}

function elementText(value: unknown, type: string): string {
  const text = valueText(value, type.replace('[]', ''))
  return text === null ? 'null' : `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

/** Lists of texts as parameters for `string_to_array`, and what separates them and stands for null. */
export interface Lists {
  readonly texts: readonly string[]
  readonly separator: string
  readonly nothing: string
}

/** Joined by characters that nobody writes, or, where somebody did, by marks that are in no text. */
export function listsOf(lists: readonly (readonly (string | null)[])[]): Lists {
  let [separator, nothing] = [SEPARATOR, '\x1d']
  const isTaken = (text: string | null): boolean =>
    text !== null && (text.includes(separator) || text === nothing)
  for (let tries = 0; lists.some((texts) => texts.some(isTaken)); tries += 1) {
    // No end of such a mark is its beginning, so it is found where it was put, whatever is beside it.
    separator = `\x1e${tries}\x1f`
    nothing = `\x1d${tries}\x1f`
  }
  const texts = lists.map((list) => list.map((text) => text ?? nothing).join(separator))
  return { texts, separator, nothing }
}
