import type { Instant } from '#platform/clock'

import type { Publication } from '../contract.ts'
import { isPublished } from '../domain/publication.ts'
import type { ShownColumns } from '../store/products.ts'

/** The publication that a row says. */
export function publicationIn({ is_hidden, from_ms, until_ms }: ShownColumns): Publication {
  return {
    status: is_hidden ? 'hidden' : 'published',
    from: timeOf(from_ms),
    until: timeOf(until_ms),
  }
}

/** Whether buyers may see what a row is of. */
export function isShown(row: ShownColumns, at: Instant): boolean {
  return isPublished(publicationIn(row), at)
}

function timeOf(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : new Date(Math.round(ms)).toISOString()
}
