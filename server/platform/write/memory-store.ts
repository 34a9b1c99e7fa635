/**
 * Keeps commits in memory, with the same transactions as PostgreSQL: one at a time, all or nothing.
 * For tests of domain and platform and for simulation; several writers may share one.
 */
import type { Clock, Instant } from '../clock.ts'
import type { TenantId } from '../ids.ts'
import { isWorld, type Account, type Balance, type OpenHold } from '../ledger/transfer.ts'
import type { LogEntry } from '../log/subscription.ts'
import type { Refusal } from '../outcome.ts'
import type { Position, Timer, Write } from './commit.ts'
import { MemoryTables } from './memory-tables.ts'
import { keyed, type BatchWrites, type Locked } from './settle.ts'
import {
  LOAD_LIMIT,
  TryAgain,
  type Loaded,
  type Needs,
  type RowsRefused,
  type Session,
  type Snapshot,
  type Store,
  type StoredEvent,
  type Wanted,
} from './store.ts'

/** Answers are forgotten after two days, as in PostgreSQL. */
const ANSWERS_LIVE_MS = 48 * 3600 * 1000

/** One cluster for ever, so the first era is the only one. */
const ERA = 1

/** A timer that is set. `MemoryTimers` claims it. */
export interface KeptTimer {
  readonly tenant: TenantId
  readonly timer: Extract<Timer, { readonly set: string }>
  readonly setFor: Instant
  dueAt: Instant
  attempts: number
  lastError: string | undefined
}

/** What failed too often. */
export interface DeadLetter {
  readonly tenant: TenantId
  readonly source: string
  readonly entry: unknown
  readonly reason: string
}

/** What is kept under a key, and when it was answered. */
interface KeptAnswer {
  readonly fingerprint: string
  readonly answer: unknown
  readonly at: Instant
}

export class MemoryStore implements Store {
  /** In the order of commits; an entry's position is its place, counted from 1. */
  readonly log: LogEntry[] = []
  readonly tables = new MemoryTables()
  readonly timers = new Map<string, KeptTimer>()
  readonly deadLetters: DeadLetter[] = []
  readonly balances = new Map<string, Balance>()
  readonly holds = new Map<string, OpenHold>()
  readonly versions = new Map<string, number>()
  readonly snapshots = new Map<string, Snapshot[]>()
  /** The database's. */
  readonly clock: Clock
  /** Each stream's from its first; the one of version n is at n - 1. */
  private readonly events = new Map<string, StoredEvent[]>()
  private readonly answers = new Map<string, KeptAnswer>()
  /** By account, the names of the holds taken from it. */
  private readonly holdsOf = new Map<string, Set<string>>()
  /** By transaction, where its entries begin in the log. */
  private readonly begins: number[] = [0, 0]
  private queue: Promise<void> = Promise.resolve()

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** Behind everything that was committed. */
  get horizon(): Position {
    return { era: ERA, xid: BigInt(this.begins.length - 1), position: -1n }
  }

  /** The place in `log` of the first entry behind a position. */
  placeBehind({ era, xid, position }: Position): number {
    if (era < ERA) return 0
    if (position >= 0n) return Number(position)
    return this.begins[Number(xid)] ?? this.log.length
  }

  async load(streams: readonly Wanted[]) {
    const found = new Map<string, Loaded>()
    for (const { tenant, stream, fold, after } of streams) {
      const name = keyed(tenant, stream)
      const kept = this.snapshots
        .get(name)
        ?.filter((each) => each.fold === fold && each.version > after)
        .reduce<Snapshot | undefined>(
          (newest, each) => (each.version > (newest?.version ?? 0) ? each : newest),
          undefined,
        )
      const from = kept?.version ?? after
      const events = this.events.get(name)?.slice(from, from + LOAD_LIMIT) ?? []
      if (kept === undefined && events.length === 0) continue
      const { version = 0, at = 0, state = '' } = kept ?? {}
      found.set(name, {
        ...(kept === undefined ? {} : { snapshot: { version, at, state: JSON.parse(state) } }),
        events,
        hasMore: events.length === LOAD_LIMIT,
      })
    }
    return found
  }

  async save(snapshots: readonly Snapshot[]) {
    for (const each of snapshots) {
      const name = keyed(each.tenant, each.stream)
      const others = this.snapshots.get(name)?.filter(({ version }) => version !== each.version)
      this.snapshots.set(name, [...(others ?? []), each])
    }
  }

  async begin(_lane: number, needs: Needs): Promise<Session> {
    const before = this.queue
    let end = (): void => undefined
    this.queue = new Promise((resolve) => {
      end = resolve
    })
    await before
    return this.session(needs, end)
  }

  async close(): Promise<void> {
    await this.queue
  }

  /** Writes rows of a projection, all or none. Throws `BadData` where a taken key is a bug. */
  writeRows(rows: readonly { readonly tenant: TenantId; readonly write: Write }[]): void {
    try {
      for (const { tenant, write } of rows) this.tables.apply(tenant, write)
    } catch (error) {
      this.tables.takeBack()
      throw error
    }
    this.tables.keep()
  }

