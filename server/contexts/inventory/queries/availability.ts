import type { Platform } from '#platform/context'
import { known } from '#platform/known'
import { freeOf } from '#platform/ledger/reads'

import { BACKORDER } from '../accounts.ts'
import type { Availabilities, Availability, StockLevels } from '../contract.ts'
import { DEFAULTS } from '../domain/stock.ts'
import { wordingOf } from '../store/wording.ts'

/** Who hears of changes forgets them at once. */
const FRESH_MS = 10_000

/** Puts what is free into words. */
export function availabilities(
  { reads, clock }: Pick<Platform, 'reads' | 'clock'>,
  freeUnits: StockLevels['freeUnits'],
): Availabilities {
  const wording = known(clock, FRESH_MS, async (tenant) => {
    const rows = await wordingOf(reads, tenant)
    return {
      lowStock: rows.find(({ sku }) => sku === null)?.low_stock ?? DEFAULTS.lowStock,
      own: new Map(rows.map((row) => [row.sku, row] as const)),
    }
  })

  return {
    async of(tenant, skus) {
      const [free, { lowStock, own }] = await Promise.all([
        freeUnits(tenant, skus),
        wording.of(tenant),
      ])
      const isOut = (sku: string): boolean => (free.get(sku) ?? 0) <= 0
      const ahead = skus.filter((sku) => isOut(sku) && own.get(sku)?.is_ahead === true)
      const left =
        ahead.length === 0
          ? []
          : (await freeOf(reads, tenant, ahead, BACKORDER)).filter((each) => each.free > 0)
      const preorders = new Set(left.map(({ unit }) => unit))
      return new Map(
        skus.map((sku): [string, Availability] => {
          const units = Math.max(0, free.get(sku) ?? 0)
          if (units === 0) return [sku, { free: 0, word: preorders.has(sku) ? 'preorder' : 'out' }]
          const threshold = own.get(sku)?.low_stock ?? lowStock
          return [sku, { free: units, word: units <= threshold ? 'low' : 'in-stock' }]
        }),
      )
    },
    forget: (tenant) => wording.forget(tenant),
  }
}
