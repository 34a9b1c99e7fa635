import type { Id, TenantId } from '#platform/ids'
import type { CatalogProducts, IndexedProduct } from '#context/catalog'

/** Products are read so many at a time. */
const PAGE = 500

/** A part of a shop's products has no more; sixteen or 256 parts make up the shop. */
export const PART_LIMIT = 20_000

const DIGITS = Array.from({ length: 16 }, (_, n) => n.toString(16))

/** With more in one of sixteen parts there are 256 of them. */
const SIXTEENTH = 2_000

/**
 * The parts of a shop, by how the ids of their products begin: ids are random, so the parts are of
 * one size, and a product stays in its part for ever.
 */
export async function partsOf(
  products: CatalogProducts,
  tenant: TenantId,
): Promise<readonly string[]> {
  const first = await idsOf(products, tenant, '0', SIXTEENTH + 1)
  if (first.length <= SIXTEENTH) return DIGITS
  return DIGITS.flatMap((one) => DIGITS.map((two) => `${one}${two}`))
}

/** The visible products of a part. */
export async function productsOf(
  products: CatalogProducts,
  tenant: TenantId,
  part: string,
): Promise<readonly IndexedProduct[]> {
  const ids = await idsOf(products, tenant, part, PART_LIMIT)
  const found: IndexedProduct[] = []
  for (let n = 0; n < ids.length; n += PAGE) {
    const page = await products.products(tenant, ids.slice(n, n + PAGE))
    found.push(...page.filter(({ isVisible }) => isVisible))
  }
  return found
}

async function idsOf(
  products: CatalogProducts,
  tenant: TenantId,
  part: string,
  most: number,
): Promise<readonly Id[]> {
  const ids: Id[] = []
  // No random id of version 4 is all zeros behind its first digits, so nothing is passed over.
  let after: Id | null = `${part.padEnd(8, '0')}-0000-0000-0000-000000000000`
  while (ids.length < most) {
    const page: readonly Id[] = await products.idsAfter(tenant, after, PAGE)
    const within = page.filter((id) => id.startsWith(part))
    ids.push(...within)
    if (within.length < PAGE) break
    after = within.at(-1) ?? null
  }
  return ids.slice(0, most)
}
