import type { Platform } from '#platform/context'

import type { Ratings, ReviewQueries } from '../contract.ts'
import { NONE, presentRating } from '../domain/rating.ts'
import { ratingsOf } from '../store/contributions.ts'

export function openRatings({ reads }: Pick<Platform, 'reads'>): Ratings {
  return {
    async ratings(tenant, productIds) {
      const rows = await reads.read(tenant, ratingsOf, [tenant, productIds])
      return new Map(rows.map(({ product_id, counts }) => [product_id, presentRating(counts)]))
    },
  }
}

export function ratingOf({ ratings }: Ratings): ReviewQueries['rating'] {
  return async (tenant, productId) =>
    (await ratings(tenant, [productId])).get(productId) ?? presentRating(NONE)
}
