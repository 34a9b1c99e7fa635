import type { Aggregate } from '#platform/write/commit'

import type { Counts, RatingChanged, RatingView } from '../contract.ts'

export const NONE: Counts = [0, 0, 0, 0, 0]

/** How a product is rated; decided on in the commit that shows or hides a review, so it is exact. */
export const ratings: Aggregate<{ readonly counts: Counts }, RatingChanged> = {
  kind: 'product-rating',
  initial: { counts: NONE },
  apply: (_, { counts }) => ({ counts }),
}

/** What counts of a review: its stars while it is shown, nothing otherwise. */
export interface Counted {
  readonly status: string
  readonly rating?: number | null
}

/** The counts once a review is `now` what it was `before`; undefined when they stay. */
export function recounted(
  counts: Counts,
  before: Counted | undefined,
  now: Counted | undefined,
): Counts | undefined {
  const [was, is] = [starsOf(before), starsOf(now)]
  if (was === is) return undefined
  const changed = counts.map(
    (count, n) => count - (n + 1 === was ? 1 : 0) + (n + 1 === is ? 1 : 0),
  ) as unknown as Counts
  if (changed.some((count) => count < 0)) throw new Error('A review was counted out twice.')
  return changed
}

function starsOf(review: Counted | undefined): number | undefined {
  return review?.status === 'shown' ? (review.rating ?? undefined) : undefined
}

export function presentRating(counts: Counts): RatingView {
  const count = counts.reduce((sum, each) => sum + each, 0)
  const stars = counts.reduce((sum, each, n) => sum + each * (n + 1), 0)
  return { count, average: count === 0 ? null : stars / count, counts }
}
