import type { Clock, Instant } from '#platform/clock'
import type { TenantId } from '#platform/ids'

/** A shop that sells all the time has its pages made anew so often and no more often. */
const EVERY_MS = 1_000
/** A person changes no more than that in a second; of an import's thousands the rest wait for its end. */
const CHANGES_AT_ONCE = 10

/** Shops whose pages were dropped lately; of more nobody waits. */
const MOST_SHOPS = 10_000

export interface Drops {
  /** What pages say was changed: they go at once, or in a second where very much is changed. */
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
  /** Changes since the second began in which the first was. */
  const changes = new Map<TenantId, { readonly since: Instant; count: number }>()

  /** Whether somebody may be looking at what this very change made of a page. */
  function isOneOfFew(tenant: TenantId): boolean {
    const now = clock.now()
    const lately = changes.get(tenant)
    if (lately !== undefined && Math.abs(now - lately.since) < EVERY_MS) {
      lately.count += 1
      return lately.count <= CHANGES_AT_ONCE
    }
    if (changes.size >= MOST_SHOPS) changes.clear()
    changes.set(tenant, { since: now, count: 1 })
    return true
  }

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
    changed(tenant) {
      if (isOneOfFew(tenant)) dropNow(tenant)
      else waiting.add(tenant)
    },
    moved(tenant) {
      if (isOver(tenant)) dropNow(tenant)
      else waiting.add(tenant)
    },
    settle(tenant) {
      if (waiting.has(tenant) && isOver(tenant)) dropNow(tenant)
    },
  }
}
