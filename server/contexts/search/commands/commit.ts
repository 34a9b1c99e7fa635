import type { Platform } from '#platform/context'
import type { TenantId } from '#platform/ids'
import { accept } from '#platform/outcome'
import type { Write } from '#platform/write/commit'

/** Commits rows that nobody asked for under a key: counts, what is forgotten. False when refused. */
export async function commitRows(
  { write, ids }: Pick<Platform, 'write' | 'ids'>,
  tenant: TenantId,
  caller: string,
  rows: readonly Write[],
): Promise<boolean> {
  if (rows.length === 0) return true
  const outcome = await write({
    tenant,
    caller,
    key: ids.next(),
    isFreshKey: true,
    fingerprint: '',
    streams: {},
    decide: () => accept({ rows, answer: null }),
  })
  return outcome.ok
}
