import { money, type Money } from '#platform/money'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { CartLine } from '#context/cart'
import type { Offer } from '#context/catalog'
import type { OrderCreated, OrderLine } from '#context/orders'
import type { Pricing } from '#context/pricing'

import type { CheckoutRefusal } from '../contract.ts'

export type Amounts = Pick<
  OrderCreated,
  'lines' | 'items' | 'discount' | 'tax' | 'delivery' | 'total'
>

export interface Priced {
  readonly currency: string
  readonly delivery: Money
  readonly expectedTotal?: Money
  readonly language: string
}

/**
 * What the lines cost now (CRT-07). When a price is another than the cart showed, the buyer is asked:
 * the order is refused with the new total unless `expectedTotal` names it.
 */
export function price(
  pricing: Pricing,
  lines: readonly CartLine[],
  offers: ReadonlyMap<string, Offer>,
  { currency, delivery, expectedTotal, language }: Priced,
): Outcome<Amounts, CheckoutRefusal> {
  if (expectedTotal !== undefined && expectedTotal.currency !== currency) {
    const given = expectedTotal.currency
    return refuse({ code: 'checkout.currency-wrong', expected: currency, given })
  }
  const now = lines.map((line) => ({
    ...line,
    unitPrice: offers.get(line.sku)?.price ?? line.unitPrice,
  }))
  const total = pricing.total(currency, now, delivery)
  const isAsShown = now.every(
    ({ unitPrice }, place) => unitPrice.amount === lines[place]?.unitPrice.amount,
  )
  const isAgreed =
    expectedTotal === undefined ? isAsShown : expectedTotal.amount === total.total.amount
  if (!isAgreed) {
    const expected = expectedTotal ?? null
    return refuse({ code: 'pricing.changed', total: total.total, expected })
  }

  const none = money(0, currency)
  const orderLines = now.map((line, place): OrderLine => {
    const names = offers.get(line.sku)?.name ?? {}
    return {
      ...line,
      name: names[language] ?? Object.values(names)[0] ?? line.sku,
      discount: none,
      tax: none,
      total: total.lines[place]?.total ?? none,
    }
  })
  const { items, discount, tax } = total
  return accept({ lines: orderLines, items, discount, tax, delivery, total: total.total })
}
