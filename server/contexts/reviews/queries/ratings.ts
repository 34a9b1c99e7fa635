import type { Platform } from '#platform/context'

import type { Ratings } from '../contract.ts'
import { presentRating } from '../domain/rating.ts'
import { ratingsOf } from '../store/contributions.ts'

export function openRatings({ reads }: Pick<Platform, 'reads'>): Ratings {
  return {
    async ratings(tenant, productIds) {
      const rows = await reads.read(tenant, ratingsOf, [tenant, productIds])
      return new Map(rows.map(({ product_id, counts }) => [product_id, presentRating(counts)]))
    },
  }
}
