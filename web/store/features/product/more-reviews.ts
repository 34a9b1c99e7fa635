import type { Reviews } from './load.ts'
import type { ReviewSort } from './review-list.ts'

const AT_ONCE = '10'

/** The reviews behind a place, for a page that stays; throws when they do not come. */
export async function moreReviews(
  productId: string,
  sort: ReviewSort,
  after: string,
): Promise<Reviews> {
  const asked = new URLSearchParams({ sort, after, limit: AT_ONCE })
  const answer = await fetch(`/api/v1/products/${productId}/reviews?${asked.toString()}`)
  if (!answer.ok) throw new Error(String(answer.status))
  return (await answer.json()) as Reviews
}
