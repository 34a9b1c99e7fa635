import type { Platform } from '#platform/context'
import { see } from '#platform/log/streams'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { OrderQueries, OrderRefusal } from '../contract.ts'
import { orders, present } from '../domain/order.ts'
import { maySee, type TokenMaker } from '../domain/tokens.ts'
import { contactOf } from '../store/contacts.ts'

/** Another's order and one that is not there are answered alike. */
export function viewOrder(
  { reads }: Pick<Platform, 'reads'>,
  tokens: TokenMaker,
): OrderQueries['view'] {
  return async (tenant, orderId, asker, asOf) => {
    const [{ state }, contact] = await Promise.all([
      see(reads, tenant, stream(orders, orderId), asOf),
      contactOf(reads, tenant, orderId),
    ])
    const unknown: OrderRefusal = { code: 'orders.unknown', orderId }
    if (!maySee(tokens, tenant, orderId, state, asker)) return refuse(unknown)
    return accept(present(orderId, state, contact))
  }
}
