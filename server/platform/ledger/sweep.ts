import type { Job } from '../context.ts'
import type { Ids, TenantId } from '../ids.ts'
import { accept } from '../outcome.ts'
import type { WriteIntent } from '../write/commit.ts'

/** Holds that one look finds at most, and so that one commit lets go. */
export const LAPSED_AT_ONCE = 1000

/** Holds of one shop whose time is over. */
export interface LapsedHolds {
  readonly tenant: TenantId
  readonly ids: readonly string[]
}

/** Finds the oldest lapsed holds of all shops, at most `LAPSED_AT_ONCE`. */
export type FindLapsed = () => Promise<readonly LapsedHolds[]>

/**
 * Gives lapsed holds back in batches (requirement INV-04). Not what keeps buyers from waiting: who
 * is short reclaims lapsed holds by itself. It keeps the numbers people read true. A hold that is
 * extended between the look and the commit stays.
 */
export function sweepHolds(find: FindLapsed, write: WriteIntent, ids: Ids): Job {
  const reclaim = (tenant: TenantId, holds: readonly string[]): Promise<unknown> =>
    write({
      tenant,
      caller: 'sweeper',
      key: ids.next(),
      isFreshKey: true,
      fingerprint: 'sweep',
      streams: {},
      decide: () =>
        accept({
          transfers: holds.map((id) => ({ verb: 'reclaim', id }) as const),
          answer: holds.length,
        }),
    })

  return {
    name: 'sweep-holds',
    everySeconds: 1,
    async run() {
      for (;;) {
        const lapsed = await find()
        await Promise.all(lapsed.map(({ tenant, ids: holds }) => reclaim(tenant, holds)))
        const found = lapsed.reduce((all, each) => all + each.ids.length, 0)
        if (found < LAPSED_AT_ONCE) return
      }
    },
  }
}
