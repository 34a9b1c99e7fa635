import type { Clock, Instant } from '#platform/clock'
import type { TenantId } from '#platform/ids'

interface Kept<V> {
  readonly value: V
  readonly asOf: Instant
  readonly generation: number
  readonly size: number
}

/** When an answer was asked for: an older one may not overwrite what has changed since. */
export interface Asked {
  readonly at: Instant
  readonly generation: number
}

/**
 * Answers of one kind, at most `maxAgeMs` old, within `maxSize` (bytes, or entries where each has
 * size 1). The least recently used go first. What this process changes is forgotten at once; what
 * another process changes is seen when the answer has aged.
 */
export class Fresh<V> {
  readonly #clock: Clock
  readonly #maxAgeMs: number
  readonly #maxSize: number
  readonly #kept = new Map<string, Kept<V>>()
  readonly #generations = new Map<TenantId, number>()
  #size = 0

  constructor(clock: Clock, limits: { readonly maxAgeMs: number; readonly maxSize: number }) {
    this.#clock = clock
    this.#maxAgeMs = limits.maxAgeMs
    this.#maxSize = limits.maxSize
  }

  get size(): number {
    return this.#size
  }

  /** Taken before the database is asked. */
  asking(tenant: TenantId): Asked {
    return { at: this.#clock.now(), generation: this.#generations.get(tenant) ?? 0 }
  }

  get(tenant: TenantId, key: string): V | undefined {
    const name = `${tenant} ${key}`
    const kept = this.#kept.get(name)
    if (kept === undefined) return undefined
    this.#kept.delete(name)
    const age = this.#clock.now() - kept.asOf
    const isCurrent = kept.generation === (this.#generations.get(tenant) ?? 0)
    // A clock that was set back makes ages negative.
    if (!isCurrent || age < 0 || age >= this.#maxAgeMs) {
      this.#size -= kept.size
      return undefined
    }
    this.#kept.set(name, kept)
    return kept.value
  }

  set(tenant: TenantId, key: string, value: V, asked: Asked, size = 1): void {
    if (asked.generation !== (this.#generations.get(tenant) ?? 0)) return
    if (size > this.#maxSize) return
    const name = `${tenant} ${key}`
    this.#drop(name)
    this.#kept.set(name, { value, asOf: asked.at, generation: asked.generation, size })
    this.#size += size
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#maxSize) break
      this.#drop(oldest)
    }
  }

  forget(tenant: TenantId): void {
    this.#generations.set(tenant, (this.#generations.get(tenant) ?? 0) + 1)
  }

  #drop(name: string): void {
    const kept = this.#kept.get(name)
    if (kept === undefined) return
    this.#kept.delete(name)
    this.#size -= kept.size
  }
}
