import type { TenantId } from './ids.ts'
import type { Waiting } from './waiting.ts'

/** Loads what it finds of these keys. */
export type Load<V> = (tenant: TenantId, keys: readonly string[]) => Promise<ReadonlyMap<string, V>>

interface Gathering<V> {
  readonly keys: Set<string>
  readonly found: Promise<ReadonlyMap<string, V>>
}

/**
 * One load for everything that is asked in the same turn of the event loop, per tenant: fifty
 * buyers who look at fifty products cost one statement. Callers may find more than they asked for.
 */
export function perTick<V>(waiting: Waiting, load: Load<V>): Load<V> {
  const gathering = new Map<TenantId, Gathering<V>>()

  return (tenant, keys) => {
    let group = gathering.get(tenant)
    if (group === undefined) {
      const wanted = new Set<string>()
      const found = new Promise<void>((resolve) => waiting.soon(resolve)).then(() => {
        gathering.delete(tenant)
        return load(tenant, [...wanted])
      })
      group = { keys: wanted, found }
      gathering.set(tenant, group)
    }
    for (const key of keys) group.keys.add(key)
    return group.found
  }
}
