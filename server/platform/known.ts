import { LRUCache } from 'lru-cache'

import type { Tail } from './cache/tail.ts'
import type { Clock, Instant } from './clock.ts'
import type { TenantId } from './ids.ts'

/** What is remembered of each shop because it rarely changes: its settings, its lists. */
export interface Known<T> {
  /** At most as old as promised; who asks while it is being read waits for that. */
  of(tenant: TenantId): Promise<T>
  /** The next question reads anew; to be called behind every change of this process. */
  forget(tenant: TenantId): void
}

const SHOPS_KEPT = 10_000

/** Who tells of changes. */
export interface Heard {
  /** The end of the log, where it is followed. */
  readonly tail: Tail | undefined
  /** Whether events of a type may change what is remembered; nothing else does. */
  isAbout(type: string): boolean
  /** Shops remembered, where what is known of one is large. */
  readonly mostShops?: number
}

/**
 * Remembers what `read` finds; a change by another process is seen `freshMs` later. With the tail of a log
 * that tells of every change it is seen at once, and what did not change is not read again. A failure is not
 * remembered.
 */
export function known<T>(
  clock: Clock,
  freshMs: number,
  read: (tenant: TenantId) => Promise<T>,
  heard?: Heard,
): Known<T> {
  // Bounded by size, each of size 1: a bound by number takes the memory of all of them at once.
  const kept = new LRUCache<TenantId, { readonly asOf: Instant; readonly value: Promise<T> }>({
    maxSize: heard?.mostShops ?? SHOPS_KEPT,
    sizeCalculation: () => 1,
  })
  const tail = heard?.tail
  tail?.hear({
    told({ tenant, type }) {
      if (heard?.isAbout(type) === true) kept.delete(tenant)
    },
    moved: () => undefined,
    lost: () => kept.clear(),
  })
  return {
    of(tenant) {
      const now = clock.now()
      const found = kept.get(tenant)
      // A clock that was set back makes ages negative.
      if (found !== undefined && found.asOf <= now) {
        const holdsTo = Math.max(found.asOf, tail?.currentTo() ?? 0)
        if (now - holdsTo < freshMs) return found.value
      }
      const asked = { asOf: now, value: read(tenant) }
      kept.set(tenant, asked)
      asked.value.catch(() => {
        if (kept.get(tenant) === asked) kept.delete(tenant)
      })
      return asked.value
    },
    forget: (tenant) => void kept.delete(tenant),
  }
}
