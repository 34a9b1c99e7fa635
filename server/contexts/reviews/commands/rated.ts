import type { Id } from '#platform/ids'
import type { Write } from '#platform/write/commit'

import type { Counts, RatingChanged } from '../contract.ts'
import { recounted, type Counted } from '../domain/rating.ts'
import { ratingTable } from '../store/tables.ts'

/** What a commit records of a product's rating as a review of it is `now` what it was `before`. */
export function rated(
  productId: Id,
  counts: Counts,
  before: Counted | undefined,
  now: Counted | undefined,
): { readonly events: readonly RatingChanged[]; readonly rows: readonly Write[] } {
  const changed = recounted(counts, before, now)
  if (changed === undefined) return { events: [], rows: [] }
  return {
    events: [{ type: 'reviews.rating-changed', productId, counts: changed }],
    rows: [{ table: ratingTable, verb: 'upsert', row: { product_id: productId, counts: changed } }],
  }
}
