import type { Context, Platform } from '#platform/context'
import type { Offers } from '#context/catalog'
import type { Stock } from '#context/inventory'

import { changeLine } from './commands/change-line.ts'
import { cartsForCheckout } from './commands/close.ts'
import { createCart } from './commands/create-cart.ts'
import { removeItem } from './commands/remove-item.ts'
import type { CartCommands, CartQueries, Carts } from './contract.ts'
import { problems } from './http/problems.ts'
import { cartRoutes } from './http/routes.ts'
import { viewCart } from './queries/view-cart.ts'

export function openCart(
  platform: Pick<Platform, 'write' | 'reads' | 'clock' | 'ids'>,
  ports: { offers: Offers; stock: Stock },
): { context: Context; carts: Carts } {
  const commands: CartCommands = {
    create: createCart(platform),
    addItem: changeLine(platform, ports, ({ quantity }) => ({ add: quantity })),
    setQuantity: changeLine(platform, ports, ({ quantity }) => ({ set: quantity })),
    removeItem: removeItem(platform, ports),
  }
  const queries: CartQueries = { view: viewCart(platform, ports) }
  return {
    context: { name: 'cart', routes: cartRoutes(commands, queries), problems },
    carts: cartsForCheckout(platform),
  }
}
