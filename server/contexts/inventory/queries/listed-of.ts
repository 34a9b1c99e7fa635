import type { Reads } from '#platform/db/reads'
import type { Id, TenantId } from '#platform/ids'
import { pageOf, placeOf, type Page } from '#platform/keyset'
import { see } from '#platform/log/streams'
import { accept, refuse, type Outcome } from '#platform/outcome'
import { stream, type Aggregate } from '#platform/write/commit'

import type { StockRefusal } from '../contract.ts'
import type { Listed, ListedRow } from '../store/listed.ts'

/** A page of rows as people see them, newest first. */
export function listOf<Row extends ListedRow, View>(
  reads: Reads,
  rows: Listed<Row>,
  present: (row: Row) => View,
): (tenant: TenantId, limit: number, after?: string) => Promise<Page<View>> {
  return async (tenant, limit, after) => {
    const found = await rows.after(reads, tenant, placeOf(after), limit + 1)
    const page = pageOf(found, limit, (row) => ({ at: row.created_at, id: row.id }))
    return { ...page, items: page.items.map(present) }
  }
}

/** One of them: its row, and what only its stream says. */
export function findOf<Row extends ListedRow, State, View>(
  reads: Reads,
  rows: Listed<Row>,
  aggregate: Aggregate<State, never>,
  unknown: (id: Id) => StockRefusal,
  present: (row: Row, state: State) => View,
): (tenant: TenantId, id: Id) => Promise<Outcome<View>> {
  return async (tenant, id) => {
    const [row, { state }] = await Promise.all([
      rows.of(reads, tenant, id),
      see(reads, tenant, stream(aggregate, id)),
    ])
    return row === undefined ? refuse(unknown(id)) : accept(present(row, state))
  }
}

/** When it began, and when it last changed. */
export function datesOf(row: ListedRow): {
  readonly createdAt: string
  readonly updatedAt: string
} {
  return { createdAt: row.created_at.toISOString(), updatedAt: row.changed_at.toISOString() }
}
