import type { Instant } from '#platform/clock'

import type { Cart, CartLine, ClaimAnswer } from '../contract.ts'
import { holdOf, MOST_LINES, MOST_UNITS } from './cart.ts'

/** What is known beside the two carts. */
export interface Merging {
  readonly mineId: string
  readonly at: Instant
  readonly promisedUntil: (pricedAt: Instant) => Instant
  /** So many units of a SKU can be held at most, as far as that is known. */
  readonly caps: ReadonlyMap<string, number>
}

export interface Merged {
  /** Lines of the user's cart as they are afterwards; those that stay as they were are absent. */
  readonly lines: readonly CartLine[]
  readonly left: ClaimAnswer['left']
}

/**
 * The lines of a guest's cart on top of a user's own: quantities are added up, never above what a
 * line, the cart or the stock allows, and never below what the user's cart had. Of two prices that
 * were shown the buyer keeps the better promise.
 */
export function merge(
  guest: Cart,
  mine: Cart,
  { mineId, at, promisedUntil, caps }: Merging,
): Merged {
  const lines: CartLine[] = []
  const left: { sku: string; quantity: number }[] = []
  let room = MOST_LINES - mine.lines.length
  for (const line of guest.lines) {
    const { sku } = line
    const known = mine.lines.find((each) => each.sku === sku)
    const had = known?.quantity ?? 0
    const wanted = had + line.quantity
    const isRoom = known !== undefined || room > 0
    const quantity = isRoom ? Math.min(wanted, MOST_UNITS, caps.get(sku) ?? MOST_UNITS) : 0
    const gained = Math.max(quantity - had, 0)
    if (gained < line.quantity) left.push({ sku, quantity: line.quantity - gained })
    if (gained === 0) continue
    if (known === undefined) room -= 1
    const { unitPrice, pricedAt } =
      known === undefined ? line : better(known, line, at, promisedUntil)
    lines.push({ ...line, quantity, unitPrice, pricedAt, holdId: holdOf(mineId, sku) })
  }
  return { lines, left }
}

/** The lower of two prices that are still promised; else the one that was shown last. */
function better(
  one: CartLine,
  other: CartLine,
  at: Instant,
  promisedUntil: Merging['promisedUntil'],
): CartLine {
  const promised = [one, other].filter(({ pricedAt }) => at < promisedUntil(pricedAt))
  const [first, second] = promised
  if (first === undefined || second === undefined) {
    return first ?? (one.pricedAt >= other.pricedAt ? one : other)
  }
  return first.unitPrice.amount <= second.unitPrice.amount ? first : second
}
