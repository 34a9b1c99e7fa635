import { statement, type Statement } from '#platform/db/statement'
import type { Id } from '#platform/ids'
import type { Table } from '#platform/write/commit'

import type { ReturnReason, ReturnState, ReturnView } from '../contract.ts'

export const requestTable: Table = { name: 'returns.requests', key: ['id'] }

export interface RequestRow {
  readonly id: Id
  readonly number: string
  readonly order_id: Id
  readonly order_number: string
  readonly state: ReturnState
  readonly reason: ReturnReason
  readonly comment: string | null
  readonly because: string | null
  readonly lines: ReturnView['lines']
  readonly created_at: Date
  readonly updated_at: Date
}

const COLUMNS = `id, number, order_id, order_number, state, reason, comment, because, lines,
  created_at, updated_at`

export const requestById = statement<RequestRow>(
  'returns.request-by-id',
  `select ${COLUMNS} from returns.requests where tenant_id = $1 and id = $2`,
)

/** All of an order, which are few: the newest first. */
export const requestsOfOrder = statement<RequestRow>(
  'returns.requests-of-order',
  `select ${COLUMNS} from returns.requests where tenant_id = $1 and order_id = $2
   order by created_at desc, id desc`,
)

const pageBy = (name: string, column: string): Statement<RequestRow> =>
  statement(
    name,
    `select ${COLUMNS} from returns.requests
     where tenant_id = $1 and ${column} = $2
       and (created_at, id) < (to_timestamp($3 / 1000.0::float8), $4::uuid)
     order by created_at desc, id desc limit $5`,
  )

export const requestsOfUser = pageBy('returns.requests-of-user', 'user_id')
export const requestsInState = pageBy('returns.requests-in-state', 'state')

export function viewOf(row: RequestRow): ReturnView {
  const { id, number, state, reason, comment, because, lines } = row
  return {
    id,
    number,
    orderId: row.order_id,
    orderNumber: row.order_number,
    state,
    reason,
    comment,
    because,
    lines,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}
