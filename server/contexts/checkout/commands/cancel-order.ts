import { isStaff } from '#platform/actor'
import type { Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import type { Transfer } from '#platform/ledger/transfer'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { Decision, StreamOf, Timer } from '#platform/write/commit'
import type { CancelReason, Mover, Order, OrderEvent, OrderView } from '#context/orders'
import type { Payment, PaymentEvent } from '#context/payments'

import type { Checkout, CheckoutRefusal, Done } from '../contract.ts'
import { mayBeClosed } from '../domain/attempt.ts'
import { chasePayment } from './chase-payment.ts'
import { deadlineOf, RESUME_SECONDS, resumption, resumptionOf, type Ports } from './ports.ts'

type Needs = Pick<Platform, 'write' | 'ids' | 'clock'>

/** Who ends an order, and how far that goes. */
export interface Ending {
  readonly reason: CancelReason
  readonly by: Mover
  /** The attempt that is given up although nobody knows what became of it. */
  readonly givesUpAttempt?: number
}

/**
 * Ends an order. Where its payment waits for the buyer at the provider's page, it is closed there
 * first; where the provider is just being asked, the order cannot be cancelled yet.
 */
export function cancelOrder(platform: Needs, ports: Ports): Checkout['cancel'] {
  return async (tenant, orderId, asker, cause) => {
    const { orders, payments } = ports
    const order = await orders.see(tenant.id, orderId)
    const unknown = { code: 'orders.unknown', orderId } as const
    if (!orders.maySee(tenant.id, orderId, order, asker)) return refuse(unknown)
    const { actor } = asker
    const isOwn = actor.kind === 'user' && actor.id === order.userId
    const ending: Ending = {
      reason: isStaff(actor) && !isOwn ? 'staff' : 'buyer',
      by: isStaff(actor) ? 'staff' : 'buyer',
    }
    const ended = await endOrder(platform, ports, tenant.id, orderId, order, ending, cause)
    if (ended.ok || ended.refusal.code !== 'checkout.payment-under-way') return ended

    const { paymentId } = await orders.see(tenant.id, orderId)
    const payment = await payments.see(tenant.id, paymentId)
    if (!mayBeClosed(payment, platform.clock.now())) return ended
    const closing = { ...cause, key: `${cause.key}/close` }
    const found = await chasePayment(platform, ports, tenant.id, paymentId, closing, true)
    if (found === 'open') return ended
    const now = await orders.see(tenant.id, orderId)
    return endOrder(platform, ports, tenant.id, orderId, now, ending, cause)
  }
}

type Streams = {
  readonly order: StreamOf<Order, OrderEvent>
  readonly payment: StreamOf<Payment, PaymentEvent>
}

/**
 * The compensation of every step in one commit: held units are free again, sold units are back on
 * their shelves, what is owed is forgiven, what was paid begins to go back.
 */
export async function endOrder(
  { write, ids }: Needs,
  ports: Ports,
  tenant: TenantId,
  orderId: Id,
  { paymentId, lines, status }: Order,
  ending: Ending,
  cause: Cause,
): Promise<Outcome<Done<OrderView>>> {
  const { orders, payments, stock } = ports
  const shelves = await stock.of(tenant)
  const returned = status === 'confirmed' ? await stock.takeBack(tenant, lines) : []
  const refundId = ids.next()
  return write<Streams, OrderView>({
    tenant,
    ...cause,
    streams: { order: orders.stream(orderId), payment: payments.stream(paymentId) },
    decide({ order, payment }): Outcome<Decision<Streams, OrderView>> {
      const { reason, by, givesUpAttempt } = ending
      const may = orders.mayBecome(order, orderId, 'cancelled', by)
      if (!may.ok) return may
      const isGivenUp = payment.attempts === givesUpAttempt
      const isUnderWay = payment.status === 'processing' && !isGivenUp
      // One that was opened meanwhile may be processing by now: this commit does not have it. And one
      // that was paid meanwhile has units that were not looked for.
      if (isUnderWay || order.paymentId !== paymentId || order.status !== status) {
        const refusal: CheckoutRefusal = {
          code: 'checkout.payment-under-way',
          paymentId: order.paymentId,
        }
        return refuse(refusal)
      }
      const refund = payments.startRefund(paymentId, payment, refundId, 'the order was cancelled')
      const isPaid = payment.transactionId !== null
      const money = isPaid ? (refund?.transfers ?? []) : payments.forgive(orderId, order.total)
      const units: readonly Transfer[] =
        order.status === 'confirmed' ? returned : order.lines.flatMap(shelves.release)
      const timers: readonly Timer[] = isPaid ? (refund?.timers ?? []) : []
      return accept({
        append: {
          order: [{ type: 'order.cancelled', reason }],
          payment: [
            ...closing(payment, isGivenUp),
            ...(isPaid && refund !== undefined ? [refund.event] : []),
            { type: 'payment.notice-due', orderId, about: 'order-cancelled' },
          ],
        },
        transfers: [...units, ...money],
        timers: [
          { clear: deadlineOf(orderId) },
          // A call that is under way now is over when it is looked for.
          isGivenUp
            ? resumption(paymentId, 2 * RESUME_SECONDS)
            : { clear: resumptionOf(paymentId) },
          ...timers,
        ],
        answer: ({ at }) =>
          orders.present(orderId, { ...order, status: 'cancelled', reason, changedAt: at }),
      })
    },
  })
}

function closing({ status }: Payment, isGivenUp: boolean): readonly PaymentEvent[] {
  if (status === 'pending') return [{ type: 'payment.cancelled', why: 'order-ended' }]
  if (status === 'processing' && isGivenUp) return [{ type: 'payment.cancelled', why: 'no-answer' }]
  return []
}
