import type { Reads } from '#platform/db/reads'
import { balancesOf, holdsOf } from '#platform/ledger/reads'
import { accept, refuse } from '#platform/outcome'
import type { Offers } from '#context/catalog'

import { ON_HAND, warehouseOf } from '../accounts.ts'
import type { Level, StockQueries, StockRefusal } from '../contract.ts'

const HOLDS_SHOWN = 100

export function stockOf(reads: Reads, offers: Offers): StockQueries['stockOf'] {
  return async (tenant, sku) => {
    const unknown: StockRefusal = { code: 'inventory.unknown-sku', sku }
    if (!(await offers.offers(tenant, [sku])).has(sku)) return refuse(unknown)
    const [balances, holds] = await Promise.all([
      balancesOf(reads, tenant, [sku], ON_HAND),
      holdsOf(reads, tenant, sku, HOLDS_SHOWN),
    ])
    const warehouses = balances.map(({ name, posted, held }): Level => ({
      warehouse: warehouseOf(name),
      onHand: posted,
      held,
      free: posted - held,
    }))
    return accept({
      sku,
      stock: warehouses.reduce((all, { free }) => all + free, 0),
      warehouses,
      holds: holds.map(({ id, account, amount, until }) => ({
        holder: holderOf(id),
        warehouse: warehouseOf(account.name),
        quantity: amount,
        until: new Date(until).toISOString(),
      })),
    })
  }
}

/**
 * Tells holders apart without naming them: a cart's id is its buyer's only key, so of
 * `<cart id>/<sku>` no more than the first digits are shown.
 */
export function holderOf(hold: string): string {
  return (hold.split('/')[0] ?? hold).slice(0, 8)
}
