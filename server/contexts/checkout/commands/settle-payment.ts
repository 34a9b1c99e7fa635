import type { Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Transfer } from '#platform/ledger/transfer'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Decision, StreamOf, Timer, Write } from '#platform/write/commit'
import type { ShopStock } from '#context/inventory'
import type { Order, OrderEvent } from '#context/orders'
import type { FinalWord, Payment, PaymentEvent, PaymentView } from '#context/payments'

import type { CheckoutRefusal, Done } from '../contract.ts'
import { fateOf, type Fate } from '../domain/fate.ts'
import { deadlineOf, resumptionOf, type Ports } from './ports.ts'

/** What the provider said of a payment, and what of the hearer goes into the same commit. */
export interface News {
  readonly paymentId: Id
  readonly orderId: Id
  readonly word: FinalWord
  /** The inbox, when it was a delivery. */
  readonly rows?: readonly Write[]
  /** The provider is not told of what became of the units; the buyer is. */
  readonly isForProvider?: boolean
}

type Needs = Pick<Platform, 'write' | 'ids'>

type Settling = {
  readonly payment: StreamOf<Payment, PaymentEvent>
  readonly order: StreamOf<Order, OrderEvent>
}

/** What a fate writes. */
interface Effects {
  readonly payment: readonly PaymentEvent[]
  readonly order?: readonly OrderEvent[]
  readonly transfers?: readonly Transfer[]
  readonly timers?: readonly Timer[]
}

/**
 * The one way a payment is settled (requirement R6), whoever brings the news: the client's request, a
 * delivery, the reconciler. Guarded by the payment's state under its lock, so the second to come
 * changes nothing and hears the same. Paid, confirmed and sold is one commit; where the order cannot
 * be kept, the money is booked and begins to go back in one commit, so it is never in limbo.
 */
export async function settlePayment(
  platform: Needs,
  ports: Ports,
  tenant: TenantId,
  news: News,
  cause: Cause,
): Promise<Outcome<Done<PaymentView>>> {
  const settled = await settle(platform, ports, tenant, news, cause, false)
  if (settled.ok || !isSoldOut(settled.refusal.code)) return settled
  // Under a key of its own, because the answer that counts is the refusal, which is not remembered.
  const lateCause = { ...cause, key: `${cause.key}/give-back` }
  const late = await settle(platform, ports, tenant, news, lateCause, true)
  return late.ok && news.isForProvider !== true ? refuse(soldOut(news.orderId)) : late
}

function soldOut(orderId: Id): CheckoutRefusal {
  return { code: 'checkout.sold-out', orderId }
}

function isSoldOut(code: string): boolean {
  return code === 'inventory.not-enough' || code === 'inventory.hold-gone'
}

async function settle(
  { write, ids }: Needs,
  ports: Ports,
  tenant: TenantId,
  news: News,
  cause: Cause,
  unitsAreGone: boolean,
): Promise<Outcome<Done<PaymentView>>> {
  const { orders, payments, stock } = ports
  const { paymentId, orderId, word, rows = [], isForProvider = false } = news
  const shelves = await stock.of(tenant)
  const refundId = ids.next()
  return write<Settling, PaymentView>({
    tenant,
    ...cause,
    streams: { payment: payments.stream(paymentId), order: orders.stream(orderId) },
    decide({ payment, order }, at): Outcome<Decision<Settling, PaymentView>> {
      const fate = fateOf(payment, order, paymentId, word, unitsAreGone)
      // Who asks again after the units were gone is told so again.
      if (fate === 'nothing' && order.reason === 'sold-out' && !isForProvider) {
        return refuse(soldOut(orderId))
      }
      const parts = { ports, shelves, news, payment, order, refundId, at }
      const { payment: events, order: moves = [], transfers, timers = [] } = EFFECTS[fate](parts)
      return accept({
        append: { payment: events, order: moves },
        transfers: transfers ?? [],
        rows,
        timers: [{ clear: resumptionOf(paymentId) }, ...timers],
        answer: ({ at: settledAt }) =>
          payments.present(paymentId, payments.after(payment, events, settledAt)),
      })
    },
  })
}

interface Parts {
  readonly ports: Ports
  readonly shelves: ShopStock
  readonly news: News
  readonly payment: Payment
  readonly order: Order
  readonly refundId: Id
  readonly at: number
}

const EFFECTS: Readonly<Record<Fate, (parts: Parts) => Effects>> = {
  nothing: () => ({ payment: [] }),

  decline: ({ news: { word, orderId } }) => ({
    payment: [
      { type: 'payment.declined', reason: word.is === 'declined' ? word.reason : '' },
      { type: 'payment.notice-due', orderId, about: 'payment-declined' },
    ],
  }),

  sell: (parts) => ({
    payment: [...succeeded(parts), notice(parts, 'order-confirmed')],
    order: [{ type: 'order.confirmed', paymentId: parts.news.paymentId }],
    transfers: paidAndSold(parts),
    timers: [{ clear: deadlineOf(parts.news.orderId) }],
  }),

  reinstate(parts) {
    const { ports, order, news } = parts
    const holdIds = order.lines.map(({ holdId }) => holdId)
    return {
      payment: [...succeeded(parts), notice(parts, 'order-confirmed')],
      order: [
        { type: 'order.reinstated', holdIds },
        { type: 'order.confirmed', paymentId: news.paymentId },
      ],
      transfers: [...ports.payments.owe(news.orderId, order.total), ...paidAndSold(parts)],
    }
  },

  'sell-nothing'(parts) {
    const { ports, shelves, order, news } = parts
    const back = givenBack(parts)
    return {
      payment: [...back.payment, notice(parts, 'order-cancelled')],
      order: [{ type: 'order.cancelled', reason: 'sold-out' }],
      transfers: [
        ...order.lines.flatMap(shelves.release),
        ...ports.payments.forgive(news.orderId, order.total),
        ...back.transfers,
      ],
      timers: [{ clear: deadlineOf(news.orderId) }, ...back.timers],
    }
  },

  'give-back': (parts) => givenBack(parts),
}

function succeeded({ news: { word } }: Parts): readonly PaymentEvent[] {
  return word.is === 'taken'
    ? [{ type: 'payment.succeeded', transactionId: word.transactionId }]
    : []
}

function notice(
  { news: { orderId } }: Parts,
  about: 'order-confirmed' | 'order-cancelled',
): PaymentEvent {
  return { type: 'payment.notice-due', orderId, about }
}

function paidAndSold({ ports, shelves, order, payment, news }: Parts): readonly Transfer[] {
  return [
    ...ports.payments.book(news.paymentId, news.orderId, payment.amount),
    // A hold that lapsed meanwhile is taken anew if the units are still there.
    ...order.lines.flatMap((line) => [
      ...shelves.hold({ ...line, forSeconds: 60, isPaying: true }),
      ...shelves.sell(line),
    ]),
  ]
}

/** The money is the buyer's: booked, set aside, and a timer asks the provider for the refund. */
function givenBack(parts: Parts) {
  const { ports, payment, news, refundId, at } = parts
  const { payments } = ports
  const taken = succeeded(parts)
  const after = payments.after(payment, taken, at)
  const refund = payments.startRefund(news.paymentId, after, refundId, 'paid too late')
  return {
    payment: [...taken, ...(refund === undefined ? [] : [refund.event])],
    transfers: [
      ...payments.bookSurplus(news.paymentId, payment.amount),
      ...(refund?.transfers ?? []),
    ],
    timers: refund?.timers ?? [],
  }
}
