import type { DueTimer, Platform } from '#platform/context'
import type { Cause } from '#platform/http/route'
import type { Id, TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'
import type { Timer } from '#platform/write/commit'

import { mayBeClosed, mayBeGivenUp } from '../domain/attempt.ts'
import { endOrder, type Ending } from './cancel-order.ts'
import { chasePayment } from './chase-payment.ts'
import { heldWhilePaying } from './held-while-paying.ts'
import { deadlineOf, type Ports } from './ports.ts'

type Needs = Pick<Platform, 'write' | 'ids' | 'clock'>

/** An order whose payment is being made when it is due waits so long and is looked at again. */
const LOOK_AGAIN_SECONDS = 60

const CLOCK: Ending = { reason: 'not-paid-in-time', by: 'clock' }

/**
 * Ends an order that was not paid in time (DAT-03). One whose payment is being made is asked for at
 * the provider and closed there first, so that no units are let go for which money may still come; a
 * provider that does not answer is waited for, an hour in all.
 */
export function expireOrder(platform: Needs, ports: Ports) {
  return async ({ tenant, data, key }: DueTimer): Promise<void> => {
    const { orderId } = data as { orderId: Id }
    const cause = { caller: 'timer', key, fingerprint: 'expire-order' }
    const end = await ending(platform, ports, tenant, orderId, cause)
    if (end === 'ended') return
    if (end === 'waits' && (await heldOn(platform, ports, tenant, orderId, cause))) return
    const timer = end === 'waits' ? lookAgain(orderId) : { clear: deadlineOf(orderId) }
    await setTimer(platform, tenant, timer, cause)
  }
}

/** `stays`: there is nothing to end any more. */
async function ending(
  platform: Needs,
  ports: Ports,
  tenant: TenantId,
  orderId: Id,
  cause: Cause,
): Promise<'ended' | 'stays' | 'waits'> {
  const { orders, payments } = ports
  const end = async (how: Ending, key: string) => {
    const order = await orders.see(tenant, orderId)
    return endOrder(platform, ports, tenant, orderId, order, how, { ...cause, key })
  }
  const first = await end(CLOCK, cause.key)
  if (first.ok) return 'ended'
  if (first.refusal.code !== 'checkout.payment-under-way') return 'stays'

  const { paymentId } = await orders.see(tenant, orderId)
  const payment = await payments.see(tenant, paymentId)
  const at = platform.clock.now()
  if (!mayBeClosed(payment, at)) return 'waits'
  const chased = { ...cause, key: `${cause.key}/chase` }
  const found = await chasePayment(platform, ports, tenant, paymentId, chased, true)
  if (found === 'open' && !mayBeGivenUp(payment, at)) return 'waits'
  const how = found === 'open' ? { ...CLOCK, givesUpAttempt: payment.attempts } : CLOCK
  const last = await end(how, `${cause.key}/closed`)
  if (last.ok) return 'ended'
  return last.refusal.code === 'checkout.payment-under-way' ? 'waits' : 'stays'
}

function lookAgain(orderId: Id): Timer {
  return {
    set: deadlineOf(orderId),
    kind: 'checkout.expire-order',
    inSeconds: LOOK_AGAIN_SECONDS,
    data: { orderId },
  }
}

/** Keeps the units of an order whose payment is not closed; false when they are gone already. */
async function heldOn(
  { write }: Needs,
  { orders, stock }: Ports,
  tenant: TenantId,
  orderId: Id,
  cause: Cause,
): Promise<boolean> {
  const shelves = await stock.of(tenant)
  const held = await write({
    tenant,
    ...cause,
    key: `${cause.key}/held`,
    streams: { order: orders.stream(orderId) },
    decide: ({ order }) =>
      accept({
        transfers: order.status === 'reserved' ? heldWhilePaying(shelves, order) : [],
        timers: [lookAgain(orderId)],
        answer: null,
      }),
  })
  return held.ok
}

async function setTimer(
  { write }: Needs,
  tenant: TenantId,
  timer: Timer,
  cause: Cause,
): Promise<void> {
  await write({
    tenant,
    ...cause,
    key: `${cause.key}/later`,
    streams: {},
    decide: () => accept({ timers: [timer], answer: null }),
  })
}
