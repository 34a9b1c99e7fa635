import type { Platform } from '#platform/context'
import { money } from '#platform/money'
import { accept, refuse } from '#platform/outcome'
import { newStream } from '#platform/write/commit'
import type { Pricing } from '#context/pricing'

import type { CartCommands, CartRefusal, CartView } from '../contract.ts'
import { carts, LIFE_MS } from '../domain/cart.ts'
import { opened } from '../store/open-carts.ts'
import { expiry } from './expire-cart.ts'

export function createCart(
  { write, ids }: Pick<Platform, 'write' | 'ids'>,
  { pricing }: { readonly pricing: Pricing },
): CartCommands['create'] {
  return async (tenant, userId, wanted, cause) => {
    const id = ids.next()
    const { country } = wanted
    const market = country === undefined ? null : await pricing.marketOf(tenant.id, country)
    const currency = wanted.currency ?? market?.currency ?? tenant.currency
    const isMain = wanted.currency === undefined && market === null
    const known = isMain ? [currency] : await pricing.currencies(tenant)
    const at = market === null ? {} : { market: market.code }
    const unknown: CartRefusal = { code: 'cart.currency-unknown', currency, known }
    return write({
      tenant: tenant.id,
      ...cause,
      streams: { cart: newStream(carts, id) },
      decide(_, now) {
        if (!known.includes(currency)) return refuse(unknown)
        return accept({
          append: { cart: [{ type: 'cart.created', currency, userId, ...at }] },
          rows: userId === null ? [] : [opened(id, userId, currency, now)],
          timers: [expiry(id)],
          answer: ({ at: madeAt }): CartView => ({
            id,
            userId,
            status: 'open',
            version: 1,
            currency,
            market: market?.code ?? null,
            lines: [],
            total: money(0, currency),
            totalNow: null,
            expiresAt: new Date(madeAt + LIFE_MS).toISOString(),
            orderId: null,
            mergedInto: null,
          }),
        })
      },
    })
  }
}
