import type { Job, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'
import type { Write } from '#platform/write/commit'

import { lapsedSessions } from '../store/sessions.ts'
import { sessionTable, triesTable } from '../store/tables.ts'
import { lapsedTries } from '../store/tries.ts'

const AT_A_TIME = 500

/** Deletes sessions and counts of tries whose time is over; nothing depends on when. */
export function dropLapsed(
  { write, reads, clock, ids }: Pick<Platform, 'write' | 'reads' | 'clock' | 'ids'>,
  shops: () => Promise<readonly TenantId[]>,
): Job {
  async function dropSome(tenant: TenantId): Promise<number> {
    const values = [tenant, new Date(clock.now()).toISOString(), AT_A_TIME]
    const [sessions, tries] = await Promise.all([
      reads.read(tenant, lapsedSessions, values),
      reads.read(tenant, lapsedTries, values),
    ])
    const rows: Write[] = [
      ...sessions.map(({ id }) => ({ table: sessionTable, verb: 'delete' as const, row: { id } })),
      ...tries.map(({ bucket }) => ({
        table: triesTable,
        verb: 'delete' as const,
        row: { bucket },
      })),
    ]
    if (rows.length === 0) return 0
    await write({
      tenant,
      caller: 'job/identity.drop-lapsed',
      key: ids.next(),
      isFreshKey: true,
      fingerprint: '',
      streams: {},
      decide: () => accept({ rows, answer: null }),
    })
    return rows.length
  }

  return {
    name: 'identity.drop-lapsed',
    everySeconds: 600,
    async run() {
      for (const tenant of await shops()) {
        let dropped = AT_A_TIME
        while (dropped >= AT_A_TIME) dropped = await dropSome(tenant)
      }
    },
  }
}
