import { isStaff } from '#platform/actor'
import type { Platform } from '#platform/context'
import { entries, see, type Entry } from '#platform/log/streams'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { HistoryEntry, OrderEvent, OrderQueries, OrderRefusal } from '../contract.ts'
import { doerOf, inWords, userOf } from '../domain/history.ts'
import { orders } from '../domain/order.ts'
import { maySee, type TokenMaker } from '../domain/tokens.ts'

/** Staff are told everything; a buyer is told what happened, not who of the shop did it. */
export function historyOfOrder(
  { reads }: Pick<Platform, 'reads'>,
  tokens: TokenMaker,
): OrderQueries['history'] {
  return async (tenant, orderId, asker, language, { limit, after = '0' }) => {
    const order = stream(orders, orderId)
    const [{ state }, found] = await Promise.all([
      see(reads, tenant, order),
      entries(reads, tenant, order, { after: Number(after), limit: limit + 1 }),
    ])
    const unknown: OrderRefusal = { code: 'orders.unknown', orderId }
    if (!maySee(tokens, tenant, orderId, state, asker)) return refuse(unknown)
    const shown = found.slice(0, limit)
    const isAll = isStaff(asker.actor)
    return accept({
      items: shown.map((entry) => told(entry, language, isAll)),
      next: found.length > limit ? String(shown.at(-1)?.version ?? 0) : null,
    })
  }
}

function told(
  { version, at, event, caller }: Entry<OrderEvent>,
  language: string,
  isAll: boolean,
): HistoryEntry {
  const shown = {
    version,
    at: new Date(at).toISOString(),
    event: event.type,
    words: inWords(event, language),
    by: doerOf(event, caller),
  }
  if (!isAll) return shown
  const paymentId = 'paymentId' in event ? event.paymentId : null
  return { ...shown, internal: { caller, userId: userOf(caller), paymentId } }
}
