/**
 * Settles a batch: given what was locked, the database's time and the decided members in order of
 * arrival, says for each member what became of it and for all of them what to write. Pure: no
 * clock, no database, no randomness; the PostgreSQL and the in-memory store share it.
 */
import type { Instant } from '../clock.ts'
import type { TenantId } from '../ids.ts'
import { applyTransfer, type Books } from '../ledger/apply.ts'
import type { Account, Balance, LedgerEntry, OpenHold, Transfer } from '../ledger/transfer.ts'
import type { Outcome, Refusal } from '../outcome.ts'
import type { DomainEvent, Position, Settled, Timer, Write } from './commit.ts'

/** What a member wants, its streams by name and its state already decided. */
export interface Member {
  readonly tenant: TenantId
  readonly caller: string
  readonly key: string
  readonly fingerprint: string
  /** Version of every stream it was decided on, by `keyed(...)`. */
  readonly expected: readonly { readonly name: string; readonly version: number }[]
  readonly decided: Outcome<Plan>
}

/** An event and its data as text, made while another batch is being written. */
export interface PlannedEvent {
  readonly event: DomainEvent
  readonly data: string
}

/** A row of the member at a place of the batch. */
export interface MemberRow {
  readonly member: number
  readonly tenant: TenantId
  readonly write: Write
}

export interface Plan {
  readonly appends: readonly {
    /** `keyed(...)` of the stream. */
    readonly name: string
    readonly stream: string
    readonly events: readonly PlannedEvent[]
  }[]
  readonly transfers: readonly Transfer[]
  readonly watch: readonly Account[]
  readonly rows: readonly Write[]
  readonly timers: readonly Timer[]
  readonly answer: (settled: Settled) => unknown
}

/** Every entry of a transaction, as a place in the log: the first two parts of a `Position`. */
export type Place = Pick<Position, 'era' | 'xid'>

/** The rows a batch locked, by `keyed(...)`. What is missing has no row yet. */
export interface Locked {
  readonly now: Instant
  /** Where in the log what is committed under these locks will be; absent where nobody follows. */
  readonly place?: Place
  readonly answers: ReadonlyMap<string, { readonly fingerprint: string; readonly answer: unknown }>
  readonly versions: ReadonlyMap<string, number>
  readonly balances: ReadonlyMap<string, Balance>
  readonly holds: ReadonlyMap<string, OpenHold>
  /** Lapsed holds of accounts that were short, oldest first, each in `holds` too; filled on the second look only. */
  readonly lapsed: ReadonlyMap<string, readonly OpenHold[]>
}

/**
 * `stale`: decided on a state that did not come to be; decide again. `ahead` tells a predecessor in
 * this batch that failed (true) from another process that was faster (false).
 */
export type Settlement =
  | { readonly kind: 'committed'; readonly answer: unknown; readonly at: Instant }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'replayed'; readonly answer: unknown }
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'stale'; readonly ahead: boolean }

export interface NewEvent {
  readonly tenant: TenantId
  readonly stream: string
  readonly version: number
  readonly event: DomainEvent
  /** All of it but the type, as JSON. */
  readonly data: string
  readonly cause: string
}

export interface NewTransfer {
  readonly tenant: TenantId
  readonly entry: LedgerEntry
  readonly cause: string
}

/** Everything a batch writes, ready for set-based statements. */
export interface BatchWrites {
  readonly now: Instant
  readonly events: NewEvent[]
  readonly transfers: NewTransfer[]
  readonly streams: Map<
    string,
    { tenant: TenantId; stream: string; version: number; isNew: boolean }
  >
  readonly accounts: Map<
    string,
    { tenant: TenantId; account: Account; balance: Balance; isNew: boolean }
  >
  readonly holds: Map<
    string,
    { tenant: TenantId; id: string; hold: OpenHold | undefined; isNew: boolean }
  >
  readonly answers: {
    member: number
    tenant: TenantId
    caller: string
    key: string
    fingerprint: string
    answer: unknown
  }[]
  /** What each timer is after the batch: set, or cleared. */
  readonly timers: Map<string, { tenant: TenantId; timer: Timer }>
  readonly rows: MemberRow[]
}

