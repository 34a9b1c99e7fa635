import type { Context, Platform } from '#platform/context'
import { inSteps } from '#platform/process'
import type { Stock } from '#context/inventory'
import type { Pricing } from '#context/pricing'

import { claimCart } from './commands/claim-cart.ts'
import { changeLine } from './commands/change-line.ts'
import { cartsForCheckout } from './commands/close.ts'
import { createCart } from './commands/create-cart.ts'
import { expireCart } from './commands/expire-cart.ts'
import { removeItem } from './commands/remove-item.ts'
import type { CartCommands, CartQueries, Carts } from './contract.ts'
import { cartSteps, EXPIRE_CART } from './domain/steps.ts'
import { problems } from './http/problems.ts'
import { cartRoutes } from './http/routes.ts'
import { myCarts, viewCart } from './queries/view-cart.ts'

export function openCart(
  given: Pick<Platform, 'write' | 'recall' | 'reads' | 'clock' | 'ids'>,
  ports: { pricing: Pricing; stock: Stock },
): { context: Context; carts: Carts } {
  const processes = [cartSteps]
  const platform = { ...given, write: inSteps(processes, given.write) }
  const commands: CartCommands = {
    create: createCart(platform, ports),
    addItem: changeLine(platform, ports, ({ quantity }) => ({ add: quantity })),
    setQuantity: changeLine(platform, ports, ({ quantity }) => ({ set: quantity })),
    removeItem: removeItem(platform, ports),
    claim: claimCart(platform, ports),
  }
  const queries: CartQueries = {
    view: viewCart(platform, ports),
    mine: myCarts(platform, ports),
  }
  return {
    context: {
      name: 'cart',
      routes: cartRoutes(commands, queries),
      problems,
      timers: { [EXPIRE_CART]: expireCart(platform, ports) },
      processes,
    },
    carts: cartsForCheckout(platform),
  }
}
