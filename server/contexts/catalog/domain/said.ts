import type { Money } from '#platform/money'

/** What others say of a product: pricing its sale, reviews its rating. */
export interface Said {
  /** What the first variant costs everybody while it is on sale. */
  readonly salePrice: Money | null
  /** Its lowest price of the 30 days before (Directive 98/6/EC, article 6a), if that was higher. */
  readonly wasPrice: Money | null
  readonly rating: { readonly average: number; readonly count: number } | null
}

export const UNSAID_OF: Said = { salePrice: null, wasPrice: null, rating: null }

/** How many reviews of `IMAGINED_STARS` are added to those there are before products are compared. */
const IMAGINED = 5
const IMAGINED_STARS = 3

/** Digits of a place by rating: five stars are 50,000. */
const DIGITS = 10_000

/**
 * How high a product stands in a list by rating, 0 for one that nobody has rated: its stars on
 * average as if five more reviews gave it three each. So hundreds of good reviews stand above a
 * single perfect one, and an average alone is never what is compared (a Bayesian average).
 */
export function ratedAs(counts: readonly number[]): number {
  const count = counts.reduce((sum, each) => sum + each, 0)
  if (count === 0) return 0
  const stars = counts.reduce((sum, each, n) => sum + each * (n + 1), 0)
  return Math.round(((stars + IMAGINED * IMAGINED_STARS) / (count + IMAGINED)) * DIGITS)
}
