import { LRUCache } from 'lru-cache'

import type { Instant } from '#platform/clock'
import type { Platform } from '#platform/context'
import { statement } from '#platform/db/statement'
import type { Id, TenantId } from '#platform/ids'
import type { Table } from '#platform/write/commit'

export const customerTable: Table = { name: 'pricing.customers', key: ['user_id'] }

const groupOfUser = statement<{ readonly customer_group: string }>(
  'pricing.group-of-user',
  `select customer_group from pricing.customers where tenant_id = $1 and user_id = $2`,
)

/** As long as lists are remembered. */
const FRESH_MS = 2000

const CUSTOMERS_KEPT = 20_000

/** In which group a customer buys. */
export interface KnownGroups {
  /** At most 2 s old; asks nothing for guests. */
  of(tenant: TenantId, userId: Id | null): Promise<string | null>
  now(tenant: TenantId, userId: Id): Promise<string | null>
  /** To be called behind every change of this process. */
  forget(tenant: TenantId, userId: Id): void
}

export function openGroups({ reads, clock }: Pick<Platform, 'reads' | 'clock'>): KnownGroups {
  const kept = new LRUCache<
    string,
    { readonly asOf: Instant; readonly found: Promise<string | null> }
  >({
    maxSize: CUSTOMERS_KEPT,
    sizeCalculation: () => 1,
  })
  const ask = async (tenant: TenantId, userId: Id): Promise<string | null> => {
    const [row] = await reads.read(tenant, groupOfUser, [tenant, userId])
    return row?.customer_group ?? null
  }
  return {
    async of(tenant, userId) {
      if (userId === null) return null
      const key = `${tenant} ${userId}`
      const now = clock.now()
      const known = kept.get(key)
      // A clock that was set back makes ages negative.
      if (known !== undefined && known.asOf <= now && now - known.asOf < FRESH_MS) {
        return known.found
      }
      const found = ask(tenant, userId)
      kept.set(key, { asOf: now, found })
      found.catch(() => kept.delete(key))
      return found
    },
    now: ask,
    forget: (tenant, userId) => void kept.delete(`${tenant} ${userId}`),
  }
}
