import type { Instant } from '#platform/clock'
import { money, type Money } from '#platform/money'
import { accept, refuse, type Outcome } from '#platform/outcome'
import type { CartLine, CartRefusal } from '#context/cart'
import type { OrderCreated, OrderLine } from '#context/orders'
import type { PricedOffer, Pricing, PricingRefusal, TaxTerms, TotalLine } from '#context/pricing'

import type { CheckoutRefusal } from '../contract.ts'

export type Amounts = Pick<
  OrderCreated,
  'lines' | 'items' | 'discount' | 'tax' | 'taxes' | 'delivery' | 'total'
>

export interface Priced {
  readonly currency: string
  /** Code of the market whose prices hold. */
  readonly market: string | null
  readonly taxes: TaxTerms
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
  { currency, market, taxes, delivery, expectedTotal, language, at }: Priced,
): Outcome<Amounts, CheckoutRefusal | CartRefusal | PricingRefusal> {
  if (expectedTotal !== undefined && expectedTotal.currency !== currency) {
    const given = expectedTotal.currency
    return refuse({ code: 'checkout.currency-wrong', expected: currency, given })
  }
  const charged = []
  for (const { pricedAt, ...line } of lines) {
    const { sku, quantity } = line
    const offer = offers.get(sku)
    const now = offer && pricing.quote(offer, { currency, market, quantity, at })?.unitPrice
    if (now === undefined) return refuse({ code: 'cart.price-missing', sku: line.sku, currency })
    const { unitPrice, isRaised } = pricing.charge({ ...line, pricedAt }, now, at)
    charged.push({ line: { ...line, unitPrice }, shown: line.unitPrice, isRaised })
  }
  const totalOf = (priced: readonly Pick<CartLine, 'sku' | 'quantity' | 'unitPrice'>[]) =>
    pricing.total(currency, priced.map(categorized(offers)), delivery, taxes)
  const total = totalOf(charged.map(({ line }) => line))
  const isAgreed =
    expectedTotal === undefined
      ? !charged.some(({ isRaised }) => isRaised)
      : expectedTotal.amount === total.total.amount
  if (!isAgreed) {
    return refuse({
      code: 'pricing.changed',
      total: total.total,
      shown: totalOf(lines).total,
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
      ...amountsOf(total.lines[place], none),
    }
  })
  const { items, discount, tax } = total
  const { areIncluded, zone, source } = taxes
  return accept({
    lines: orderLines,
    items,
    discount,
    tax,
    taxes: { areIncluded, zone, source },
    delivery,
    total: total.total,
  })
}

/** Everything that was computed of a line is stored, zeros too (ruling 9). */
function amountsOf(line: TotalLine | undefined, none: Money) {
  const { total = none, discount = none, tax = none, delivery = none } = line ?? {}
  return {
    discount,
    tax,
    taxRate: line?.rate.partsPerMillion ?? 0,
    taxName: line?.rate.name ?? '',
    total,
    delivery,
    deliveryTax: line?.deliveryTax ?? none,
  }
}

function categorized(offers: ReadonlyMap<string, PricedOffer>) {
  return <T extends { readonly sku: string }>(line: T): T & { taxCategory?: string } => {
    const category = offers.get(line.sku)?.taxCategory ?? null
    return category === null ? line : { ...line, taxCategory: category }
  }
}
