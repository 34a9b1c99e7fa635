import type { Subscription } from '#platform/log/subscription'

import type { PaymentEvent } from '../contract.ts'
import { summaries } from '../store/summaries.ts'

/** Keeps `payments.summaries`: where the payments of an order and of a user are. */
export const summarizePayments: Subscription = {
  kind: 'projection',
  name: 'payments.summaries',
  hears: { events: ['payment.opened'], transfers: false },
  project: (entries) =>
    entries.flatMap((entry) => {
      if (entry.kind !== 'event') return []
      const event = entry.event as PaymentEvent
      if (event.type !== 'payment.opened') return []
      const row = {
        payment_id: entry.stream.slice('payment/'.length),
        order_id: event.orderId,
        user_id: event.userId,
        created_at: new Date(entry.at).toISOString(),
      }
      return [{ tenant: entry.tenant, write: { table: summaries, verb: 'upsert', row } }]
    }),
}
