import type { Job, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'

import type { Due } from '../commands/fire.ts'
import { overdueSchedules } from '../store/schedules.ts'

/** By then the timer of a schedule has been tried, and tried again. */
const OVERDUE_MS = 600_000

const AT_A_TIME = 100

/**
 * Begins schedules whose timer is lost: it went to the dead letters after five tries, or somebody
 * dropped it. To begin one twice does no harm (EXCHANGE-6).
 */
export function wakeSchedules(
  { reads, clock, log }: Pick<Platform, 'reads' | 'clock' | 'log'>,
  shops: () => Promise<readonly TenantId[]>,
  begin: (due: Due) => Promise<void>,
): Job {
  return {
    name: 'exchange.wake-schedules',
    everySeconds: 300,
    async run() {
      const before = clock.now() - OVERDUE_MS
      for (const tenant of await shops()) {
        const found = await reads.read(tenant, overdueSchedules, [tenant, before, AT_A_TIME])
        for (const { id, next_at: next } of found) {
          log.warn({ tenant, schedule: id }, 'a schedule was not begun when it was due')
          await begin({ tenant, scheduleId: id, due: next.getTime() })
        }
      }
    },
  }
}
