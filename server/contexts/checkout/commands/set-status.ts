import { refuse } from '#platform/outcome'

import type { Checkout } from '../contract.ts'
import type { Ports } from './ports.ts'

/** The moves staff make by hand; reserving and confirming follow from stock and money alone. */
export function setStatus(
  { orders }: Pick<Ports, 'orders'>,
  { cancel, fulfil }: Pick<Checkout, 'cancel' | 'fulfil'>,
): Checkout['setStatus'] {
  return async (tenant, orderId, status, asker, cause) => {
    if (status === 'cancelled') return cancel(tenant, orderId, asker, cause)
    if (status === 'fulfilled') return fulfil(tenant, orderId, cause)
    const order = await orders.see(tenant.id, orderId)
    if (order.status === 'none') return refuse({ code: 'orders.unknown', orderId })
    return refuse({ code: 'orders.illegal-move', from: order.status, to: status } as const)
  }
}