export interface SettledBatch {
  readonly settlements: readonly Settlement[]
  readonly writes: BatchWrites
  /** Accounts that were short and whose lapsed holds have not been looked for. */
  readonly short: readonly { tenant: TenantId; account: Account; wanted: number }[]
}

/** Joins the parts of a key; NUL cannot be in a text of PostgreSQL. */
export function keyed(tenant: TenantId, ...parts: readonly string[]): string {
  return `${tenant}\0${parts.join('\0')}`
}

/**
 * @param refusedRows Refusals that the rows of a member met in an earlier try of this batch, by the
 * member's place.
 */
export function settle(
  locked: Locked,
  members: readonly Member[],
  refusedRows: ReadonlyMap<number, Refusal> = new Map(),
): SettledBatch {
  const batch = new Batch(locked)
  const settlements = members.map((member, place) => batch.settle(member, place, refusedRows))
  return { settlements, writes: batch.writes, short: [...batch.shortAccounts.values()] }
}

class Batch {
  readonly shortAccounts = new Map<string, { tenant: TenantId; account: Account; wanted: number }>()
  readonly writes: BatchWrites
  private readonly locked: Locked
  private readonly answered = new Map<string, { fingerprint: string; answer: unknown }>()
  /**
   * Streams for which a member had events that did not come to be. Whoever was decided after it was
   * decided on them, though another process may have made the version the same.
   */
  private readonly unreal = new Set<string>()

  constructor(locked: Locked) {
    this.locked = locked
    this.writes = {
      now: locked.now,
      events: [],
      transfers: [],
      streams: new Map(),
      accounts: new Map(),
      holds: new Map(),
      answers: [],
      timers: new Map(),
      rows: [],
    }
  }

  settle(member: Member, place: number, refusedRows: ReadonlyMap<number, Refusal>): Settlement {
    const settlement = this.look(member, place, refusedRows)
    if (settlement.kind !== 'committed' && member.decided.ok) {
      for (const { name, events } of member.decided.value.appends) {
        if (events.length > 0) this.unreal.add(name)
      }
    }
    return settlement
  }

  private look(
    member: Member,
    place: number,
    refusedRows: ReadonlyMap<number, Refusal>,
  ): Settlement {
    const id = keyed(member.tenant, member.caller, member.key)
    const known = this.answered.get(id) ?? this.locked.answers.get(id)
    if (known !== undefined) {
      return known.fingerprint === member.fingerprint
        ? { kind: 'replayed', answer: known.answer }
        : { kind: 'mismatch' }
    }

    const stale = this.staleness(member)
    if (stale !== undefined) return stale
    if (!member.decided.ok) return { kind: 'refused', refusal: member.decided.refusal }
    const rowRefusal = refusedRows.get(place)
    if (rowRefusal !== undefined) return { kind: 'refused', refusal: rowRefusal }

    const plan = member.decided.value
    const books = new MemberBooks(member.tenant, this.locked, this.writes, this.shortAccounts)
    for (const transfer of plan.transfers) {
      books.wanted = 'amount' in transfer ? (transfer.amount ?? 0) : 0
      const refusal = applyTransfer(books, transfer, this.locked.now)
      if (refusal !== undefined) return { kind: 'refused', refusal }
    }

    const settled: Settled = {
      at: this.locked.now,
      get holds() {
        return books.holdsTaken()
      },
      balance: (account) => books.balance(account),
    }
    const answer = plan.answer(settled)
    this.answered.set(id, { fingerprint: member.fingerprint, answer })
    this.keep(member, place, plan, books, answer)
    return { kind: 'committed', answer, at: this.locked.now }
  }

  private staleness(member: Member): Settlement | undefined {
    for (const { name, version: expected } of member.expected) {
      const current = this.writes.streams.get(name)?.version ?? this.locked.versions.get(name) ?? 0
      if (this.unreal.has(name)) return { kind: 'stale', ahead: true }
      if (current !== expected) return { kind: 'stale', ahead: expected > current }
    }
    return undefined
  }

