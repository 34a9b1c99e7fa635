import type { Instant } from '#platform/clock'
import { accept, refuse, type Outcome } from '#platform/outcome'

import type { Publication } from '../contract.ts'
import type { CatalogRefusal } from '../contract/refusals.ts'
import { PUBLISHED } from './whole.ts'

/** Whether buyers may see a product at an instant: from `from` on, and before `until` (CAT-16). */
export function isPublished({ status, from, until }: Publication, at: Instant): boolean {
  if (status === 'hidden') return false
  if (from !== null && at < Date.parse(from)) return false
  return until === null || at < Date.parse(until)
}

/** A product's life, as far as it tells whether buyers could once see it. Times in milliseconds. */
export interface Life {
  readonly status: 'active' | 'archived'
  readonly publication: Publication
  readonly createdMs: number
  /** Of what is archived, when it was. */
  readonly updatedMs: number
}

/**
 * Whether a product was on sale and is not any more, for good as far as anyone knows: it was archived
 * after buyers could see it, or its last day is over. One that is hidden was taken back and may return,
 * and one that was never published has never been anywhere; of both nobody is told (CATALOG-8).
 */
export function isGone({ status, publication, createdMs, updatedMs }: Life, at: Instant): boolean {
  if (publication.status === 'hidden') return false
  const from = publication.from === null ? createdMs : Date.parse(publication.from)
  const begins = Math.max(createdMs, from)
  const until = publication.until === null ? Infinity : Date.parse(publication.until)
  const ends = status === 'archived' ? Math.min(until, updatedMs) : until
  return begins < ends && ends <= at
}

/** What a draft says of it, over what was so before; times in UTC, to the millisecond. */
export function publicationOf(
  draft: Partial<Publication> | undefined,
  before: Publication = PUBLISHED,
): Outcome<Publication, CatalogRefusal> {
  const { status, from, until } = { ...before, ...draft }
  const begins = instantOf(from)
  const ends = instantOf(until)
  if (begins === undefined || ends === undefined) {
    return wrong('A time has the form 2026-11-21T09:00:00Z.')
  }
  if (begins !== null && ends !== null && begins >= ends) {
    return wrong('It would end before it begins.')
  }
  return accept({ status, from: isoOf(begins), until: isoOf(ends) })
}

/** Years of four digits: PostgreSQL and ISO 8601 write others differently. */
const FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/

function instantOf(time: string | null): Instant | null | undefined {
  if (time === null) return null
  if (!FORM.test(time)) return undefined
  const at = Date.parse(time)
  const isKept = at >= Date.UTC(1970, 0) && at < Date.UTC(9999, 0)
  return isKept && isDayOfMonth(time.slice(0, 10)) ? at : undefined
}

/** `Date` takes the 31st of February for a day of March. */
export function isDayOfMonth(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day)
}

function isoOf(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

function wrong(reason: string): Outcome<never, CatalogRefusal> {
  return refuse({ code: 'catalog.publication-wrong', reason })
}
