import type { TenantId } from '../ids.ts'
import type { Position, Write } from '../write/commit.ts'
import type { Hears, LogEntry } from './subscription.ts'

/** A lease is given for so long and is extended while its holder lives (requirement DAT-04). */
export const LEASE_SECONDS = 30

/** Entries that one look at the log returns at most. */
export const PAGE = 500

/** Before everything. */
export const BEGINNING: Position = { era: 0, xid: 0n, position: 0n }

/** The order of the log, (era, xid, position). */
export function isBefore(one: Position, two: Position): boolean {
  if (one.era !== two.era) return one.era < two.era
  if (one.xid !== two.xid) return one.xid < two.xid
  return one.position < two.position
}

/** The right to move one subscription's checkpoint until another takes it. */
export interface Lease {
  readonly name: string
  /** The fencing token (requirement R13): who holds an older one moves nothing. */
  readonly token: string
  checkpoint: Position
}

export interface LogPage {
  readonly entries: readonly LogEntry[]
  /** Where to read on: everything up to here that the subscription hears is in `entries`. */
  readonly next: Position
  /** Nothing behind `next` can be read yet. */
  readonly isAtHorizon: boolean
}

/** What failed too often, ready for the dead letters. */
export interface Letter {
  readonly tenant: TenantId
  /** The entry as JSON. */
  readonly entry: string
  readonly reason: string
}

/** What follows from a page: rows of a projection, or what a reaction gave up. */
export interface Consequences {
  readonly rows?: readonly { readonly tenant: TenantId; readonly write: Write }[]
  readonly letters?: readonly Letter[]
}

/** Where the log ends for now. */
export interface LogEnd {
  /** Below it everything has ended; it only moves forward, and new entries appear only as it does. */
  readonly readable: Position
  /** The transaction id that is given next. */
  readonly nextXid: bigint
}

/** Reads for one subscription. Everything may throw when the log is away. */
export interface LogReader {
  /** The lease, unless another holds it. */
  take(name: string, holder: string): Promise<Lease | undefined>
  /** How far a subscription got that another process may be running. */
  checkpoint(name: string): Promise<Position>
  read(after: Position, hears: Hears): Promise<LogPage>
  /** Extends the lease; false when another has taken it. Throws when the connection is lost, with it the lease. */
  keep(lease: Lease): Promise<boolean>
  /** Moves the checkpoint; false when the lease or the checkpoint is another's. */
  move(lease: Lease, to: Position): Promise<boolean>
  /** Writes what follows from a page and moves the checkpoint, in one transaction or not at all. */
  save(lease: Lease, to: Position, consequences: Consequences): Promise<boolean>
  /** Lets others take the lease at once. */
  end(lease: Lease): Promise<void>
  /** Gives the connection back, or ends it, and with it the lease, where something went wrong on it. */
  release(isSound: boolean): void
}

/**
 * Where the log is and how far each subscription got: PostgreSQL, or memory for simulation. One
 * suite runs against both.
 */
export interface LogSource {
  open(): Promise<LogReader>
  /** Reads for all who are at the end: what a reader without a lease would be given. */
  look(after: Position, hears: Hears): Promise<LogPage>
  end(): Promise<LogEnd>
  /** Changes whenever a transaction has begun to record something. */
  begun(): Promise<string>
  /** Later than every transaction that has written anything. */
  fence(): Promise<Position>
  /** The process id of the oldest open transaction, which holds all readers back. */
  heldBackBy(): Promise<number | undefined>
  close(): Promise<void>
}
