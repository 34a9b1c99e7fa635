import type { Platform } from '#platform/context'
import type { Id } from '#platform/ids'
import { pageOf, placeOf } from '#platform/keyset'
import { holdsNamed } from '#platform/ledger/reads'
import { see } from '#platform/log/streams'
import { sum, times } from '#platform/money'
import { accept, refuse } from '#platform/outcome'
import type { Tenant } from '#platform/tenants'
import { stream } from '#platform/write/commit'
import type { Stock } from '#context/inventory'
import type { PricedOffer, Pricing } from '#context/pricing'

import type {
  Cart,
  CartLine,
  CartLineView,
  CartQueries,
  CartRefusal,
  CartView,
} from '../contract.ts'
import { carts, expiresAt, isOf } from '../domain/cart.ts'
import { heldUntil } from '../domain/held-until.ts'
import { lineView } from '../domain/line-view.ts'
import { openCartsOf } from '../store/open-carts.ts'

type Needs = Pick<Platform, 'reads' | 'clock'>

interface Ports {
  readonly pricing: Pricing
  readonly stock: Pick<Stock, 'holdIds'>
}

export function viewCart(platform: Needs, ports: Ports): CartQueries['view'] {
  return async (tenant, userId, cartId, language) => {
    const { state: cart } = await see(platform.reads, tenant.id, stream(carts, cartId))
    const unknown: CartRefusal = { code: 'cart.unknown', cartId }
    if (!isOf(cart, userId)) return refuse(unknown)
    return accept(await present(platform, ports, tenant, userId, cartId, cart, language))
  }
}

export function myCarts(platform: Needs, ports: Ports): CartQueries['mine'] {
  const { reads } = platform
  return async (tenant, userId, { limit, after, language }) => {
    const rows = await openCartsOf(reads, tenant.id, userId, placeOf(after), limit + 1)
    const page = pageOf(rows, limit, (row) => ({ at: row.opened_at, id: row.cart_id }))
    const views = await Promise.all(
      page.items.map(async ({ cart_id: id }) => {
        const { state } = await see(reads, tenant.id, stream(carts, id))
        return present(platform, ports, tenant, userId, id, state, language)
      }),
    )
    // One that has just expired or was ordered between the two looks is no open cart.
    return { items: views.filter(({ status }) => status === 'open'), next: page.next }
  }
}

async function present(
  { reads, clock }: Needs,
  { pricing, stock }: Ports,
  tenant: Tenant,
  userId: Id | null,
  cartId: Id,
  cart: Cart,
  language: string,
): Promise<CartView> {
  const skus = cart.lines.map(({ sku }) => sku)
  const holdIds = cart.lines.flatMap(stock.holdIds)
  const [known, holds] = await Promise.all([
    pricing.offers(tenant.id, skus, userId),
    holdsNamed(reads, tenant.id, holdIds),
  ])
  const now = clock.now()
  const { currency, market } = cart
  const quoted = (offer: PricedOffer | undefined, { quantity }: CartLine) =>
    offer?.status === 'active'
      ? pricing.quote(offer, { currency, market, quantity, at: now })
      : undefined
  const open = new Map(holds.map((hold) => [hold.id, hold]))
  const lines = cart.lines.map((line): CartLineView => {
    const offer = known.get(line.sku)
    const names = offer?.name ?? {}
    const held = heldUntil(stock.holdIds(line), open) ?? 0
    return {
      ...lineView(line, quoted(offer, line), pricing.promisedUntil, held > now ? held : null),
      name: names[language] ?? Object.values(names)[0] ?? line.sku,
    }
  })
  const total = sum(
    cart.currency,
    lines.map((line) => line.total),
  )
  const totalNow = sum(
    cart.currency,
    cart.lines.map((line) => {
      const asked = quoted(known.get(line.sku), line)?.unitPrice ?? line.unitPrice
      return times(pricing.charge(line, asked, now).unitPrice, line.quantity)
    }),
  )
  const isExpired = cart.status === 'open' && expiresAt(cart) <= now
  return {
    id: cartId,
    userId: cart.userId,
    // Whoever presents a cart has looked that it is there.
    status: isExpired || cart.status === 'none' ? 'expired' : cart.status,
    version: cart.version,
    currency,
    market,
    lines,
    total,
    totalNow: totalNow.amount === total.amount ? null : totalNow,
    expiresAt: new Date(expiresAt(cart)).toISOString(),
    orderId: cart.orderId,
    mergedInto: cart.mergedInto,
  }
}
