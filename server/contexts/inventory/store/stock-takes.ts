import type { StockTakeView } from '../contract/desk.ts'
import { listed, type ListedRow } from './listed.ts'

export interface StockTakeRow extends ListedRow {
  readonly warehouse: string
  readonly status: StockTakeView['status']
}

/** One that is open keeps others of its warehouse from being opened. */
export const stockTakeRows = listed<StockTakeRow>('stock-take', 'inventory.stock_takes', [
  'warehouse',
  'status',
])
