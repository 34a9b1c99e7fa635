import type { HoldId } from '#platform/ledger/transfer'

import { backorder, onHand, sold } from '../accounts.ts'
import type { ShopStock, StockRefusal } from '../contract.ts'

/** No hold is older than an hour before payment starts (INV-03, ruling 9). */
const MOST_SECONDS = 60 * 60

/** What a shop sells from. */
export interface Shelves {
  /** Codes in the order of preference. */
  readonly warehouses: readonly string[]
  /** SKUs that were ever sold before they were there. */
  readonly backorders: ReadonlySet<string>
}

/**
 * The transfers of a sale, over the warehouses in their order of preference, or for the lines of an
 * order that is being placed in the order that `plan` has found for them.
 */
export function shopStock(
  { warehouses, backorders }: Shelves,
  plan?: ReadonlyMap<HoldId, readonly string[]>,
): ShopStock {
  return {
    hold({ id, isNew = false, sku, quantity, forSeconds, isPaying = false }) {
      const refusal: StockRefusal = { code: 'inventory.not-enough', sku, wanted: quantity }
      const planned = plan?.get(id)
      const from = (planned ?? warehouses).map((code) => onHand(code, sku))
      // The last candidate, so that what is there is sold first.
      if (backorders.has(sku)) from.push(backorder(sku))
      return {
        verb: 'hold',
        id,
        isNew,
        from,
        amount: quantity,
        forSeconds,
        ...(isPaying ? {} : { atMostSeconds: MOST_SECONDS }),
        ...(planned === undefined ? {} : { choosesAnew: true }),
        refusal,
      }
    },
    slide: (id, forSeconds) => ({ verb: 'extend', id, forSeconds, atMostSeconds: MOST_SECONDS }),
    release: (id) => ({ verb: 'void', id }),
    sell(id, sku) {
      const refusal: StockRefusal = { code: 'inventory.hold-gone', sku }
      return { verb: 'post', id, to: sold(sku), refusal }
    },
  }
}
