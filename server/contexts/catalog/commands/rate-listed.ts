import type { Ratings } from '#context/reviews'
import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'
import { accept, Unavailable } from '#platform/outcome'

import { ratedAs } from '../domain/said.ts'
import { ratedOf } from '../store/cards.ts'
import { listedTable } from '../store/list-tables.ts'

/** Two at once may rate the same product; nobody loses so often in a row. */
const TRIES = 5

/**
 * Puts a product where its rating of now belongs in lists by rating. It is looked at again after it was
 * written: of however many who do so at once, whoever writes last has seen that it is right.
 */
export function rateListed(
  { reads, write, ids }: Pick<Platform, 'reads' | 'write' | 'ids'>,
  { ratings }: Pick<Ratings, 'ratings'>,
): (tenant: TenantId, productId: Id) => Promise<void> {
  return async (tenant, productId) => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const [[row], found] = await Promise.all([
        reads.read(tenant, ratedOf, [tenant, productId]),
        ratings(tenant, [productId]),
      ])
      const rated = ratedAs(found.get(productId)?.counts ?? [])
      // What is hidden or archived is in no list.
      if (row === undefined || row.rated === rated) return
      await write({
        tenant,
        caller: 'catalog/rate-listed',
        key: ids.next(),
        isFreshKey: true,
        fingerprint: '',
        streams: {},
        decide: () =>
          accept({
            rows: [{ table: listedTable, verb: 'update', row: { product_id: productId, rated } }],
            answer: null,
          }),
      })
    }
    throw new Unavailable('others rate the same product')
  }
}
