import { money, sum, times } from '#platform/money'

import type { Pricing } from '../contract.ts'

/** Prices include tax; a line is its unit price times its quantity, the total is what is shown. */
export const total: Pricing['total'] = (currency, lines, delivery) => {
  const priced = lines.map(({ sku, quantity, unitPrice }) => ({
    sku,
    total: times(unitPrice, quantity),
  }))
  const items = sum(
    currency,
    priced.map((line) => line.total),
  )
  const none = money(0, currency)
  return {
    lines: priced,
    items,
    discount: none,
    delivery,
    tax: none,
    total: sum(currency, [items, delivery]),
  }
}
