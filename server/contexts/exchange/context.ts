import type { CatalogChanges, CatalogProducts, Offers } from '#context/catalog'
import type { Level } from '#context/inventory'
import type { PriceListCommands, PriceListQueries } from '#context/pricing'
import type { Context, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import type { Outcome } from '#platform/outcome'

import { beginImport, cancelImport, LARGEST_FILE, READ_ON, type Parts } from './commands/begin.ts'
import type { Targets } from './commands/apply-rows.ts'
import { readOn, type ReadOn } from './commands/read-on.ts'
import { openRehearsal } from './commands/rehearse.ts'
import type { Imports } from './contract.ts'
import { problems } from './http/problems.ts'
import { exchangeRoutes } from './http/routes.ts'
import type { Sources } from './queries/export.ts'
import { importQueries } from './queries/imports.ts'

/** The commands and questions tables are imported by and exported from. */
export interface TableEnds {
  readonly products: CatalogProducts
  readonly offers: Offers
  readonly create: CatalogChanges['createProduct']
  readonly merge: Targets['merge']
  readonly looks: Targets['looks']
  readonly definitionsOf: Targets['definitionsOf']
  readonly prices: PriceListCommands & PriceListQueries
  readonly stock: Targets['stock'] & { readonly stockOf: StockOf }
}

/** What inventory says of one SKU; only what is on hand is asked for. */
type StockOf = (
  tenant: TenantId,
  sku: string,
) => Promise<Outcome<{ readonly warehouses: readonly Level[] }>>

export function openExchange(
  platform: Platform,
  parts: Pick<Parts, 'blobs'> &
    Pick<ReadOn, 'tenantOf'> & {
      /** Opens the ends over a platform whose writer is watched: nothing else may use them. */
      readonly ends: (watched: Platform) => TableEnds
    },
): { context: Context; imports: Imports } {
  const { blobs, tenantOf } = parts
  const rehearsal = openRehearsal(platform.write)
  const ends = parts.ends({ ...platform, write: rehearsal.write })
  const { offers, create, merge, looks, definitionsOf, prices, stock, products } = ends
  const levels: Sources['levels'] = async ({ id }, sku) => {
    const found = await stock.stockOf(id, sku)
    return found.ok ? found.value.warehouses : []
  }
  const targets: Targets = {
    rehearsal,
    offers,
    create,
    merge,
    looks,
    definitionsOf,
    prices,
    stock,
    async onHand(tenant, sku, warehouse) {
      const found = await levels(tenant, sku)
      return found.find((level) => level.warehouse === warehouse)?.onHand
    },
  }
  const sources: Sources = {
    products,
    offers,
    levels,
    lists: (tenant) => prices.lists(tenant),
    prices: (tenant, ask) => prices.prices(tenant, ask),
  }
  const own = { ...platform, blobs }
  const imports: Imports = {
    begin: beginImport(own),
    cancel: cancelImport(own),
    ...importQueries(platform),
  }
  return {
    context: {
      name: 'exchange',
      routes: exchangeRoutes(imports, sources, { limitBytes: LARGEST_FILE }),
      problems,
      timers: { [READ_ON]: readOn({ ...own, targets, tenantOf }) },
    },
    imports,
  }
}
