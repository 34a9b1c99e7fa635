import type { Transfer } from '#platform/ledger/transfer'
import type { Aggregate } from '#platform/write/commit'

import { counted, onHand } from '../accounts.ts'
import type { StockCounted, StockRefusal, StockTakeEvent } from '../contract.ts'
import type { StockTakeLine } from '../contract/desk.ts'

/** SKUs of one take; a larger warehouse is counted in several. */
export const MOST_LINES = 1000

/** A count of a warehouse under way, or what came of it. */
export interface StockTake {
  readonly status: 'none' | 'open' | 'closed' | 'abandoned'
  readonly warehouse: string
  readonly lines: readonly StockTakeLine[]
}

export const stockTakes: Aggregate<StockTake, StockTakeEvent> = {
  kind: 'stock-take',
  initial: { status: 'none', warehouse: '', lines: [] },
  apply(before, event) {
    switch (event.type) {
      case 'inventory.stock-take-opened':
        return { status: 'open', warehouse: event.warehouse, lines: [] }
      case 'inventory.stock-take-counted': {
        const line = lineOf(event.sku, event.expected, event.quantity)
        // Counted again, the first count is forgotten.
        return { ...before, lines: [...before.lines.filter(({ sku }) => sku !== line.sku), line] }
      }
      case 'inventory.stock-take-closed':
        return { ...before, status: 'closed' }
      case 'inventory.stock-take-abandoned':
        return { ...before, status: 'abandoned' }
    }
  },
}

export function lineOf(sku: string, expected: number, quantity: number): StockTakeLine {
  return { sku, expected, counted: quantity, variance: quantity - expected }
}

/** Why this take cannot be worked on, if so. */
export function notOpen({ status }: StockTake, stockTakeId: string): StockRefusal | undefined {
  if (status === 'none') return { code: 'inventory.unknown-stock-take', stockTakeId }
  return status === 'open' ? undefined : { code: 'inventory.stock-take-over', stockTakeId, status }
}

/**
 * The differences, not the counts: what was sold or received after a line was counted has changed
 * the books since, and stays.
 */
export function booking({ warehouse, lines }: StockTake): readonly Transfer[] {
  return lines
    .filter(({ variance }) => variance !== 0)
    .map(({ sku, counted: wanted, variance }): Transfer => {
      const [here, there] = [onHand(warehouse, sku), counted(sku)]
      const refusal: StockRefusal = { code: 'inventory.held', sku, warehouse, wanted }
      return {
        verb: 'move',
        from: variance > 0 ? there : here,
        to: variance > 0 ? here : there,
        amount: Math.abs(variance),
        refusal,
      }
    })
}

/** For the stream of each SKU: why its number changed. */
export function countOf({ warehouse }: StockTake, line: StockTakeLine): StockCounted {
  return {
    type: 'inventory.stock-counted',
    sku: line.sku,
    warehouse,
    quantity: line.counted,
    reason: 'stock take',
  }
}
