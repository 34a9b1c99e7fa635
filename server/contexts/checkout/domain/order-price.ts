import type { Instant } from '#platform/clock'
import { money, type Money } from '#platform/money'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { CartLine, CartRefusal } from '#context/cart'
import type { OrderCreated, OrderLine } from '#context/orders'
import type { PricedOffer, Pricing, PricingRefusal } from '#context/pricing'

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
  readonly at: Instant
}

/**
 * What the lines cost now (CRT-07): a lower price is given at once, a higher one is not charged
 * while its promise lasts (CRT-06). After that, and whenever `expectedTotal` names another total, the
 * buyer is asked: the order is refused with both totals and the lines that differ.
 */
export function price(
  pricing: Pricing,
  lines: readonly CartLine[],
  offers: ReadonlyMap<string, PricedOffer>,
  { currency, delivery, expectedTotal, language, at }: Priced,
): Outcome<Amounts, CheckoutRefusal | CartRefusal | PricingRefusal> {
  if (expectedTotal !== undefined && expectedTotal.currency !== currency) {
    const given = expectedTotal.currency
    return refuse({ code: 'checkout.currency-wrong', expected: currency, given })
  }
  const charged = []
  for (const { pricedAt, ...line } of lines) {
    const now = offers.get(line.sku)?.prices[currency]
    if (now === undefined) return refuse({ code: 'cart.price-missing', sku: line.sku, currency })
    const { unitPrice, isRaised } = pricing.charge({ ...line, pricedAt }, now, at)
    charged.push({ line: { ...line, unitPrice }, shown: line.unitPrice, isRaised })
  }
  const total = pricing.total(
    currency,
    charged.map(({ line }) => line),
    delivery,
  )
  const isAgreed =
    expectedTotal === undefined
      ? !charged.some(({ isRaised }) => isRaised)
      : expectedTotal.amount === total.total.amount
  if (!isAgreed) {
    return refuse({
      code: 'pricing.changed',
      total: total.total,
      shown: pricing.total(currency, lines, delivery).total,
      expected: expectedTotal ?? null,
      lines: charged
        .filter(({ line, shown }) => line.unitPrice.amount !== shown.amount)
        .map(({ line: { sku, quantity, unitPrice: now }, shown }) => ({
          sku,
          quantity,
          shown,
          now,
        })),
    })
  }

  const none = money(0, currency)
  const orderLines = charged.map(({ line }, place): OrderLine => {
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
