/** Where tables are fetched from, and what can be wrong with that. */
import type { SourceFault } from '../provider.ts'

/** Thrown by the bytes of a source where they break off. */
export class SourceBroke extends Error {
  readonly fault: SourceFault

  constructor(fault: SourceFault) {
    super(fault.reason)
    this.name = 'SourceBroke'
    this.fault = fault
  }
}

export const LONGEST_URL = 2_000

/**
 * An address as it is shown: what stands behind its question mark is often a token, so nobody reads
 * it again.
 */
export function shownUrl(url: string): string {
  const mark = url.indexOf('?')
  return mark < 0 ? url : `${url.slice(0, mark)}?…`
}

/** What is meant by an address that was sent: one that was shown before stands for the kept one. */
export function meantUrl(sent: string, kept: string | null): string {
  return kept !== null && sent === shownUrl(kept) ? kept : sent
}
