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

/**
 * The text of a statement that finds rows by their keys, `$2::uuid[]`, in no order and each once. Every one is
 * looked up by itself: for a list PostgreSQL may go through all that the tenant has (decision 0010, rule 8).
 */
export const rowsByKeys = (table: string, key: string, columns: string): string =>
  `select found.* from (select distinct unnest($2::uuid[]) as key) as asked cross join lateral (
     select ${columns} from ${table} where tenant_id = $1 and ${key} = asked.key offset 0) as found`
