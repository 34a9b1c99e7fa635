import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { balancesOf } from '#platform/ledger/reads'
import type { Transfer } from '#platform/ledger/transfer'
import { accept } from '#platform/outcome'
import { stream, type Write } from '#platform/write/commit'

import { backorder, BACKORDER, ON_HAND, onHand, warehouseOf } from '../accounts.ts'
import type { BackorderFilled, BackorderReturned, StockRefusal } from '../contract.ts'
import { fillable, surplus, type BackorderBooks } from '../domain/owing.ts'
import { stock } from '../domain/stock.ts'
import { backorderOf, skuSettings } from '../store/settings.ts'
import type { KnownShelves } from '../store/shelves.ts'

interface Parts {
  readonly events: readonly (BackorderFilled | BackorderReturned)[]
  readonly transfers: readonly Transfer[]
  readonly rows: readonly Write[]
}

/** Parts of a commit that gives units at hand in a warehouse to those who have bought them already. */
export function filling(
  sku: string,
  warehouse: string,
  books: BackorderBooks | undefined,
  filledNow: number,
  atHand: number,
): Parts {
  const quantity = books === undefined ? 0 : fillable(books, filledNow, atHand)
  if (quantity === 0) return { events: [], transfers: [], rows: [] }
  const refusal: StockRefusal = { code: 'inventory.not-enough', sku, wanted: quantity }
  return {
    events: [{ type: 'inventory.backorder-filled', sku, warehouse, quantity }],
    transfers: [
      {
        verb: 'move',
        from: onHand(warehouse, sku),
        to: backorder(sku),
        amount: quantity,
        refusal,
      },
    ],
    rows: [
      {
        table: skuSettings,
        verb: 'upsert',
        row: { sku, backorder_filled: filledNow + quantity },
      },
    ],
  }
}

/** The other way: units that nobody waits for any more go on a shelf. */
function returning(
  sku: string,
  warehouse: string,
  books: BackorderBooks,
  filledNow: number,
): Parts {
  const quantity = surplus(books, filledNow)
  if (quantity === 0) return { events: [], transfers: [], rows: [] }
  const refusal: StockRefusal = { code: 'inventory.not-enough', sku, wanted: quantity }
  const [from, to] = [backorder(sku), onHand(warehouse, sku)]
  return {
    events: [{ type: 'inventory.backorder-returned', sku, warehouse, quantity }],
    transfers: [{ verb: 'move', from, to, amount: quantity, refusal }],
    rows: [
      { table: skuSettings, verb: 'upsert', row: { sku, backorder_filled: filledNow - quantity } },
    ],
  }
}

/**
 * Fills what is owed of a SKU from whatever is free, warehouse by warehouse: for units that came
 * otherwise than by a receipt, were let go by a buyer, or were free when the owed ones were paid. What
 * came for an order that was given back goes on the shelf that is preferred. Safe to run twice.
 */
export function fillBackorders(
  { reads, write }: Pick<Platform, 'reads' | 'write'>,
  shelves: KnownShelves,
): (tenant: TenantId, sku: string, caller: string, key: string) => Promise<void> {
  return async (tenant, sku, caller, key) => {
    const { backorders, warehouses } = await shelves.of(tenant)
    if (!backorders.has(sku)) return
    const [books, levels] = await Promise.all([
      backorderOf(reads, tenant, sku, BACKORDER),
      balancesOf(reads, tenant, [sku], ON_HAND),
    ])
    if (books === undefined) return
    // Refused when somebody was faster; what then becomes free is heard of again.
    const change = (what: string, parts: (filledNow: number) => Parts) =>
      write({
        tenant,
        caller,
        key: `${key}/${what}`,
        fingerprint: 'fill',
        streams: { stock: stream(stock, sku) },
        decide({ stock: { filled } }) {
          const { events, transfers, rows } = parts(filled)
          return accept({ append: { stock: events }, transfers, rows, answer: null })
        },
      })

    const [preferred] = warehouses
    if (preferred !== undefined && surplus(books, books.filled) > 0) {
      await change('return', (filledNow) => returning(sku, preferred, books, filledNow))
      return
    }
    for (const { name, posted, held } of levels) {
      const free = posted - held
      if (fillable(books, books.filled, free) === 0) continue
      const warehouse = warehouseOf(name)
      await change(`fill/${warehouse}`, (filledNow) =>
        filling(sku, warehouse, books, filledNow, free),
      )
    }
  }
}
