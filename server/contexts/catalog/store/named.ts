import type { Reads } from '#platform/db/reads'
import { rowsByKeys, statement } from '#platform/db/statement'
import type { Id, TenantId } from '#platform/ids'

import type { ProductDraft } from '../contract.ts'
import { NOTHING_NAMED, type Found } from '../domain/naming.ts'
import { skusByCode } from './products.ts'

const known = statement<{ readonly id: Id }>(
  'catalog.known-products',
  rowsByKeys('catalog.products', 'id', 'id'),
)

/** Looks up what a draft names; a draft that names nothing asks nothing. */
export async function lookUpNamed(
  reads: Reads,
  tenant: TenantId,
  { variants = [], related = [] }: Pick<ProductDraft, 'variants' | 'related'>,
): Promise<Found> {
  const skus = variants.flatMap(({ components = [] }) => components.map(({ sku }) => sku))
  const ids = related.map(({ productId }) => productId)
  if (skus.length === 0 && ids.length === 0) return NOTHING_NAMED
  const [rows, products] = await Promise.all([
    skus.length === 0 ? [] : reads.read(tenant, skusByCode, [tenant, skus]),
    ids.length === 0 ? [] : reads.read(tenant, known, [tenant, ids]),
  ])
  const bySku = new Map(rows.map((row) => [row.sku, row]))
  const unfit = new Map<string, string>()
  for (const sku of skus) {
    const row = bySku.get(sku)
    if (row === undefined) unfit.set(sku, 'This shop does not know it.')
    else if (row.components.length > 0) unfit.set(sku, 'It is a bundle itself.')
    else if (!row.is_active) unfit.set(sku, 'It is no longer sold.')
  }
  return { unfit, products: new Set(products.map(({ id }) => id)) }
}
