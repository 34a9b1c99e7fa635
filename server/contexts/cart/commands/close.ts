import type { Platform } from '#platform/context'
import { stream } from '#platform/write/commit'

import type { Carts } from '../contract.ts'
import { carts, ready } from '../domain/cart.ts'
import { ended } from '../store/open-carts.ts'
import { noExpiry } from './expire-cart.ts'

/** The parts of a commit that turn a cart into an order. */
export function cartsForCheckout({ recall }: Pick<Platform, 'recall'>): Carts {
  return {
    stream: (cartId) => stream(carts, cartId),
    ready,
    close: (cart, cartId, orderId) => ({
      events: [{ type: 'cart.closed', orderId }],
      rows: ended(cartId, cart.userId),
      timers: [noExpiry(cartId)],
    }),
    recall: (tenant, cartId) => recall(tenant, stream(carts, cartId)),
  }
}
