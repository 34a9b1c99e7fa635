import type { Reads } from '#platform/db/reads'

import type { StockTakes, StockTakeView } from '../contract/desk.ts'
import { stockTakes } from '../domain/taking.ts'
import { stockTakeRows, type StockTakeRow } from '../store/stock-takes.ts'
import { datesOf, findOf, listOf } from './listed-of.ts'

export function listStockTakes(reads: Reads): StockTakes['list'] {
  return listOf(reads, stockTakeRows, present)
}

export function findStockTake(reads: Reads): StockTakes['find'] {
  return findOf(
    reads,
    stockTakeRows,
    stockTakes,
    (stockTakeId) => ({ code: 'inventory.unknown-stock-take', stockTakeId }),
    (row, { lines }) => ({ ...present(row), lines }),
  )
}

function present(row: StockTakeRow): StockTakeView {
  const { id, warehouse, status } = row
  return { id, warehouse, status, ...datesOf(row) }
}
