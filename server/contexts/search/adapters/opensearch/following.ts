import { LRUCache } from 'lru-cache'

import type { Instant } from '#platform/clock'
import type { Platform } from '#platform/context'
import type { Id, TenantId } from '#platform/ids'

import type { EntryChanges } from '../../domain/engine.ts'
import { Values } from '../../domain/values.ts'
import { EngineAway, NotYet, type Calls } from './calls.ts'
import { openFeed, type Feed } from './feed.ts'
import { makeIndices } from './indices.ts'
import { readMark, writeMark, type KnownMark, type Mark } from './marks.ts'
import { readValues } from './read-values.ts'

/** Changes are asked for when those last asked for are older than this. */
const FRESH_MS = 200

/** Who began to write what changed has so long to end; afterwards somebody else does it. */
const LEASE_MS = 3000
const WHOLE_LEASE_MS = 30_000

/** Looks at what another process is writing, and how long a search waits for it. */
const LOOK_MS = 40
const MOST_LOOKS = 30

const ORIGIN_FRESH_MS = 1000

const SHOPS_KEPT = 1000

/** What this process knows of a shop on the server. */
export interface Followed {
  /** The mark it knows; everything below is of it. */
  mark: KnownMark
  checkedAt: Instant
  readonly values: Values
  /** Values of this round and later ones may be missing in `values`. */
  valuesRound: number
  /** How often terms and the like occur, as far as it was asked for since the mark changed. */
  known: Map<string, unknown>
}

interface Kept extends Followed {
  /** Changes behind the mark's transaction that are there already. */
  seen: ReadonlySet<string>
  checking: Promise<void> | undefined
}

export interface Following {
  /** As it was 0.2 s ago at most. Throws `EngineAway` when the server is, or does not have all of the shop yet. */
  of(tenant: TenantId): Promise<Followed>
  /** The shop is written anew by who searches it next. */
  forget(tenant: TenantId): Promise<void>
}

export type FollowingPlatform = Pick<Platform, 'clock' | 'waiting' | 'log'>

export function openFollowing(
  platform: FollowingPlatform,
  calls: Calls,
  changes: EntryChanges,
): Following {
  return new Shops(platform, calls, changes)
}

/**
 * Feeds the server from PostgreSQL, in rounds. Whoever searches and finds that something changed reads
 * the mark, then the changes, then raises the mark's round if it still is what was read, and writes under
 * that number. So whoever has a later round has read later, and what an earlier one writes after it is
 * refused by the server. A round that was not the last when it ended counts for nothing: its changes lie
 * behind the transaction that the mark still has.
 */
class Shops implements Following {
  private readonly platform: FollowingPlatform
  private readonly calls: Calls
  private readonly changes: EntryChanges
  private readonly feed: Feed
  private readonly kept = new LRUCache<TenantId, Kept>({ max: SHOPS_KEPT })
  private readonly joining = new Map<TenantId, Promise<Kept>>()
  private known: { readonly origin: string; readonly at: Instant } | undefined
  /** Shops that this process is writing whole. */
  private readonly writing = new Set<TenantId>()

  constructor(platform: FollowingPlatform, calls: Calls, changes: EntryChanges) {
    this.platform = platform
    this.calls = calls
    this.changes = changes
    this.feed = openFeed(calls, changes)
  }

  async of(tenant: TenantId): Promise<Followed> {
    const state = this.kept.get(tenant) ?? (await this.joined(tenant))
    const age = this.platform.clock.now() - state.checkedAt
    // A clock that was set back makes ages negative.
    if (age < 0 || age >= FRESH_MS) {
      state.checking ??= this.follow(tenant, state).finally(() => {
        state.checking = undefined
      })
      await state.checking
    }
    return state
  }

  async forget(tenant: TenantId): Promise<void> {
    const mark = await readMark(this.calls, tenant)
    if (mark === undefined) return
    const next = { ...mark, round: mark.round + 1, busyUntil: 0, isWhole: false }
    await writeMark(this.calls, tenant, mark, next)
  }

  private joined(tenant: TenantId): Promise<Kept> {
    const begun = this.joining.get(tenant)
    if (begun !== undefined) return begun
    const made = this.join(tenant).finally(() => this.joining.delete(tenant))
    this.joining.set(tenant, made)
    return made
  }

  private async join(tenant: TenantId): Promise<Kept> {
    const mark = await readMark(this.calls, tenant)
    if (mark === undefined || !mark.isWhole) throw this.writeWhole(tenant, mark)
    const state: Kept = {
      mark,
      checkedAt: 0,
      values: new Values(),
      valuesRound: -1,
      known: new Map(),
      seen: new Set(),
      checking: undefined,
    }
    this.kept.set(tenant, state)
    return state
  }

