import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Aggregate } from '#platform/write/commit'

import type { CategoryClosed, CategoryRemoved, CategorySet, Texts } from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'

/** What of a category decides. `isClosed`: about to be removed, so nothing may be put into it. */
export interface CategoryFacts {
  readonly slug: string
  readonly parent: string | null
  readonly name: Texts
  readonly position: number
  readonly version: number
  readonly isClosed: boolean
}

/**
 * All categories of a shop are one stream, so that two moves that would make a ring together are
 * decided one after the other. By slug; a removed one is null and may come back.
 */
export type CategoryTree = Readonly<Record<string, CategoryFacts | null>>

export type CategoryEvent = CategorySet | CategoryClosed | CategoryRemoved

/** The only stream of its kind in a shop. */
export const TREE_ID = 'shop'
const MOST_CATEGORIES = 2_000
export const DEEPEST = 6

export const categoryTree: Aggregate<CategoryTree, CategoryEvent> = {
  kind: 'category-tree',
  initial: {},
  apply(tree, event) {
    const before = placeOf(tree, event.slug)
    switch (event.type) {
      case 'catalog.category-set': {
        const { slug, parent, name, position } = event
        const version = (before?.version ?? event.after ?? 0) + 1
        return { ...tree, [slug]: { slug, parent, name, position, version, isClosed: false } }
      }
      case 'catalog.category-closed':
        return {
          ...tree,
          [event.slug]: before === undefined ? null : { ...before, isClosed: true },
        }
      case 'catalog.category-removed':
        return { ...tree, [event.slug]: null }
    }
  },
}

/** Whether products may be put into it, as far as its removal is concerned. */
export function takesProducts(tree: CategoryTree, slug: string | null): boolean {
  if (slug === null || !Object.hasOwn(tree, slug)) return true
  const place = placeOf(tree, slug)
  return place !== undefined && !place.isClosed
}

/** The tree with the rows that no event tells of: those of before there were events. */
export function grown(tree: CategoryTree, rows: readonly CategoryRowFacts[]): CategoryTree {
  const untold = rows.filter(({ slug }) => !Object.hasOwn(tree, slug))
  if (untold.length === 0) return tree
  return {
    ...Object.fromEntries(untold.map((row) => [row.slug, { ...row, isClosed: false }])),
    ...tree,
  }
}

export type CategoryRowFacts = Omit<CategoryFacts, 'isClosed'>

/** What is said of a category; undefined when nothing new is. */
export function setCategory(
  tree: CategoryTree,
  wanted: Pick<CategoryFacts, 'slug' | 'parent' | 'name' | 'position'>,
  versions?: readonly number[],
): Outcome<CategorySet | undefined, CatalogRefusal> {
  const { slug, parent } = wanted
  const before = placeOf(tree, slug)
  if (versions !== undefined && !versions.includes(before?.version ?? 0)) {
    return refuse({ code: 'catalog.version-stale', version: before?.version ?? 0 })
  }
  if (before === undefined && Object.values(tree).filter(Boolean).length >= MOST_CATEGORIES) {
    return refuse({ code: 'catalog.categories-full', most: MOST_CATEGORIES })
  }
  if (parent !== null) {
    const above = placeOf(tree, parent)
    if (above === undefined || above.isClosed) {
      return refuse({ code: 'catalog.category-unknown', category: parent })
    }
    const line = lineOf(tree, parent)
    if (line.includes(slug)) return refuse({ code: 'catalog.category-cycle', category: slug })
    if (line.length + heightOf(tree, slug) > DEEPEST) {
      return refuse({ code: 'catalog.category-too-deep', most: DEEPEST })
    }
  }
  if (before !== undefined && !before.isClosed && isAsBefore(before, wanted)) {
    return accept(undefined)
  }
  const { name, position } = wanted
  const told = { type: 'catalog.category-set', slug, parent, name, position } as const
  // A row that no event tells of goes on counting its versions.
  return accept(before === undefined ? told : { ...told, after: before.version })
}

function isAsBefore(
  before: CategoryFacts,
  { parent, name, position }: Pick<CategoryFacts, 'parent' | 'name' | 'position'>,
): boolean {
  const languages = Object.keys(name)
  return (
    before.parent === parent &&
    before.position === position &&
    languages.length === Object.keys(before.name).length &&
    languages.every((language) => before.name[language] === name[language])
  )
}

/** First step of a removal: from now on nothing is put into it, so that it can be seen to be empty. */
export function closeCategory(
  tree: CategoryTree,
  slug: string,
  { versions, leadsTo }: { readonly versions?: readonly number[]; readonly leadsTo?: string } = {},
): Outcome<CategoryClosed | undefined, CatalogRefusal> {
  const place = placeOf(tree, slug)
  if (place === undefined) {
    return refuse({ code: 'catalog.category-not-there', category: slug })
  }
  if (versions !== undefined && !versions.includes(place.version)) {
    return refuse({ code: 'catalog.version-stale', version: place.version })
  }
  if (childrenOf(tree, slug).length > 0) {
    return refuse({ code: 'catalog.category-not-empty', category: slug })
  }
  if (leadsTo !== undefined && (leadsTo === slug || !isOpen(tree, leadsTo))) {
    return refuse({ code: 'catalog.category-leads-nowhere', leadsTo })
  }
  return accept(place.isClosed ? undefined : { type: 'catalog.category-closed', slug })
}

/** Last step: what is still closed goes, if it was seen to be empty; otherwise it opens again. */
export function endRemoval(
  tree: CategoryTree,
  slug: string,
  { isEmpty, leadsTo }: { readonly isEmpty: boolean; readonly leadsTo?: string },
): CategorySet | CategoryRemoved | undefined {
  const place = placeOf(tree, slug)
  // Somebody has said what it is since, or has removed it.
  if (place === undefined || !place.isClosed) return undefined
  if (isEmpty) {
    return {
      type: 'catalog.category-removed',
      slug,
      ...(leadsTo === undefined ? {} : { leadsTo }),
    }
  }
  const { parent, name, position } = place
  return { type: 'catalog.category-set', slug, parent, name, position }
}

/** A category and those above it, itself first. */
export function lineOf(tree: CategoryTree, slug: string): readonly string[] {
  const line: string[] = []
  let place = placeOf(tree, slug)
  while (place !== undefined && !line.includes(place.slug)) {
    line.push(place.slug)
    place = place.parent === null ? undefined : placeOf(tree, place.parent)
  }
  return line
}

/** A slug may be `constructor`, which every object has. */
function placeOf(tree: CategoryTree, slug: string): CategoryFacts | undefined {
  return Object.hasOwn(tree, slug) ? (tree[slug] ?? undefined) : undefined
}

function isOpen(tree: CategoryTree, slug: string): boolean {
  const place = placeOf(tree, slug)
  return place !== undefined && !place.isClosed
}

/** Levels from a category down to its lowest: 1 without any below it, or when it is not there yet. */
function heightOf(tree: CategoryTree, slug: string): number {
  const below = childrenOf(tree, slug).filter((child) => child !== slug)
  return 1 + Math.max(0, ...below.map((child) => heightOf(tree, child)))
}

function childrenOf(tree: CategoryTree, slug: string): readonly string[] {
  return Object.values(tree).flatMap((each) =>
    each !== null && each.parent === slug ? [each.slug] : [],
  )
}
