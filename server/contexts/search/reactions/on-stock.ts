import { LRUCache } from 'lru-cache'

import type { Offers } from '#context/catalog'
import type { Availabilities, BundlesOf } from '#context/inventory'
import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import type { Subscription } from '#platform/log/subscription'

import type { Refresh } from '../commands/refresh.ts'
import { horizonOf } from '../store/documents.ts'
import { gathering, SIDE_BY_SIDE } from './gathering.ts'

/** Products of which it is known when they were looked at last. */
const REMEMBERED = 100_000

export interface StockParts {
  readonly offers: Offers
  readonly availabilities: Availabilities
  readonly bundles: BundlesOf
  readonly refresh: Refresh
}

/**
 * After units have moved: a product that is sold out is found no more, one that is back is found
 * again, and so is every bundle that it is a component of. Only what moves to or from a shelf, or is
 * sold ahead, says anything of that. One look at a product covers every transaction that had ended
 * by then.
 */
export function onStock(
  { waiting, reads }: Pick<Platform, 'waiting' | 'reads'>,
  { offers, availabilities, bundles, refresh }: StockParts,
): Subscription {
  const looked = new LRUCache<string, bigint>({ maxSize: REMEMBERED, sizeCalculation: () => 1 })
  /** By SKU: every transaction before this one had ended when it was looked at last. */
  const covered = new LRUCache<string, bigint>({ maxSize: REMEMBERED, sizeCalculation: () => 1 })
  /** The last transaction that moved a SKU, of those that are being looked at. */
  const moved = new Map<string, bigint>()

  async function look(tenant: TenantId, skus: readonly string[]): Promise<void> {
    const [horizon, parts] = await Promise.all([horizonOf(reads, tenant), bundles.bundles(tenant)])
    const touched = skus.map((unit) => ({ unit, skus: [unit, ...(parts.get(unit) ?? [])] }))
    const known = await offers.offers(tenant, [...new Set(touched.flatMap((each) => each.skus))])
    const products = new Set<string>()
    for (const each of touched) {
      const last = moved.get(`${tenant}/${each.unit}`) ?? 0n
      moved.delete(`${tenant}/${each.unit}`)
      for (const sku of each.skus) {
        const id = known.get(sku)?.productId
        if (id !== undefined && last >= (looked.get(`${tenant}/${id}`) ?? 0n)) products.add(id)
      }
    }
    await refresh.stock(tenant, [...products])
    for (const id of products) looked.set(`${tenant}/${id}`, BigInt(horizon))
    for (const sku of skus) covered.set(`${tenant}/${sku}`, BigInt(horizon))
  }

  const gathered = gathering(waiting, look)
  return {
    kind: 'reaction',
    name: 'search.stock',
    sideBySide: SIDE_BY_SIDE,
    hears: { events: [], transfers: true },
    async react(entry) {
      if (entry.kind !== 'transfer') return
      const { from, to } = entry.entry
      const names = [from.name, to.name]
      const isAhead = names.includes('backorder')
      // What is sold ahead is remembered for some seconds by whoever says what there is.
      if (isAhead) availabilities.forget(entry.tenant)
      if (!isAhead && !names.some((name) => name.startsWith('on-hand/'))) return
      const key = `${entry.tenant}/${from.unit}`
      const { xid } = entry.position
      // A rush moves one SKU thousands of times: one look is enough for all that came before it.
      if (xid < (covered.get(key) ?? 0n)) return
      const before = moved.get(key)
      if (before === undefined || before < xid) moved.set(key, xid)
      await gathered(entry.tenant, [from.unit])
    },
  }
}
