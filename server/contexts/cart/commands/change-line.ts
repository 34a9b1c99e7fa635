import type { Platform } from '#platform/context'
import { sum, times } from '#platform/money'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'
import type { Stock } from '#context/inventory'
import type { PricedOffer, Pricing } from '#context/pricing'

import type {
  Cart,
  CartCommands,
  CartLine,
  CartRefusal,
  ItemRequest,
  LineAnswer,
} from '../contract.ts'
import { carts, setLine, usable, type LineWish } from '../domain/cart.ts'
import { lineView } from '../domain/line-view.ts'

/** What `addItem` and `setQuantity` share: one commit sets the line and holds its units. */
export function changeLine(
  { write }: Pick<Platform, 'write'>,
  { pricing, stock }: { pricing: Pricing; stock: Stock },
  quantityOf: (item: ItemRequest) => LineWish['quantity'],
): CartCommands['addItem'] {
  return async (tenant, userId, cartId, item, cause) => {
    const { sku, versions } = item
    const [known, shelves] = await Promise.all([
      pricing.offers(tenant.id, [sku]),
      stock.of(tenant.id),
    ])
    const offer = known.get(sku)

    return write({
      tenant: tenant.id,
      ...cause,
      streams: { cart: stream(carts, cartId) },
      decide({ cart }, at) {
        const open = usable(cart, cartId, { userId, at, versions })
        if (!open.ok) return open
        if (offer === undefined || offer.status !== 'active') {
          return refused({ code: 'cart.sku-unknown', sku })
        }
        const now = offer.prices[cart.currency]
        if (now === undefined) {
          return refused({ code: 'cart.price-missing', sku, currency: cart.currency })
        }
        const outcome = setLine(cart, cartId, {
          sku,
          productId: offer.productId,
          priced: (shown) => pricing.reprice(shown, now, at),
          quantity: quantityOf(item),
        })
        if (!outcome.ok) return outcome
        const line = outcome.value
        const { quantity, holdId: id } = line
        const forSeconds = tenant.holdMinutes * 60
        const isNew = !cart.lines.some((each) => each.sku === sku)
        return accept({
          append: { cart: [{ type: 'cart.line-set', ...line }] },
          transfers: [
            shelves.hold({ id, isNew, sku, quantity, forSeconds }),
            ...cart.lines
              .filter((each) => each.sku !== sku)
              .map(({ holdId }) => shelves.slide(holdId, forSeconds)),
          ],
          answer: ({ holds }): LineAnswer =>
            answerOf(cart, cartId, line, offer, pricing, holds.get(id)?.until ?? null),
        })
      },
    })
  }
}

function refused(refusal: CartRefusal) {
  return refuse(refusal)
}

function answerOf(
  cart: Cart,
  cartId: string,
  line: CartLine,
  offer: PricedOffer,
  pricing: Pricing,
  heldUntil: number | null,
): LineAnswer {
  const others = cart.lines.filter((each) => each.sku !== line.sku)
  const totals = [...others, line].map((each) => times(each.unitPrice, each.quantity))
  return {
    cartId,
    version: cart.version + 1,
    line: lineView(line, offer.prices[cart.currency], pricing.promisedUntil, heldUntil),
    total: sum(cart.currency, totals),
  }
}
