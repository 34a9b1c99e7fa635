import type { LoggedEvent, Subscription } from '#platform/log/subscription'
import type { Write } from '#platform/write/commit'

import type { PaymentEvent, PaymentStatus } from '../contract.ts'
import { summaries } from '../store/summaries.ts'

/** A payment that is `processing` is one the reconciler looks for; where it goes from there is in its stream. */
const STATUS_AFTER: Partial<Record<PaymentEvent['type'], PaymentStatus>> = {
  'payment.opened': 'pending',
  'payment.attempted': 'processing',
  'payment.succeeded': 'succeeded',
  'payment.declined': 'declined',
  'payment.cancelled': 'cancelled',
}

/** Keeps `payments.summaries`: where the payments of an order and of a user are, and which are unfinished. */
export const summarizePayments: Subscription = {
  kind: 'projection',
  name: 'payments.summaries',
  hears: { events: Object.keys(STATUS_AFTER), transfers: false },
  project: (entries) =>
    entries.flatMap((entry) => {
      if (entry.kind !== 'event') return []
      const write = writeOf(entry)
      return write === undefined ? [] : [{ tenant: entry.tenant, write }]
    }),
}

function writeOf({ stream, at, event: heard }: LoggedEvent): Write | undefined {
  const event = heard as PaymentEvent
  const status = STATUS_AFTER[event.type]
  if (status === undefined) return undefined
  const row = { payment_id: stream.slice('payment/'.length), status }
  const time = new Date(at).toISOString()
  switch (event.type) {
    case 'payment.opened': {
      const { orderId: order_id, userId: user_id } = event
      return {
        table: summaries,
        verb: 'upsert',
        row: { ...row, order_id, user_id, created_at: time },
      }
    }
    case 'payment.attempted':
      return { table: summaries, verb: 'update', row: { ...row, attempted_at: time } }
    default:
      return { table: summaries, verb: 'update', row }
  }
}
