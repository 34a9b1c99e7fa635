import type { Platform } from '#platform/context'

import type { OrderQueries } from '../contract.ts'
import { summariesOf } from '../store/summaries.ts'

export function ordersOfUser({ reads }: Pick<Platform, 'reads'>): OrderQueries['ofUser'] {
  return async (tenant, userId, { limit, after }) => {
    const rows = await summariesOf(reads, tenant, userId, parseCursor(after), limit + 1)
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      items: page.map((row) => ({
        id: row.order_id,
        number: row.number,
        status: row.status,
        total: { amount: row.amount, currency: row.currency },
        createdAt: row.created_at.toISOString(),
        updatedAt: row.changed_at.toISOString(),
      })),
      next:
        rows.length > limit && last !== undefined
          ? `${last.created_at.getTime()}.${last.order_id}`
          : null,
    }
  }
}

function parseCursor(after: string | undefined): { at: number; orderId: string } | undefined {
  const [, at, orderId] = /^(\d{1,13})\.([0-9a-f-]{36})$/.exec(after ?? '') ?? []
  return at === undefined || orderId === undefined ? undefined : { at: Number(at), orderId }
}
