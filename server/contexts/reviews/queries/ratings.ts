import { Kept } from '#platform/cache/kept'
import type { Tail } from '#platform/cache/tail'
import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'

import type { RatingView, Ratings, ReviewQueries } from '../contract.ts'
import { NONE, presentRating, ratings as ratingStreams } from '../domain/rating.ts'
import { ratingsOf } from '../store/contributions.ts'

/** Products whose rating is remembered, rated or not. */
const PRODUCTS_KEPT = 200_000
/** What nobody has said to hold is not believed for longer. */
const AGE_MS = 1_000

const UNRATED = presentRating(NONE)

/** Ratings, and a memory of them that the log drops product by product. */
export function ratingsIn(
  { reads, clock }: Pick<Platform, 'reads' | 'clock'>,
  tail: Tail | undefined,
): Ratings {
  const kept = new Kept<RatingView>({
    clock,
    maxAgeMs: AGE_MS,
    maxSize: PRODUCTS_KEPT,
    ...(tail === undefined ? {} : { currentTo: () => tail.currentTo() }),
  })
  tail?.hear({
    told({ tenant, type, stream }) {
      if (type !== 'reviews.rating-changed') return
      kept.drop(tenant, stream.slice(ratingStreams.kind.length + 1))
    },
    moved: () => undefined,
    lost: () => kept.dropAll(),
  })

  async function read(
    tenant: TenantId,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, RatingView>> {
    const rows = await reads.read(tenant, ratingsOf, [tenant, ids])
    return new Map(rows.map(({ product_id, counts }) => [product_id, presentRating(counts)]))
  }

  return {
    ratings: read,
    async remembered(tenant, ids) {
      const asked = new Map(ids.map((id) => [id, [] as readonly string[]]))
      const found = await kept.all(tenant, asked, async (missing) => {
        const rated = await read(tenant, missing)
        // That nobody has rated a product is worth remembering too.
        return new Map(missing.map((id) => [id, rated.get(id) ?? UNRATED]))
      })
      return new Map([...found].filter(([, { count }]) => count > 0))
    },
  }
}

export function ratingOf({ ratings }: Pick<Ratings, 'ratings'>): ReviewQueries['rating'] {
  return async (tenant, productId) => (await ratings(tenant, [productId])).get(productId) ?? UNRATED
}
