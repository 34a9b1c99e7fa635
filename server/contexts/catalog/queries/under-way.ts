import type { TenantId } from '#platform/ids'

import type { Load } from '#platform/per-tick'

/**
 * Who asks for what is being loaded waits for that: when a thousand buyers ask for one thing that
 * has just been forgotten, a slow database is asked once and not at every turn. What was changed since,
 * in this process, is another generation and is loaded anew.
 */
export function underWay<V>(load: Load<V>, generationOf: (tenant: TenantId) => number): Load<V> {
  const loads = new Map<string, Promise<ReadonlyMap<string, V>>>()

  return async (tenant, keys) => {
    const generation = generationOf(tenant)
    const nameOf = (key: string): string => `${tenant} ${generation} ${key}`
    const missing = keys.filter((key) => !loads.has(nameOf(key)))
    if (missing.length > 0) {
      const found = load(tenant, missing)
      for (const key of missing) loads.set(nameOf(key), found)
      const forget = (): void => {
        for (const key of missing) loads.delete(nameOf(key))
      }
      void found.then(forget, forget)
    }
    const [first, ...others] = new Set(keys.flatMap((key) => loads.get(nameOf(key)) ?? []))
    // What others ask for as well is found there; it is not taken apart for each of them.
    if (first !== undefined && others.length === 0) return first
    const found = await Promise.all([first ?? [], ...others])
    return new Map(found.flatMap((each) => [...each]))
  }
}
