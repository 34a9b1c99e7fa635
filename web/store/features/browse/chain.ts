import type { CardProduct } from '../../lib/product-card.tsx'

/** One page of a list. */
export interface Page {
  /** What its address has as `after`; null of the first one. */
  readonly after: string | null
  readonly items: readonly CardProduct[]
  readonly next: string | null
}

/** Pages that follow one another: `after` of each is `next` of the one before. */
export type Chain = readonly Page[]

/** What stands before the page at a place; nothing where the chain does not lead there. */
export function before(chain: Chain, after: string | null): Chain {
  if (after === null) return []
  const last = chain.findIndex(({ next }) => next === after)
  return last < 0 ? [] : chain.slice(0, last + 1)
}

/** The chain with a page in its place. What follows stays as long as it still follows. */
export function grown(chain: Chain, page: Page): Chain {
  const head = before(chain, page.after)
  const [follower] = chain.slice(head.length + 1)
  const tail = follower?.after === page.next ? chain.slice(head.length + 1) : []
  return [...head, page, ...(follower === undefined ? [] : tail)]
}
