import type { RatingChanged, Ratings } from '#context/reviews'
import type { Platform } from '#platform/context'
import type { Subscription } from '#platform/log/subscription'

import { rateListed } from '../commands/rate-listed.ts'
import type { ProductChanged } from '../contract.ts'

/**
 * Keeps the place of products in lists by rating: after a rating has changed, and after a product that
 * was hidden may be back in the lists, where it begins as one that nobody has rated.
 */
export function onRating(
  platform: Pick<Platform, 'reads' | 'write' | 'ids'>,
  ratings: Ratings,
): Subscription {
  const rate = rateListed(platform, ratings)
  return {
    kind: 'reaction',
    name: 'catalog.ratings',
    hears: { events: ['reviews.rating-changed', 'catalog.product-changed'], transfers: false },
    async react(entry) {
      if (entry.kind !== 'event') return
      const event = entry.event as RatingChanged | ProductChanged
      const isOfLists =
        event.type === 'reviews.rating-changed' || event.changes.publication !== undefined
      if (isOfLists) await rate(entry.tenant, event.productId)
    },
  }
}
