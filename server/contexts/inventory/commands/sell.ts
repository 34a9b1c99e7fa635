import type { TenantId } from '#platform/ids'

import type { ShopStock, Stock, Warehouse } from '../contract.ts'
import { shopStock } from '../domain/shop-stock.ts'

/** Gives callers the parts of their commits that move units. */
export function stockForSale(
  warehousesOf: (tenant: TenantId) => Promise<readonly Warehouse[]>,
): Stock['of'] {
  const known = new WeakMap<readonly Warehouse[], ShopStock>()
  return async (tenant) => {
    const warehouses = await warehousesOf(tenant)
    const stock = known.get(warehouses) ?? shopStock(warehouses)
    known.set(warehouses, stock)
    return stock
  }
}