  /** Brings the server to what is stored, or finds that somebody else has. */
  private async follow(tenant: TenantId, state: Kept): Promise<void> {
    const { clock, waiting } = this.platform
    for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
      const mark = await readMark(this.calls, tenant)
      const now = clock.now()
      if (mark === undefined || !mark.isWhole) {
        this.kept.delete(tenant)
        throw this.writeWhole(tenant, mark)
      }
      await this.adopt(tenant, state, mark)
      const isOurs = mark.origin === (await this.origin(tenant))
      if (isOurs && mark.fedAt <= now && now - mark.fedAt < FRESH_MS) {
        state.checkedAt = mark.fedAt
        return
      }
      if (isOurs && mark.busyUntil > now) await waiting.sleep(LOOK_MS)
      else if (await this.round(tenant, state, mark, now)) return
    }
    throw new EngineAway('another process is writing what changed')
  }

  private async adopt(tenant: TenantId, state: Kept, mark: KnownMark): Promise<void> {
    if (state.mark.seqNo === mark.seqNo && state.valuesRound >= 0) return
    await readValues(this.calls, tenant, state.values, state.valuesRound)
    if (state.mark.transaction !== mark.transaction) state.seen = new Set()
    state.known = new Map()
    state.mark = mark
    // The round may not have ended: what it has yet to write is read when it has.
    state.valuesRound = mark.round
  }

  /** Writes what changed since a mark; false when somebody else did so first. */
  private async round(
    tenant: TenantId,
    state: Kept,
    mark: KnownMark,
    now: Instant,
  ): Promise<boolean> {
    const [origin, horizon] = await this.horizon(tenant)
    // Restored from an earlier moment, or another database: nothing there can be trusted.
    if (mark.origin !== origin || BigInt(mark.transaction) > BigInt(horizon)) {
      this.kept.delete(tenant)
      throw this.writeWhole(tenant, mark)
    }
    const seen = new Set<string>()
    const changed = new Set<Id>()
    for await (const page of this.changes.since(tenant, mark.transaction)) {
      for (const { id, mark: change } of page) {
        seen.add(change)
        if (!state.seen.has(change)) changed.add(id)
      }
    }
    if (changed.size === 0) {
      state.checkedAt = now
      return true
    }
    const begun = await writeMark(this.calls, tenant, mark, {
      ...mark,
      round: mark.round + 1,
      busyUntil: now + LEASE_MS,
    })
    if (begun === undefined) return false
    await this.feed.write(tenant, [...changed], begun)
    const ended = await writeMark(this.calls, tenant, begun, {
      ...begun,
      transaction: horizon,
      fedAt: now,
      busyUntil: 0,
    })
    if (ended === undefined) return false
    await this.adopt(tenant, state, ended)
    state.seen = seen
    state.checkedAt = now
    return true
  }

  private horizon(tenant: TenantId): Promise<readonly [string, string]> {
    return Promise.all([this.origin(tenant), this.changes.horizon(tenant)])
  }

  /** Asked for once a second; another one means that the database was restored while this process lived. */
  private async origin(tenant: TenantId): Promise<string> {
    const now = this.platform.clock.now()
    const known = this.known
    if (known !== undefined && known.at <= now && now - known.at < ORIGIN_FRESH_MS) {
      return known.origin
    }
    const origin = await this.changes.origin(tenant)
    this.known = { origin, at: now }
    return origin
  }

  /** Begins to write a whole shop beside; what it returns is why nobody is answered by it meanwhile. */
  private writeWhole(tenant: TenantId, mark: KnownMark | undefined): NotYet {
    const isBusy = (mark?.busyUntil ?? 0) > this.platform.clock.now() && mark?.isWhole === false
    if (!isBusy && !this.writing.has(tenant)) {
      this.writing.add(tenant)
      this.everything(tenant, mark)
        .catch((error: unknown) => {
          this.platform.log.warn({ err: error, tenant }, 'a shop was not written to OpenSearch')
        })
        .finally(() => this.writing.delete(tenant))
    }
    return new NotYet()
  }

  private async everything(tenant: TenantId, before: KnownMark | undefined): Promise<void> {
    const { clock } = this.platform
    await makeIndices(this.calls)
    const now = clock.now()
    const [origin, transaction] = await this.horizon(tenant)
    const round = (before?.round ?? 0) + 1
    const begun: Mark = {
      round,
      wholeRound: round,
      origin,
      transaction,
      fedAt: now,
      busyUntil: now + WHOLE_LEASE_MS,
      isWhole: false,
    }
    let mark = await writeMark(this.calls, tenant, before, begun)
    for await (const ids of this.changes.everything(tenant)) {
      // Somebody else has begun later.
      if (mark === undefined) return
      await this.feed.write(tenant, ids, begun)
      const busyUntil = clock.now() + WHOLE_LEASE_MS
      mark = await writeMark(this.calls, tenant, mark, { ...begun, busyUntil })
    }
    if (mark === undefined) return
    await this.feed.sweep(tenant, round)
    await writeMark(this.calls, tenant, mark, { ...begun, busyUntil: 0, isWhole: true })
  }
}
