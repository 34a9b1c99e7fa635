import type { Platform } from '#platform/context'
import { money } from '#platform/money'
import { accept } from '#platform/outcome'
import { newStream } from '#platform/write/commit'

import type { CartCommands, CartView } from '../contract.ts'
import { carts, LIFE_MS } from '../domain/cart.ts'

export function createCart({
  write,
  ids,
}: Pick<Platform, 'write' | 'ids'>): CartCommands['create'] {
  return (tenant, userId, cause) => {
    const id = ids.next()
    const { currency } = tenant
    return write({
      tenant: tenant.id,
      ...cause,
      streams: { cart: newStream(carts, id) },
      decide: () =>
        accept({
          append: { cart: [{ type: 'cart.created', currency, userId }] },
          answer: ({ at }): CartView => ({
            id,
            status: 'open',
            version: 1,
            currency,
            lines: [],
            total: money(0, currency),
            expiresAt: new Date(at + LIFE_MS).toISOString(),
            orderId: null,
          }),
        }),
    })
  }
}
