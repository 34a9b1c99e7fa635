/** Follows the end of the log, to drop what is remembered and to tell who waits. */
import type { Logger } from 'pino'

import type { Clock, Instant } from '../clock.ts'
import type { TenantId } from '../ids.ts'
import type { Waiting } from '../waiting.ts'
import type { Place } from '../write/settle.ts'

/** Everything below a transaction id of an era: all that was recorded by earlier ones. */
export type Reach = Place

/** An event as far as it matters to who remembers something. */
export interface Told {
  readonly tenant: TenantId
  readonly type: string
  /** `product/5f0c…` */
  readonly stream: string
}

/** What moved in the ledger: which unit of which shop. */
export interface Moved {
  readonly tenant: TenantId
  readonly unit: string
}

/** One look at the end of the log. */
export interface TailLook {
  readonly readable: Reach
  /** The transaction id that is given next. */
  readonly nextXid: bigint
  readonly events: readonly Told[]
  readonly moves: readonly Moved[]
  /** False when there was more than one look reads: then anything may have changed. */
  readonly isWhole: boolean
}

/** Where the tail is read: PostgreSQL, or memory. Throws when it is away. */
export interface TailSource {
  /** What was recorded in (after, horizon); nothing but the horizon when `after` is absent. */
  look(after: Reach | undefined): Promise<TailLook>
  close(): Promise<void>
}

/** Called in the order of the log, before anyone who waits for that position goes on. */
export interface TailListener {
  told(event: Told): void
  moved(move: Moved): void
  /** Anything may have changed. */
  lost(): void
  /** All of a look was told. */
  caughtUp?(): void
}

/** What contexts see of the tail. */
export interface Tail {
  hear(listener: TailListener): void
  /** Every commit until then has been told. Goes on while nothing happens. */
  currentTo(): Instant
  /** Resolves when everything up to a position has been told: `reached`, or why it was not. */
  reach(position: Reach): Promise<'reached' | 'late' | 'future'>
  /** How far everything has been told. */
  readonly seen: Reach
  /** Something was committed here: look at once. */
  wake(): void
}

/** The tail itself, for who has to know how far it is. */
export interface FollowedTail extends Tail {
  /** While something is told: all of it lies below this. */
  readonly telling: Reach | undefined
  close(): Promise<void>
}

/** Commits of other processes are noticed within this time. */
const POLL_MS = 50
/** The same while the log cannot be read. */
const AWAY_MS = 250
/** Commits of this process gather for so long. */
const GATHER_MS = 4
/** Who waits for a position waits so long at most. */
export const REACH_MS = 1_000
/** Looks whose commits are not all over yet; more are forgotten, the newest last. */
const PENDING = 200

export interface TailOptions {
  readonly source: TailSource
  readonly clock: Clock
  readonly waiting: Waiting
  readonly log: Logger
}

/** Follows until closed. */
export function openTail(options: TailOptions): FollowedTail {
  return new Following(options)
}

/** A position as it travels in headers: `era.xid`. */
export function writeReach({ era, xid }: Reach): string {
  return `${era}.${xid}`
}

/** Undefined for what is none. */
export function readReach(text: string): Reach | undefined {
  const [, era, xid] = /^(\d{1,9})\.(\d{1,18})$/.exec(text) ?? []
  return era === undefined || xid === undefined ? undefined : { era: Number(era), xid: BigInt(xid) }
}

function isBehind(seen: Reach, position: Reach): boolean {
  return seen.era < position.era || (seen.era === position.era && seen.xid <= position.xid)
}

class Following implements FollowedTail {
  seen: Reach = { era: 0, xid: 0n }
  telling: Reach | undefined
  readonly #options: TailOptions
  readonly #listeners: TailListener[] = []
  readonly #stop = new AbortController()
  readonly #running: Promise<void>
  #waiters: { readonly position: Reach; go(): void }[] = []
  #current: Instant = 0
  #nextXid = 0n
  /** Looks, each with the transaction id that was next then: what is below it has ended some day. */
  #pending: { readonly at: Instant; readonly nextXid: bigint }[] = []
  #isWaking = false
  #rouse: (() => void) | undefined

  constructor(options: TailOptions) {
    this.#options = options
    this.#running = this.#run()
  }

  hear(listener: TailListener): void {
    this.#listeners.push(listener)
  }

  currentTo(): Instant {
    return this.#current
  }

  async reach(position: Reach): Promise<'reached' | 'late' | 'future'> {
    if (!isBehind(this.seen, position)) return 'reached'
    const { waiting } = this.#options
    const isReached = await new Promise<boolean>((resolve) => {
      const callOff = waiting.after(REACH_MS, () => {
        this.#waiters = this.#waiters.filter((each) => each !== waiter)
        resolve(false)
      })
      const waiter = {
        position,
        go: () => {
          callOff()
          resolve(true)
        },
      }
      this.#waiters.push(waiter)
      this.wake()
    })
    if (isReached) return 'reached'
    const isGiven = position.era <= this.seen.era && position.xid < this.#nextXid
    return isGiven || this.seen.era === 0 ? 'late' : 'future'
  }

  wake(): void {
    if (this.#isWaking) return
    this.#isWaking = true
    this.#options.waiting.after(GATHER_MS, () => {
      this.#isWaking = false
      this.#rouse?.()
    })
  }

  async close(): Promise<void> {
    this.#stop.abort()
    this.#rouse?.()
    await this.#running
    await this.#options.source.close()
  }

  async #run(): Promise<void> {
    const { source, clock, log } = this.#options
    const { signal } = this.#stop
    let after: Reach | undefined
    let isAway = false
    while (!signal.aborted) {
      try {
        const at = clock.now()
        const look = await source.look(after)
        if (isAway) log.info('the end of the log can be read again')
        isAway = false
        this.#tell(look, after)
        after = look.readable
        this.#advance(look, at)
      } catch (error) {
        if (!isAway && !signal.aborted) log.warn({ err: error }, 'the end of the log was not read')
        isAway = true
      }
      await this.#rest(isAway ? AWAY_MS : POLL_MS)
    }
  }

  #tell({ events, moves, isWhole, readable }: TailLook, after: Reach | undefined): void {
    this.telling = readable
    try {
      for (const listener of this.#listeners) {
        if (!isWhole || after === undefined || readable.era !== after.era) listener.lost()
        else {
          for (const event of events) listener.told(event)
          for (const move of moves) listener.moved(move)
        }
      }
    } finally {
      this.telling = undefined
    }
  }

  #advance({ readable, nextXid }: TailLook, at: Instant): void {
    if (readable.era !== this.seen.era) this.#pending = []
    this.seen = readable
    this.#nextXid = nextXid
    this.#pending.push({ at, nextXid })
    while (this.#pending.length > 0) {
      const [first] = this.#pending
      if (first === undefined || first.nextXid > readable.xid) break
      this.#current = first.at
      this.#pending.shift()
    }
    // Of looks that wait for one long transaction the oldest is the first to come true.
    if (this.#pending.length > PENDING) this.#pending.splice(1, 1)

    const waiting = this.#waiters
    this.#waiters = waiting.filter(({ position }) => isBehind(readable, position))
    for (const each of waiting) if (!isBehind(readable, each.position)) each.go()
    for (const listener of this.#listeners) listener.caughtUp?.()
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const callOff = this.#options.waiting.after(ms, () => this.#rouse?.())
      this.#rouse = () => {
        this.#rouse = undefined
        callOff()
        resolve()
      }
      if (this.#stop.signal.aborted) this.#rouse()
    })
  }
}
