import { money } from '#platform/money'

import type { Order, TaxSum } from '../contract.ts'

/**
 * What an invoice says of tax: of each rate how much was taxed with it and how much tax that is, the
 * dearest rate first. Nets and taxes add up to the order's total. Nothing of an order without tax.
 */
export function taxSums({ lines, taxes, total }: Order): TaxSum[] {
  if (taxes === undefined || taxes.source === 'none') return []
  const sums = new Map<string, { name: string; rate: number; net: number; tax: number }>()
  for (const { taxName: name = '', taxRate: rate = 0, ...line } of lines) {
    const tax = line.tax.amount + (line.deliveryTax?.amount ?? 0)
    const delivery = line.delivery?.amount ?? 0
    // A line's total has its tax in it either way; the share of delivery only where prices include it.
    const net = taxes.areIncluded
      ? line.total.amount + delivery - tax
      : line.total.amount - line.tax.amount + delivery
    const key = `${rate} ${name}`
    const before = sums.get(key) ?? { name, rate, net: 0, tax: 0 }
    sums.set(key, { name, rate, net: before.net + net, tax: before.tax + tax })
  }
  return [...sums.values()]
    .toSorted((one, other) => other.rate - one.rate || (one.name < other.name ? -1 : 1))
    .map(({ name, rate, net, tax }) => ({
      name,
      partsPerMillion: rate,
      net: money(net, total.currency),
      tax: money(tax, total.currency),
    }))
}
