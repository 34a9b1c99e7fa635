import type { Id, TenantId } from '#platform/ids'
import type { CatalogProducts, IndexedProduct } from '#context/catalog'

/** Products are read so many at a time. */
const PAGE = 500

/**
 * So many products, hidden ones among them, are a part: with some twenty languages its sitemap has
 * fewer than the 50,000 addresses, and with a dozen less than the 50 MB, that the protocol allows.
 */
export const PART = 2_000

/** A list of sitemaps may have 50,000 lines; one of them is that of the pages. */
const PARTS = 49_999

/**
 * The parts of a shop, each named by the id of its first product. Ids grow with time and products stay,
 * archived ones too, so what is added comes into the last part, and the others stay as they are. Only
 * ids of before version 7, which are all chance, may lie behind what is added.
 */
export function partsOf(products: CatalogProducts, tenant: TenantId): Promise<readonly Id[]> {
  return products.idsApart(tenant, PART, PARTS)
}

/** The visible products of a part. */
export async function productsOf(
  products: CatalogProducts,
  tenant: TenantId,
  part: Id,
): Promise<readonly IndexedProduct[]> {
  const found = [...(await products.products(tenant, [part]))]
  let after = part
  for (let left = PART - 1; left > 0; left -= PAGE) {
    const ids = await products.idsAfter(tenant, after, Math.min(PAGE, left))
    found.push(...(await products.products(tenant, ids)))
    after = ids.at(-1) ?? after
    if (ids.length < PAGE) break
  }
  return found.filter(({ isVisible }) => isVisible)
}
