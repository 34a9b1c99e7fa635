import type { Instant } from '#platform/clock'
import { times, type Money } from '#platform/money'

import type { CartLine, LineAnswer } from '../contract.ts'

/** A line as its buyer sees it, but for its name. */
export function lineView(
  { sku, productId, quantity, unitPrice, pricedAt }: CartLine,
  now: Money | undefined,
  promisedUntil: (pricedAt: Instant) => Instant,
  heldUntil: Instant | null,
): LineAnswer['line'] {
  const isOther = now !== undefined && now.amount !== unitPrice.amount
  return {
    sku,
    productId,
    quantity,
    unitPrice,
    promisedUntil: new Date(promisedUntil(pricedAt)).toISOString(),
    priceNow: isOther ? now : null,
    total: times(unitPrice, quantity),
    heldUntil: heldUntil === null ? null : new Date(heldUntil).toISOString(),
  }
}
