import type { Platform } from '#platform/context'
import { accept } from '#platform/outcome'
import { stream } from '#platform/write/commit'

import type { OrderCommands, OrderEvent } from '../contract.ts'
import { mayBecome, orders, present } from '../domain/order.ts'

export function fulfilOrder({ write }: Pick<Platform, 'write'>): OrderCommands['fulfil'] {
  return (tenant, orderId, cause) =>
    write({
      tenant,
      ...cause,
      streams: { order: stream(orders, orderId) },
      decide({ order }, at) {
        const may = mayBecome(order, orderId, 'fulfilled')
        if (!may.ok) return may
        const event: OrderEvent = { type: 'order.fulfilled' }
        const after = orders.apply(order, event, { version: 0, at })
        return accept({
          append: { order: [event] },
          answer: ({ at: settledAt }) => present(orderId, { ...after, changedAt: settledAt }),
        })
      },
    })
}
