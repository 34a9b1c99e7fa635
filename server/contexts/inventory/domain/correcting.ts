import type { Transfer } from '#platform/ledger/transfer'
import { accept, refuse, type Outcome } from '#platform/outcome'

import { corrected, counted, onHand } from '../accounts.ts'
import type { Correction, StockEvent, StockRefusal, Warehouse } from '../contract.ts'

/** What a correction does: facts for the stream of the SKU, transfers for the ledger. */
export interface Corrections {
  readonly events: readonly StockEvent[]
  readonly transfers: readonly Transfer[]
}

/**
 * A quantity without a warehouse is that of the whole shop: the main warehouse gets all of it and
 * the others are counted to zero. A quantity or a delta with a warehouse is of that one alone, and
 * a delta without one is of the main one.
 */
export function correct(
  sku: string,
  { quantity, delta, warehouse, reason }: Correction,
  warehouses: readonly Warehouse[],
): Outcome<Corrections, StockRefusal> {
  const main = warehouses.find(({ isMain }) => isMain)?.code
  const place = warehouse ?? main
  if (place === undefined || !warehouses.some(({ code }) => code === place)) {
    return refuse({ code: 'inventory.unknown-warehouse', warehouse: place ?? 'main' })
  }
  if (quantity === undefined) return accept(shift(sku, place, delta ?? 0, reason))

  const others = warehouse === undefined ? warehouses.filter(({ code }) => code !== place) : []
  const counts = [{ code: place, quantity }, ...others.map(({ code }) => ({ code, quantity: 0 }))]
  return accept({
    events: counts.map((each) => ({
      type: 'inventory.stock-counted',
      sku,
      warehouse: each.code,
      quantity: each.quantity,
      reason,
    })),
    transfers: counts.map((each) => ({
      verb: 'count',
      account: onHand(each.code, sku),
      amount: each.quantity,
      against: counted(sku),
      refusal: refusalOf({
        code: 'inventory.held',
        sku,
        warehouse: each.code,
        wanted: each.quantity,
      }),
    })),
  })
}

function shift(sku: string, warehouse: string, delta: number, reason: string): Corrections {
  if (delta === 0) return { events: [], transfers: [] }
  const here = onHand(warehouse, sku)
  const there = corrected(sku)
  return {
    events: [{ type: 'inventory.stock-corrected', sku, warehouse, delta, reason }],
    transfers: [
      {
        verb: 'move',
        from: delta > 0 ? there : here,
        to: delta > 0 ? here : there,
        amount: Math.abs(delta),
        refusal: refusalOf({ code: 'inventory.not-enough', sku, wanted: Math.abs(delta) }),
      },
    ],
  }
}

/** Checks a refusal against the contract before it disappears into a transfer. */
function refusalOf(refusal: StockRefusal): StockRefusal {
  return refusal
}
