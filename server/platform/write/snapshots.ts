import { isDeepStrictEqual } from 'node:util'

import type { TenantId } from '../ids.ts'
import type { Aggregate, DomainEvent } from './commit.ts'
import { foldOf } from './folds.ts'
import { keyed } from './settle.ts'
import { fold, nothing } from './states.ts'
import type { Folded, Snapshot, Store } from './store.ts'

/** A state is kept for every so many events of its stream. */
const SNAPSHOT_EVERY = 100

/** Snapshots that wait to be written; more are left out, as a later load makes them anew. */
const WAITING_LIMIT = 1000

/** A stream, and how it is folded. */
export interface Foldable {
  readonly tenant: TenantId
  readonly stream: string
  readonly aggregate: Aggregate<unknown, DomainEvent>
}

/**
 * Loads streams from their newest usable snapshot on, and writes snapshots of long ones: after the
 * commits they follow from, on a connection of their own, so that no commit waits for one. A
 * snapshot that is lost costs a longer load and nothing else.
 */
export class Snapshots {
  private readonly store: Store
  private readonly waiting = new Map<string, Snapshot>()
  private saving: Promise<void> | undefined

  constructor(store: Store) {
    this.store = store
  }

  /** The newest state of each stream, by `keyed(tenant, stream)`; a long one is read in parts. */
  async load(streams: ReadonlyMap<string, Foldable>): Promise<Map<string, Folded>> {
    const states = new Map<string, Folded>()
    let open = [...streams]
    const folded = new Map<string, number>()
    while (open.length > 0) {
      const stored = await this.store.load(
        open.map(([name, { tenant, stream, aggregate }]) => ({
          tenant,
          stream,
          fold: foldOf(aggregate),
          after: states.get(name)?.version ?? 0,
        })),
      )
      open = open.filter(([name, { aggregate }]) => {
        const found = stored.get(name)
        const from = found?.snapshot ?? states.get(name) ?? nothing(aggregate)
        const events = found?.events ?? []
        states.set(name, fold(aggregate, from, events))
        folded.set(name, (folded.get(name) ?? 0) + events.length)
        return found?.hasMore === true
      })
    }
    for (const [name, foldable] of streams) {
      const state = states.get(name)
      const isLong = (folded.get(name) ?? 0) >= SNAPSHOT_EVERY
      if (isLong && state !== undefined) this.take(foldable, state)
    }
    return states
  }

  /** To be told of every commit: keeps the state where a hundred has been passed. */
  committed(foldable: Foldable, before: number, after: Folded): void {
    if (Math.floor(before / SNAPSHOT_EVERY) < Math.floor(after.version / SNAPSHOT_EVERY)) {
      this.take(foldable, after)
    }
  }

  /** Resolves when nothing waits to be written. */
  async idle(): Promise<void> {
    while (this.saving !== undefined) await this.saving
  }

  private take({ tenant, stream, aggregate }: Foldable, { version, state, at }: Folded): void {
    if (this.waiting.size >= WAITING_LIMIT) return
    const text = JSON.stringify(state)
    // A state that JSON does not give back as it was is always folded from its events.
    if (text === undefined || !isDeepStrictEqual(JSON.parse(text), state)) return
    const fold = foldOf(aggregate)
    this.waiting.set(keyed(tenant, stream), { tenant, stream, fold, version, state: text, at })
    this.saving ??= this.saveAll().finally(() => {
      this.saving = undefined
    })
  }

  private async saveAll(): Promise<void> {
    while (this.waiting.size > 0) {
      const batch = [...this.waiting.values()]
      this.waiting.clear()
      // A snapshot that could not be written is missed by nobody but the next long load.
      await this.store.save(batch).catch(() => undefined)
    }
  }
}
