/** What one process has made and others may give: answers beside the memory of each process. */
import type { Buffer } from 'node:buffer'

import type { Instant } from '../clock.ts'
import type { Reach } from './tail.ts'

/** An answer as bytes, and how far it is true. */
export interface SharedAnswer {
  readonly bytes: Buffer
  /** Everything recorded before this is in it: its maker had heard so much when it began to read. */
  readonly reach: Reach
  /** When its maker began to read, by the database's clock. */
  readonly asOf: Instant
  /** What it is made of, as `Made.touches`. */
  readonly touches: readonly string[]
  /** As `Made.size`. */
  readonly size: number
}

/** A longer answer, with what it is made of, is not shared. */
export const MOST_SHARED_BYTES = 512 * 1024

/**
 * Where processes of one deployment and one version of the program find each other's answers. Whether
 * an answer still holds is for who asks to judge (`shared.ts`). It never fails: away, slow, full or
 * not to be understood is as if nothing were there, and nobody waits for it for long.
 */
export interface SecondLevel {
  get(name: string): Promise<SharedAnswer | undefined>
  /** In place of what was there, for `forMs`; nobody waits for it. Longer than the bound: not at all. */
  put(name: string, answer: SharedAnswer, forMs: number): void
  close(): void
}
