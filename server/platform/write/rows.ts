/** The contexts' rows as set-based statements: writes of one shape become one statement. */
import assert from 'node:assert/strict'

import type pg from 'pg'

import { statement, tenantOf, type Statement } from '../db/statement.ts'
import type { TenantId } from '../ids.ts'
import { Columns, listsOf, valueText } from './columns.ts'
import type { Table, Write } from './commit.ts'
import type { Asked } from './joined.ts'
import { list, numbers } from './postgres-sql.ts'
import { keyed, type MemberRow } from './settle.ts'

/** Becomes the application's role, which sees the rows of this tenant, until the transaction ends. */
export const asTenant = statement(
  'write.as-tenant',
  `select set_config('role', 'torg_app', true), set_config('app.tenant', $1, true)`,
)

/** What writes must have in common for one statement to do them. */
interface Shape {
  /** Of one table, equal of equal shapes. */
  readonly signature: string
  readonly table: Table
  readonly verb: Write['verb']
  readonly columns: readonly string[]
  readonly conditions: readonly string[]
  /** A row that is not written refuses its member. */
  readonly mustMatch: boolean
}

/** Writes of one shape and tenant, no two of the same key. */
interface RowGroup {
  readonly tenant: TenantId
  readonly shape: Shape
  readonly writes: Write[]
}

/** A shape, and the order in which somebody names its columns. */
interface Naming {
  readonly shape: Shape
  readonly columns: readonly string[]
  readonly conditions: readonly string[]
}

/** By table. Columns are named in code, so there are as many as there are places that write. */
const namings = new Map<string, Naming[]>()

function shapeOf({ row, when, table, verb, orRefuse }: Write): Shape {
  const columns = Object.keys(row)
  const conditions = when === undefined ? NONE : Object.keys(when)
  const mustMatch = orRefuse !== undefined
  const known = namings.get(table.name) ?? []
  for (const naming of known) {
    const { shape } = naming
    const isSame = shape.verb === verb && shape.mustMatch === mustMatch
    if (isSame && isEqual(naming.columns, columns) && isEqual(naming.conditions, conditions)) {
      return shape
    }
  }
  for (const column of table.key) assert(column in row, `${table.name} needs ${column}`)
  const made = madeShape({ table, verb, mustMatch, columns, conditions })
  const shape = known.find((each) => each.shape.signature === made.signature)?.shape ?? made
  namings.set(table.name, [...known, { shape, columns, conditions }])
  return shape
}

const NONE: readonly string[] = []

function isEqual(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each, place) => each === others[place])
}

/** With what matters of its columns, in a fixed order. */
function madeShape(named: Omit<Shape, 'signature'>): Shape {
  const { table, verb, mustMatch } = named
  const isLookup = verb === 'update' || verb === 'delete'
  const sorted = named.columns.toSorted()
  const columns = verb === 'delete' ? sorted.filter((each) => table.key.includes(each)) : sorted
  const conditions = isLookup ? named.conditions.toSorted() : NONE
  const signature = `${verb} ${mustMatch} ${columns.join()}?${conditions.join()}`
  return { signature, table, verb, mustMatch, columns, conditions }
}

/**
 * Groups the rows of a batch. Two writes of one key stay in their order: the later one goes into a
 * later group.
 */
function groupRows(rows: readonly MemberRow[]): readonly RowGroup[] {
  return [...Map.groupBy(rows, ({ tenant }) => tenant)]
    .toSorted(([one], [other]) => one - other)
    .flatMap(([tenant, those]) => groupWrites(tenant, those))
}

function groupWrites(tenant: TenantId, rows: readonly MemberRow[]): readonly RowGroup[] {
  const shaped = rows.map(({ write }) => ({ write, shape: shapeOf(write) }))
  const inserted = insertedAlike(shaped.map(({ shape }) => shape))
  const groups: RowGroup[] = []
  const placeOf = new Map<Shape, number>()
  const lastPlace = new Map<string, number>()
  for (const { write, shape } of shaped) {
    let place = placeOf.get(shape)
    // Of what is only inserted, all in one way, a unique key refuses the second of two, wherever it stands.
    if (inserted.has(shape.table.name)) place ??= groups.length
    else {
      const { name, key } = shape.table
      const id = keyed(tenant, name, ...key.map((column) => String(write.row[column])))
      const last = lastPlace.get(id) ?? -1
      if (place === undefined || place <= last) place = groups.length
      lastPlace.set(id, place)
    }
    placeOf.set(shape, place)
    const group = (groups[place] ??= { tenant, shape, writes: [] })
    group.writes.push(write)
  }
  return groups
}

/** Tables whose writes are all inserts of one shape. */
function insertedAlike(all: readonly Shape[]): ReadonlySet<string> {
  const shapeIn = new Map<string, Shape>()
  const alike = new Set<string>()
  for (const shape of all) {
    const { name } = shape.table
    const first = shapeIn.get(name)
    if (first === undefined) {
      shapeIn.set(name, shape)
      if (shape.verb === 'insert') alike.add(name)
    } else if (first !== shape) alike.delete(name)
  }
  return alike
}

/** Makes statements for the rows of contexts; what the columns of their tables are it has to learn. */
export class RowWriting {
  private readonly columns = new Columns()
  private readonly prefix: string
  private readonly statements = new Map<Shape, Statement<unknown>>()

