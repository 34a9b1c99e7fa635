import type { Instant } from '#platform/clock'
import type { Id } from '#platform/ids'

/** One text in several languages, by BCP 47 tag. */
export type Texts = Readonly<Record<string, string>>

/** Where a term was found; what a product is called counts most. */
export const FIELDS = ['description', 'about', 'name', 'kind'] as const

export type Field = (typeof FIELDS)[number]

/** One value of an attribute that products can be filtered by. */
export interface EntryValue {
  readonly code: string
  readonly label: Texts
  /** Of an attribute that is measured; null of one that is chosen. */
  readonly number: number | null
}

export interface EntryAttribute {
  readonly code: string
  readonly name: Texts
  readonly values: readonly EntryValue[]
}

/**
 * All that search keeps of a product: what is shown of it, what it is filtered and sorted by, and the
 * terms it is found by. Made by `entryOf`, stored as JSON in `search.documents`, and held in memory.
 */
export interface Entry {
  readonly id: Id
  readonly slug: string
  /** Of the product's stream: an older one never takes the place of a newer one. */
  readonly version: number
  readonly createdAt: number
  readonly name: Texts
  /** The root first. */
  readonly categories: readonly { readonly slug: string; readonly name: Texts }[]
  readonly brand: { readonly slug: string; readonly name: string } | null
  readonly skus: readonly string[]
  /** Minor units of the shop's main currency. */
  readonly minPrice: number
  readonly maxPrice: number
  readonly picture: string | null
  /** How high it stands by rating; absent for one that nobody has rated. */
  readonly rated?: number
  /** Those that are facets. */
  readonly attributes: readonly EntryAttribute[]
  /** Instants between which it is shown; null for no bound. */
  readonly visibleFrom: number | null
  readonly visibleUntil: number | null
  /** Each term once, where it counts most. */
  readonly terms: Readonly<Record<Field, readonly string[]>>
  /** Words as people write them, for suggestions and corrections. */
  readonly words: Readonly<Record<string, readonly string[]>>
}

/** What was seen of an entry's stock last. */
export interface StockLook {
  readonly at: Instant
  /** Since when the entry is known here, at least: its first look, where nothing else is noted. */
  readonly firstAt: Instant
  readonly isSoldOut: boolean
  /** Whether only its age counts: units of other SKUs decide of a bundle, and what is back is shown soon. */
  readonly isShort: boolean
}

/** The nearest category, and the brand. */
export interface Slugs {
  readonly category: string | null
  readonly brand: string | null
}

/** What is kept of an entry once its terms, words and values are in the lists of an index. */
export interface Shown extends Slugs {
  readonly id: Id
  readonly slug: string
  readonly createdAt: number
  readonly name: Texts
  readonly skus: readonly string[]
  readonly minPrice: number
  readonly maxPrice: number
  readonly picture: string | null
  /** Since when this process has known it so; absent where that is not noted. */
  readonly knownAt?: Instant | undefined
  // What is remembered of it goes with it. In weak maps of a million it would cost the collector of garbage.
  look?: StockLook | undefined
  /** Of the name, by the tag of its language, as `marksOf` reads it. */
  marks?: Record<string, readonly (string | number)[]> | undefined
}

export function slugsOf({ categories, brand }: Entry): Slugs {
  return { category: categories.at(-1)?.slug ?? null, brand: brand?.slug ?? null }
}

export function shownOf(
  entry: Entry,
  knownAt?: Instant,
  { category, brand }: Slugs = slugsOf(entry),
): Shown {
  const { id, slug, createdAt, name, skus, minPrice, maxPrice, picture } = entry
  return {
    id,
    slug,
    createdAt,
    name,
    category,
    brand,
    skus,
    minPrice,
    maxPrice,
    picture,
    knownAt,
    look: undefined,
    marks: undefined,
  }
}
