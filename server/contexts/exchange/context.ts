import type { CatalogChanges, CatalogProducts, Offers } from '#context/catalog'
import type { PriceListCommands, PriceListQueries } from '#context/pricing'
import type { Context, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'

import { beginImport, cancelImport, LARGEST_FILE, READ_ON, type Parts } from './commands/begin.ts'
import type { Targets } from './commands/apply-rows.ts'
import { readOn, type ReadOn } from './commands/read-on.ts'
import { openRehearsal } from './commands/rehearse.ts'
import type { Imports } from './contract.ts'
import { problems } from './http/problems.ts'
import { exchangeRoutes } from './http/routes.ts'
import { exportFile, type Sources } from './queries/export.ts'
import { sweepImports } from './jobs/sweep-imports.ts'
import { importQueries } from './queries/imports.ts'
import { sharedReads } from './store/shared-reads.ts'

/** The commands and questions tables are imported by and exported from. */
export interface TableEnds {
  readonly products: CatalogProducts
  readonly offers: Offers
  readonly create: CatalogChanges['createProduct']
  readonly merge: Targets['merge']
  readonly looks: Targets['looks']
  readonly definitionsOf: Targets['definitionsOf']
  readonly prices: PriceListCommands & PriceListQueries
  readonly stock: Targets['stock'] & { readonly onHandOf: Sources['levels'] }
}

export function openExchange(
  platform: Platform,
  parts: Pick<Parts, 'blobs'> &
    Pick<ReadOn, 'tenantOf'> & {
      readonly tenants: () => Promise<readonly TenantId[]>
      /** Opens the ends over a platform whose writer is watched: nothing else may use them. */
      readonly ends: (watched: Platform) => TableEnds
    },
): { context: Context; imports: Imports } {
  const { blobs, tenantOf, tenants } = parts
  const rehearsal = openRehearsal(platform.write)
  const reads = sharedReads(platform.reads, platform.waiting)
  const ends = parts.ends({ ...platform, reads, write: rehearsal.write })
  const { offers, create, merge, looks, definitionsOf, prices, stock, products } = ends
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
      const found = await stock.onHandOf(tenant.id, [sku])
      return found.get(sku)?.find((level) => level.warehouse === warehouse)?.onHand
    },
  }
  const sources: Sources = {
    products,
    offers,
    levels: (tenant, skus) => stock.onHandOf(tenant, skus),
    lists: (tenant) => prices.lists(tenant),
    prices: (tenant, ask) => prices.prices(tenant, ask),
  }
  const queries = importQueries(platform)
  const own = { ...platform, blobs, view: queries.view }
  const imports: Imports = {
    begin: beginImport(own),
    cancel: cancelImport(own),
    ...queries,
  }
  return {
    context: {
      name: 'exchange',
      routes: exchangeRoutes(imports, exportFile(sources), { limitBytes: LARGEST_FILE }),
      problems,
      jobs: [sweepImports(platform, blobs, tenants)],
      timers: { [READ_ON]: readOn({ ...own, targets, tenantOf }) },
    },
    imports,
  }
}
