import type { Tail } from '#platform/cache/tail'
import type { Clock, Instant } from '#platform/clock'
import type { TenantId } from '#platform/ids'

/** What an event changes is indexed within a second; behind a worker that was away it takes longer. */
const STIRRED_MS = 10_000

/** Nobody can say that a shop is quiet while the log is not followed. */
const FOLLOWED_MS = 1000

/** Shops of which it is known when something happened; of more, something counts as happened in all. */
const MOST_SHOPS = 20_000

/** Where something happened lately, as the end of the log tells. */
export interface Stirring {
  /** Whether something happened in the shop in the last 10 s, or nobody knows. */
  isStirred(tenant: TenantId): boolean
}

/** Without a tail every shop counts as stirred. */
export function openStirring(clock: Clock, tail: Tail | undefined): Stirring {
  const shops = new Map<TenantId, Instant>()
  let everywhereAt = clock.now()

  function stir({ tenant }: { readonly tenant: TenantId }): void {
    const now = clock.now()
    shops.set(tenant, now)
    if (shops.size <= MOST_SHOPS) return
    for (const [shop, at] of shops) if (now - at >= STIRRED_MS) shops.delete(shop)
    if (shops.size > MOST_SHOPS) everywhere()
  }

  function everywhere(): void {
    everywhereAt = clock.now()
    shops.clear()
  }

  tail?.hear({ told: stir, moved: stir, lost: everywhere })
  return {
    isStirred(tenant) {
      if (tail === undefined) return true
      const now = clock.now()
      const lately = (at: Instant, forMs: number): boolean => Math.abs(now - at) < forMs
      return (
        !lately(tail.currentTo(), FOLLOWED_MS) ||
        lately(everywhereAt, STIRRED_MS) ||
        lately(shops.get(tenant) ?? 0, STIRRED_MS)
      )
    },
  }
}
