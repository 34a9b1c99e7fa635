import type { DemoShop } from './catalog.ts'

/** Units of one SKU in one warehouse of a shop. */
export interface DemoStock {
  readonly sku: string
  readonly warehouse: string
  readonly quantity: number
}

/** A written number up to this is meant: a sold-out size stays sold out, the last pair the last. */
const SCARCE_UNITS = 3

/** A written number from this on is meant too: a run of exactly 500 has 500 under every seed. */
const HOT_UNITS = 500

/** Every other number moves by at most this part of itself. */
const SPREAD = 0.25

/**
 * What is on the shelves when the demo opens: a row for every variant and warehouse, zeros
 * included; none for bundles, which have no stock of their own. The written numbers vary by up to a quarter around themselves, except those that a
 * story depends on (0 to 3, and 500 or more), and none of them becomes scarce by chance.
 *
 * The same seed gives the same numbers on every machine. Each number depends on the seed, the
 * shop, the SKU and the warehouse alone, so a new product does not move the others'.
 */
export function stockFor(shop: DemoShop, seed: number): DemoStock[] {
  return shop.products.flatMap(({ variants }) =>
    variants
      .filter(({ components }) => components.length === 0)
      .flatMap(({ sku, stock }) =>
        shop.warehouses.map(({ code }) => {
          const draw = mulberry32(hash(`${seed}/${shop.slug}/${sku}/${code}`))
          return { sku, warehouse: code, quantity: vary(stock[code] ?? 0, draw()) }
        }),
      ),
  )
}

/** `drawn` is from 0 up to, not including, 1. */
function vary(written: number, drawn: number): number {
  if (written <= SCARCE_UNITS || written >= HOT_UNITS) return written
  const varied = Math.round(written * (1 + SPREAD * (2 * drawn - 1)))
  return Math.min(Math.max(varied, SCARCE_UNITS + 1), HOT_UNITS - 1)
}

/** FNV-1a, 32 bits, over UTF-16 units; the texts hashed here are ASCII. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return value >>> 0
}

/** Tommy Ettinger's mulberry32: numbers from 0 up to 1, the same for the same seed everywhere. */
export function mulberry32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
