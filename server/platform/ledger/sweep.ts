import type pg from 'pg'

import type { Job } from '../context.ts'
import { run } from '../db/connections.ts'
import { statement } from '../db/statement.ts'
import type { Ids, TenantId } from '../ids.ts'
import { accept } from '../outcome.ts'
import type { WriteIntent } from '../write/commit.ts'

/** Holds that one look finds at most, and so that one commit lets go. */
const BATCH = 1000

const lapsed = statement<{ tenant_id: TenantId; ids: string[] }>(
  'ledger.lapsed',
  `select tenant_id, array_agg(id) as ids from (
     select tenant_id, id from platform.holds
     where until <= clock_timestamp() order by until limit ${BATCH}) as oldest
   group by tenant_id`,
)

/**
 * Gives lapsed holds back in batches (requirement INV-04). Not what keeps buyers from waiting: who
 * is short reclaims lapsed holds by itself. It keeps the numbers people read true. A hold that is
 * extended between the look and the commit stays. `pool` connects as `torg_reader`.
 */
export function sweepHolds(pool: pg.Pool, write: WriteIntent, ids: Ids): Job {
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
        const client = await pool.connect()
        const { rows } = await run(client, lapsed).finally(() => client.release())
        await Promise.all(rows.map(({ tenant_id, ids: holds }) => reclaim(tenant_id, holds)))
        const found = rows.reduce((all, row) => all + row.ids.length, 0)
        if (found < BATCH) return
      }
    },
  }
}
