import type { Instant } from '../clock.ts'
import type { TenantId } from '../ids.ts'
import type { LedgerEntry } from '../ledger/transfer.ts'
import type { DomainEvent, Position, Write } from '../write/commit.ts'

/** One entry of the log as a subscriber hears it. */
export interface LoggedEvent {
  readonly kind: 'event'
  readonly tenant: TenantId
  readonly position: Position
  readonly at: Instant
  readonly stream: string
  readonly version: number
  readonly event: DomainEvent
}

export interface LoggedTransfer {
  readonly kind: 'transfer'
  readonly tenant: TenantId
  readonly position: Position
  readonly at: Instant
  readonly entry: LedgerEntry
}

export type LogEntry = LoggedEvent | LoggedTransfer

/**
 * Reads the log at its own pace from a checkpoint, in the order (era, xid, position).
 *
 * A projection's rows are written in the transaction that moves its checkpoint: its effects in
 * PostgreSQL happen once, though `project` may run again. A reaction may run more than once and
 * must use the entry's key (`<name>/<position>`) for whatever it commits.
 */
export type Subscription =
  | {
      readonly kind: 'projection'
      readonly name: string
      readonly hears: Hears
      /** Pure: turns entries into rows. Later writes of one key in a batch win. */
      project(entries: readonly LogEntry[]): readonly { tenant: TenantId; write: Write }[]
    }
  | {
      readonly kind: 'reaction'
      readonly name: string
      readonly hears: Hears
      react(entry: LogEntry, key: string): Promise<void>
    }

export interface Hears {
  /** Event types; none when empty. */
  readonly events: readonly string[]
  readonly transfers: boolean
}
