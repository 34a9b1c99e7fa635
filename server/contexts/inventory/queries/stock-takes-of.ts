import type { Reads } from '#platform/db/reads'
import { pageOf, placeOf } from '#platform/keyset'
import { see } from '#platform/log/streams'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { StockRefusal } from '../contract.ts'
import type { StockTakes, StockTakeView } from '../contract/desk.ts'
import { stockTakes } from '../domain/taking.ts'
import { stockTakeOf, stockTakesAfter, type StockTakeRow } from '../store/stock-takes.ts'

export function listStockTakes(reads: Reads): StockTakes['list'] {
  return async (tenant, limit, after) => {
    const rows = await stockTakesAfter(reads, tenant, placeOf(after), limit + 1)
    const page = pageOf(rows, limit, (row) => ({ at: row.created_at, id: row.id }))
    return { ...page, items: page.items.map(present) }
  }
}

export function findStockTake(reads: Reads): StockTakes['find'] {
  return async (tenant, id) => {
    const unknown: StockRefusal = { code: 'inventory.unknown-stock-take', stockTakeId: id }
    const [row, { state }] = await Promise.all([
      stockTakeOf(reads, tenant, id),
      see(reads, tenant, stream(stockTakes, id)),
    ])
    return row === undefined ? refuse(unknown) : accept({ ...present(row), lines: state.lines })
  }
}

function present({ id, warehouse, status, ...row }: StockTakeRow): StockTakeView {
  return {
    id,
    warehouse,
    status,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.changed_at.toISOString(),
  }
}
