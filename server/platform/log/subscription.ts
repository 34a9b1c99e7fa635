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
 * PostgreSQL happen once, though `project` may run again. One that fails is tried until it succeeds.
 *
 * A reaction hears the events of one stream, and the transfers of one unit, in their order, and
 * different ones side by side. It may run more than once and must use the entry's key
 * (`<name>/<era>/<position>`) for whatever it commits. What fails five times goes to the dead letters.
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
      /** Streams that are heard at once: 32, unless what is heard at once is done together. */
      readonly sideBySide?: number
      react(entry: LogEntry, key: string): Promise<void>
    }

export interface Hears {
  /** Event types; none when empty. */
  readonly events: readonly string[]
  readonly transfers: boolean
}

/** Whether an entry is of what somebody hears. */
export function isHeard(entry: LogEntry, { events, transfers }: Hears): boolean {
  return entry.kind === 'event' ? events.includes(entry.event.type) : transfers
}
