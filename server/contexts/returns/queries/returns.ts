import type { Platform } from '#platform/context'
import type { Statement } from '#platform/db/statement'
import type { TenantId } from '#platform/ids'
import { pageOf, placeOf } from '#platform/keyset'
import { see } from '#platform/log/streams'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'
import type { OrderRefusal, Orders } from '#context/orders'

import type { ReturnQueries } from '../contract.ts'
import {
  MOST_REQUESTS,
  returnableUntil,
  returnDays,
  returnRequests,
  unitsLeft,
} from '../domain/requests.ts'
import {
  requestsInState,
  requestsOfOrder,
  requestsOfUser,
  viewOf,
  type RequestRow,
} from '../store/requests.ts'

export function returnQueries(
  { reads, clock }: Pick<Platform, 'reads' | 'clock'>,
  orders: Pick<Orders, 'see' | 'maySee'>,
): ReturnQueries {
  const settings: ReturnQueries['settings'] = async (tenant) =>
    (await see(reads, tenant, stream(returnDays, 'shop'))).state

  async function listed(
    tenant: TenantId,
    list: Statement<RequestRow>,
    of: string,
    { limit, after }: { readonly limit: number; readonly after?: string },
  ) {
    const { at, id } = placeOf(after)
    const rows = await reads.read(tenant, list, [tenant, of, at, id, limit + 1])
    const { items, next } = pageOf(rows, limit, (row) => ({ at: row.created_at, id: row.id }))
    return { items: items.map(viewOf), next }
  }

  return {
    async ofOrder(tenant, orderId, asker) {
      const order = await orders.see(tenant, orderId)
      if (!orders.maySee(tenant, orderId, order, asker)) {
        const unknown: OrderRefusal = { code: 'orders.unknown', orderId }
        return refuse(unknown)
      }
      const [{ state: requests }, { days }, rows] = await Promise.all([
        see(reads, tenant, stream(returnRequests, orderId)),
        settings(tenant),
        reads.read(tenant, requestsOfOrder, [tenant, orderId]),
      ])
      const until = returnableUntil(order, days)
      const mayAsk =
        until !== null && clock.now() <= until && Object.keys(requests.byId).length < MOST_REQUESTS
      const left = mayAsk ? [...unitsLeft(order.lines, requests)] : []
      return accept({
        items: rows.map(viewOf),
        returnable: left.flatMap(([sku, quantity]) => (quantity > 0 ? [{ sku, quantity }] : [])),
        until: until === null ? null : new Date(until).toISOString(),
        days,
      })
    },
    mine: (tenant, userId, page) => listed(tenant, requestsOfUser, userId, page),
    inState: (tenant, state, page) => listed(tenant, requestsInState, state, page),
    settings,
  }
}
