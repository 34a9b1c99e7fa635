import type { TenantId } from '#platform/ids'
import type { Waiting } from '#platform/waiting'

import { AT_ONCE } from '../commands/refresh.ts'

interface Group {
  readonly keys: Set<string>
  readonly done: Promise<void>
}

/** So many entries are heard side by side that they fill two commits: one is gathered while another is written. */
export const SIDE_BY_SIDE = 2 * AT_ONCE

/** Entries of one page of the log arrive together; they are worked on together after so long. */
const GATHER_MS = 8

/** Work on what is named within a moment happens once and together; whoever named it waits for it. */
export function gathering(
  waiting: Waiting,
  work: (tenant: TenantId, keys: readonly string[]) => Promise<void>,
): (tenant: TenantId, keys: readonly string[]) => Promise<void> {
  const groups = new Map<TenantId, Group>()
  return (tenant, keys) => {
    let group = groups.get(tenant)
    if (group === undefined) {
      const gathered = new Set<string>()
      const done = waiting.sleep(GATHER_MS).then(() => {
        groups.delete(tenant)
        return work(tenant, [...gathered])
      })
      group = { keys: gathered, done }
      groups.set(tenant, group)
    }
    for (const key of keys) group.keys.add(key)
    return group.done
  }
}
