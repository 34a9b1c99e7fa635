/** Units that were sold before they were there: who is owed how many, the first to buy first. */

/** A sale of units that were not there. */
export interface OwingSale {
  readonly hold: string
  readonly at: number
  readonly quantity: number
}

export interface Owed extends OwingSale {
  /** How many of them have come. */
  readonly filled: number
}

/** What is still owed, in the order of purchase: units that came went to the first who waited. */
export function owedOf(sales: readonly OwingSale[], filled: number): readonly Owed[] {
  let left = filled
  return sales.flatMap((sale) => {
    const got = Math.min(left, sale.quantity)
    left -= got
    return got === sale.quantity ? [] : [{ ...sale, filled: got }]
  })
}

/** How the books of one SKU stood when they were read. */
export interface BackorderBooks {
  readonly limit: number
  readonly filled: number
  /** On the account of what may still be sold. */
  readonly posted: number
}

/**
 * Units sold before they were there, less those that came back. It shrinks only when a paid order
 * comes to nothing; what is then filled in vain is a `surplus` and goes back.
 */
export function soldAhead({ limit, filled, posted }: BackorderBooks): number {
  return limit + filled - posted
}

/** How many of the units at hand go to those who wait: sold by then and not filled since. */
export function fillable(books: BackorderBooks, filledNow: number, atHand: number): number {
  return Math.max(0, Math.min(atHand, soldAhead(books) - filledNow))
}

/** Units that came for sales that have come to nothing since: more is paid in than was ever promised. */
export function surplus({ limit, posted }: BackorderBooks, filledNow: number): number {
  return Math.max(0, Math.min(posted - limit, filledNow))
}
