import type { TenantId } from '#platform/ids'
import type { LoggedEvent, Subscription } from '#platform/log/subscription'
import type { Write } from '#platform/write/commit'

import type { OrderEvent, OrderStatus } from '../contract.ts'
import { archivedSummaries, summaries } from '../store/summaries.ts'

const STATUS_AFTER: Partial<Record<OrderEvent['type'], OrderStatus>> = {
  'order.created': 'created',
  'order.reserved': 'reserved',
  'order.confirmed': 'confirmed',
  'order.fulfilled': 'fulfilled',
  'order.cancelled': 'cancelled',
  'order.reinstated': 'reserved',
}

/** What a page of the log says of one order. */
interface Change {
  readonly tenant: TenantId
  /** All of it when the page has the order's beginning. */
  readonly isWhole: boolean
  readonly row: Readonly<Record<string, unknown>>
}

/** Keeps `orders.summaries`: what the lists of orders show (ORD-14). */
export const summarizeOrders: Subscription = {
  kind: 'projection',
  name: 'orders.summaries',
  hears: { events: Object.keys(STATUS_AFTER), transfers: false },
  project(entries) {
    // An order is created and reserved in one commit: one row is written instead of two.
    const changes = new Map<string, Change>()
    for (const entry of entries) {
      if (entry.kind !== 'event') continue
      const change = changeOf(entry)
      if (change === undefined) continue
      const name = `${entry.tenant} ${entry.stream}`
      const before = changes.get(name)
      changes.set(name, {
        tenant: entry.tenant,
        isWhole: before?.isWhole === true || change.isWhole,
        row: { ...before?.row, ...change.row },
      })
    }
    return [...changes.values()].flatMap(({ tenant, ...change }) =>
      writesOf(change).map((write) => ({ tenant, write })),
    )
  },
}

/** An order may have been archived before it was taken up again: whichever table has it is changed. */
function writesOf({ isWhole, row }: Omit<Change, 'tenant'>): Write[] {
  return isWhole
    ? [{ table: summaries, verb: 'upsert', row }]
    : [
        { table: summaries, verb: 'update', row },
        { table: archivedSummaries, verb: 'update', row },
      ]
}

function changeOf({ tenant, stream, at, event: heard }: LoggedEvent): Change | undefined {
  const event = heard as OrderEvent
  const status = STATUS_AFTER[event.type]
  if (status === undefined) return undefined
  const changedAt = new Date(at).toISOString()
  const row = { order_id: stream.slice('order/'.length), status, changed_at: changedAt }
  if (event.type !== 'order.created') return { tenant, isWhole: false, row }
  const { number, userId, total } = event
  const { amount, currency } = total
  return {
    tenant,
    isWhole: true,
    row: { ...row, number, user_id: userId, amount, currency, created_at: changedAt },
  }
}