  private keep(
    member: Member,
    place: number,
    plan: Plan,
    books: MemberBooks,
    answer: unknown,
  ): void {
    const { tenant, caller, key, fingerprint } = member
    const cause = `${caller} ${key}`
    for (const { name, stream, events } of plan.appends) {
      if (events.length === 0) continue
      const before = this.writes.streams.get(name)
      let version = before?.version ?? this.locked.versions.get(name) ?? 0
      const isNew = before?.isNew ?? version === 0
      for (const { event, data } of events) {
        version += 1
        this.writes.events.push({ tenant, stream, version, event, data, cause })
      }
      this.writes.streams.set(name, { tenant, stream, version, isNew })
    }
    books.keep(cause)
    for (const timer of plan.timers) {
      const id = 'clear' in timer ? timer.clear : timer.set
      this.writes.timers.set(keyed(tenant, id), { tenant, timer })
    }
    for (const write of plan.rows) this.writes.rows.push({ member: place, tenant, write })
    this.writes.answers.push({ member: place, tenant, caller, key, fingerprint, answer })
  }
}

/** One member's view of the books: the batch's state under its own changes, kept only when it commits. */
class MemberBooks implements Books {
  /** What the transfer at hand wants, so that no more lapsed holds are read than are missing. */
  wanted = 0
  private readonly tenant: TenantId
  private readonly locked: Locked
  private readonly writes: BatchWrites
  private readonly shortAccounts: Map<
    string,
    { tenant: TenantId; account: Account; wanted: number }
  >
  private readonly balances = new Map<string, { account: Account; balance: Balance }>()
  private readonly holds = new Map<string, OpenHold | undefined>()
  private readonly entries: LedgerEntry[] = []

  constructor(
    tenant: TenantId,
    locked: Locked,
    writes: BatchWrites,
    shortAccounts: Map<string, { tenant: TenantId; account: Account; wanted: number }>,
  ) {
    this.tenant = tenant
    this.locked = locked
    this.writes = writes
    this.shortAccounts = shortAccounts
  }

  balance(account: Account): Balance {
    const name = keyed(this.tenant, account.unit, account.name)
    return (
      this.balances.get(name)?.balance ??
      this.writes.accounts.get(name)?.balance ??
      this.locked.balances.get(name) ?? { posted: 0, held: 0 }
    )
  }

  setBalance(account: Account, balance: Balance): void {
    this.balances.set(keyed(this.tenant, account.unit, account.name), { account, balance })
  }

  hold(id: string): OpenHold | undefined {
    if (this.holds.has(id)) return this.holds.get(id)
    const name = keyed(this.tenant, id)
    const written = this.writes.holds.get(name)
    return written === undefined ? this.locked.holds.get(name) : written.hold
  }

  setHold(id: string, hold: OpenHold | undefined): void {
    this.holds.set(id, hold)
  }

  lapsed(account: Account): readonly OpenHold[] {
    return this.locked.lapsed.get(keyed(this.tenant, account.unit, account.name)) ?? []
  }

  short(account: Account): void {
    const name = keyed(this.tenant, account.unit, account.name)
    if (this.locked.lapsed.has(name)) return
    const wanted = (this.shortAccounts.get(name)?.wanted ?? 0) + this.wanted
    this.shortAccounts.set(name, { tenant: this.tenant, account, wanted })
  }

  record(entry: LedgerEntry): void {
    this.entries.push(entry)
  }

  /** The holds this member took or moved the deadline of. */
  holdsTaken(): ReadonlyMap<string, OpenHold> {
    const taken = new Map<string, OpenHold>()
    for (const [id, hold] of this.holds) if (hold !== undefined) taken.set(id, hold)
    return taken
  }

  keep(cause: string): void {
    const { tenant } = this
    for (const [name, { account, balance }] of this.balances) {
      const isNew =
        this.writes.accounts.get(name)?.isNew ?? this.locked.balances.get(name) === undefined
      this.writes.accounts.set(name, { tenant, account, balance, isNew })
    }
    for (const [id, hold] of this.holds) {
      const name = keyed(tenant, id)
      this.writes.holds.set(name, { tenant, id, hold, isNew: !this.locked.holds.has(name) })
    }
    for (const entry of this.entries) this.writes.transfers.push({ tenant, entry, cause })
  }
}
