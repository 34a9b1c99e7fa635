import type { Table } from '#platform/write/commit'

/** What lists sort and filter by: a row for each product that is not hidden. */
export const listedTable: Table = { name: 'catalog.listed', key: ['product_id'] }
/** The same product under each term that a filter may ask for. */
export const termTable: Table = { name: 'catalog.listed_terms', key: ['term', 'product_id'] }
/** How lists show it in each of the shop's languages. */
export const cardTable: Table = { name: 'catalog.cards', key: ['language', 'product_id'] }
