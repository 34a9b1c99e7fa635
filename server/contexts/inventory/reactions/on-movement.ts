import { LRUCache } from 'lru-cache'

import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import type { LogEntry, Subscription } from '#platform/log/subscription'
import type { Waiting } from '#platform/waiting'

import { BACKORDER, isOnHand, ON_HAND } from '../accounts.ts'
import type { StockEvent } from '../contract.ts'
import { fillBackorders } from '../commands/fill-backorders.ts'
import { sayLowStock } from '../commands/say-low-stock.ts'
import { standingsOf, type Standing } from '../store/low-stock.ts'
import type { KnownShelves } from '../store/shelves.ts'

const NAME = 'inventory.movements'

/** SKUs whose last look is remembered; one that is forgotten is looked at once more. */
const REMEMBERED = 100_000

/** So many are heard at once: nearly all wait for the same look. */
const SIDE_BY_SIDE = 250

/** So long a look waits for others, so that one statement sees to all of them. */
const GATHER_MS = 10

/** Looks of one shop that are wanted within a moment are one look. */
function together(
  waiting: Waiting,
  look: (tenant: TenantId, skus: readonly string[]) => Promise<ReadonlyMap<string, Standing>>,
): (tenant: TenantId, sku: string) => Promise<ReadonlyMap<string, Standing>> {
  const gathering = new Map<
    TenantId,
    { readonly skus: Set<string>; readonly found: Promise<ReadonlyMap<string, Standing>> }
  >()
  return (tenant, sku) => {
    const known = gathering.get(tenant)
    if (known !== undefined) {
      known.skus.add(sku)
      return known.found
    }
    const skus = new Set([sku])
    const others = waiting.sleep(GATHER_MS)
    const found = others.then(() => {
      gathering.delete(tenant)
      return look(tenant, [...skus])
    })
    gathering.set(tenant, { skus, found })
    return found
  }
}

/**
 * After units have moved: whoever is owed some gets them, and a SKU that has become few is told of
 * (INV-13). One look at a SKU covers every transaction that had ended by then, so a rush for one SKU
 * costs a look a page of the log and not one a buyer.
 */
export function onMovement(
  platform: Pick<Platform, 'reads' | 'write' | 'waiting'>,
  shelves: KnownShelves,
): Subscription {
  const fill = fillBackorders(platform, shelves)
  const lowStock = sayLowStock(platform, shelves)
  const seen = new LRUCache<string, bigint>({ maxSize: REMEMBERED, sizeCalculation: () => 1 })
  const standings = together(platform.waiting, async (tenant, skus) => {
    const { lowStock: threshold } = await shelves.of(tenant)
    const found = await standingsOf(platform.reads, tenant, skus, threshold, ON_HAND)
    return new Map(found.map((standing) => [standing.sku, standing]))
  })

  async function look(tenant: TenantId, sku: string, key: string): Promise<void> {
    const standing = (await standings(tenant, sku)).get(sku)
    if (standing === undefined) return
    await lowStock.say(tenant, standing, `sub/${NAME}`, key)
    seen.set(`${tenant}/${sku}`, BigInt(standing.seen))
  }

  return {
    kind: 'reaction',
    name: NAME,
    sideBySide: SIDE_BY_SIDE,
    hears: {
      events: ['inventory.backorder-set', 'inventory.threshold-set', 'inventory.settings-changed'],
      transfers: true,
    },
    async react(entry: LogEntry, key: string) {
      const { tenant, position } = entry
      if (entry.kind === 'transfer') {
        const { from, to } = entry.entry
        const isOurs = [from, to].some(({ name }) => isOnHand(name) || name === BACKORDER)
        if (!isOurs) return
        await fill(tenant, from.unit, `sub/${NAME}`, key)
        const isCovered = position.xid < (seen.get(`${tenant}/${from.unit}`) ?? 0n)
        if (!isCovered) await look(tenant, from.unit, key)
      } else if (entry.event.type === 'inventory.threshold-set') {
        await look(tenant, (entry.event as StockEvent).sku, key)
      } else if (entry.event.type === 'inventory.backorder-set') {
        // Another process may have set it: what it sells from now on is not to be missed here.
        shelves.forget(tenant)
        await fill(tenant, (entry.event as StockEvent).sku, `sub/${NAME}`, key)
      } else {
        shelves.forget(tenant)
        await lowStock.lookAtAll(tenant, `sub/${NAME}`, key)
      }
    },
  }
}
