import type { Platform } from '#platform/context'
import { holdsNamed } from '#platform/ledger/reads'
import { see } from '#platform/log/streams'
import { sum, times } from '#platform/money'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'
import type { Offers } from '#context/catalog'

import type { CartLineView, CartQueries, CartRefusal } from '../contract.ts'
import { carts, expiresAt } from '../domain/cart.ts'

export function viewCart(
  { reads, clock }: Pick<Platform, 'reads' | 'clock'>,
  { offers }: { offers: Offers },
): CartQueries['view'] {
  return async (tenant, cartId, language) => {
    const { state: cart } = await see(reads, tenant.id, stream(carts, cartId))
    const unknown: CartRefusal = { code: 'cart.unknown', cartId }
    if (cart.status === 'none') return refuse(unknown)

    const [known, holds] = await Promise.all([
      offers.offers(
        tenant.id,
        cart.lines.map(({ sku }) => sku),
      ),
      holdsNamed(
        reads,
        tenant.id,
        cart.lines.map(({ holdId }) => holdId),
      ),
    ])
    const now = clock.now()
    const until = new Map(holds.map((hold) => [hold.id, hold.until]))
    const lines = cart.lines.map(({ holdId, ...line }): CartLineView => {
      const names = known.get(line.sku)?.name ?? {}
      const deadline = until.get(holdId) ?? 0
      return {
        ...line,
        name: names[language] ?? Object.values(names)[0] ?? line.sku,
        total: times(line.unitPrice, line.quantity),
        heldUntil: deadline > now ? new Date(deadline).toISOString() : null,
      }
    })
    const isExpired = cart.status === 'open' && expiresAt(cart) <= now
    return accept({
      id: cartId,
      status: isExpired ? ('expired' as const) : cart.status,
      version: cart.version,
      currency: cart.currency,
      lines,
      total: sum(
        cart.currency,
        lines.map(({ total }) => total),
      ),
      expiresAt: new Date(expiresAt(cart)).toISOString(),
      orderId: cart.orderId,
    })
  }
}
