/** One SQL statement, named once and prepared once per connection. `Row` is what it returns. */
export interface Statement<Row> {
  readonly name: string
  readonly text: string
  /** Never set: carries the type of a row. */
  readonly row?: Row
}

/** Names a statement: `<context>.<what it asks>`; the name is its identity in plans and metrics. */
export function statement<Row>(name: string, text: string): Statement<Row> {
  return { name, text }
}

/**
 * The condition that a row is of the tenant of a row that is asked for, in a form that can only be
 * looked up: PostgreSQL would walk a whole index that is ordered by what two tables have in common,
 * and does so for as long as it takes the table for empty (decision 0010).
 */
export const tenantOf = (table: string, asked: string): string =>
  `${table}.tenant_id = any (array[${asked}.tenant_id])`
