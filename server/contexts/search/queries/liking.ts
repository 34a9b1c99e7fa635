import { LRUCache } from 'lru-cache'

import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'

import type { SearchAsk } from '../contract.ts'
import type { SearchShop } from '../domain/engine.ts'
import type { Liking } from '../domain/find.ts'
import { likingOf, type Interest } from '../domain/liking.ts'
import { interestsOf } from '../store/interests.ts'

const FRESH_MS = 10_000
const USERS_KEPT = 5000

/** How much a product that a guest says was looked at counts. */
const SEEN = 0.4

/** What who asks likes: a user by what is stored, at most 10 s old; a guest by what was sent. */
export interface Likings {
  of(tenant: TenantId, ask: SearchAsk, shop: SearchShop): Promise<Liking | undefined>
  forget(tenant: TenantId, userId: Id): void
}

export function openLiking({ reads, clock }: Pick<Platform, 'reads' | 'clock'>): Likings {
  const kept = new LRUCache<string, { readonly at: number; readonly of: readonly Interest[] }>({
    maxSize: USERS_KEPT,
    sizeCalculation: () => 1,
  })

  async function stored(tenant: TenantId, userId: Id): Promise<readonly Interest[]> {
    const key = `${tenant} ${userId}`
    const now = clock.now()
    const found = kept.get(key)
    if (found !== undefined && found.at <= now && now - found.at < FRESH_MS) return found.of
    const read = await interestsOf(reads, tenant, userId)
    kept.set(key, { at: now, of: read })
    return read
  }

  return {
    async of(tenant, { shopper }, shop) {
      if (shopper === undefined) return undefined
      const { userId, seen } = shopper
      const own = userId === undefined ? [] : await stored(tenant, userId)
      const interests = [...own, ...seen.map((productId) => ({ productId, weight: SEEN }))]
      const products = await shop.shown(interests.map(({ productId }) => productId))
      return likingOf(products, interests)
    },
    forget: (tenant, userId) => void kept.delete(`${tenant} ${userId}`),
  }
}
