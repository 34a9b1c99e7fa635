import type { Instant } from '../clock.ts'
import type { TenantId } from '../ids.ts'
import type { Account } from '../ledger/transfer.ts'
import type { Refusal } from '../outcome.ts'
import type { DomainEvent } from './commit.ts'
import type { BatchWrites, Locked } from './settle.ts'

/** What a batch locks, in this order and each list by primary key: keys, streams, accounts. */
export interface Needs {
  readonly keys: readonly { tenant: TenantId; caller: string; key: string }[]
  readonly streams: readonly { tenant: TenantId; stream: string }[]
  readonly accounts: readonly { tenant: TenantId; account: Account }[]
  /** Holds by id; the accounts they are taken from are locked as well. */
  readonly holds: readonly { tenant: TenantId; id: string }[]
}

export interface StoredEvent {
  readonly version: number
  readonly event: DomainEvent
  readonly at: Instant
}

/** The state of a stream after so many events. */
export interface Folded {
  readonly version: number
  readonly state: unknown
  /** The latest time of any event in it; 0 when there is none. */
  readonly at: Instant
}

/** One load reads at most so many events of a stream. */
export const LOAD_LIMIT = 1000

/** A stream to be loaded, behind a version. */
export interface Wanted {
  readonly tenant: TenantId
  readonly stream: string
  /** Snapshots of this fold may take the place of events; see `foldOf`. */
  readonly fold: string
  readonly after: number
}

export interface Loaded {
  /** The newest of this fold that is behind `after`. */
  readonly snapshot?: Folded
  /** What came after it, in order. */
  readonly events: readonly StoredEvent[]
  /** `LOAD_LIMIT` was reached: ask again behind the last of them. */
  readonly hasMore: boolean
}

/** A state to be kept. */
export interface Snapshot {
  readonly tenant: TenantId
  readonly stream: string
  readonly fold: string
  readonly version: number
  /** JSON. */
  readonly state: string
  readonly at: Instant
}

/** The rows of a member were refused; the transaction has been rolled back. */
export interface RowsRefused {
  readonly refused: ReadonlyMap<number, Refusal>
}

/** One transaction of the writer, between locking and `COMMIT`. */
export interface Session {
  readonly locked: Locked
  /** Looks for the oldest lapsed holds of accounts that were short; returns `locked` with them. */
  lapsed(short: readonly { tenant: TenantId; account: Account; wanted: number }[]): Promise<Locked>
  /**
   * Writes everything and commits; nothing is visible to anyone before this resolves. Calls
   * `onItsWay` when the next batch of the lane may begin behind it.
   */
  write(writes: BatchWrites, onItsWay: () => void): Promise<RowsRefused | undefined>
  /** Rolls back. Never throws. */
  abandon(): Promise<void>
}

/** Where commits are kept: PostgreSQL, or memory for tests and simulation. One conformance suite runs against both. */
export interface Store {
  /** Streams by `keyed(tenant, stream)`; one of which nothing is found is missing from the answer. */
  load(streams: readonly Wanted[]): Promise<ReadonlyMap<string, Loaded>>
  /** Keeps states that were committed; those that cannot be kept are forgotten. */
  save(snapshots: readonly Snapshot[]): Promise<void>
  /** Batches of one lane are written one after another. */
  begin(lane: number, needs: Needs): Promise<Session>
  close(): Promise<void>
}

/** A whole batch may be tried again: deadlock, serialization, lock timeout, connection lost (even in `COMMIT`: the keys tell). */
export class TryAgain extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TryAgain'
  }
}

/** Some member of the batch has data that cannot be written; find it by halves. */
export class BadData extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'BadData'
  }
}
