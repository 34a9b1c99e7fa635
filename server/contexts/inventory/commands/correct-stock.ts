import type { Platform } from '#platform/context'
import { accept, refuse } from '#platform/outcome'
import { stream, type Settled } from '#platform/write/commit'
import type { Offers } from '#context/catalog'

import { onHand } from '../accounts.ts'
import type { Corrected, StockCommands, StockRefusal } from '../contract.ts'
import { correct } from '../domain/correcting.ts'
import { stock } from '../domain/stock.ts'
import type { KnownShelves } from '../store/shelves.ts'
import { notOnShelves } from './on-shelves.ts'
import { withHolders } from './take-stock.ts'

export function correctStock(
  { write, reads }: Pick<Platform, 'write' | 'reads'>,
  offers: Offers,
  shelves: KnownShelves,
): StockCommands['correct'] {
  return async (tenant, productId, correction, cause) => {
    const skus = await offers.skusOf(tenant, productId)
    const sku = correction.sku ?? skus[0]
    if (sku === undefined) return refused({ code: 'inventory.unknown-product', productId })
    if (!skus.includes(sku)) return refused({ code: 'inventory.unknown-sku', sku })
    const wrong = await notOnShelves(offers, tenant, [sku])
    if (wrong !== undefined) return refuse(wrong)
    const { places: warehouses } = await shelves.of(tenant)
    const outcome = correct(sku, correction, warehouses)
    if (!outcome.ok) return outcome

    const accounts = warehouses.map(({ code }) => onHand(code, sku))
    const written = await write({
      tenant,
      ...cause,
      streams: { stock: stream(stock, sku) },
      decide: () =>
        accept({
          append: { stock: outcome.value.events },
          transfers: outcome.value.transfers,
          watch: accounts,
          answer: ({ balance }: Settled): Corrected => {
            const levels = warehouses.map(({ code }) => {
              const { posted, held } = balance(onHand(code, sku))
              return { warehouse: code, onHand: posted, held, free: posted - held }
            })
            const free = levels.reduce((all, level) => all + level.free, 0)
            return { sku, stock: free, warehouses: levels }
          },
        }),
    })
    return written.ok ? written : await withHolders(reads, tenant, written)
  }
}

function refused(refusal: StockRefusal) {
  return refuse(refusal)
}
