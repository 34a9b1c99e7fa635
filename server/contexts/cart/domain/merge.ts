import type { Instant } from '#platform/clock'

import type { Cart, CartLine, ClaimAnswer } from '../contract.ts'
import { countParts, holdOf, MOST_LINES, MOST_PARTS, MOST_UNITS } from './cart.ts'

/** What is known beside the two carts. */
export interface Merging {
  readonly mineId: string
  readonly at: Instant
  readonly promisedUntil: (pricedAt: Instant) => Instant
  /** So many units can be held at most, as far as that is known, by `capOf`. */
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
 * were shown the buyer keeps the better promise. A bundle is put together as the guest's line has it.
 */
export function merge(
  guest: Cart,
  mine: Cart,
  { mineId, at, promisedUntil, caps }: Merging,
): Merged {
  const lines: CartLine[] = []
  const left: { sku: string; quantity: number }[] = []
  let room = MOST_LINES - mine.lines.length
  let parts = MOST_PARTS - countParts(mine.lines)
  for (const line of guest.lines) {
    const { sku } = line
    const known = mine.lines.find((each) => each.sku === sku)
    const had = known?.quantity ?? 0
    const wanted = had + line.quantity
    const more = countParts([line]) - countParts(known === undefined ? [] : [known])
    const isRoom = (known !== undefined || room > 0) && more <= parts
    const quantity = isRoom ? Math.min(wanted, MOST_UNITS, mostOf(line, caps)) : 0
    const gained = Math.max(quantity - had, 0)
    if (gained < line.quantity) left.push({ sku, quantity: line.quantity - gained })
    if (gained === 0) continue
    if (known === undefined) room -= 1
    parts -= more
    const { unitPrice, pricedAt } =
      known === undefined ? line : better(known, line, at, promisedUntil)
    lines.push({ ...line, quantity, unitPrice, pricedAt, holdId: holdOf(mineId, sku) })
  }
  return { lines, left }
}

/** The name of a cap: of a SKU, or of a component as far as a line of this bundle may have it. */
export function capOf(sku: string, bundle?: string): string {
  return bundle === undefined ? sku : `${bundle}/${sku}`
}

/** Units of the line, each with its components, that the caps leave. */
function mostOf({ sku, components = [] }: CartLine, caps: Merging['caps']): number {
  const most = components.map((part) =>
    Math.floor((caps.get(capOf(part.sku, sku)) ?? Infinity) / part.quantity),
  )
  return Math.min(caps.get(sku) ?? MOST_UNITS, ...most)
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
