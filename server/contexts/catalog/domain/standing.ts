/** What there is of a product, in a word: for people, and for pages that may not say numbers (GAP-70). */
export type AvailabilityWord = 'in-stock' | 'low' | 'out' | 'preorder'

/** How a SKU stands. */
export interface Standing {
  readonly free: number
  readonly word: AvailabilityWord
}

/** Of a SKU that nobody knows of. */
export const NOTHING: Standing = { free: 0, word: 'out' }

const BEST_FIRST: readonly AvailabilityWord[] = ['in-stock', 'low', 'preorder', 'out']

/** A product is as available as the best of its variants. */
export function better(one: AvailabilityWord, other: AvailabilityWord): AvailabilityWord {
  return BEST_FIRST.indexOf(one) <= BEST_FIRST.indexOf(other) ? one : other
}
