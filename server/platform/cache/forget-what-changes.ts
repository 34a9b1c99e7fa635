import type { TenantId } from '../ids.ts'
import type { Tail } from './tail.ts'

/**
 * Has what is remembered of a shop read anew as soon as the log tells of an event that begins so
 * (`catalog.`). For what is never older than a second by itself, whatever was lost.
 */
export function forgetWhatChanges(
  tail: Tail | undefined,
  events: `${string}.`,
  memory: { forget(tenant: TenantId): void },
): void {
  tail?.hear({
    told({ tenant, type }) {
      if (type.startsWith(events)) memory.forget(tenant)
    },
    moved: () => undefined,
    lost: () => undefined,
  })
}
