import type { Position } from '../write/commit.ts'
import type { MemoryStore } from '../write/memory-store.ts'
import {
  BEGINNING,
  LEASE_SECONDS,
  PAGE,
  type Consequences,
  type Lease,
  type LogPage,
  type LogReader,
  type LogEnd,
  type LogSource,
} from './source.ts'
import { isHeard, type Hears, type LogEntry } from './subscription.ts'

/** How far a subscription got, and who may move it until when. */
interface Standing {
  checkpoint: Position
  token: bigint
  holder: string | undefined
  leasedUntil: number
}

/**
 * The log of a memory store, with checkpoints, leases and dead letters by the rules of PostgreSQL's.
 * Processes that share a store share one of these, so closing it closes nothing.
 */
export class MemoryLog implements LogSource {
  private readonly store: MemoryStore
  private readonly standings = new Map<string, Standing>()

  constructor(store: MemoryStore) {
    this.store = store
  }

  async open(): Promise<LogReader> {
    let taken: Lease | undefined
    return {
      take: async (name, holder) => (taken = this.take(name, holder)),
      checkpoint: async (name) => this.standings.get(name)?.checkpoint ?? BEGINNING,
      read: async (after, hears) => this.read(after, hears),
      keep: async (lease) => this.keep(lease),
      move: async (lease, to) => this.move(lease, to),
      save: async (lease, to, consequences) => this.save(lease, to, consequences),
      end: async (lease) => this.free(lease),
      release: (isSound) => {
        // As with PostgreSQL, a lease is worth nothing without the connection it was taken on.
        if (!isSound && taken !== undefined) this.free(taken)
      },
    }
  }

  async look(after: Position, hears: Hears): Promise<LogPage> {
    return this.read(after, hears)
  }

  async end(): Promise<LogEnd> {
    const { horizon: readable } = this.store
    return { readable, nextXid: readable.xid }
  }

  async begun(): Promise<string> {
    return String(this.store.log.length)
  }

  async fence(): Promise<Position> {
    return this.store.horizon
  }

  async heldBackBy(): Promise<undefined> {
    return undefined
  }

  async close(): Promise<void> {
    // The other processes read on.
  }

  private take(name: string, holder: string): Lease | undefined {
    let standing = this.standings.get(name)
    if (standing === undefined) {
      standing = { checkpoint: BEGINNING, token: 0n, holder: undefined, leasedUntil: -Infinity }
      this.standings.set(name, standing)
    }
    const isFree = standing.holder === holder || standing.leasedUntil < this.store.clock.now()
    if (!isFree) return undefined
    standing.holder = holder
    standing.token += 1n
    this.extend(standing)
    return { name, token: String(standing.token), checkpoint: standing.checkpoint }
  }

  private read(after: Position, hears: Hears): LogPage {
    const { log, horizon } = this.store
    const entries: LogEntry[] = []
    for (let place = this.store.placeBehind(after); place < log.length; place += 1) {
      const entry = log[place] as LogEntry
      if (!isHeard(entry, hears)) continue
      entries.push(entry)
      if (entries.length === PAGE) return { entries, next: entry.position, isAtHorizon: false }
    }
    return { entries, next: horizon, isAtHorizon: true }
  }

  private keep(lease: Lease): boolean {
    const standing = this.held(lease)
    if (standing !== undefined) this.extend(standing)
    return standing !== undefined
  }

  private move(lease: Lease, to: Position): boolean {
    const standing = this.held(lease)
    if (standing === undefined || !isSame(standing.checkpoint, lease.checkpoint)) return false
    standing.checkpoint = to
    this.extend(standing)
    return true
  }

  private save(lease: Lease, to: Position, { rows = [], letters = [] }: Consequences): boolean {
    const standing = this.held(lease)
    if (standing === undefined || !isSame(standing.checkpoint, lease.checkpoint)) return false
    this.store.writeRows(rows)
    for (const { tenant, entry, reason } of letters) {
      const source = lease.name
      this.store.deadLetters.push({ tenant, source, entry: JSON.parse(entry), reason })
    }
    return this.move(lease, to)
  }

  private free(lease: Lease): void {
    const standing = this.held(lease)
    if (standing !== undefined) standing.leasedUntil = -Infinity
  }

  /** Where the token is still the newest, whatever the time: as long as nobody else took the lease. */
  private held({ name, token }: Lease): Standing | undefined {
    const standing = this.standings.get(name)
    return standing !== undefined && String(standing.token) === token ? standing : undefined
  }

  private extend(standing: Standing): void {
    standing.leasedUntil = this.store.clock.now() + LEASE_SECONDS * 1000
  }
}

function isSame(one: Position, other: Position): boolean {
  return one.era === other.era && one.xid === other.xid && one.position === other.position
}
