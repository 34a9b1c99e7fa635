import type { Tail } from '#platform/cache/tail'
import type { TenantId } from '#platform/ids'

/** Has what is remembered of a shop read anew as soon as the log tells of any change to its catalog. */
export function forgetWhatChanges(
  tail: Tail | undefined,
  memories: readonly { forget(tenant: TenantId): void }[],
): void {
  tail?.hear({
    told({ tenant, type }) {
      if (type.startsWith('catalog.')) for (const each of memories) each.forget(tenant)
    },
    moved: () => undefined,
    // What is remembered is never older than a second or two by itself.
    lost: () => undefined,
  })
}
