import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { Id, TenantId } from '#platform/ids'
import type { Place } from '#platform/keyset'
import type { Table } from '#platform/write/commit'

/** What every row of such a list has. */
export interface ListedRow {
  readonly id: Id
  readonly created_at: Date
  readonly changed_at: Date
}

/** Rows that people see as a list, newest first, and one at a time. */
export interface Listed<Row extends ListedRow> {
  readonly table: Table
  /** From a place on (keyset). */
  after(reads: Reads, tenant: TenantId, place: Place, limit: number): Promise<Row[]>
  of(reads: Reads, tenant: TenantId, id: Id): Promise<Row | undefined>
}

/** The statements are named after the table's rows: `inventory.transfer` is one of `inventory.transfers`. */
export function listed<Row extends ListedRow>(
  one: string,
  table: string,
  own: readonly (keyof Row & string)[],
): Listed<Row> {
  const columns = ['id', ...own, 'created_at', 'changed_at'].join(', ')
  const page = statement<Row>(
    `inventory.${one}s`,
    `select ${columns} from ${table}
     where tenant_id = $1 and (created_at, id) < (to_timestamp($2 / 1000.0::float8), $3::uuid)
     order by created_at desc, id desc limit $4`,
  )
  const single = statement<Row>(
    `inventory.${one}`,
    `select ${columns} from ${table} where tenant_id = $1 and id = $2`,
  )
  return {
    table: { name: table, key: ['id'] },
    after: (reads, tenant, { at, id }, limit) => reads.read(tenant, page, [tenant, at, id, limit]),
    async of(reads, tenant, id) {
      const [row] = await reads.read(tenant, single, [tenant, id])
      return row
    },
  }
}
