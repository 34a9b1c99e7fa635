import type { Platform } from '#platform/context'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'
import type { Stock } from '#context/inventory'

import type { CartCommands, CartRefusal } from '../contract.ts'
import { carts, usable } from '../domain/cart.ts'

export function removeItem(
  { write }: Pick<Platform, 'write'>,
  { stock }: { stock: Stock },
): CartCommands['removeItem'] {
  return async (tenant, userId, cartId, { sku, versions }, cause) => {
    const shelves = await stock.of(tenant.id)
    return write({
      tenant: tenant.id,
      ...cause,
      streams: { cart: stream(carts, cartId) },
      decide({ cart }, at) {
        const open = usable(cart, cartId, { userId, at, versions })
        if (!open.ok) return open
        const line = cart.lines.find((each) => each.sku === sku)
        const unknown: CartRefusal = { code: 'cart.line-unknown', sku }
        if (line === undefined) return refuse(unknown)
        const others = cart.lines.filter((each) => each !== line)
        const forSeconds = tenant.holdMinutes * 60
        return accept({
          append: { cart: [{ type: 'cart.line-removed', sku }] },
          transfers: [
            ...shelves.release(line),
            ...others.flatMap((each) => shelves.slide(each, forSeconds)),
          ],
          answer: { cartId, version: cart.version + 1 },
        })
      },
    })
  }
}
