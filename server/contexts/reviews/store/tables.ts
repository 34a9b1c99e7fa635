import type { Table } from '#platform/write/commit'

export const contributionTable: Table = { name: 'reviews.contributions', key: ['id'] }
export const writtenTable: Table = { name: 'reviews.written', key: ['product_id', 'user_id'] }
export const markTable: Table = {
  name: 'reviews.marks',
  key: ['contribution_id', 'kind', 'user_id'],
}
export const ratingTable: Table = { name: 'reviews.ratings', key: ['product_id'] }
export const settingTable: Table = { name: 'reviews.settings', key: [] }
export const boughtTable: Table = { name: 'reviews.purchases', key: ['order_id', 'product_id'] }
export const paidTable: Table = { name: 'reviews.paid_orders', key: ['order_id'] }
