import type { Platform } from '#platform/context'
import { sum, times } from '#platform/money'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'
import type { Stock } from '#context/inventory'
import type { Pricing, Quote, ShownPrice } from '#context/pricing'

import type {
  Cart,
  CartCommands,
  CartLine,
  CartRefusal,
  ItemRequest,
  LineAnswer,
} from '../contract.ts'
import { carts, setLine, usable, type LineWish } from '../domain/cart.ts'
import { heldUntil } from '../domain/held-until.ts'
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
      pricing.offers(tenant.id, [sku], userId),
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
        const { currency, market } = cart
        const quoteOf = (units: number): Quote | undefined =>
          pricing.quote(offer, { currency, market, at, quantity: units })
        if (quoteOf(1) === undefined) return refused({ code: 'cart.price-missing', sku, currency })
        const outcome = setLine(cart, cartId, {
          sku,
          productId: offer.productId,
          components: offer.components,
          priced: (shown, units) => priced(pricing, quoteOf, shown, units, at),
          quantity: quantityOf(item),
        })
        if (!outcome.ok) return outcome
        const line = outcome.value
        const forSeconds = tenant.holdMinutes * 60
        const before = cart.lines.find((each) => each.sku === sku)
        const isNew = before === undefined
        return accept({
          append: { cart: [{ type: 'cart.line-set', ...line }] },
          transfers: [
            ...shelves.hold({ ...line, before, isNew, forSeconds }),
            ...cart.lines
              .filter((each) => each.sku !== sku)
              .flatMap((each) => shelves.slide(each, forSeconds)),
          ],
          answer: ({ holds }): LineAnswer =>
            answerOf(
              cart,
              cartId,
              line,
              quoteOf(line.quantity),
              pricing,
              heldUntil(stock.holdIds(line), holds),
            ),
        })
      },
    })
  }
}

/**
 * A promise is one of a price for so many units. Who takes fewer, so that a tier no longer holds, is
 * shown the price of fewer; nobody gets a single unit at the price of ten.
 */
function priced(
  pricing: Pricing,
  quoteOf: (units: number) => Quote | undefined,
  shown: CartLine | undefined,
  units: number,
  at: number,
): ShownPrice {
  const now = quoteOf(units)
  if (now === undefined) throw new Error('a price for one unit is one for more')
  const isFewer = shown !== undefined && units < shown.quantity
  const isDearer =
    isFewer && (quoteOf(shown.quantity)?.unitPrice.amount ?? 0) < now.unitPrice.amount
  return pricing.reprice(isDearer ? undefined : shown, now.unitPrice, at)
}

function refused(refusal: CartRefusal) {
  return refuse(refusal)
}

function answerOf(
  cart: Cart,
  cartId: string,
  line: CartLine,
  quoted: Quote | undefined,
  pricing: Pricing,
  until: number | null,
): LineAnswer {
  const others = cart.lines.filter((each) => each.sku !== line.sku)
  const totals = [...others, line].map((each) => times(each.unitPrice, each.quantity))
  return {
    cartId,
    version: cart.version + 1,
    line: lineView(line, quoted, pricing.promisedUntil, until),
    total: sum(cart.currency, totals),
  }
}
