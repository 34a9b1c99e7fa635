import type { Job, Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'
import type { Write } from '#platform/write/commit'

import type { OrderRefusal } from '../contract.ts'
import { archivedSummaries, finalBefore, summaries, type SummaryRow } from '../store/summaries.ts'

/** One commit moves so many; a run goes on until none is left or it has done its share. */
const AT_A_TIME = 500
const COMMITS_A_RUN = 40

const DAY_MS = 86_400_000

/**
 * Moves what the lists show of orders that have been final for so many days into the archive
 * (ORD-16). The orders themselves stay where they are, in the log.
 */
export function archiveOrders(
  { write, reads, clock, ids }: Pick<Platform, 'write' | 'reads' | 'clock' | 'ids'>,
  afterDays: number,
  shops: () => Promise<readonly TenantId[]>,
): Job {
  async function archiveSome(tenant: TenantId): Promise<number> {
    const before = clock.now() - afterDays * DAY_MS
    const rows = await finalBefore(reads, tenant, before, AT_A_TIME)
    if (rows.length === 0) return 0
    const outcome = await write({
      tenant,
      caller: 'job/orders.archive',
      key: ids.next(),
      isFreshKey: true,
      fingerprint: '',
      streams: {},
      decide: () => accept({ rows: rows.flatMap(moved), answer: null }),
    })
    // An order was taken up again under our hands: the next run looks anew.
    return outcome.ok ? rows.length : 0
  }

  return {
    name: 'orders.archive',
    everySeconds: 3600,
    firstAfterSeconds: 60,
    async run() {
      for (const tenant of await shops()) {
        let moved = AT_A_TIME
        for (let done = 0; moved >= AT_A_TIME && done < COMMITS_A_RUN; done += 1) {
          moved = await archiveSome(tenant)
        }
      }
    },
  }
}

/** Both or neither, and only if the row is still what was read. */
function moved({ created_at, changed_at, ...row }: SummaryRow): Write[] {
  const { order_id, status } = row
  const times = { created_at: created_at.toISOString(), changed_at: changed_at.toISOString() }
  const orRefuse: OrderRefusal = { code: 'orders.changed-meanwhile', orderId: order_id }
  const when = { status, changed_at: times.changed_at }
  return [
    { table: summaries, verb: 'delete', row: { order_id }, when, orRefuse },
    { table: archivedSummaries, verb: 'upsert', row: { ...row, ...times } },
  ]
}
