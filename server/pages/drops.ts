import type { Clock, Instant } from '#platform/clock'
import type { TenantId } from '#platform/ids'

/** A shop that sells all the time has its pages made anew so often and no more often. */
const EVERY_MS = 1_000

/** Shops whose pages were dropped lately; of more nobody waits. */
const MOST_SHOPS = 10_000

export interface Drops {
  /** What pages say was changed: they go at once. */
  changed(tenant: TenantId): void
  /** Units moved, so some page may say too much or too little of one: they go at once, or in a second. */
  moved(tenant: TenantId): void
  /** To be called before a page is given: those whose second is over go now. */
  settle(tenant: TenantId): void
}

/** Decides when the kept pages of a shop are dropped. */
export function openDrops(clock: Clock, drop: (tenant: TenantId) => void): Drops {
  const droppedAt = new Map<TenantId, Instant>()
  const waiting = new Set<TenantId>()

  function dropNow(tenant: TenantId): void {
    if (droppedAt.size >= MOST_SHOPS) droppedAt.clear()
    droppedAt.set(tenant, clock.now())
    waiting.delete(tenant)
    drop(tenant)
  }

  function isOver(tenant: TenantId): boolean {
    // A clock that was set back makes ages negative.
    return Math.abs(clock.now() - (droppedAt.get(tenant) ?? -Infinity)) >= EVERY_MS
  }

  return {
    changed: dropNow,
    moved(tenant) {
      if (isOver(tenant)) dropNow(tenant)
      else waiting.add(tenant)
    },
    settle(tenant) {
      if (waiting.has(tenant) && isOver(tenant)) dropNow(tenant)
    },
  }
}
