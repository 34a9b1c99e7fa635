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
