import { isStaff } from '#platform/actor'
import type { DueTimer, Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { CancelReason, Order, OrderView } from '#context/orders'

import type { Checkout, CheckoutRefusal, Done } from '../contract.ts'
import { deadlineOf, type Ports } from './ports.ts'

type Needs = Pick<Platform, 'write'>

/** An order whose payment is being made when it is due waits so long and is looked at again. */
const LOOK_AGAIN_SECONDS = 60

export function cancelOrder(platform: Needs, ports: Ports): Checkout['cancel'] {
  return async (tenant, orderId, asker, cause) => {
    const { orders } = ports
    const order = await orders.see(tenant.id, orderId)
    const unknown = { code: 'orders.unknown', orderId } as const
    if (!orders.maySee(tenant.id, orderId, order, asker)) return refuse(unknown)
    const { actor } = asker
    const isOwn = actor.kind === 'user' && actor.id === order.userId
    const reason = isStaff(actor) && !isOwn ? 'staff' : 'buyer'
    return end(platform, ports, tenant.id, orderId, order, reason, cause)
  }
}

/** Ends an order that was not paid in time (DAT-03); one that is being paid just now is given time. */
export function expireOrder(platform: Needs, ports: Ports) {
  return async ({ tenant, data, key }: DueTimer): Promise<void> => {
    const { orderId } = data as { orderId: Id }
    const order = await ports.orders.see(tenant, orderId)
    const cause = { caller: 'timer', key, fingerprint: 'expire-order' }
    const reason = 'not-paid-in-time'
    const outcome = await end(platform, ports, tenant, orderId, order, reason, cause)
    if (outcome.ok) return
    const isUnderWay = outcome.refusal.code === 'checkout.payment-under-way'
    await platform.write({
      tenant,
      ...cause,
      key: `${key}/later`,
      streams: {},
      decide: () =>
        accept({
          timers: [
            isUnderWay
              ? {
                  set: deadlineOf(orderId),
                  kind: 'checkout.expire-order',
                  inSeconds: LOOK_AGAIN_SECONDS,
                  data: { orderId },
                }
              : { clear: deadlineOf(orderId) },
          ],
          answer: null,
        }),
    })
  }
}

async function end(
  { write }: Needs,
  { orders, payments, stock }: Ports,
  tenant: TenantId,
  orderId: Id,
  { paymentId }: Order,
  reason: CancelReason,
  cause: Cause,
): Promise<Outcome<Done<OrderView>>> {
  const shelves = await stock.of(tenant)
  return write({
    tenant,
    ...cause,
    streams: { order: orders.stream(orderId), payment: payments.stream(paymentId) },
    decide({ order, payment }) {
      const may = orders.mayBecome(order, orderId, 'cancelled')
      if (!may.ok) return may
      // One that was opened meanwhile may be processing by now: this commit does not have it.
      if (payment.status === 'processing' || order.paymentId !== paymentId) {
        const refusal: CheckoutRefusal = {
          code: 'checkout.payment-under-way',
          paymentId: order.paymentId,
        }
        return refuse(refusal)
      }
      return accept({
        append: {
          order: [{ type: 'order.cancelled', reason }],
          payment: payment.status === 'pending' ? [{ type: 'payment.cancelled' }] : [],
        },
        transfers: order.lines.map(({ holdId }) => shelves.release(holdId)),
        timers: [{ clear: deadlineOf(orderId) }],
        answer: ({ at }) =>
          orders.present(orderId, { ...order, status: 'cancelled', reason, changedAt: at }),
      })
    },
  })
}
