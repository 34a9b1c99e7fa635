/** Runs one subscription: takes its lease, reads on from its checkpoint, hands over what it hears. */
import type { Logger } from 'pino'

import type { Clock, Instant } from '../clock.ts'
import type { Chance, Waiting } from '../waiting.ts'
import type { Position } from '../write/commit.ts'
import type { Found, Listener, Lookout } from './lookout.ts'
import { react } from './react.ts'
import {
  BEGINNING,
  isBefore,
  LEASE_SECONDS,
  type Consequences,
  type Lease,
  type LogPage,
  type LogReader,
  type LogSource,
} from './source.ts'
import type { Subscription } from './subscription.ts'

/**
 * A checkpoint that only passes over what nobody hears is written no more often than once in so
 * many transactions; otherwise idle subscriptions would keep each other awake for ever.
 */
const PASS_OVER = 1000n

/** How often a log is read that ends before where it was seen to end. */
const POLL_MS = 50

/** How often a process that lacks the lease asks for it. */
const LEASE_POLL_MS = 1000

export interface FollowOptions {
  readonly subscription: Subscription
  readonly source: LogSource
  readonly holder: string
  readonly log: Logger
  readonly clock: Clock
  readonly waiting: Waiting
  readonly chance: Chance
  readonly lookout: Pick<Lookout, 'join'>
  readonly signal: AbortSignal
  /** Pauses between tries of an entry; doubled each time. */
  readonly retryAfterMs?: number
}

export class Follower {
  /** Everything up to here has been handed over, by this process or by the one that has the lease. */
  seen: Position = BEGINNING
  /** When the oldest entry was recorded that is being handed over, or has yet to be. */
  private busySince: Instant | undefined
  private heardUntil: Instant | undefined
  /** How far the process that has the lease was behind when this one looked last. */
  private watchedMs = 0
  private readonly options: FollowOptions
  private giveUp: (() => void) | undefined

  constructor(options: FollowOptions) {
    this.options = options
  }

  /** How old the oldest entry is that was not heard yet, as far as this process knows of one. */
  behindMs(): number {
    const { clock } = this.options
    return this.busySince === undefined ? this.watchedMs : clock.now() - this.busySince
  }

  /** Until told to stop. Errors are logged and tried again; the lease passes to another process if this one dies. */
  async run(): Promise<void> {
    const { subscription, log, signal, waiting } = this.options
    while (!signal.aborted) {
      try {
        await this.lead()
      } catch (error) {
        log.warn({ err: error, subscription: subscription.name }, 'a subscription stumbled')
        await waiting.sleep(200, signal)
      }
    }
  }

  private async lead(): Promise<void> {
    const { subscription, source, holder, signal, waiting, lookout } = this.options
    const reader = await source.open()
    let isSound = false
    this.busySince = undefined
    try {
      const lease = await reader.take(subscription.name, holder)
      if (lease === undefined) {
        await this.watch(reader)
        isSound = true
        await waiting.sleep(LEASE_POLL_MS, signal)
        return
      }
      this.seen = lease.checkpoint
      this.watchedMs = 0
      using leading = new DisposableStack()
      leading.defer(this.keep(reader, lease))
      const listener = lookout.join(subscription.hears)
      leading.defer(listener.leave)
      while (!signal.aborted) {
        const page = await this.page(reader, listener)
        if (page === 'lost') return
        if (page !== 'ended' && !(await this.handOver(reader, lease, page))) return
      }
      await reader.end(lease)
      isSound = true
    } finally {
      reader.release(isSound)
    }
  }

  /** What comes next: of what all were read together, or, for who is behind that, of the log. */
  private async page(reader: LogReader, listener: Listener): Promise<LogPage | 'lost' | 'ended'> {
    const { subscription, signal, waiting } = this.options
    const found = await new Promise<Found | 'lost'>((resolve) => {
      this.giveUp = () => resolve('lost')
      void listener.beyond(this.seen).then(resolve)
    })
    this.giveUp = undefined
    if (found !== 'behind') return found
    // There is more, and none of it is older.
    this.busySince = this.heardUntil
    const page = await reader.read(this.seen, subscription.hears)
    // A log that was restored may end before where it was seen to end.
    if (page.isAtHorizon && !isBefore(this.seen, page.next)) await waiting.sleep(POLL_MS, signal)
    return page
  }

  /** Sees how far the process got that has the lease: to whatever it would hear next. */
  private async watch(reader: LogReader): Promise<void> {
    const { subscription, signal, clock } = this.options
    let seen = await reader.checkpoint(subscription.name)
    for (let isFurther = true; isFurther && !signal.aborted;) {
      const { entries, next, isAtHorizon } = await reader.read(seen, subscription.hears)
      const [oldest] = entries
      this.watchedMs = oldest === undefined ? 0 : clock.now() - oldest.at
      if (entries.length === 0) seen = next
      isFurther = entries.length === 0 && !isAtHorizon
    }
    this.seen = seen
  }

  /** False when the lease has passed to another. */
  private async handOver(reader: LogReader, lease: Lease, page: LogPage): Promise<boolean> {
    const { subscription, signal, log, waiting, chance, retryAfterMs = 200 } = this.options
    this.heardUntil = page.entries.at(-1)?.at
    this.busySince = page.entries[0]?.at
    if (page.entries.length === 0) return this.passOver(reader, lease, page.next)
    if (subscription.kind === 'projection') {
      return this.save(reader, lease, page.next, { rows: subscription.project(page.entries) })
    }
    const how = { log, waiting, chance, signal, retryAfterMs }
    const heard = await react(subscription, page.entries, how)
    const isWhole = heard.count === page.entries.length
    const to = isWhole ? page.next : page.entries[heard.count - 1]?.position
    // Told to stop before the first was heard: whoever goes on begins with it.
    if (to === undefined) return true
    return this.save(reader, lease, to, { letters: heard.letters })
  }

  private async passOver(reader: LogReader, lease: Lease, next: Position): Promise<boolean> {
    const { era, xid } = lease.checkpoint
    const isFar = next.era !== era || next.xid - xid >= PASS_OVER
    if (isFar && !(await reader.move(lease, next))) return false
    if (isFar) lease.checkpoint = next
    this.seen = next
    return true
  }

  private async save(
    reader: LogReader,
    lease: Lease,
    to: Position,
    consequences: Consequences,
  ): Promise<boolean> {
    if (!(await reader.save(lease, to, consequences))) return false
    lease.checkpoint = to
    this.busySince = undefined
    this.seen = to
    return true
  }

  /**
   * Extends the lease while a long reaction runs, and while there is nothing to read: by the connection it
   * hangs on, which nobody else would find lost until there is something to hear again.
   */
  private keep(reader: LogReader, lease: Lease): () => void {
    const { waiting } = this.options
    let callOff: () => void
    const again = (): void => {
      callOff = waiting.after((LEASE_SECONDS * 1000) / 3, () => {
        again()
        void this.extend(reader, lease)
      })
    }
    again()
    return () => callOff()
  }

  private async extend(reader: LogReader, lease: Lease): Promise<void> {
    const { subscription, log } = this.options
    try {
      if (await reader.keep(lease)) return
    } catch (error) {
      log.warn({ err: error, subscription: subscription.name }, 'a lease was not extended')
    }
    this.giveUp?.()
  }
}
