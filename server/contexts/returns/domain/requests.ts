import type { Instant } from '#platform/clock'
import type { Id } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Aggregate } from '#platform/write/commit'
import type { Order } from '#context/orders'

import type {
  ReturnDaysSet,
  ReturnEvent,
  ReturnLine,
  ReturnRefusal,
  ReturnState,
} from '../contract.ts'

/** Of one order; who is declined may ask again, but not for ever. */
export const MOST_REQUESTS = 20

/**
 * Where neither the shop nor the law says more: 14 days from the hand-over, the day of which does not
 * count (Directive 2011/83/EU, article 9; law of Ukraine 1023-XII on consumers' rights, article 9).
 */
export const LEAST_DAYS = 14

const HOUR_MS = 3600 * 1000
const DAY_MS = 24 * HOUR_MS

/** One request, as far as the next one depends on it. */
interface Request {
  readonly state: ReturnState
  readonly lines: readonly ReturnLine[]
}

/** All requests of an order, in one stream: so what is asked at once is counted one after another. */
export interface Requests {
  readonly byId: Readonly<Record<Id, Request>>
}

export const returnRequests: Aggregate<Requests, ReturnEvent> = {
  kind: 'order-returns',
  initial: { byId: {} },
  apply({ byId }, event) {
    const { returnId: id } = event
    if (event.type === 'returns.requested') {
      return { byId: { ...byId, [id]: { state: 'requested', lines: event.lines } } }
    }
    const { lines } = byId[id] ?? { lines: [] }
    return { byId: { ...byId, [id]: { state: STATES[event.type], lines } } }
  },
}

const STATES = {
  'returns.withdrawn': 'withdrawn',
  'returns.approved': 'approved',
  'returns.declined': 'declined',
} as const

/** For how long a shop takes things back. */
export const returnDays: Aggregate<{ readonly days: number }, ReturnDaysSet> = {
  kind: 'return-settings',
  initial: { days: LEAST_DAYS },
  apply: (_, { days }) => ({ days }),
}

/**
 * The last moment at which something of an order may be asked back: so many whole days after it was
 * handed over, or paid as long as nobody has said that it was handed over. One day more than that, and
 * an hour for clocks that are set back: in every time zone the last day is over by then.
 */
export function returnableUntil(
  { status, changedAt }: Pick<Order, 'status' | 'changedAt'>,
  days: number,
): Instant | null {
  const isPaid = status === 'confirmed' || status === 'fulfilled'
  return isPaid ? changedAt + (days + 1) * DAY_MS + HOUR_MS : null
}

/** Of each SKU how many were ordered and not asked back, in the order of the lines; zeros too. */
export function unitsLeft(
  lines: readonly ReturnLine[],
  { byId }: Requests,
): ReadonlyMap<string, number> {
  const left = new Map<string, number>()
  for (const { sku, quantity } of lines) left.set(sku, (left.get(sku) ?? 0) + quantity)
  for (const request of Object.values(byId)) {
    if (request.state === 'withdrawn' || request.state === 'declined') continue
    for (const { sku, quantity } of request.lines) left.set(sku, (left.get(sku) ?? 0) - quantity)
  }
  return left
}

/** The lines of a request that may be made now, each SKU once; or why it may not. */
export function request(
  order: Order,
  requests: Requests,
  wanted: readonly ReturnLine[],
  { days, at }: { readonly days: number; readonly at: Instant },
): Outcome<readonly ReturnLine[], ReturnRefusal> {
  const until = returnableUntil(order, days)
  if (until === null) {
    const status = order.status === 'none' ? 'created' : order.status
    return refuse({ code: 'returns.not-returnable', status })
  }
  if (at > until) {
    return refuse({ code: 'returns.too-late', until: new Date(until).toISOString(), days })
  }
  if (Object.keys(requests.byId).length >= MOST_REQUESTS) {
    return refuse({ code: 'returns.too-many', most: MOST_REQUESTS })
  }
  const sums = new Map<string, number>()
  for (const { sku, quantity } of wanted) sums.set(sku, (sums.get(sku) ?? 0) + quantity)
  const left = unitsLeft(order.lines, requests)
  for (const [sku, quantity] of sums) {
    const units = left.get(sku)
    if (units === undefined) return refuse({ code: 'returns.not-ordered', sku })
    if (quantity > units) {
      return refuse({ code: 'returns.too-many-units', sku, wanted: quantity, left: units })
    }
  }
  return accept([...sums].map(([sku, quantity]) => ({ sku, quantity })))
}

/** Whether a request is still open, so that its buyer withdraws it or the shop decides on it. */
export function mayEnd({ byId }: Requests, returnId: Id): Outcome<null, ReturnRefusal> {
  const found = byId[returnId]
  if (found === undefined) return refuse({ code: 'returns.unknown', returnId })
  if (found.state !== 'requested') return refuse({ code: 'returns.not-open', state: found.state })
  return accept(null)
}
