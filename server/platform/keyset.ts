import type { Instant } from './clock.ts'
import type { Id } from './ids.ts'

/** Where a page begins in a list that is sorted by an instant and an id, newest first. */
export interface Place {
  readonly at: Instant
  readonly id: Id
}

/** An id as text, without anchors; anything looser is an error of PostgreSQL's. */
export const ID_PATTERN = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** A place as it travels in `after` and `next`. */
export const PLACE_PATTERN = `^\\d{1,13}\\.${ID_PATTERN}$`

const PLACE = new RegExp(`^(\\d{1,13})\\.(${ID_PATTERN})$`)

/** Before everything: the place of the first page. */
export const NEWEST: Place = {
  at: 253_402_300_799_000,
  id: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
}

/** The place a client sent back; the first page for none. The route's schema has checked its form. */
export function placeOf(after: string | undefined): Place {
  const [, at, id] = PLACE.exec(after ?? '') ?? []
  return at === undefined || id === undefined ? NEWEST : { at: Number(at), id }
}

export interface Page<T> {
  readonly items: readonly T[]
  /** Goes into `after` of the next page; null on the last. */
  readonly next: string | null
}

/** A page of rows of which one more than `limit` was asked for. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  place: (row: T) => { readonly at: Date; readonly id: Id },
): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  if (rows.length <= limit || last === undefined) return { items, next: null }
  const { at, id } = place(last)
  return { items, next: `${at.getTime()}.${id}` }
}
