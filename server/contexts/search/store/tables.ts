import type { Table } from '#platform/write/commit'

export const documentTable: Table = { name: 'search.documents', key: ['product_id'] }
/** Whether there are units of a product. */
export const availabilityTable: Table = { name: 'search.availability', key: ['product_id'] }
export const synonymTable: Table = { name: 'search.synonyms', key: ['id'] }
export const interestTable: Table = {
  name: 'search.interests',
  key: ['user_id', 'product_id', 'is_bought'],
}
export const searchTable: Table = { name: 'search.searches', key: ['day', 'query', 'id'] }
