import type { Context, Platform } from '#platform/context'
import { inSteps } from '#platform/process'
import type { Offers } from '#context/catalog'

import { changeRules } from './commands/change-rules.ts'
import { correctStock } from './commands/correct-stock.ts'
import { openWarehouse } from './commands/open-warehouse.ts'
import { receiveGoods } from './commands/receive-goods.ts'
import { stockForSale } from './commands/sell.ts'
import { takeStock } from './commands/take-stock.ts'
import { transferStock } from './commands/transfer-stock.ts'
import type { Availabilities, BundlesOf, Stock, StockCommands, StockLevels } from './contract.ts'
import type { StockQueries, StockTakes, StockTransfers } from './contract/desk.ts'
import { stockSteps, stockTakeSteps, transferSteps } from './domain/steps.ts'
import { problems } from './http/problems.ts'
import { stockRoutes } from './http/routes.ts'
import { ruleRoutes } from './http/rule-routes.ts'
import { stockTakeRoutes } from './http/stock-take-routes.ts'
import { transferRoutes } from './http/transfer-routes.ts'
import { knowBundles } from './projections/bundles.ts'
import { availabilities } from './queries/availability.ts'
import { bundlesOf } from './queries/bundles-of.ts'
import { freeUnits } from './queries/free-units.ts'
import { stockMovements } from './queries/movements-of.ts'
import { listLowStock, settingsOfShop } from './queries/rules-of.ts'
import { onHandOf } from './queries/on-hand-of.ts'
import { stockOf } from './queries/stock-of.ts'
import { findStockTake, listStockTakes } from './queries/stock-takes-of.ts'
import { findTransfer, listTransfers } from './queries/transfers-of.ts'
import { onMovement } from './reactions/on-movement.ts'
import { openShelves } from './store/shelves.ts'

/** What the catalog needs of inventory; it exists before the catalog, inventory itself after it. */
export function openStockLevels({ reads }: Pick<Platform, 'reads'>): StockLevels {
  return { freeUnits: freeUnits(reads) }
}

/** How the stock of SKUs is told to people: in words. */
export function openAvailabilities(platform: Pick<Platform, 'reads' | 'clock'>): Availabilities {
  return availabilities(platform, freeUnits(platform.reads))
}

/** Which bundles a SKU is in. */
export function openBundlesOf(platform: Pick<Platform, 'reads' | 'clock'>): BundlesOf {
  return bundlesOf(platform)
}

export function openInventory(
  given: Pick<Platform, 'reads' | 'write' | 'ids' | 'clock' | 'waiting'>,
  { offers, levels }: { offers: Offers; levels: StockLevels },
): { context: Context; stock: Stock; commands: StockCommands; queries: StockQueries } {
  const processes = [transferSteps, stockTakeSteps, stockSteps]
  const platform = { ...given, write: inSteps(processes, given.write) }
  const { reads } = platform
  const shelves = openShelves(platform)
  const warehouses: StockQueries['warehouses'] = async (tenant) => (await shelves.of(tenant)).places
  const commands: StockCommands = {
    receive: receiveGoods(platform, offers, shelves),
    correct: correctStock(platform, offers, shelves),
    openWarehouse: openWarehouse(platform, shelves),
  }
  const queries: StockQueries = {
    warehouses,
    stockOf: stockOf(platform, { offers, levels }),
    onHandOf: onHandOf(reads),
    movementsOf: stockMovements(reads, offers, warehouses),
    settings: settingsOfShop(shelves),
    lowStock: listLowStock(reads),
  }
  const transfers: StockTransfers = {
    ...transferStock(platform, offers, shelves),
    list: listTransfers(reads),
    find: findTransfer(reads),
  }
  const takes: StockTakes = {
    ...takeStock(platform, offers, shelves),
    list: listStockTakes(reads),
    find: findStockTake(reads),
  }
  const routes = [
    ...stockRoutes(commands, queries),
    ...ruleRoutes(changeRules(platform, offers, shelves), queries),
    ...transferRoutes(transfers),
    ...stockTakeRoutes(takes),
  ]
  const subscriptions = [onMovement(platform, shelves), knowBundles]
  return {
    context: { name: 'inventory', routes, problems, subscriptions, processes },
    stock: { ...stockForSale(platform, shelves), ...levels },
    commands,
    queries,
  }
}
