import type { Platform } from '#platform/context'
import { pageOf, placeOf } from '#platform/keyset'

import type { OrderQueries } from '../contract.ts'
import { summariesOf } from '../store/summaries.ts'

export function listOrders({ reads }: Pick<Platform, 'reads'>): OrderQueries['list'] {
  return async (tenant, filter, { limit, after }) => {
    const rows = await summariesOf(reads, tenant, filter, placeOf(after), limit + 1)
    const { items, next } = pageOf(rows, limit, (row) => ({ at: row.created_at, id: row.order_id }))
    return {
      items: items.map((row) => ({
        id: row.order_id,
        number: row.number,
        status: row.status,
        userId: row.user_id,
        total: { amount: row.amount, currency: row.currency },
        createdAt: row.created_at.toISOString(),
        updatedAt: row.changed_at.toISOString(),
      })),
      next,
    }
  }
}
