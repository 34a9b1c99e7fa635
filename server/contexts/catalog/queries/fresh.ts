import { LRUCache } from 'lru-cache'

import type { Clock, Instant } from '#platform/clock'
import type { TenantId } from '#platform/ids'

interface Kept<V> {
  readonly value: V
  readonly asOf: Instant
  readonly generation: number
}

/** When an answer was asked for: an older one may not overwrite what has changed since. */
export interface Asked {
  readonly at: Instant
  readonly generation: number
}

/**
 * So many answers of one kind, at most `maxAgeMs` old. The least recently used go first. What this process
 * changes is forgotten at once; what another process changes is seen when the answer has aged.
 */
export class Fresh<V> {
  readonly #clock: Clock
  readonly #maxAgeMs: number
  readonly #kept: LRUCache<string, Kept<V>>
  readonly #generations = new Map<TenantId, number>()

  constructor(clock: Clock, limits: { readonly maxAgeMs: number; readonly maxCount: number }) {
    this.#clock = clock
    this.#maxAgeMs = limits.maxAgeMs
    // Bounded by size, each of size 1: a bound by number takes the memory of all of them at once.
    this.#kept = new LRUCache({ maxSize: limits.maxCount, sizeCalculation: () => 1 })
  }

  /** Taken before the database is asked. */
  asking(tenant: TenantId): Asked {
    return { at: this.#clock.now(), generation: this.#generationOf(tenant) }
  }

  get(tenant: TenantId, key: string): V | undefined {
    const name = nameOf(tenant, key)
    const kept = this.#kept.get(name)
    if (kept === undefined) return undefined
    const age = this.#clock.now() - kept.asOf
    const isCurrent = kept.generation === this.#generationOf(tenant)
    // A clock that was set back makes ages negative.
    if (isCurrent && age >= 0 && age < this.#maxAgeMs) return kept.value
    this.#kept.delete(name)
    return undefined
  }

  set(tenant: TenantId, key: string, value: V, { at, generation }: Asked): void {
    if (generation !== this.#generationOf(tenant)) return
    this.#kept.set(nameOf(tenant, key), { value, asOf: at, generation })
  }

  forget(tenant: TenantId): void {
    this.#generations.set(tenant, this.#generationOf(tenant) + 1)
  }

  #generationOf(tenant: TenantId): number {
    return this.#generations.get(tenant) ?? 0
  }
}

function nameOf(tenant: TenantId, key: string): string {
  return `${tenant} ${key}`
}