  private session(needs: Needs, release: () => void): Session {
    const locked = this.lock(needs)
    let isOver = false
    const end = (): void => {
      isOver = true
      release()
    }
    return {
      locked,
      lapsed: async (short) => {
        const lapsed = new Map(locked.lapsed)
        for (const { tenant, account } of short) {
          lapsed.set(accountName(tenant, account), this.lapsedOf(tenant, account, locked.now))
        }
        return Object.assign(locked, { lapsed })
      },
      write: async (writes, onItsWay) => {
        // Whoever was thought dead has lost its locks, and so its right to write.
        if (isOver) throw new TryAgain('the transaction is over')
        try {
          onItsWay()
          return this.commit(writes)
        } finally {
          end()
        }
      },
      abandon: async () => end(),
    }
  }

  private lock(needs: Needs): Locked {
    const now = this.clock.now()
    const answers = new Map<string, KeptAnswer>()
    for (const { tenant, caller, key } of needs.keys) {
      const name = keyed(tenant, caller, key)
      const found = this.answers.get(name)
      if (found !== undefined && found.at > now - ANSWERS_LIVE_MS) answers.set(name, found)
    }
    // One transaction at a time, so the live maps are what is locked.
    return {
      now,
      answers,
      versions: this.versions,
      balances: this.balances,
      holds: this.holds,
      lapsed: new Map(),
    }
  }

  private lapsedOf(tenant: TenantId, account: Account, now: Instant): readonly OpenHold[] {
    const names = this.holdsOf.get(accountName(tenant, account)) ?? []
    return [...names]
      .map((name) => this.holds.get(name) as OpenHold)
      .filter(({ until }) => until <= now)
      .sort((a, b) => a.until - b.until)
  }

  /** Rows first: they alone can be refused, and what was written of them is taken back. */
  private commit(writes: BatchWrites): RowsRefused | undefined {
    const refused = this.applyRows(writes.rows)
    if (refused !== undefined) return refused
    const at = writes.now
    this.record(writes)
    for (const [name, { version }] of writes.streams) this.versions.set(name, version)
    for (const [name, { balance, account }] of writes.accounts) {
      if (!isWorld(account)) this.balances.set(name, balance)
    }
    for (const [name, { tenant, hold }] of writes.holds) this.setHold(tenant, name, hold)
    for (const { tenant, caller, key, fingerprint, answer } of writes.answers) {
      this.answers.set(keyed(tenant, caller, key), { fingerprint, answer, at })
    }
    for (const [name, { tenant, timer }] of writes.timers) {
      if ('clear' in timer) this.timers.delete(name)
      else {
        const dueAt = at + timer.inSeconds * 1000
        const set = { tenant, timer, setFor: dueAt, dueAt, attempts: 0, lastError: undefined }
        this.timers.set(name, set)
      }
    }
    return undefined
  }

  /** A member that is refused leaves nothing that could refuse another. */
  private applyRows(rows: BatchWrites['rows']): RowsRefused | undefined {
    const refused = new Map<number, Refusal>()
    let current = -1
    let begun = 0
    try {
      for (const { member, tenant, write } of rows) {
        if (refused.has(member)) continue
        if (member !== current) begun = this.tables.mark
        current = member
        const refusal = this.tables.apply(tenant, write)
        if (refusal === undefined) continue
        refused.set(member, refusal)
        this.tables.takeBack(begun)
      }
    } catch (error) {
      this.tables.takeBack()
      throw error
    }
    if (refused.size > 0) this.tables.takeBack()
    this.tables.keep()
    return refused.size > 0 ? { refused } : undefined
  }

  private record({ events, transfers, now: at }: BatchWrites): void {
    const xid = BigInt(this.begins.length - 1)
    const next = (): Position => ({ era: ERA, xid, position: BigInt(this.log.length + 1) })
    for (const { tenant, stream, version, event } of events) {
      const name = keyed(tenant, stream)
      const known = this.events.get(name)
      if (known === undefined) this.events.set(name, [{ version, event, at }])
      else known.push({ version, event, at })
      this.log.push({ kind: 'event', tenant, position: next(), at, stream, version, event })
    }
    for (const { tenant, entry } of transfers) {
      this.log.push({ kind: 'transfer', tenant, position: next(), at, entry })
    }
    this.begins.push(this.log.length)
  }

  private setHold(tenant: TenantId, name: string, hold: OpenHold | undefined): void {
    const before = this.holds.get(name)
    if (before !== undefined) {
      this.holdsOf.get(accountName(tenant, before.account))?.delete(name)
    }
    if (hold === undefined) {
      this.holds.delete(name)
      return
    }
    this.holds.set(name, hold)
    const account = accountName(tenant, hold.account)
    const known = this.holdsOf.get(account)
    if (known === undefined) this.holdsOf.set(account, new Set([name]))
    else known.add(name)
  }
}

function accountName(tenant: TenantId, { unit, name }: Account): string {
  return keyed(tenant, unit, name)
}
