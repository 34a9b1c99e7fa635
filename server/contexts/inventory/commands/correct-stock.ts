import type { Platform } from '#platform/context'
import { accept, refuse } from '#platform/outcome'
import { stream } from '#platform/write/commit'
import type { Offers } from '#context/catalog'

import { onHand } from '../accounts.ts'
import type { Corrected, StockCommands, StockRefusal, Warehouse } from '../contract.ts'
import { correct } from '../domain/correcting.ts'
import { stock } from '../domain/stock.ts'

export function correctStock(
  { write }: Pick<Platform, 'write'>,
  offers: Offers,
  warehousesOf: (tenant: Parameters<StockCommands['correct']>[0]) => Promise<readonly Warehouse[]>,
): StockCommands['correct'] {
  return async (tenant, productId, correction, cause) => {
    const skus = await offers.skusOf(tenant, productId)
    const sku = correction.sku ?? skus[0]
    if (sku === undefined) return refused({ code: 'inventory.unknown-product', productId })
    if (!skus.includes(sku)) return refused({ code: 'inventory.unknown-sku', sku })
    const warehouses = await warehousesOf(tenant)
    const outcome = correct(sku, correction, warehouses)
    if (!outcome.ok) return outcome

    const accounts = warehouses.map(({ code }) => onHand(code, sku))
    return write({
      tenant,
      ...cause,
      streams: { stock: stream(stock, sku) },
      decide: () =>
        accept({
          append: { stock: outcome.value.events },
          transfers: outcome.value.transfers,
          watch: accounts,
          answer: ({ balance }): Corrected => {
            const levels = warehouses.map(({ code }) => {
              const { posted, held } = balance(onHand(code, sku))
              return { warehouse: code, onHand: posted, held, free: posted - held }
            })
            const free = levels.reduce((all, level) => all + level.free, 0)
            return { sku, stock: free, warehouses: levels }
          },
        }),
    })
  }
}

function refused(refusal: StockRefusal) {
  return refuse(refusal)
}
