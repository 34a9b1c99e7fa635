import type { Tail } from '#platform/cache/tail'
import type { Clock, Instant } from '#platform/clock'
import type { TenantId } from '#platform/ids'

/** Units of which it is known when they moved; of more, everything counts as moved. */
const MOST_UNITS = 200_000

/** When units moved, as the end of the log tells. */
export interface Moves {
  /** Whether any of these SKUs may have moved at that instant or since; it lies less than `forMs` back. */
  isMoved(tenant: TenantId, skus: readonly string[], since: Instant): boolean
}

type Times = Map<TenantId, Map<string, Instant>>

/** Remembers moves for `forMs` at least. */
export function openMoves(clock: Clock, tail: Tail | undefined, forMs: number): Moves {
  let [newer, older]: [Times, Times] = [new Map(), new Map()]
  let [count, turnedAt, everythingAt] = [0, clock.now(), 0]
  const shopsAt = new Map<TenantId, Instant>()

  function everything(): void {
    everythingAt = clock.now()
    newer.clear()
    older.clear()
    shopsAt.clear()
    count = 0
  }

  function turn(now: Instant): void {
    ;[newer, older] = [new Map(), newer]
    turnedAt = now
    count = 0
  }

  tail?.hear({
    told({ tenant, type }) {
      if (/^inventory\.(backorder-set|settings-changed)$/.test(type)) {
        shopsAt.set(tenant, clock.now())
      }
    },
    moved({ tenant, unit }) {
      const now = clock.now()
      if (now - turnedAt >= forMs || now < turnedAt) turn(now)
      const times = newer.get(tenant) ?? new Map<string, Instant>()
      newer.set(tenant, times.set(unit, now))
      count += 1
      if (count > MOST_UNITS) everything()
    },
    lost: everything,
  })
  return {
    isMoved(tenant, skus, since) {
      if (everythingAt >= since || (shopsAt.get(tenant) ?? 0) >= since) return true
      for (const times of [newer.get(tenant), older.get(tenant)]) {
        if (times === undefined) continue
        for (const sku of skus) if ((times.get(sku) ?? 0) >= since) return true
      }
      return false
    },
  }
}
