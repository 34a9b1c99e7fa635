import type { LoggedEvent, Subscription } from '#platform/log/subscription'
import type { Write } from '#platform/write/commit'

import type { OrderEvent, OrderStatus } from '../contract.ts'
import { summaries } from '../store/summaries.ts'

const STATUS_AFTER: Partial<Record<OrderEvent['type'], OrderStatus>> = {
  'order.created': 'created',
  'order.reserved': 'reserved',
  'order.confirmed': 'confirmed',
  'order.fulfilled': 'fulfilled',
  'order.cancelled': 'cancelled',
}

/** Keeps `orders.summaries`: what the lists of orders show. */
export const summarizeOrders: Subscription = {
  kind: 'projection',
  name: 'orders.summaries',
  hears: { events: Object.keys(STATUS_AFTER), transfers: false },
  project: (entries) =>
    entries.flatMap((entry) => {
      if (entry.kind !== 'event') return []
      const write = writeOf(entry)
      return write === undefined ? [] : [{ tenant: entry.tenant, write }]
    }),
}

function writeOf({ stream, at, event: heard }: LoggedEvent): Write | undefined {
  const event = heard as OrderEvent
  const status = STATUS_AFTER[event.type]
  if (status === undefined) return undefined
  const changedAt = new Date(at).toISOString()
  const row = { order_id: stream.slice('order/'.length), status, changed_at: changedAt }
  if (event.type !== 'order.created') return { table: summaries, verb: 'update', row }
  const { number, userId, total } = event
  return {
    table: summaries,
    verb: 'upsert',
    row: {
      ...row,
      number,
      user_id: userId,
      amount: total.amount,
      currency: total.currency,
      created_at: changedAt,
    },
  }
}
