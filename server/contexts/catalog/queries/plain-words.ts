import type { Availabilities, Availability, StockLevels } from '#context/inventory'

/** Everything that is free is in stock: for who has no thresholds. */
export function plainWords({ freeUnits }: Pick<StockLevels, 'freeUnits'>): Availabilities {
  return {
    async of(tenant, skus) {
      const free = await freeUnits(tenant, skus)
      return new Map(
        skus.map((sku): [string, Availability] => {
          const units = Math.max(0, free.get(sku) ?? 0)
          return [sku, { free: units, word: units > 0 ? 'in-stock' : 'out' }]
        }),
      )
    },
    forget: () => undefined,
  }
}
