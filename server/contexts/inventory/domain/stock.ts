import type { Aggregate } from '#platform/write/commit'

import type { AlertEvent, SettingsChanged, StockEvent, StockSettings } from '../contract.ts'

/** What people have decided about a SKU; how many units there are is the ledger's to say. */
export interface StockState {
  readonly changes: number
  /** So many units may be sold before they are there. */
  readonly limit: number
  readonly availableFrom: string | null
  /** Units that were sold so and have come. */
  readonly filled: number
}

/** The stream of a SKU keeps what people did and why; the numbers are the ledger's. */
export const stock: Aggregate<StockState, StockEvent> = {
  kind: 'stock',
  initial: { changes: 0, limit: 0, availableFrom: null, filled: 0 },
  apply(before, event) {
    const state = { ...before, changes: before.changes + 1 }
    switch (event.type) {
      case 'inventory.backorder-set':
        return { ...state, limit: event.limit, availableFrom: event.availableFrom }
      case 'inventory.backorder-filled':
        return { ...state, filled: state.filled + event.quantity }
      case 'inventory.backorder-returned':
        return { ...state, filled: state.filled - event.quantity }
      case 'inventory.goods-received':
      case 'inventory.stock-counted':
      case 'inventory.stock-corrected':
      case 'inventory.threshold-set':
        return state
    }
  },
}

/** Whether a SKU is low, so that it is said once. */
export const alerts: Aggregate<{ readonly isLow: boolean }, AlertEvent> = {
  kind: 'stock-alert',
  initial: { isLow: false },
  apply: (_, { type }) => ({ isLow: type === 'inventory.low-stock' }),
}

/** Of a shop that has set nothing. */
export const DEFAULTS: StockSettings = { allocation: 'preference', lowStock: 3 }

/** The shop's own rules; one stream a shop. */
export const shopRules: Aggregate<StockSettings, SettingsChanged> = {
  kind: 'stock-rules',
  initial: DEFAULTS,
  apply: (_, { allocation, lowStock }) => ({ allocation, lowStock }),
}
