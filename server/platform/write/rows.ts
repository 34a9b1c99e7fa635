/** The contexts' rows as set-based statements: writes of one shape become one statement. */
import assert from 'node:assert/strict'

import { statement, tenantOf, type Statement } from '../db/statement.ts'
import type { TenantId } from '../ids.ts'
import type { Table, Write } from './commit.ts'
import type { Asked } from './joined.ts'
import { keyed, type MemberRow } from './settle.ts'

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
  /** A row that is not written refuses its member. */
  readonly mustMatch: boolean
  /** The place of each row's member in the batch. */
  readonly members: readonly number[]
  /** JSON arrays of the rows and of their conditions. */
  readonly rows: string
  readonly when: string
}

interface Shape {
  /** Equal of writes that one statement can do. */
  readonly signature: string
  readonly columns: readonly string[]
  readonly conditions: readonly string[]
}

/** Whoever makes rows names columns in code, so there are as many shapes as there are such places. */
const shapes = new Map<string, Shape>()

/** The columns of one write, in a fixed order, so that equal shapes share a statement. */
function shapeOf({ row, when = {}, table, verb, orRefuse }: Write): Shape {
  const [given, asked] = [Object.keys(row), Object.keys(when)]
  const mustMatch = orRefuse !== undefined
  const name = signatureOf({ table, verb, mustMatch, columns: given, conditions: asked })
  const known = shapes.get(name)
  if (known !== undefined) return known
  for (const column of table.key) assert(column in row, `${table.name} needs ${column}`)
  const sorted = given.toSorted()
  const columns = verb === 'delete' ? sorted.filter((each) => table.key.includes(each)) : sorted
  const conditions = asked.toSorted()
  const signature = signatureOf({ table, verb, mustMatch, columns, conditions })
  const made = { signature, columns, conditions }
  shapes.set(name, made)
  return made
}

function signatureOf({
  table,
  verb,
  mustMatch,
  columns,
  conditions,
}: Pick<RowGroup, 'table' | 'verb' | 'mustMatch' | 'columns' | 'conditions'>): string {
  return `${table.name} ${verb} ${mustMatch} ${columns.join()}?${conditions.join()}`
}

interface Draft {
  readonly place: number
  readonly tenant: TenantId
  readonly write: Write
  readonly shape: Shape
  readonly members: number[]
  readonly rows: string[]
  readonly when: Write['when'][]
}

/**
 * Groups the rows of a batch. Two writes of one key stay in their order: the later one goes into a
 * later group.
 */
export function groupRows(rows: readonly MemberRow[]): readonly RowGroup[] {
  const drafts: Draft[] = []
  const byShape = new Map<string, Draft>()
  const lastPlace = new Map<string, number>()
  const byTenant = rows.toSorted((a, b) => a.tenant - b.tenant || a.member - b.member)
  for (const { member, tenant, write, json } of byTenant) {
    const shape = shapeOf(write)
    const signature = `${tenant} ${shape.signature}`
    const key = keyed(tenant, write.table.name, ...write.table.key.map((c) => String(write.row[c])))
    let draft = byShape.get(signature)
    if (draft === undefined || draft.place <= (lastPlace.get(key) ?? -1)) {
      const place = drafts.length
      draft = { place, tenant, write, shape, members: [], rows: [], when: [] }
      drafts.push(draft)
      byShape.set(signature, draft)
    }
    lastPlace.set(key, draft.place)
    draft.members.push(member)
    draft.rows.push(json)
    draft.when.push(write.when ?? {})
  }
  return drafts.map(groupOf)
}

function groupOf({ tenant, write, shape, members, rows, when }: Omit<Draft, 'place'>): RowGroup {
  const { table, verb, orRefuse } = write
  return {
    tenant,
    table,
    verb,
    columns: shape.columns,
    conditions: shape.conditions,
    mustMatch: orRefuse !== undefined,
    members,
    rows: `[${rows.map((json) => withTenant(tenant, json)).join()}]`,
    when: hasConditions(verb) ? JSON.stringify(when) : '[]',
  }
}

/** `{}` is the key of a table that has one row for each tenant. */
function withTenant(tenant: TenantId, json: string): string {
  return json === '{}' ? `{"tenant_id":${tenant}}` : `{"tenant_id":${tenant},${json.slice(1)}`
}

/** A row alone in its group. */
export function groupOfOne({ member, tenant, write, json }: MemberRow): RowGroup {
  const when = [write.when ?? {}]
  return groupOf({ tenant, write, shape: shapeOf(write), members: [member], rows: [json], when })
}

function hasConditions(verb: Write['verb']): boolean {
  return verb === 'update' || verb === 'delete'
}

/**
 * What writes groups of rows as the application's role, one tenant after another. All of it is made
 * before anything is sent. The role stays until the transaction ends.
 */
export function rowStatements(groups: readonly RowGroup[]): readonly Asked[] {
  return groups.flatMap((group, place) => {
    const isEntered = place > 0 && groups[place - 1]?.tenant === group.tenant
    return isEntered ? [askedOf(group)] : [[asTenant, [String(group.tenant)]], askedOf(group)]
  })
}

export function askedOf(group: RowGroup): Asked {
  const { rows, when, mustMatch, members } = group
  return [rowStatement(group), mustMatch ? [rows, when, members.length] : [rows, when]]
}

const statements = new Map<string, Statement<unknown>>()

/**
 * The statement of a group: `$1` the rows, `$2` their conditions. It touches as many rows as match, and
 * fails with `TOO_FEW` if they must be `$3`.
 */
export function rowStatement(group: RowGroup): Statement<unknown> {
  const { table, columns, conditions, mustMatch } = group
  const signature = signatureOf(group)
  const known = statements.get(signature)
  if (known !== undefined) return known
  for (const name of [...table.name.split('.'), ...table.key, ...columns, ...conditions]) {
    assert.match(name, /^[a-z][a-z0-9_]*$/, `${name} is no name of a table or column`)
  }
  const text = mustMatch ? countedOf(textOf(group)) : textOf(group)
  const made = statement(`rows.${statements.size}`, text)
  statements.set(signature, made)
  return made
}

/**
 * SQLSTATE of a division by zero: so a statement itself says that rows are missing, and `COMMIT` may be
 * sent behind it without waiting for the count.
 */
export const TOO_FEW = '22012'

function countedOf(text: string): string {
  return `with written as (${text} returning 1)
    select 1 / (count(*) >= $3::int)::int as all_of_them from written`
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
