import type { Table } from '#platform/write/commit'

export const productTable: Table = { name: 'catalog.products', key: ['id'] }
/** Who owns a SKU, for ever (CATALOG-1). */
export const skuTable: Table = { name: 'catalog.skus', key: ['sku'] }
/** Who owns an address, for ever (CATALOG-2). */
export const slugTable: Table = { name: 'catalog.slugs', key: ['slug'] }
export const categoryTable: Table = { name: 'catalog.categories', key: ['slug'] }
/** Where the addresses of removed categories lead. */
export const formerCategoryTable: Table = { name: 'catalog.former_categories', key: ['slug'] }
export const brandTable: Table = { name: 'catalog.brands', key: ['slug'] }
export const attributeTable: Table = { name: 'catalog.attributes', key: ['code'] }
/** What a product names as going with it, to be read from both sides. */
export const relatedTable: Table = {
  name: 'catalog.related',
  key: ['product_id', 'position'],
}
