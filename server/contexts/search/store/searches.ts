import type { Reads } from '#platform/db/reads'
import { statement } from '#platform/db/statement'
import type { Id, TenantId } from '#platform/ids'
import type { Write } from '#platform/write/commit'

import type { SearchStatistic } from '../contract.ts'
import { searchTable } from './tables.ts'

interface SearchRow {
  readonly day: string
  readonly query: string
  readonly id: Id
  readonly times: number
  readonly found_nothing: number
  readonly clicks: number
}

const columns = `to_char(day, 'YYYY-MM-DD') as day, query, id, times, found_nothing, clicks`

const ofDay = (order: string, which: string) =>
  `select query, sum(times)::float8 as times, sum(found_nothing)::float8 as "foundNothing",
     sum(clicks)::float8 as clicks
   from search.searches where tenant_id = $1 and day = $2::date
   group by query having ${which} order by ${order} desc, query limit $3`

const topQueries = statement<SearchStatistic>(
  'search.top-queries',
  ofDay('sum(times)', 'sum(times) > 0'),
)

const emptyQueries = statement<SearchStatistic>(
  'search.empty-queries',
  ofDay('sum(found_nothing)', 'sum(found_nothing) > 0'),
)

/** What was sought most on a day, or sought most in vain. */
export function queriesOfDay(
  reads: Reads,
  tenant: TenantId,
  ask: { readonly day: string; readonly limit: number; readonly isInVain: boolean },
): Promise<SearchStatistic[]> {
  return reads.read(tenant, ask.isInVain ? emptyQueries : topQueries, [tenant, ask.day, ask.limit])
}

const before = statement<SearchRow>(
  'search.searches-before',
  `select ${columns} from search.searches where tenant_id = $1 and day < $2::date
   order by day limit $3`,
)

export function searchesBefore(reads: Reads, tenant: TenantId, day: string, limit: number) {
  return reads.read(tenant, before, [tenant, day, limit])
}

const fromQuery = statement<SearchRow>(
  'search.searches-from',
  `select ${columns} from search.searches
   where tenant_id = $1 and day = $2::date and query > $3 order by query, id limit $4`,
)

/** Rows of a day behind a query, in the order of queries. */
export function searchesFrom(
  reads: Reads,
  tenant: TenantId,
  day: string,
  query: string,
  limit: number,
): Promise<SearchRow[]> {
  return reads.read(tenant, fromQuery, [tenant, day, query, limit])
}

export function insertSearches(row: SearchRow): Write {
  return { table: searchTable, verb: 'insert', row: { ...row } }
}

export function forgetSearches({ day, query, id }: SearchRow): Write {
  return { table: searchTable, verb: 'delete', row: { day, query, id } }
}

export type { SearchRow }
