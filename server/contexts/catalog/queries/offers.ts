import type { Instant } from '#platform/clock'
import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import { money } from '#platform/money'

import type { Offer, Offers } from '../contract.ts'
import { productsById, skusByCode, type ProductRow, type SkuRow } from '../store/products.ts'
import { isShown } from './shown.ts'
import { Fresh } from './fresh.ts'
import { perTick } from '#platform/per-tick'
import { underWay } from './under-way.ts'

const OFFER_AGE_MS = 1_000
const OFFERS_KEPT = 20_000

/** The catalog's port for other contexts, with its short memory. */
export interface RememberedOffers extends Offers {
  forget(tenant: TenantId): void
}

export function openOffers({
  reads,
  clock,
  waiting,
}: Pick<Platform, 'reads' | 'clock' | 'waiting'>): RememberedOffers {
  /** `undefined` is remembered too: carts are asked for the same wrong SKU again and again. */
  const kept = new Fresh<{ readonly offer: Offer | undefined }>(clock, {
    maxAgeMs: OFFER_AGE_MS,
    maxCount: OFFERS_KEPT,
  })

  const loadTogether = perTick<Offer>(waiting, async (tenant, skus) => {
    const asked = kept.asking(tenant)
    const rows = await reads.read(tenant, skusByCode, [tenant, skus])
    const found = new Map(rows.map((row) => [row.sku, offerOf(row, asked.at)]))
    for (const sku of skus) kept.set(tenant, sku, { offer: found.get(sku) }, asked)
    return found
  })
  const loadOffers = underWay(loadTogether, (tenant) => kept.asking(tenant).generation)

  const loadProducts = perTick<ProductRow>(waiting, async (tenant, ids) => {
    const rows = await reads.read(tenant, productsById, [tenant, ids])
    return new Map(rows.map((row) => [row.id, row]))
  })

  return {
    async offers(tenant, skus) {
      const found = new Map<string, Offer>()
      const missing: string[] = []
      for (const sku of skus) {
        const remembered = kept.get(tenant, sku)
        if (remembered === undefined) missing.push(sku)
        else if (remembered.offer !== undefined) found.set(sku, remembered.offer)
      }
      if (missing.length === 0) return found

      const loaded = await loadOffers(tenant, missing)
      for (const sku of missing) {
        const offer = loaded.get(sku)
        if (offer !== undefined) found.set(sku, offer)
      }
      return found
    },

    async skusOf(tenant, productId) {
      if (!isUuid(productId)) return []
      const row = (await loadProducts(tenant, [productId])).get(productId)
      return row?.status === 'active' ? row.variants.map((variant) => variant.sku) : []
    },

    forget: (tenant) => kept.forget(tenant),
  }
}

/** Remembered for a second, so a product that appears is sold a second later at most. */
function offerOf(row: SkuRow, at: Instant): Offer {
  return {
    productId: row.product_id,
    sku: row.sku,
    name: row.name,
    options: row.options,
    price: money(row.price_amount, row.currency),
    weightGrams: row.weight_grams,
    components: row.components,
    taxCategory: row.tax_category,
    status: row.is_active ? (isShown(row, at) ? 'active' : 'hidden') : 'archived',
  }
}

/** One malformed id would fail the statement for everyone it is asked with. */
function isUuid(id: Id): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
}
