import type { DueTimer, Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Settled, Timer } from '#platform/write/commit'
import type { Order, OrderEvent } from '#context/orders'
import type { PaymentEvent, PaymentRefusal, PaymentView } from '#context/payments'

import type { CheckoutRefusal, Done } from '../contract.ts'
import { deadlineOf, resumptionOf, type Ports } from './ports.ts'

/** What the provider said of a payment. */
export interface Said {
  readonly paymentId: Id
  readonly orderId: Id
  readonly said: Outcome<{ readonly transactionId: string }, PaymentRefusal>
}

type Needs = Pick<Platform, 'write'>

/**
 * The one way a payment is settled (requirement R6), whoever brings the news: guarded by the
 * payment's state under its lock, so the second to come changes nothing and hears the same. Paid,
 * confirmed and sold is one commit. When the units are gone by then, or the order was cancelled or
 * the payment declined meanwhile, the money is booked and given back.
 */
export async function settlePayment(
  platform: Needs,
  ports: Ports,
  tenant: TenantId,
  news: Said,
  cause: Cause,
): Promise<Outcome<Done<PaymentView>>> {
  const settled = await settle(platform, ports, tenant, news, cause, 'sell')
  if (settled.ok || !isSoldOut(settled.refusal.code)) return settled
  // Under a key of its own, because the answer that counts is the refusal, which is not remembered.
  const lateCause = { ...cause, key: `${cause.key}/give-back` }
  const late = await settle(platform, ports, tenant, news, lateCause, 'give-back')
  return late.ok ? refuse(soldOut(news.orderId)) : late
}

function soldOut(orderId: Id): CheckoutRefusal {
  return { code: 'checkout.sold-out', orderId }
}

function isSoldOut(code: string): boolean {
  return code === 'inventory.not-enough' || code === 'inventory.hold-gone'
}

async function settle(
  { write }: Needs,
  ports: Ports,
  tenant: TenantId,
  { paymentId, orderId, said }: Said,
  cause: Cause,
  how: 'sell' | 'give-back',
): Promise<Outcome<Done<PaymentView>>> {
  const { orders, payments, stock } = ports
  const shelves = await stock.of(tenant)
  return write({
    tenant,
    ...cause,
    streams: { payment: payments.stream(paymentId), order: orders.stream(orderId) },
    decide({ payment, order }) {
      const answer =
        (events: readonly PaymentEvent[]) =>
        ({ at }: Settled): PaymentView =>
          payments.present(paymentId, payments.after(payment, events, at))
      const timers = [{ clear: resumptionOf(paymentId) }]
      const isLate = payment.status === 'declined' && said.ok
      if (payment.status !== 'processing' && !isLate) {
        // Who asks again after the units were gone is told so again.
        if (order.reason === 'sold-out') return refuse(soldOut(orderId))
        return accept({ timers, answer: answer([]) })
      }
      if (!said.ok) {
        const reason = said.refusal.code === 'payments.declined' ? said.refusal.reason : ''
        const declined: PaymentEvent[] = [{ type: 'payment.declined', reason }]
        return accept({ append: { payment: declined }, timers, answer: answer(declined) })
      }

      const succeeded: PaymentEvent[] = [{ type: 'payment.succeeded', ...said.value }]
      const booked = [payments.book(paymentId, payment.amount)]
      if (isLate) {
        // Asked twice, the provider said no and then yes. The order may be paid otherwise by now.
        return accept({
          append: { payment: succeeded },
          transfers: booked,
          timers: [...timers, givingBack(paymentId)],
          answer: answer(succeeded),
        })
      }
      if (order.status !== 'reserved' || how === 'give-back') {
        return accept({
          append: { payment: succeeded, order: cancelled(order) },
          transfers: [...booked, ...order.lines.map(({ holdId }) => shelves.release(holdId))],
          timers: [...timers, { clear: deadlineOf(orderId) }, givingBack(paymentId)],
          answer: answer(succeeded),
        })
      }
      return accept({
        append: { payment: succeeded, order: [{ type: 'order.confirmed', paymentId }] },
        transfers: [
          ...booked,
          // A hold that lapsed meanwhile is taken anew if the units are still there.
          ...order.lines.flatMap(({ holdId: id, sku, quantity }) => [
            shelves.hold({ id, sku, quantity, forSeconds: 60 }),
            shelves.sell(id, sku),
          ]),
        ],
        timers: [...timers, { clear: deadlineOf(orderId) }],
        answer: answer(succeeded),
      })
    },
  })
}

function cancelled(order: Order): OrderEvent[] {
  return order.status === 'reserved' ? [{ type: 'order.cancelled', reason: 'sold-out' }] : []
}

/** The money goes back by a timer, so that it goes back whatever happens to this process. */
function givingBack(paymentId: Id): Timer {
  return {
    set: `payment/${paymentId}/give-back`,
    kind: 'checkout.give-back',
    inSeconds: 0,
    data: { paymentId },
  }
}

/** Gives back what came too late. */
export function giveBackLate({ write }: Needs, { payments }: Ports) {
  return async ({ tenant, id, data, key }: DueTimer): Promise<void> => {
    const { paymentId } = data as { paymentId: Id }
    const cause = { caller: 'timer', key, fingerprint: 'give-back' }
    const outcome = await payments.refund(tenant, paymentId, { reason: 'paid too late' }, cause)
    const isDone = outcome.ok || outcome.refusal.code === 'payments.refund-above-paid'
    if (!isDone) throw new Error(`giving back was refused: ${outcome.refusal.code}`)
    await write({
      tenant,
      caller: 'timer',
      key: `${key}/done`,
      fingerprint: 'give-back',
      streams: {},
      decide: () => accept({ timers: [{ clear: id }], answer: null }),
    })
  }
}
