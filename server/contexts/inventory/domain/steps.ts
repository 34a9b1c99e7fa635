import type { LongProcess } from '#platform/process'

import type { AlertEvent, StockEvent, StockTakeEvent, TransferEvent } from '../contract.ts'

/** Units on their way from one warehouse to another. */
export const transferSteps: LongProcess<TransferEvent['type']> = {
  name: 'stock-transfer',
  streams: ['stock-transfer'],
  timers: {},
  asks: {},
  steps: [
    { name: 'sent', appends: ['inventory.transfer-sent'] },
    { name: 'received', appends: ['inventory.transfer-received'] },
    { name: 'cancelled', appends: ['inventory.transfer-cancelled'] },
  ],
}

/** A count of a warehouse. What it finds is booked with its end. */
export const stockTakeSteps: LongProcess<(StockTakeEvent | StockEvent)['type']> = {
  name: 'stock-take',
  streams: ['stock-take', 'stock'],
  timers: {},
  asks: {},
  steps: [
    { name: 'opened', appends: ['inventory.stock-take-opened'] },
    { name: 'counted', appends: ['inventory.stock-take-counted'] },
    // A take that finds nothing wrong books nothing.
    {
      name: 'closed',
      appends: ['inventory.stock-take-closed'],
      mayAppend: ['inventory.stock-counted'],
    },
    { name: 'abandoned', appends: ['inventory.stock-take-abandoned'] },
  ],
}

/**
 * Units that come, go and are owed. What follows from a movement is done by the reaction to it, so
 * it happens whoever died.
 */
export const stockSteps: LongProcess<(StockEvent | AlertEvent)['type']> = {
  name: 'stock',
  streams: ['stock', 'stock-alert'],
  timers: {},
  asks: {},
  steps: [
    { name: 'received', appends: ['inventory.goods-received'] },
    {
      name: 'received-and-filled',
      appends: ['inventory.goods-received', 'inventory.backorder-filled'],
    },
    { name: 'counted', appends: ['inventory.stock-counted'] },
    { name: 'corrected', appends: ['inventory.stock-corrected'] },
    { name: 'backorder-set', appends: ['inventory.backorder-set'] },
    { name: 'threshold-set', appends: ['inventory.threshold-set'] },
    { name: 'filled', appends: ['inventory.backorder-filled'], byReaction: true },
    { name: 'returned', appends: ['inventory.backorder-returned'], byReaction: true },
    { name: 'low', appends: ['inventory.low-stock'], byReaction: true },
    { name: 'recovered', appends: ['inventory.stock-recovered'], byReaction: true },
  ],
}
