import type { Job, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'
import type { Write } from '#platform/write/commit'

import { lapsedNotices } from '../store/notices.ts'
import { lapsedSessions } from '../store/sessions.ts'
import { noticeTable, sessionTable, tokenTable, triesTable } from '../store/tables.ts'
import { lapsedTokens } from '../store/tokens.ts'
import { lapsedTries } from '../store/tries.ts'

const AT_A_TIME = 500

/**
 * Deletes sessions, counts of tries, tokens and notices whose time is over; nothing depends on when,
 * but the secret of a notice is gone with it.
 */
export function dropLapsed(
  { write, reads, clock, ids }: Pick<Platform, 'write' | 'reads' | 'clock' | 'ids'>,
  shops: () => Promise<readonly TenantId[]>,
): Job {
  async function dropSome(tenant: TenantId): Promise<number> {
    const values = [tenant, new Date(clock.now()).toISOString(), AT_A_TIME]
    const [sessions, tries, tokens, notices] = await Promise.all([
      reads.read(tenant, lapsedSessions, values),
      reads.read(tenant, lapsedTries, values),
      reads.read(tenant, lapsedTokens, values),
      reads.read(tenant, lapsedNotices, values),
    ])
    const verb = 'delete' as const
    const rows: Write[] = [
      ...sessions.map(({ id }) => ({ table: sessionTable, verb, row: { id } })),
      ...tries.map(({ bucket }) => ({ table: triesTable, verb, row: { bucket } })),
      // One that was replaced meanwhile ends later, and stays.
      ...tokens.map(({ expires_at: end, ...row }) => ({
        table: tokenTable,
        verb,
        row,
        when: { expires_at: end.toISOString() },
      })),
      ...notices.map(({ expires_at: end, ...row }) => ({
        table: noticeTable,
        verb,
        row,
        when: { expires_at: end.toISOString() },
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
    firstAfterSeconds: 60,
    async run() {
      for (const tenant of await shops()) {
        let dropped = AT_A_TIME
        while (dropped >= AT_A_TIME) dropped = await dropSome(tenant)
      }
    },
  }
}
