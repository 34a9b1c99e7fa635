import type { StockLevels } from '#context/inventory'
import type { Platform } from '#platform/context'

import type { CatalogPages } from '../contract.ts'
import { inLanguage, presentListed } from '../domain/view.ts'
import { productsById, type ProductRow } from '../store/products.ts'
import { perTick } from './per-tick.ts'

/** One product with its stock, read as of now: whoever has just changed it sees the change. */
export function findProduct(
  { reads, waiting }: Pick<Platform, 'reads' | 'waiting'>,
  stock: Pick<StockLevels, 'freeUnits'>,
): CatalogPages['findProduct'] {
  const load = perTick<ProductRow>(waiting, async (tenant, ids) => {
    const rows = await reads.read(tenant, productsById, [tenant, ids])
    return new Map(rows.map((row) => [row.id, row]))
  })

  return async (tenant, productId, language) => {
    const row = (await load(tenant.id, [productId])).get(productId)
    if (row === undefined) return undefined
    const free = await stock.freeUnits(
      tenant.id,
      row.variants.map((variant) => variant.sku),
    )
    const [first = ''] = tenant.languages
    const { name, description, status } = row
    const listed = {
      ...row,
      name: inLanguage(name, language, first),
      description: inLanguage(description, language, first),
    }
    return { ...presentListed(listed, status, free, language, first), texts: { name, description } }
  }
}
