import type { CatalogChanges, CatalogProducts, Offers } from '#context/catalog'
import type { PriceListCommands, PriceListQueries } from '#context/pricing'
import type { Context, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { perTick } from '#platform/per-tick'

import { httpsSource } from './adapters/https-source.ts'
import { allPrices } from './commands/all-prices.ts'
import { beginImport, cancelImport, LARGEST_FILE, READ_ON, type Parts } from './commands/begin.ts'
import type { Targets } from './commands/apply-rows.ts'
import { fire, FIRE, onAlarm, RUN_ON, runSchedule } from './commands/fire.ts'
import { readOn, type ReadOn } from './commands/read-on.ts'
import { openRehearsal } from './commands/rehearse.ts'
import { runOn, type RunParts } from './commands/run-on.ts'
import { changeSchedule, createSchedule, removeSchedule } from './commands/set-schedule.ts'
import type { Imports, Schedules } from './contract.ts'
import { problems } from './http/problems.ts'
import { exchangeRoutes } from './http/routes.ts'
import { scheduleRoutes } from './http/schedule-routes.ts'
import { exportFile, type Sources } from './queries/export.ts'
import { sweepImports } from './jobs/sweep-imports.ts'
import { wakeSchedules } from './jobs/wake-schedules.ts'
import { importQueries } from './queries/imports.ts'
import { scheduleQueries } from './queries/schedules.ts'
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

type ExchangeParts = Pick<Parts, 'blobs'> &
  Pick<ReadOn, 'tenantOf'> & {
    readonly tenants: () => Promise<readonly TenantId[]>
    /** Opens the ends over a platform whose writer is watched: nothing else may use them. */
    readonly ends: (watched: Platform) => TableEnds
  }

export function openExchange(
  platform: Platform,
  parts: ExchangeParts,
): { context: Context; imports: Imports } {
  const { blobs, tenantOf, tenants } = parts
  const { targets, sources } = openEnds(platform, parts)
  const queries = importQueries(platform)
  const own = { ...platform, blobs, view: queries.view }
  const imports: Imports = {
    begin: beginImport(own),
    cancel: cancelImport(own),
    ...queries,
  }
  const tableOf = exportFile(sources)
  const planned = openSchedules(platform, parts, tableOf)
  return {
    context: {
      name: 'exchange',
      routes: [
        ...exchangeRoutes(imports, tableOf, { limitBytes: LARGEST_FILE }),
        ...scheduleRoutes(planned.schedules),
      ],
      problems,
      jobs: [sweepImports(platform, blobs, tenants), ...planned.jobs],
      timers: { [READ_ON]: readOn({ ...own, targets, tenantOf }), ...planned.timers },
    },
    imports,
  }
}

/** What rows are applied to, and what exports are made of. */
function openEnds(
  platform: Platform,
  { ends }: Pick<ExchangeParts, 'ends'>,
): { readonly targets: Targets; readonly sources: Sources } {
  const rehearsal = openRehearsal(platform.write)
  const reads = sharedReads(platform.reads, platform.waiting)
  const opened = ends({ ...platform, reads, write: rehearsal.write })
  const { offers, create, merge, looks, definitionsOf, prices, stock, products } = opened
  const levels = perTick(platform.waiting, stock.onHandOf)
  const targets: Targets = {
    rehearsal,
    offers,
    create,
    merge,
    looks,
    definitionsOf,
    prices: allPrices({ prices, offers, merge }),
    stock,
    async onHand(tenant, sku, warehouse) {
      const found = await levels(tenant.id, [sku])
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
  return { targets, sources }
}

/** Tables that come and go by themselves. */
function openSchedules(
  platform: Platform,
  { blobs, tenantOf, tenants }: ExchangeParts,
  tableOf: RunParts['tableOf'],
): Required<Pick<Context, 'jobs' | 'timers'>> & { readonly schedules: Schedules } {
  const source = httpsSource({
    waiting: platform.waiting,
    ownHosts: platform.config.tableSourceHosts,
  })
  const queries = scheduleQueries(platform, blobs)
  const planning = { ...platform, source, tenantOf, view: queries.view }
  const begin = fire(planning)
  return {
    schedules: {
      create: createSchedule(planning),
      change: changeSchedule(planning),
      remove: removeSchedule(platform),
      run: runSchedule(planning),
      ...queries,
    },
    jobs: [wakeSchedules(platform, tenants, begin)],
    timers: {
      [FIRE]: onAlarm(begin),
      [RUN_ON]: runOn({ ...platform, blobs, source, tenantOf, tableOf }),
    },
  }
}
