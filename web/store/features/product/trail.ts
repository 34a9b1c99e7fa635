import type { Category } from '../../lib/shop.ts'

/** From the top of the tree to a category; nothing for one that the shop does not have. */
export function trailOf(categories: readonly Category[], slug: string | null): readonly Category[] {
  const trail: Category[] = []
  for (let next = slug; next !== null && trail.length < categories.length;) {
    const found = categories.find((each) => each.slug === next)
    if (found === undefined) break
    trail.unshift(found)
    next = found.parent
  }
  return trail
}
