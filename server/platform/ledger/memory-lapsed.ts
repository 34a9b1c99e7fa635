import type { TenantId } from '../ids.ts'
import type { MemoryStore } from '../write/memory-store.ts'
import { LAPSED_AT_ONCE, type FindLapsed } from './sweep.ts'

/** Looks at every hold: a simulation has few. */
export function memoryLapsed({ holds, clock }: MemoryStore): FindLapsed {
  return async () => {
    const now = clock.now()
    const oldest = [...holds]
      .filter(([, { until }]) => until <= now)
      .sort(([, a], [, b]) => a.until - b.until)
      .slice(0, LAPSED_AT_ONCE)
    const found = Map.groupBy(oldest, ([name]) => Number(name.split('\0', 1)[0]) as TenantId)
    return [...found].map(([tenant, some]) => ({ tenant, ids: some.map(([, { id }]) => id) }))
  }
}
