/** Where a slider may stand. */
export const STOPS = 100

/** Prices in whole money between which a slider moves. */
export interface Scale {
  readonly min: number
  readonly max: number
}

/**
 * The price at a stop. Few things are dear, so every step is a part of the price and not a sum: between 50
 * and 75 000 half of the way is 1 900. As round as steps there allow, but the ends are what they are.
 */
export function priceAt(stop: number, { min, max }: Scale): number {
  if (stop <= 0) return min
  if (stop >= STOPS) return max
  const low = Math.max(min, 1)
  const price = low * (max / low) ** (stop / STOPS)
  const apart = price * ((max / low) ** (1 / STOPS) - 1)
  const step = 10 ** Math.max(0, Math.floor(Math.log10(apart)))
  return Math.min(max, Math.max(min, Math.round(price / step) * step))
}

/** The stop that a slider was moved to, or the next one that way whose price is another. */
export function movedTo(stop: number, price: number, scale: Scale): number {
  const by = Math.sign(stop - stopOf(price, scale))
  let to = stop
  while (by !== 0 && to > 0 && to < STOPS && priceAt(to, scale) === price) to += by
  return to
}

/** The stop that is nearest to a price. */
export function stopOf(price: number, { min, max }: Scale): number {
  if (price <= min) return 0
  if (price >= max) return STOPS
  const low = Math.max(min, 1)
  return Math.round((Math.log(price / low) / Math.log(max / low)) * STOPS)
}
