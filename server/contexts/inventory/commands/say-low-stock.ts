import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import { ON_HAND } from '../accounts.ts'
import { alerts } from '../domain/stock.ts'
import { lowStock, wronglyStanding, type Standing } from '../store/low-stock.ts'
import type { KnownShelves } from '../store/shelves.ts'

export interface LowStockWatch {
  /** Says what is to be said of how a SKU stands. */
  say(tenant: TenantId, standing: Standing, caller: string, key: string): Promise<void>
  /** Looks at every SKU, after the shop has changed what it calls low. */
  lookAtAll(tenant: TenantId, caller: string, key: string): Promise<void>
}

/**
 * Says once that a SKU has become low, and once that it is so no more. The stream of its alerts
 * decides, so two who look at once say it once.
 */
export function sayLowStock(
  { reads, write }: Pick<Platform, 'reads' | 'write'>,
  shelves: KnownShelves,
): LowStockWatch {
  async function say(
    tenant: TenantId,
    standing: Standing,
    caller: string,
    key: string,
  ): Promise<void> {
    const { sku, free, threshold } = standing
    const isLow = free <= threshold
    if (isLow === standing.is_low) return
    await write({
      tenant,
      caller,
      key: `${key}/low-stock/${sku}`,
      fingerprint: 'low-stock',
      streams: { alert: stream(alerts, sku) },
      decide({ alert }, at) {
        if (alert.isLow === isLow) return accept({ answer: null })
        const since = new Date(at).toISOString()
        return accept({
          append: {
            alert: [
              isLow
                ? { type: 'inventory.low-stock', sku, free, threshold }
                : { type: 'inventory.stock-recovered', sku, free, threshold },
            ],
          },
          rows: [
            isLow
              ? { table: lowStock, verb: 'upsert', row: { sku, free, threshold, since } }
              : { table: lowStock, verb: 'delete', row: { sku } },
          ],
          answer: null,
        })
      },
    })
  }

  return {
    say,
    async lookAtAll(tenant, caller, key) {
      const { lowStock: threshold } = await shelves.of(tenant)
      let last: string | undefined
      for (let round = 1; ; round += 1) {
        const wrong = await wronglyStanding(reads, tenant, threshold, ON_HAND)
        const first = wrong[0]?.sku
        // What does not change in a round is being changed by someone else.
        if (first === undefined || first === last) return
        last = first
        await Promise.all(wrong.map((each) => say(tenant, each, caller, `${key}/${round}`)))
      }
    },
  }
}
