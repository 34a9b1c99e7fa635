import type { Id } from '#platform/ids'
import { ID_PATTERN } from '#platform/keyset'

/** By what hits are sorted; in every order the newest product comes first among equals. */
export const SORTS = ['relevance', 'newest', 'price-up', 'price-down', 'rating'] as const

export type Sort = (typeof SORTS)[number]

/** Where a hit stands: by `key`, then by its age, then by its id, the greatest of each first. */
export interface Place {
  readonly sort: Sort
  readonly key: number
  readonly createdAt: number
  readonly id: Id
}

const LETTERS: Readonly<Record<Sort, string>> = {
  relevance: 'r',
  newest: 'n',
  'price-up': 'u',
  'price-down': 'd',
  rating: 's',
}

/** A place as it travels in `after` and `next`. */
export const PLACE_PATTERN = `^[rnuds]\\.-?\\d{1,15}\\.\\d{1,15}\\.${ID_PATTERN}$`

const PLACE = new RegExp(`^([rnuds])\\.(-?\\d{1,15})\\.(\\d{1,15})\\.(${ID_PATTERN})$`)

export function placeText({ sort, key, createdAt, id }: Place): string {
  return `${LETTERS[sort]}.${key}.${createdAt}.${id}`
}

/** The place a client sent back; undefined when it is none. */
export function placeOf(text: string): Place | undefined {
  const [, letter, key, createdAt, id] = PLACE.exec(text) ?? []
  const sort = SORTS.find((each) => LETTERS[each] === letter)
  if (sort === undefined || key === undefined || createdAt === undefined || id === undefined) {
    return undefined
  }
  return { sort, key: Number(key), createdAt: Number(createdAt), id }
}
