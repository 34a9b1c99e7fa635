import type { Platform } from '#platform/context'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'
import type { Offers } from '#context/catalog'

import { BACKORDER, onHand, suppliers } from '../accounts.ts'
import type { GoodsReceived, StockCommands, StockRefusal } from '../contract.ts'
import { stock } from '../domain/stock.ts'
import { backorderOf } from '../store/settings.ts'
import type { KnownShelves } from '../store/shelves.ts'
import { filling } from './fill-backorders.ts'
import { notOnShelves } from './on-shelves.ts'

/**
 * A delivery is taken as counted: what the supplier's note says is the supplier's problem. Who bought
 * before it was there gets it first, in the same commit.
 */
export function receiveGoods(
  { write, reads }: Pick<Platform, 'write' | 'reads'>,
  offers: Offers,
  shelves: KnownShelves,
): StockCommands['receive'] {
  return async (tenant, delivery, cause) => {
    const { sku, warehouse, quantity } = delivery
    const wrong = await notOnShelves(offers, tenant, [sku])
    if (wrong !== undefined) return refuse(wrong)
    const { warehouses, backorders } = await shelves.of(tenant)
    if (!warehouses.includes(warehouse)) {
      return refused({ code: 'inventory.unknown-warehouse', warehouse })
    }
    const books = backorders.has(sku) ? await backorderOf(reads, tenant, sku, BACKORDER) : undefined
    const received: GoodsReceived = { type: 'inventory.goods-received', ...delivery }
    const refusal: StockRefusal = { code: 'inventory.not-enough', sku, wanted: quantity }
    const place = onHand(warehouse, sku)
    return write({
      tenant,
      ...cause,
      streams: { stock: stream(stock, sku) },
      decide({ stock: before }) {
        const filled = filling(sku, warehouse, books, before.filled, quantity)
        return accept({
          append: { stock: [received, ...filled.events] },
          transfers: [
            { verb: 'move', from: suppliers(sku), to: place, amount: quantity, refusal },
            ...filled.transfers,
          ],
          rows: filled.rows,
          answer: ({ balance }) => {
            const { posted, held } = balance(place)
            return { warehouse, onHand: posted, held, free: posted - held }
          },
        })
      },
    })
  }
}

function refused(refusal: StockRefusal) {
  return refuse(refusal)
}
