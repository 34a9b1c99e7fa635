import type { Tail } from '#platform/cache/tail'
import type { TenantId } from '#platform/ids'

/** Has what is remembered of a shop read anew as soon as the log tells of any change to its catalog. */
export function forgetWhatChanges(
  tail: Tail | undefined,
  memory: { forget(tenant: TenantId): void },
): void {
  tail?.hear({
    told({ tenant, type }) {
      if (type.startsWith('catalog.')) memory.forget(tenant)
    },
    moved: () => undefined,
    // What is remembered is never older than a second by itself.
    lost: () => undefined,
  })
}
