import type { Job, Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'

import type { Refresh } from '../commands/refresh.ts'

/** Products of one shop looked at in one step, and steps of one run. */
const A_STEP = 200
const STEPS_A_RUN = 2

/**
 * Looks through all shops again and again, a little at each run, and mends what the index says wrongly:
 * what was changed around the log, what a process that ended left undone, bundles whose parts moved.
 */
export function lookThrough(
  { log }: Pick<Platform, 'log'>,
  refresh: Refresh,
  shops: () => Promise<readonly TenantId[]>,
): Job {
  let [tenant, after]: [TenantId | undefined, Id | null] = [undefined, null]
  return {
    name: 'search.look-through',
    everySeconds: 10,
    firstAfterSeconds: 10,
    async run() {
      const all = await shops()
      let mended = 0
      for (let step = 0; step < STEPS_A_RUN; step += 1) {
        if (tenant === undefined || !all.includes(tenant)) [tenant, after] = [all[0], null]
        if (tenant === undefined) return
        const { next, changed } = await refresh.some(tenant, after, A_STEP)
        mended += changed
        after = next
        if (next !== null) continue
        tenant = all[all.indexOf(tenant) + 1]
        // Once around is enough for one run.
        if (tenant === undefined) break
      }
      if (mended > 0) log.info({ rows: mended }, 'the search index was mended')
    },
  }
}
