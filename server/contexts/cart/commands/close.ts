import type { Platform } from '#platform/context'
import { see } from '#platform/log/streams'
import { stream } from '#platform/write/commit'

import type { Carts } from '../contract.ts'
import { carts, ready } from '../domain/cart.ts'

/** The parts of a commit that turn a cart into an order. */
export function cartsForCheckout({ reads }: Pick<Platform, 'reads'>): Carts {
  return {
    stream: (cartId) => stream(carts, cartId),
    ready,
    close: (orderId) => ({ type: 'cart.closed', orderId }),
    see: async (tenant, cartId) => (await see(reads, tenant, stream(carts, cartId))).state,
  }
}
