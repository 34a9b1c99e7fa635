import type { Transfer } from '#platform/ledger/transfer'
import type { ShopStock } from '#context/inventory'
import type { Order } from '#context/orders'

/** While the provider is asked the units stay held so long, whatever the deadline was. */
const SECONDS = 600

/** Keeps the units of an order while its payment is being made, or takes them anew if they lapsed. */
export function heldWhilePaying(
  shelves: ShopStock,
  { lines }: Pick<Order, 'lines'>,
): readonly Transfer[] {
  return lines.flatMap((line) => shelves.hold({ ...line, forSeconds: SECONDS, isPaying: true }))
}
