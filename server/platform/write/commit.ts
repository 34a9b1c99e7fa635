import type { Instant } from '../clock.ts'
import type { TenantId } from '../ids.ts'
import type { Account, Balance, HoldId, OpenHold, Transfer } from '../ledger/transfer.ts'
import type { Outcome, Refusal } from '../outcome.ts'

/** A recorded fact: past tense, ids and facts, never personal data. Everything but `type` is stored as data. */
export interface DomainEvent {
  readonly type: string
}

/** When and as which version of its stream an event was recorded. */
export interface Recorded {
  readonly version: number
  readonly at: Instant
}

/** How the state of one kind of stream is folded from its events. `apply` is pure and total. */
export interface Aggregate<State, Event extends DomainEvent> {
  /** First part of the stream's name: `cart` in `cart/5f0c…`. */
  readonly kind: string
  readonly initial: State
  apply(state: State, event: Event, recorded: Recorded): State
}

/** One stream to decide on: loaded before, locked and version-checked within the commit. */
export interface StreamOf<State, Event extends DomainEvent = DomainEvent> {
  readonly aggregate: Aggregate<State, Event>
  readonly id: string
  /** The id was made for this very intent, so there is nothing to load. */
  readonly isNew?: boolean
  /** The intent appends nothing to it. */
  readonly isOnlyRead?: boolean
}

export function stream<State, Event extends DomainEvent>(
  aggregate: Aggregate<State, Event>,
  id: string,
): StreamOf<State, Event> {
  return { aggregate, id }
}

/** A stream that this intent begins, under an id it has just made. */
export function newStream<State, Event extends DomainEvent>(
  aggregate: Aggregate<State, Event>,
  id: string,
): StreamOf<State, Event> {
  return { aggregate, id, isNew: true }
}

/**
 * A stream that is decided on and not changed, however many do so at once: in a lane they wait for
 * whoever changes it, and not for each other. Between lanes it is locked as any other is.
 */
export function readStream<State, Event extends DomainEvent>(
  aggregate: Aggregate<State, Event>,
  id: string,
): StreamOf<State, never> {
  // Its events are folded as ever; only what is appended has none.
  return { aggregate: aggregate as Aggregate<State, never>, id, isOnlyRead: true }
}

export type Streams = Readonly<Record<string, StreamOf<any, any>>>

export type StatesOf<S extends Streams> = {
  readonly [K in keyof S]: S[K] extends StreamOf<infer State, any> ? State : never
}

/** Events for some of the streams, each of the kinds its stream takes. */
export type AppendsOf<S extends Streams> = {
  readonly [K in keyof S]?: S[K] extends StreamOf<any, infer Event> ? readonly Event[] : never
}

/** A table of a context that commits may write; it has `tenant_id` first in its key. */
export interface Table {
  /** `identity.sessions` */
  readonly name: string
  /** Primary key without `tenant_id`. */
  readonly key: readonly string[]
  /** Further unique keys, likewise; the in-memory store needs to be told. */
  readonly unique?: readonly (readonly string[])[]
}

/**
 * One row of a caller's own table, written with the commit by the application's role under
 * row-level security. `tenant_id` is added by the writer. Values are JSON (dates as ISO strings).
 *
 * `insert` that meets an existing row (by any unique key), and `update` or `delete` that match none
 * (`row` is then key and conditions: see `when`), refuse the whole commit with `orRefuse`; without
 * `orRefuse` a missed insert is a bug and a missed update or delete is nothing.
 */
export interface Write {
  readonly table: Table
  readonly verb: 'insert' | 'upsert' | 'update' | 'delete'
  readonly row: Readonly<Record<string, unknown>>
  /** Columns that must have these values for an update or delete to match. */
  readonly when?: Readonly<Record<string, unknown>>
  readonly orRefuse?: Refusal
}

/** A wish to be called at a time; part of the commit, so it is there or not with everything else. */
export type Timer =
  | {
      readonly set: string
      readonly kind: string
      readonly inSeconds: number
      readonly data: Readonly<Record<string, unknown>>
    }
  | { readonly clear: string }

/** What is known only once settled: the database's time and which account a hold was taken from. */
export interface Settled {
  readonly at: Instant
  readonly holds: ReadonlyMap<HoldId, OpenHold>
  /** What an account of the transfers, or one under `watch`, has after them. */
  balance(account: Account): Balance
}

/** What a command wants recorded. Appends go by the names the intent gave its streams. */
export interface Decision<S extends Streams, T> {
  readonly append?: AppendsOf<S>
  readonly transfers?: readonly Transfer[]
  /** Accounts the answer tells of although no transfer touches them; they are locked as well. */
  readonly watch?: readonly Account[]
  readonly rows?: readonly Write[]
  readonly timers?: readonly Timer[]
  /** Remembered under the key for 48 h, at most 64 kB, no personal data and no token. */
  readonly answer: T | ((settled: Settled) => T)
}

/**
 * A request to change something. `decide` is pure and may run more than once: on the state that
 * the intent's predecessor in the batch leaves.
 */
export interface Intent<S extends Streams, T> {
  readonly tenant: TenantId
  /** Whose key this is: `user/<id>`, `guest/<…>`, `sub/<name>`, `timer`. */
  readonly caller: string
  /** The client's key, or one derived from the cause. */
  readonly key: string
  /** The key was made for this very request, so nobody can have used it before. */
  readonly isFreshKey?: boolean
  /** One of thousands that nobody waits for: they are written beside what somebody does wait for. */
  readonly isBulk?: boolean
  /** Of method, path and body: the same key with another fingerprint is refused. */
  readonly fingerprint: string
  readonly streams: S
  decide(states: StatesOf<S>, at: Instant): Outcome<Decision<S, T>>
}

/** Where in the log a commit is, for callers that want to read their own writes. */
export interface Position {
  readonly era: number
  readonly xid: bigint
  readonly position: bigint
}

export interface Written<T> {
  readonly answer: T
  /** True when the answer was remembered from an earlier commit of the same key. */
  readonly replayed: boolean
}

/**
 * Settles an intent together with whatever else has arrived and answers after `COMMIT`. Refusals
 * are those of `decide`, of transfers and rows, and `request.key-reused`.
 * Throws `Unavailable` when the queue is full, the database is away or conflicts do not end.
 */
export type WriteIntent = <S extends Streams, T>(
  intent: Intent<S, T>,
) => Promise<Outcome<Written<T>>>
