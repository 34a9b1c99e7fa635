import type { Platform } from '#platform/context'
import { see } from '#platform/log/streams'
import { accept, refuse } from '#platform/outcome'
import { timersNamed } from '#platform/timer-reads'
import { stream, type Streams } from '#platform/write/commit'
import type { Order, Orders } from '#context/orders'
import type { Payment, Payments } from '#context/payments'

import type { CheckoutRefusal, Processes, Retried } from '../contract.ts'
import { orderTrail, outstanding } from '../domain/process.ts'

/**
 * Sets the timers of all that is open anew, due now. What is open is decided on the streams under
 * their lock, so nothing that ended meanwhile is begun again, and a timer that is lost or was given
 * up is there again. A deadline that has not come is left alone: it would end the order.
 */
export function retryProcess(
  { write, reads, clock }: Pick<Platform, 'write' | 'reads' | 'clock'>,
  {
    orders,
    payments,
  }: { readonly orders: Pick<Orders, 'stream'>; readonly payments: Pick<Payments, 'stream'> },
): Processes['retry'] {
  return async (tenant, orderId, cause) => {
    const { state: seen } = await see(reads, tenant, stream(orderTrail, orderId))
    if (seen.status === 'none') return refuse({ code: 'orders.unknown', orderId } as const)
    const { paymentIds } = seen
    const deadline = `order/${orderId}/deadline`
    const [waiting] = await timersNamed(reads, tenant, [deadline])
    const isBeforeDeadline =
      waiting !== undefined && waiting.lastError === null && waiting.dueAt > clock.now()

    const streams: Streams = {
      order: orders.stream(orderId),
      ...Object.fromEntries(paymentIds.map((id) => [`payment ${id}`, payments.stream(id)])),
    }
    const written = await write<Streams, Retried>({
      tenant,
      ...cause,
      streams,
      decide(states) {
        const order = states['order'] as Order
        const open = outstanding(
          orderId,
          order.status === 'created' || order.status === 'reserved',
          new Map(
            paymentIds.map((id) => {
              const { status, refunds } = states[`payment ${id}`] as Payment
              return [id, { isProcessing: status === 'processing', refunds }]
            }),
          ),
        )
        const due = open.filter(({ waitsForItsTime }) => !(waitsForItsTime && isBeforeDeadline))
        if (due.length === 0) {
          const refusal: CheckoutRefusal = { code: 'checkout.nothing-to-retry', orderId }
          return refuse(refusal)
        }
        return accept({
          timers: due.map(({ timer, kind, data }) => ({ set: timer, kind, inSeconds: 0, data })),
          answer: { orderId, timers: due.map(({ timer }) => timer) },
        })
      },
    })
    return written.ok ? accept(written.value.answer) : written
  }
}
