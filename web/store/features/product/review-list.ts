/** In which orders reviews are shown, as the API calls them. */
export const REVIEW_SORTS = ['newest', 'helpful', 'highest', 'lowest'] as const
export type ReviewSort = (typeof REVIEW_SORTS)[number]

export function sortIn(asked: string | null): ReviewSort {
  return REVIEW_SORTS.find((each) => each === asked) ?? 'newest'
}

/** The part of the reviews that an address shows; the first has none of its own. */
export function reviewsAt(sort: ReviewSort, after: string | null = null): string {
  const asked = new URLSearchParams()
  if (sort !== 'newest') asked.set('reviews', sort)
  if (after !== null) asked.set('after', after)
  return `${asked.size === 0 ? '' : `?${asked.toString()}`}#reviews`
}
