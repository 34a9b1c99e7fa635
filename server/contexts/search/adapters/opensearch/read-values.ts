import type { TenantId } from '#platform/ids'

import type { Values } from '../../domain/values.ts'
import { hitsOf } from './answers.ts'
import type { Calls } from './calls.ts'
import type { KeptValue } from './documents.ts'

/** Values read by one call; a shop has 20,000 at most. */
const PAGE = 2000

/** Adds the values of facets that a round and those after it wrote, the oldest first. */
export async function readValues(
  { call, index }: Calls,
  tenant: TenantId,
  values: Values,
  round: number,
): Promise<void> {
  for (let after: readonly unknown[] | undefined = []; after !== undefined;) {
    const { body } = await call({
      method: 'POST',
      path: `/${index('lexicon')}/_search`,
      query: { routing: String(tenant) },
      body: {
        size: PAGE,
        track_total_hits: false,
        _source: ['value'],
        query: {
          bool: {
            filter: [
              { term: { tenant } },
              { term: { what: 'value' } },
              { range: { round: { gte: round } } },
            ],
          },
        },
        sort: [{ round: 'asc' }, { order: 'asc' }, { word: 'asc' }],
        ...(after.length === 0 ? {} : { search_after: after }),
      },
    })
    const hits = hitsOf<{ readonly value: KeptValue }>(body)
    for (const { _source: source } of hits) {
      const { kind, code, facetName, value, label, number } = source.value
      values.take({ kind, code, name: facetName }, { code: value, label, number })
    }
    after = hits.length < PAGE ? undefined : hits.at(-1)?.sort
  }
}
