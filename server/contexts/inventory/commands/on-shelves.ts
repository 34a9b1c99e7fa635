import type { TenantId } from '#platform/ids'
import type { Offers } from '#context/catalog'

import type { StockRefusal } from '../contract.ts'

/**
 * Why the units of these SKUs cannot be counted, moved or promised: one is not this shop's, or is a
 * bundle, which has no units of its own (INVENTORY-9).
 */
export async function notOnShelves(
  offers: Offers,
  tenant: TenantId,
  skus: readonly string[],
): Promise<StockRefusal | undefined> {
  const known = await offers.offers(tenant, skus)
  for (const sku of skus) {
    const offer = known.get(sku)
    if (offer === undefined) return { code: 'inventory.unknown-sku', sku }
    if (offer.components.length > 0) return { code: 'inventory.bundle', sku }
  }
  return undefined
}
