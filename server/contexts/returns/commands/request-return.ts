import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'
import { readStream, stream } from '#platform/write/commit'
import type { OrderRefusal, Orders } from '#context/orders'

import type { Answered, ReturnCommands, ReturnRefusal } from '../contract.ts'
import { request, returnDays, returnRequests } from '../domain/requests.ts'
import { requestById, requestTable, viewOf } from '../store/requests.ts'

/** What returns need of orders. */
export type OrderPort = Pick<Orders, 'stream' | 'see' | 'maySee' | 'number'>

export interface Parts {
  readonly platform: Pick<Platform, 'write' | 'reads' | 'ids'>
  readonly orders: OrderPort
}

/**
 * Asks. Decided together with the order, so that an order that is being cancelled and a request exclude
 * each other, and with all that was asked of it before.
 */
export function requestReturn({ platform, orders }: Parts): ReturnCommands['request'] {
  const { write, ids } = platform
  return async (tenant, orderId, { lines: wanted, reason, comment }, asker, cause) => {
    const seen = await orders.see(tenant, orderId)
    if (!orders.maySee(tenant, orderId, seen, asker)) {
      const unknown: OrderRefusal = { code: 'orders.unknown', orderId }
      return refuse(unknown)
    }
    const id = ids.next()
    const number = `R-${orders.number(id)}`
    const written = await write({
      tenant,
      ...cause,
      streams: {
        order: orders.stream(orderId),
        requests: stream(returnRequests, orderId),
        rule: readStream(returnDays, 'shop'),
      },
      decide({ order, requests, rule: { days } }, at) {
        const asked = request(order, requests, wanted, { days, at })
        if (!asked.ok) return asked
        const [lines, { userId }] = [asked.value, order]
        const names = new Map(order.lines.map(({ sku, name }) => [sku, name]))
        const now = new Date(at).toISOString()
        return accept({
          append: {
            requests: [
              { type: 'returns.requested', returnId: id, orderId, number, userId, lines, reason },
            ],
          },
          rows: [
            {
              table: requestTable,
              verb: 'insert' as const,
              row: {
                id,
                number,
                order_id: orderId,
                order_number: order.number,
                user_id: userId,
                state: 'requested',
                reason,
                comment: comment ?? null,
                because: null,
                lines: lines.map((line) => ({ ...line, name: names.get(line.sku) ?? line.sku })),
                created_at: now,
                updated_at: now,
              },
            },
          ],
          answer: { id },
        })
      },
    })
    return written.ok
      ? shownAs(platform, tenant, written.value.answer.id, written.value.replayed)
      : written
  }
}

/** The stored answer has no personal data, so a repeated request reads the row like the first. */
export async function shownAs(
  { reads }: Pick<Platform, 'reads'>,
  tenant: TenantId,
  returnId: Id,
  replayed: boolean,
): Promise<Outcome<Answered, ReturnRefusal>> {
  const [row] = await reads.read(tenant, requestById, [tenant, returnId])
  return row === undefined
    ? refuse({ code: 'returns.unknown', returnId })
    : accept({ view: viewOf(row), replayed })
}
