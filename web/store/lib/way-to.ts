import type { Category } from './shop.ts'

/** The way to a category, from the root on; empty where there is none by this slug. */
export function wayTo(slug: string | null, categories: readonly Category[]): readonly Category[] {
  const bySlug = new Map(categories.map((category) => [category.slug, category]))
  const way: Category[] = []
  let at = slug === null ? undefined : bySlug.get(slug)
  while (at !== undefined && !way.includes(at)) {
    way.unshift(at)
    at = at.parent === null ? undefined : bySlug.get(at.parent)
  }
  return way
}
