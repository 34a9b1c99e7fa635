import { LRUCache } from 'lru-cache'

import type { Instant } from '../clock.ts'
import type { Aggregate, DomainEvent } from './commit.ts'
import type { Folded, StoredEvent } from './store.ts'

/** Newest states of streams, bounded; a stale one is found out by its version when it is locked. */
export class States {
  private readonly cache: LRUCache<string, Folded>

  constructor(limit: number) {
    // Bounded by size, each of size 1: a bound by number takes the memory of all of them at once.
    this.cache = new LRUCache({ maxSize: limit, sizeCalculation: () => 1 })
  }

  get(name: string): Folded | undefined {
    return this.cache.get(name)
  }

  set(name: string, folded: Folded): void {
    this.cache.set(name, folded)
  }

  forget(name: string): void {
    this.cache.delete(name)
  }
}

/** The state a stream has when nothing was recorded. */
export function nothing(aggregate: Aggregate<unknown, DomainEvent>): Folded {
  return { version: 0, state: aggregate.initial, at: 0 }
}

/** Folds stored events onto a state. */
export function fold(
  aggregate: Aggregate<unknown, DomainEvent>,
  from: Folded,
  stored: readonly StoredEvent[],
): Folded {
  let { version, state, at: latest } = from
  for (const { event, at, version: recordedAs } of stored) {
    version = recordedAs
    state = aggregate.apply(state, event, { version, at })
    latest = Math.max(latest, at)
  }
  return { version, state, at: latest }
}

/** Folds events that are about to be recorded as the next versions. */
export function foldNew(
  aggregate: Aggregate<unknown, DomainEvent>,
  from: Folded,
  events: readonly DomainEvent[],
  at: Instant,
): Folded {
  const first = from.version + 1
  return fold(
    aggregate,
    from,
    events.map((event, index) => ({ version: first + index, event, at })),
  )
}
