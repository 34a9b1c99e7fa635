/** The contexts' rows as set-based statements: writes of one shape become one statement. */
import assert from 'node:assert/strict'

import { statement, tenantOf, type Statement } from '../db/statement.ts'
import type { TenantId } from '../ids.ts'
import type { Table, Write } from './commit.ts'
import type { Asked } from './joined.ts'

/** Becomes the application's role, which sees the rows of this tenant, until the transaction ends. */
export const asTenant = statement(
  'write.as-tenant',
  `select set_config('role', 'torg_app', true), set_config('app.tenant', $1, true)`,
)

/** Writes of one verb on the same columns of one table and tenant, no two of the same key. */
export interface RowGroup {
  readonly tenant: TenantId
  readonly table: Table
  readonly verb: Write['verb']
  readonly columns: readonly string[]
  readonly conditions: readonly string[]
  /** A row that is not written refuses its member; otherwise a taken key is an error. */
  readonly mustMatch: boolean
  /** The place of each row's member in the batch. */
  readonly members: readonly number[]
  /** JSON arrays of the rows and of their conditions. */
  readonly rows: string
  readonly when: string
}

/** The columns of one write, in a fixed order, so that equal shapes share a statement. */
export function columnsOf({ row, when, table, verb }: Write): {
  columns: readonly string[]
  conditions: readonly string[]
} {
  for (const column of table.key) assert(column in row, `${table.name} needs ${column}`)
  const columns = Object.keys(row).toSorted()
  return {
    columns: verb === 'delete' ? columns.filter((column) => table.key.includes(column)) : columns,
    conditions: Object.keys(when ?? {}).toSorted(),
  }
}

interface Draft {
  readonly place: number
  readonly tenant: TenantId
  readonly write: Write
  readonly shape: { columns: readonly string[]; conditions: readonly string[] }
  readonly mustMatch: boolean
  readonly members: number[]
  readonly rows: Record<string, unknown>[]
  readonly when: Record<string, unknown>[]
}

/**
 * Groups the rows of a batch. Two writes of one key stay in their order: the later one goes into a
 * later group.
 */
export function groupRows(
  rows: readonly { member: number; tenant: TenantId; write: Write }[],
): readonly RowGroup[] {
  const drafts: Draft[] = []
  const byShape = new Map<string, Draft>()
  const lastPlace = new Map<string, number>()
  const byTenant = rows.toSorted((a, b) => a.tenant - b.tenant || a.member - b.member)
  for (const { member, tenant, write } of byTenant) {
    const shape = columnsOf(write)
    const mustMatch = write.orRefuse !== undefined
    const signature = JSON.stringify([tenant, write.table.name, write.verb, shape, mustMatch])
    const key = JSON.stringify([tenant, write.table.name, write.table.key.map((c) => write.row[c])])
    let draft = byShape.get(signature)
    if (draft === undefined || draft.place <= (lastPlace.get(key) ?? -1)) {
      const place = drafts.length
      draft = { place, tenant, write, shape, mustMatch, members: [], rows: [], when: [] }
      drafts.push(draft)
      byShape.set(signature, draft)
    }
    lastPlace.set(key, draft.place)
    draft.members.push(member)
    draft.rows.push({ ...write.row, tenant_id: tenant })
    draft.when.push({ ...write.when })
  }
  return drafts.map(({ tenant, write, shape, mustMatch, members, rows: drafted, when }) => ({
    tenant,
    table: write.table,
    verb: write.verb,
    ...shape,
    mustMatch,
    members,
    rows: JSON.stringify(drafted),
    when: JSON.stringify(when),
  }))
}

/** A statement for rows; `group` is what it writes, absent where it only enters a tenant. */
export interface AskedRows {
  readonly asked: Asked
  readonly group?: RowGroup
}

/**
 * What writes groups of rows as the application's role, one tenant after another. All of it is made
 * before anything is sent. The role stays until the transaction ends.
 */
export function rowStatements(groups: readonly RowGroup[]): readonly AskedRows[] {
  return groups.flatMap((group, place) => {
    const write: AskedRows = { asked: [rowStatement(group), [group.rows, group.when]], group }
    const isEntered = place > 0 && groups[place - 1]?.tenant === group.tenant
    return isEntered ? [write] : [{ asked: [asTenant, [String(group.tenant)]] }, write]
  })
}

const statements = new Map<string, Statement<unknown>>()

/** The statement of a group: `$1` the rows, `$2` their conditions; it touches as many rows as match. */
export function rowStatement(group: RowGroup): Statement<unknown> {
  const { table, verb, columns, conditions, mustMatch } = group
  const signature = [table.name, verb, mustMatch, ...columns, '?', ...conditions].join(' ')
  const known = statements.get(signature)
  if (known !== undefined) return known
  for (const name of [...table.name.split('.'), ...table.key, ...columns, ...conditions]) {
    assert.match(name, /^[a-z][a-z0-9_]*$/, `${name} is no name of a table or column`)
  }
  const made = statement(`rows.${statements.size}`, textOf(group))
  statements.set(signature, made)
  return made
}

function textOf({ table, verb, columns, conditions, mustMatch }: RowGroup): string {
  const key = ['tenant_id', ...table.key]
  const given = `jsonb_populate_recordset(null::${table.name}, $1::jsonb)`
  const all = ['tenant_id', ...columns]
  const rest = columns.filter((column) => !table.key.includes(column))
  // `$2` is named even where nothing is asked of it, so that every statement takes the same two.
  if (verb === 'insert' || verb === 'upsert') {
    const onConflict =
      verb === 'insert'
        ? mustMatch
          ? 'on conflict do nothing'
          : ''
        : rest.length === 0
          ? 'on conflict do nothing'
          : `on conflict (${key.join(', ')}) do update set ${rest
              .map((column) => `${column} = excluded.${column}`)
              .join(', ')}`
    return `insert into ${table.name} (${all.join(', ')})
      select ${all.join(', ')} from ${given} where $2::text is not null ${onConflict}`
  }
  const numbered = (source: string): string =>
    `(select row_number() over () as row_, * from ${source})`
  const asked = `jsonb_populate_recordset(null::${table.name}, $2::jsonb)`
  const matches = [
    tenantOf('t', 'd'),
    ...table.key.map((column) => `t.${column} = d.${column}`),
    'w.row_ = d.row_',
    ...conditions.map((column) => `t.${column} is not distinct from w.${column}`),
  ].join(' and ')
  const sources = `${numbered(given)} as d, ${numbered(asked)} as w`
  return verb === 'update'
    ? `update ${table.name} as t set ${rest.map((column) => `${column} = d.${column}`).join(', ')}
       from ${sources} where ${matches}`
    : `delete from ${table.name} as t using ${sources} where ${matches}`
}
