import type { LoggedEvent, Subscription } from '#platform/log/subscription'
import type { Write } from '#platform/write/commit'
import type { OrderEvent } from '#context/orders'

import { paidTable, boughtTable } from '../store/tables.ts'

/** Who has bought what: `reviews.purchases`, and which of their orders are paid. */
export const noteBought: Subscription = {
  kind: 'projection',
  name: 'reviews.purchases',
  hears: {
    events: ['order.created', 'order.confirmed', 'order.fulfilled', 'order.cancelled'],
    transfers: false,
  },
  project: (entries) =>
    entries.flatMap((entry) =>
      entry.kind === 'event'
        ? writesOf(entry).map((write) => ({ tenant: entry.tenant, write }))
        : [],
    ),
}

function writesOf({ stream, event: heard }: LoggedEvent): Write[] {
  const event = heard as OrderEvent
  const order_id = stream.slice('order/'.length)
  if (event.type === 'order.created') {
    const { userId, lines } = event
    if (userId === null) return []
    return [...new Set(lines.map(({ productId }) => productId))].map((product_id) => ({
      table: boughtTable,
      verb: 'upsert',
      row: { order_id, product_id, user_id: userId },
    }))
  }
  const is_paid = event.type === 'order.confirmed' || event.type === 'order.fulfilled'
  return [{ table: paidTable, verb: 'upsert', row: { order_id, is_paid } }]
}
