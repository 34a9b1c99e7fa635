import type { Job, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'

import { commitRows } from '../commands/commit.ts'
import { forgetInterest, interestRowsBefore } from '../store/interests.ts'
import {
  forgetSearches,
  insertSearches,
  searchesBefore,
  searchesFrom,
  type SearchRow,
} from '../store/searches.ts'

const DAY_MS = 86_400_000

/** What was sought is kept for so long, what a user likes for so long (SRC-06, SRC-10). */
const SEARCH_DAYS = 60
const INTEREST_DAYS = 90

const AT_ONCE = 500
const COMMITS_A_RUN = 20

/** Forgets what is old, and makes one row of the many that one query of yesterday was counted in. */
export function forgetSearchesJob(
  platform: Pick<Platform, 'write' | 'reads' | 'ids' | 'clock'>,
  shops: () => Promise<readonly TenantId[]>,
): Job {
  const { reads, clock } = platform
  const dayOf = (daysAgo: number): string =>
    new Date(clock.now() - daysAgo * DAY_MS).toISOString().slice(0, 10)

  async function forget(tenant: TenantId): Promise<void> {
    const before = new Date(clock.now() - INTEREST_DAYS * DAY_MS).toISOString()
    for (let commits = 0; commits < COMMITS_A_RUN; commits += 1) {
      const old = await interestRowsBefore(reads, tenant, before, AT_ONCE)
      const sought = await searchesBefore(reads, tenant, dayOf(SEARCH_DAYS), AT_ONCE)
      const rows = [...old.map(forgetInterest), ...sought.map(forgetSearches)]
      if (rows.length === 0) return
      await commitRows(platform, tenant, 'job/search.forget', rows)
    }
  }

  async function join(tenant: TenantId, day: string): Promise<void> {
    for (let query = ''; ;) {
      const rows = await searchesFrom(reads, tenant, day, query, AT_ONCE)
      const groups = Map.groupBy(rows, (row) => row.query)
      const last = rows.at(-1)
      // The last query may go on behind this page; alone on the page it is joined as far as it goes.
      if (rows.length === AT_ONCE && groups.size > 1 && last !== undefined)
        groups.delete(last.query)
      const many = [...groups.values()].filter((group) => group.length > 1)
      const writes = many.flatMap((group) => [
        ...group.map(forgetSearches),
        insertSearches(joined(group, platform.ids.next())),
      ])
      await commitRows(platform, tenant, 'job/search.forget', writes)
      if (rows.length < AT_ONCE) return
      query = [...groups.keys()].at(-1) ?? query
    }
  }

  return {
    name: 'search.forget',
    everySeconds: 3600,
    firstAfterSeconds: 60,
    async run() {
      for (const tenant of await shops()) {
        await forget(tenant)
        await join(tenant, dayOf(1))
      }
    },
  }
}

function joined(group: readonly SearchRow[], id: string): SearchRow {
  const [first] = group as readonly [SearchRow]
  const sum = (what: (row: SearchRow) => number): number =>
    group.reduce((total, row) => total + what(row), 0)
  return {
    day: first.day,
    query: first.query,
    id,
    times: sum(({ times }) => times),
    found_nothing: sum((row) => row.found_nothing),
    clicks: sum(({ clicks }) => clicks),
  }
}
