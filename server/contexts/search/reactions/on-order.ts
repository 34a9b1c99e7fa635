import type { OrderCreated } from '#context/orders'
import type { Platform } from '#platform/context'
import type { Subscription } from '#platform/log/subscription'
import { accept } from '#platform/outcome'

import { noteInterest } from '../store/interests.ts'

/** Products of one order that say something of its buyer. */
const MOST_PRODUCTS = 50

/** What a user orders says what the user likes (SRC-06); what a guest orders says nothing. */
export function onOrder({ write }: Pick<Platform, 'write'>): Subscription {
  return {
    kind: 'reaction',
    name: 'search.orders',
    hears: { events: ['order.created'], transfers: false },
    async react(entry, key) {
      if (entry.kind !== 'event') return
      const { userId, lines } = entry.event as OrderCreated
      if (userId === null) return
      const at = new Date(entry.at).toISOString()
      const products = [...new Set(lines.map(({ productId }) => productId))].slice(0, MOST_PRODUCTS)
      await write({
        tenant: entry.tenant,
        caller: 'sub/search.orders',
        key,
        fingerprint: '',
        streams: {},
        decide: () =>
          accept({ rows: products.map((id) => noteInterest(userId, id, true, at)), answer: null }),
      })
    },
  }
}
