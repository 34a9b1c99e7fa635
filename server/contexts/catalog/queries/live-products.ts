import type { Platform } from '#platform/context'
import { money } from '#platform/money'

import type { LiveProducts } from '../contract.ts'
import { priceRange } from '../domain/listing.ts'
import { productsById } from '../store/products.ts'
import { isShown } from './shown.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What open pages show of products. */
export function liveProducts({ reads, clock }: Pick<Platform, 'reads' | 'clock'>): LiveProducts {
  return {
    async facts(tenant, ids) {
      const asked = ids.filter((id) => UUID.test(id))
      if (asked.length === 0) return []
      const rows = await reads.read(tenant, productsById, [tenant, asked])
      const at = clock.now()
      return rows.map((row) => {
        const [main] = row.variants
        return {
          productId: row.id,
          version: row.version,
          price: money(priceRange(row).from, main?.price.currency ?? ''),
          isVisible: row.status === 'active' && isShown(row, at),
          variants: row.variants.map(({ sku, components }) => ({
            sku,
            units: [sku, ...(components ?? []).map((each) => each.sku)],
          })),
        }
      })
    },
  }
}
