import type { Instant } from '#platform/clock'
import type { Table, Write } from '#platform/write/commit'

import type { Delivered } from '../contract.ts'

/** What providers delivered, each delivery once. */
export const inbox: Table = { name: 'payments.inbox', key: ['provider', 'delivery_id'] }

/** An upsert, because a delivery may come once more when the answer under its key is forgotten. */
export function received(provider: string, delivered: Delivered, at: Instant): Write {
  return {
    table: inbox,
    verb: 'upsert',
    row: {
      provider,
      delivery_id: delivered.id,
      about: delivered.about,
      payment_id: delivered.about === 'nothing' ? null : delivered.paymentId,
      received_at: new Date(at).toISOString(),
    },
  }
}
