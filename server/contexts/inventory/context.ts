import type { Context, Platform } from '#platform/context'
import type { Offers } from '#context/catalog'

import { correctStock } from './commands/correct-stock.ts'
import { openWarehouse } from './commands/open-warehouse.ts'
import { receiveGoods } from './commands/receive-goods.ts'
import { stockForSale } from './commands/sell.ts'
import type { Stock, StockCommands, StockLevels, StockQueries } from './contract.ts'
import { problems } from './http/problems.ts'
import { stockRoutes } from './http/routes.ts'
import { freeUnits } from './queries/free-units.ts'
import { stockMovements } from './queries/movements-of.ts'
import { stockOf } from './queries/stock-of.ts'
import { openWarehouses } from './store/warehouses.ts'

/** What the catalog needs of inventory; it exists before the catalog, inventory itself after it. */
export function openStockLevels({ reads }: Pick<Platform, 'reads'>): StockLevels {
  return { freeUnits: freeUnits(reads) }
}

export function openInventory(
  platform: Pick<Platform, 'reads' | 'write'>,
  { offers, levels }: { offers: Offers; levels: StockLevels },
): { context: Context; stock: Stock; commands: StockCommands } {
  const known = openWarehouses(platform.reads)
  const warehouses = known.of
  const commands: StockCommands = {
    receive: receiveGoods(platform, offers, warehouses),
    correct: correctStock(platform, offers, warehouses),
    openWarehouse: openWarehouse(platform, known),
  }
  const queries: StockQueries = {
    warehouses,
    stockOf: stockOf(platform.reads, offers),
    movementsOf: stockMovements(platform.reads, offers, warehouses),
  }
  return {
    context: { name: 'inventory', routes: stockRoutes(commands, queries), problems },
    stock: { of: stockForSale(warehouses), ...levels },
    commands,
  }
}