  /** @param prefix Of its statements' names. */
  constructor(prefix: string) {
    this.prefix = prefix
  }

  /** Learns all tables there are. */
  learn(client: pg.ClientBase): Promise<void> {
    return this.columns.learn(client)
  }

  /** Learns again if one of these tables was made since. */
  async meet(client: pg.ClientBase, rows: readonly { readonly write: Write }[]): Promise<void> {
    const isNew = rows.some(({ write }) => !this.columns.knows(write.table.name))
    if (isNew) await this.learn(client)
  }

  /**
   * What writes rows as the application's role, one tenant after another. All of it is made before
   * anything is sent. The role stays until the transaction ends.
   */
  statementsOf(rows: readonly MemberRow[]): readonly Asked[] {
    const groups = groupRows(rows)
    return groups.flatMap((group, place) => {
      const isEntered = place > 0 && groups[place - 1]?.tenant === group.tenant
      return isEntered
        ? [this.asked(group)]
        : [[asTenant, [String(group.tenant)]], this.asked(group)]
    })
  }

  /** For one row alone. */
  statementOf({ tenant, write }: MemberRow): Asked {
    return this.asked({ tenant, shape: shapeOf(write), writes: [write] })
  }

  /**
   * The statement of a shape: `$1` the tenant of each row, then what `string_to_array` is told, then the
   * columns and the conditions, each a list. It touches as many rows as match, and fails with `TOO_FEW` if
   * they must be as many as the last parameter says.
   */
  private statement(shape: Shape): Statement<unknown> {
    const known = this.statements.get(shape)
    if (known !== undefined) return known
    const { table, columns, conditions, mustMatch } = shape
    for (const name of [...table.name.split('.'), ...table.key, ...columns, ...conditions]) {
      assert.match(name, /^[a-z][a-z0-9_]*$/, `${name} is no name of a table or column`)
    }
    const text = textOf(shape, (column) => this.columns.typeOf(table.name, column))
    const count = 4 + columns.length + conditions.length
    const made = statement(
      `${this.prefix}.${this.statements.size}`,
      mustMatch ? countedOf(text, `$${count}`) : text,
    )
    this.statements.set(shape, made)
    return made
  }

  private asked({ tenant, shape, writes }: RowGroup): Asked {
    const { table, columns, conditions, mustMatch } = shape
    const column = (name: string, part: 'row' | 'when'): (string | null)[] => {
      const type = this.columns.typeOf(table.name, name)
      return writes.map((write) => valueText(write[part]?.[name], type))
    }
    const { texts, separator, nothing } = listsOf([
      ...columns.map((name) => column(name, 'row')),
      ...conditions.map((name) => column(name, 'when')),
    ])
    const values = [numbers(writes.map(() => tenant)), separator, nothing, ...texts]
    return [this.statement(shape), mustMatch ? [...values, writes.length] : values]
  }
}

/**
 * SQLSTATE of a division by zero: so a statement itself says that rows are missing, and `COMMIT` may be
 * sent behind it without waiting for the count.
 */
export const TOO_FEW = '22012'

function countedOf(text: string, most: string): string {
  return `with written as (${text} returning 1)
    select 1 / (count(*) >= ${most}::int)::int as all_of_them from written`
}

function textOf(
  { table, verb, columns, conditions, mustMatch }: Shape,
  typeOf: (column: string) => string,
): string {
  const given = [
    ...columns.map((column) => ({ name: column, type: typeOf(column) })),
    ...conditions.map((column) => ({ name: `when_${column}`, type: typeOf(column) })),
  ]
  const names = ['tenant_id', ...given.map(({ name }) => name)].join(', ')
  const lists = ['$1::int[]', ...given.map((_, place) => list(`$${place + 4}`, '$2, $3'))].join(
    ', ',
  )
  // Apart from the rest: what is made of a text may not be looked for by an index under row security. The
  // marks are named even where there is no list, so that every statement takes them.
  const rows = `(select ${['tenant_id', ...given.map(({ name, type }) => `${name}::${type}`)].join(', ')}
    from unnest(${lists}) as texts (${names}) where $2::text <> $3::text offset 0) as d (${names})`
  const rest = columns.filter((column) => !table.key.includes(column))
  if (verb === 'insert' || verb === 'upsert') {
    const all = ['tenant_id', ...columns].join(', ')
    return `insert into ${table.name} (${all}) select ${all} from ${rows}
      ${verb === 'insert' ? (mustMatch ? 'on conflict do nothing' : '') : onConflict(table, rest)}`
  }
  const matches = [
    tenantOf('t', 'd'),
    ...table.key.map((column) => `t.${column} = d.${column}`),
    ...conditions.map((column) => `t.${column} is not distinct from d.when_${column}`),
  ].join(' and ')
  return verb === 'update'
    ? `update ${table.name} as t set ${rest.map((column) => `${column} = d.${column}`).join(', ')}
       from ${rows} where ${matches}`
    : `delete from ${table.name} as t using ${rows} where ${matches}`
}

function onConflict({ key }: Table, rest: readonly string[]): string {
  if (rest.length === 0) return 'on conflict do nothing'
  const set = rest.map((column) => `${column} = excluded.${column}`).join(', ')
  return `on conflict (${['tenant_id', ...key].join(', ')}) do update set ${set}`
}
