import type { Availabilities, Availability } from '#context/inventory'
import type { Instant } from '#platform/clock'
import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'

import type { Entry } from '../domain/entry.ts'

/** A look at the stock of a product is good for so long. */
const FRESH_MS = 1000

/** What is sold out of what is about to be shown, at most 1 s old; what is sold ahead is not. */
export interface StockLooks {
  soldOut(tenant: TenantId, entries: readonly Entry[]): Promise<readonly Id[]>
}

interface Look {
  readonly at: Instant
  readonly isSoldOut: boolean
}

interface Gathering {
  readonly skus: Set<string>
  readonly stock: Promise<ReadonlyMap<string, Availability>>
}

/** Everyone who asks in one turn of the event loop is answered by one statement a shop. */
export function openStockLooks(
  { clock, waiting }: Pick<Platform, 'clock' | 'waiting'>,
  availabilities: Availabilities,
): StockLooks {
  // An entry belongs to one shop, and goes with its index.
  const looks = new WeakMap<Entry, Look>()
  const groups = new Map<TenantId, Gathering>()

  function stockOf(tenant: TenantId, skus: readonly string[]): Gathering['stock'] {
    let group = groups.get(tenant)
    if (group === undefined) {
      const gathered = new Set<string>()
      const stock = new Promise<void>((resolve) => waiting.soon(resolve)).then(() => {
        groups.delete(tenant)
        return availabilities.of(tenant, [...gathered])
      })
      group = { skus: gathered, stock }
      groups.set(tenant, group)
    }
    for (const sku of skus) group.skus.add(sku)
    return group.stock
  }

  return {
    async soldOut(tenant, entries) {
      const now = clock.now()
      const unseen = entries.filter((entry) => {
        const look = looks.get(entry)
        return look === undefined || look.at > now || now - look.at >= FRESH_MS
      })
      if (unseen.length > 0) {
        const stock = await stockOf(
          tenant,
          unseen.flatMap(({ skus }) => skus),
        )
        for (const entry of unseen) {
          const { skus } = entry
          const isSoldOut = skus.every((sku) => (stock.get(sku)?.word ?? 'out') === 'out')
          looks.set(entry, { at: now, isSoldOut })
        }
      }
      return entries.filter((entry) => looks.get(entry)?.isSoldOut === true).map(({ id }) => id)
    },
  }
}
