import type { Platform } from '#platform/context'
import { money, sum, times } from '#platform/money'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'
import type { Offers } from '#context/catalog'
import type { Stock } from '#context/inventory'

import type {
  Cart,
  CartCommands,
  CartLine,
  CartRefusal,
  ItemRequest,
  LineAnswer,
} from '../contract.ts'
import { carts, setLine, usable, type LineWish } from '../domain/cart.ts'

/** What `addItem` and `setQuantity` share: one commit sets the line and holds its units. */
export function changeLine(
  { write }: Pick<Platform, 'write'>,
  { offers, stock }: { offers: Offers; stock: Stock },
  quantityOf: (item: ItemRequest) => LineWish['quantity'],
): CartCommands['addItem'] {
  return async (tenant, cartId, item, cause) => {
    const { sku, version } = item
    const [known, shelves] = await Promise.all([
      offers.offers(tenant.id, [sku]),
      stock.of(tenant.id),
    ])
    const offer = known.get(sku)
    const unknown: CartRefusal = { code: 'cart.sku-unknown', sku }
    const isSold = offer !== undefined && offer.status === 'active'

    return write({
      tenant: tenant.id,
      ...cause,
      streams: { cart: stream(carts, cartId) },
      decide({ cart }, at) {
        const open = usable(cart, cartId, at, version)
        if (!open.ok) return open
        if (!isSold) return refuse(unknown)
        const outcome = setLine(cart, cartId, {
          sku,
          productId: offer.productId,
          unitPrice: offer.price,
          quantity: quantityOf(item),
        })
        if (!outcome.ok) return outcome
        const line = outcome.value
        const { quantity, holdId: id } = line
        const forSeconds = tenant.holdMinutes * 60
        const isNew = !cart.lines.some((each) => each.sku === sku)
        return accept({
          append: { cart: [{ type: 'cart.line-set', ...line }] },
          transfers: [shelves.hold({ id, isNew, sku, quantity, forSeconds })],
          answer: ({ holds }): LineAnswer =>
            answerOf(cart, cartId, line, holds.get(id)?.until ?? null),
        })
      },
    })
  }
}

function answerOf(cart: Cart, cartId: string, line: CartLine, until: number | null): LineAnswer {
  const { sku, productId, quantity, unitPrice } = line
  const others = cart.lines.filter((each) => each.sku !== sku)
  const totals = [...others, line].map((each) => times(each.unitPrice, each.quantity))
  return {
    cartId,
    version: cart.version + 1,
    line: {
      sku,
      productId,
      quantity,
      unitPrice,
      total: times(unitPrice, quantity),
      heldUntil: until === null ? null : new Date(until).toISOString(),
    },
    total: totals.length > 0 ? sum(cart.currency, totals) : money(0, cart.currency),
  }
}
