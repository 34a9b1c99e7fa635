import type { Instant } from '#platform/clock'
import { times } from '#platform/money'
import type { Quote } from '#context/pricing'

import type { CartLine, LineAnswer } from '../contract.ts'

/** A line as its buyer sees it, but for its name. */
export function lineView(
  { sku, productId, quantity, components, unitPrice, pricedAt }: CartLine,
  quoted: Quote | undefined,
  promisedUntil: (pricedAt: Instant) => Instant,
  heldUntil: Instant | null,
): LineAnswer['line'] {
  const now = quoted?.unitPrice ?? unitPrice
  const was = quoted?.was ?? null
  return {
    sku,
    productId,
    quantity,
    ...(components === undefined ? {} : { components }),
    unitPrice,
    promisedUntil: new Date(promisedUntil(pricedAt)).toISOString(),
    priceNow: now.amount === unitPrice.amount ? null : now,
    was: was !== null && was.amount > unitPrice.amount ? was : null,
    total: times(unitPrice, quantity),
    heldUntil: heldUntil === null ? null : new Date(heldUntil).toISOString(),
  }
}
