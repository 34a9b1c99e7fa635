import type { CatalogProducts, Offers } from '#context/catalog'
import type { Availabilities, BundlesOf } from '#context/inventory'
import type { Tail } from '#platform/cache/tail'
import type { Context, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { known } from '#platform/known'

import { openEngine } from './adapters/open-engine.ts'
import { interestCommands } from './commands/interests.ts'
import { openSearchCounts } from './commands/note-searches.ts'
import { openRefresh } from './commands/refresh.ts'
import { synonymCommands } from './commands/synonyms.ts'
import type { SearchIndexing, SearchQueries } from './contract.ts'
import { synonymTerms } from './domain/synonyms.ts'
import { deskRoutes, type Desk } from './http/desk-routes.ts'
import { problems } from './http/problems.ts'
import { searchRoutes } from './http/search-routes.ts'
import { forgetSearchesJob } from './jobs/forget-searches.ts'
import { lookThrough } from './jobs/look-through.ts'
import { builtInEngine } from './queries/built-in-engine.ts'
import { entryChanges } from './queries/entry-changes.ts'
import { searchFigures } from './queries/figures.ts'
import { openIndexes } from './queries/indexes.ts'
import { openLiking } from './queries/liking.ts'
import { withSaid, type SaidParts } from './queries/said.ts'
import { openSearch } from './queries/search.ts'
import { openStirring } from './queries/stirring.ts'
import { openStockLooks } from './queries/stock-looks.ts'
import { openSuggest } from './queries/suggest.ts'
import { onCatalog } from './reactions/on-catalog.ts'
import { onOrder } from './reactions/on-order.ts'
import { onStock } from './reactions/on-stock.ts'
import { queriesOfDay } from './store/searches.ts'
import { allSynonyms } from './store/synonyms.ts'

export interface SearchPorts extends SaidParts {
  readonly products: CatalogProducts
  readonly offers: Offers
  readonly availabilities: Availabilities
  readonly bundles: BundlesOf
  readonly tenants: () => Promise<readonly TenantId[]>
  /** The end of the log, where requests are served. */
  readonly tail?: Tail | undefined
}

/** What is remembered of a shop's synonyms, for so long; a change by this process is seen at once. */
const SYNONYMS_FRESH_MS = 10_000

/** Opened after the catalog and the stock levels, which it reads. */
export function openSearchContext(
  platform: Pick<Platform, 'config' | 'write' | 'reads' | 'clock' | 'ids' | 'waiting' | 'log'>,
  ports: SearchPorts,
): { context: Context; queries: SearchQueries; indexing: SearchIndexing } {
  const { reads, clock } = platform
  const stirring = openStirring(clock, ports.tail)
  const indexes = openIndexes(platform, stirring, platform.config.searchMemoryMb * 1024 * 1024)
  const engine = openEngine(platform, builtInEngine(indexes), entryChanges(platform))
  const looks = openStockLooks(platform, ports)
  const refresh = openRefresh(platform, ports)
  const counts = openSearchCounts(platform)
  const interests = interestCommands(platform)
  const liking = openLiking(platform)
  const synonyms = known(clock, SYNONYMS_FRESH_MS, async (tenant) => {
    const all = await allSynonyms(reads, tenant)
    return { synonyms: all, terms: synonymTerms(all) }
  })
  const termsOf = async (tenant: TenantId) => (await synonyms.of(tenant)).terms
  const commands = synonymCommands(platform, synonyms)

  const search = openSearch(platform, { engine, looks, synonyms: termsOf, liking: liking.of })
  const queries: SearchQueries = {
    search: withSaid(search, ports),
    suggest: openSuggest(platform, { engine, looks, synonyms: termsOf }),
  }
  const desk: Desk = {
    synonyms: (tenant) => allSynonyms(reads, tenant),
    addSynonym: commands.add,
    removeSynonym: commands.remove,
    async statistics(tenant, { day, ...ask }) {
      const asked = day ?? new Date(clock.now()).toISOString().slice(0, 10)
      return { day: asked, items: await queriesOfDay(reads, tenant, { day: asked, ...ask }) }
    },
    async clicked(tenant, { text, productId, userId }) {
      counts.clicked(tenant, text)
      if (userId !== undefined) await interests.looked(tenant, userId, productId)
    },
    async forgetInterests(tenant, userId) {
      await interests.forget(tenant, userId)
      liking.forget(tenant, userId)
    },
  }
  return {
    context: {
      name: 'search',
      routes: [...searchRoutes(queries, counts.sought), ...deskRoutes(desk)],
      problems,
      figures: searchFigures({ indexes, engine, search, looks }),
      subscriptions: [
        ...onCatalog(platform, { ...ports, refresh }),
        onStock(platform, { ...ports, refresh }),
        onOrder(platform),
      ],
      jobs: [
        lookThrough(platform, refresh, ports.tenants),
        forgetSearchesJob(platform, ports.tenants),
      ],
    },
    queries,
    indexing: {
      async rebuild(tenant) {
        const changed = await refresh.everything(tenant)
        await engine.renew(tenant)
        return changed
      },
    },
  }
}
