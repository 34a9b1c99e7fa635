import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'
import type { Offers } from '#context/catalog'

import { onHand, suppliers } from '../accounts.ts'
import type { GoodsReceived, StockCommands, StockRefusal, Warehouse } from '../contract.ts'
import { stock } from '../domain/stock.ts'

/** A delivery is taken as counted: what the supplier's note says is the supplier's problem. */
export function receiveGoods(
  { write }: Pick<Platform, 'write'>,
  offers: Offers,
  warehousesOf: (tenant: TenantId) => Promise<readonly Warehouse[]>,
): StockCommands['receive'] {
  return async (tenant, delivery, cause) => {
    const { sku, warehouse, quantity } = delivery
    if (!(await offers.offers(tenant, [sku])).has(sku)) {
      return refused({ code: 'inventory.unknown-sku', sku })
    }
    if (!(await warehousesOf(tenant)).some(({ code }) => code === warehouse)) {
      return refused({ code: 'inventory.unknown-warehouse', warehouse })
    }
    const received: GoodsReceived = { type: 'inventory.goods-received', ...delivery }
    const refusal: StockRefusal = { code: 'inventory.not-enough', sku, wanted: quantity }
    return write({
      tenant,
      ...cause,
      streams: { stock: stream(stock, sku) },
      decide: () =>
        accept({
          append: { stock: [received] },
          transfers: [
            {
              verb: 'move',
              from: suppliers(sku),
              to: onHand(warehouse, sku),
              amount: quantity,
              refusal,
            },
          ],
          answer: ({ balance }) => {
            const { posted, held } = balance(onHand(warehouse, sku))
            return { warehouse, onHand: posted, held, free: posted - held }
          },
        }),
    })
  }
}

function refused(refusal: StockRefusal) {
  return refuse(refusal)
}
