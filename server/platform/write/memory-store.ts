/**
 * Keeps commits in memory, with the same transactions as PostgreSQL: one at a time, all or nothing.
 * For tests of domain and platform and for simulation; two writers may share one.
 */
import type { Clock } from '../clock.ts'
import type { TenantId } from '../ids.ts'
import { isWorld, type Balance, type OpenHold } from '../ledger/transfer.ts'
import type { LogEntry } from '../log/subscription.ts'
import type { Refusal } from '../outcome.ts'
import type { Timer } from './commit.ts'
import { MemoryTables } from './memory-tables.ts'
import { keyed, type BatchWrites, type Locked } from './settle.ts'
import {
  LOAD_LIMIT,
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

export class MemoryStore implements Store {
  readonly log: LogEntry[] = []
  readonly tables = new MemoryTables()
  readonly timers = new Map<
    string,
    { tenant: TenantId; timer: Timer & { set: string }; dueAt: number }
  >()
  readonly balances = new Map<string, Balance>()
  readonly holds = new Map<string, OpenHold>()
  readonly versions = new Map<string, number>()
  readonly snapshots = new Map<string, Snapshot[]>()
  private readonly events = new Map<string, StoredEvent[]>()
  private readonly answers = new Map<string, { fingerprint: string; answer: unknown; at: number }>()
  private readonly clock: Clock
  private queue: Promise<void> = Promise.resolve()
  private commits = 0n

  constructor(clock: Clock) {
    this.clock = clock
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
      const later = (this.events.get(name) ?? []).filter(({ version }) => version > from)
      const events = later.slice(0, LOAD_LIMIT)
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

  private session(needs: Needs, end: () => void): Session {
    const locked = this.lock(needs)
    return {
      locked,
      lapsed: async (short) => {
        const lapsed = new Map(locked.lapsed)
        for (const { tenant, account } of short) {
          const name = keyed(tenant, account.unit, account.name)
          const found = [...this.holds]
            .filter(([id]) => id.startsWith(keyed(tenant, '')))
            .map(([, hold]) => hold)
            .filter((hold) => hold.account.name === account.name)
            .filter((hold) => hold.account.unit === account.unit && hold.until <= locked.now)
          lapsed.set(
            name,
            found.sort((a, b) => a.until - b.until),
          )
        }
        return Object.assign(locked, { lapsed })
      },
      write: async (writes, onItsWay) => {
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
    const answers = new Map<string, { fingerprint: string; answer: unknown }>()
    for (const { tenant, caller, key } of needs.keys) {
      const found = this.answers.get(keyed(tenant, caller, key))
      if (found !== undefined && found.at > now - ANSWERS_LIVE_MS) {
        answers.set(keyed(tenant, caller, key), found)
      }
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

  private commit(writes: BatchWrites): RowsRefused | undefined {
    const refused = new Map<number, Refusal>()
    const tables = this.tables.copy()
    for (const { member, tenant, write } of writes.rows) {
      const refusal = tables.apply(tenant, write)
      if (refusal !== undefined) refused.set(member, refusal)
    }
    if (refused.size > 0) return { refused }

    this.tables.become(tables)
    const at = writes.now
    this.commits += 1n
    const position = () => ({ era: 1, xid: this.commits, position: BigInt(this.log.length + 1) })
    for (const { tenant, stream, version, event } of writes.events) {
      const name = keyed(tenant, stream)
      this.events.set(name, [...(this.events.get(name) ?? []), { version, event, at }])
      this.log.push({ kind: 'event', tenant, position: position(), at, stream, version, event })
    }
    for (const { tenant, entry } of writes.transfers) {
      this.log.push({ kind: 'transfer', tenant, position: position(), at, entry })
    }
    for (const [name, { version }] of writes.streams) this.versions.set(name, version)
    for (const [name, { balance, account }] of writes.accounts) {
      if (!isWorld(account)) this.balances.set(name, balance)
    }
    for (const [name, { hold }] of writes.holds) {
      if (hold === undefined) this.holds.delete(name)
      else this.holds.set(name, hold)
    }
    for (const { tenant, caller, key, fingerprint, answer } of writes.answers) {
      this.answers.set(keyed(tenant, caller, key), { fingerprint, answer, at })
    }
    for (const { tenant, timer } of writes.timers.values()) {
      if ('clear' in timer) this.timers.delete(keyed(tenant, timer.clear))
      else {
        const dueAt = at + timer.inSeconds * 1000
        this.timers.set(keyed(tenant, timer.set), { tenant, timer, dueAt })
      }
    }
    return undefined
  }
}
