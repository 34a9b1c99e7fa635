import type { HoldId, Transfer } from '#platform/ledger/transfer'

import { backorder, onHand, sold } from '../accounts.ts'
import type { Held, HoldRequest, ShopStock, StockRefusal } from '../contract.ts'
import { isAlike, partsOf, type Part } from './parts.ts'

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
 * order that is being placed in the order that `plan` has found for them. A bundle has a transfer for
 * each component; those of a line are always of one commit, so it is held, let go or sold whole.
 */
export function shopStock(shelves: Shelves, plan?: Plan): ShopStock {
  return {
    hold(request) {
      const { before } = request
      const isRemade = before !== undefined && !isAlike(before, request)
      // All of it begins anew, so that no part of a line lapses before the others.
      const isNew = request.isNew === true && !isRemade
      return [
        ...(isRemade ? partsOf(before).map(voided) : []),
        ...partsOf(request).map((part) => held(shelves, plan, part, { ...request, isNew })),
      ]
    },
    slide: (line, forSeconds) =>
      partsOf(line).map(({ id }) => ({
        verb: 'extend',
        id,
        forSeconds,
        atMostSeconds: MOST_SECONDS,
      })),
    release: (line) => partsOf(line).map(voided),
    sell: (line) =>
      partsOf(line).map(({ id, sku }) => {
        const refusal: StockRefusal = { code: 'inventory.hold-gone', sku }
        return { verb: 'post', id, to: sold(sku), refusal }
      }),
  }
}

/** Where the hold of each part should look, the first first. */
type Plan = ReadonlyMap<HoldId, readonly string[]>

function held(
  { warehouses, backorders }: Shelves,
  plan: Plan | undefined,
  { id, sku, quantity: amount }: Part,
  { sku: ordered, isNew = false, forSeconds, isPaying = false }: HoldRequest,
): Transfer {
  const refusal: StockRefusal = {
    code: 'inventory.not-enough',
    sku,
    wanted: amount,
    ...(ordered === sku ? {} : { bundle: ordered }),
  }
  const planned = plan?.get(id)
  const from = (planned ?? warehouses).map((code) => onHand(code, sku))
  // The last candidate, so that what is there is sold first.
  if (backorders.has(sku)) from.push(backorder(sku))
  return {
    verb: 'hold',
    id,
    isNew,
    from,
    amount,
    forSeconds,
    ...(isPaying ? {} : { atMostSeconds: MOST_SECONDS }),
    ...(planned === undefined ? {} : { choosesAnew: true }),
    refusal,
  }
}

function voided({ id }: Part): Transfer {
  return { verb: 'void', id }
}

/** The holds that a line is under: one, or one for each component of a bundle. */
export function holdIdsOf(line: Held): readonly HoldId[] {
  return partsOf(line).map(({ id }) => id)
}
