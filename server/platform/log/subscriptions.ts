import type { Logger } from 'pino'

import type { Chance, Waiting } from '../waiting.ts'
import type { Position } from '../write/commit.ts'
import { Follower } from './follow.ts'
import { BEGINNING, isBefore, type LogSource } from './source.ts'
import type { Subscription } from './subscription.ts'

/** Commits of other processes are noticed within this time. */
const POLL_MS = 50

/** The same while PostgreSQL does not answer. */
const AWAY_MS = 500

/** Commits of this process gather for so long before they are read together. */
const GATHER_MS = 10

export interface SubscriptionsOptions {
  /** Closed with the subscriptions. */
  readonly source: LogSource
  readonly subscriptions: readonly Subscription[]
  /** Tells this process from others in leases: host and process id. */
  readonly holder: string
  readonly log: Logger
  readonly waiting: Waiting
  readonly chance: Chance
  readonly retryAfterMs?: number
}

export interface Subscriptions {
  /** Something was committed here: read at once instead of at the next poll. */
  wake(): void
  /**
   * Resolves when every subscription, wherever it runs, has heard everything committed until now,
   * its own consequences included. For tests: it takes a transaction id at each look.
   */
  idle(): Promise<void>
  /** By subscription: how many transactions it is behind. */
  lag(): Promise<ReadonlyMap<string, number>>
  /** The process id of the oldest open transaction in PostgreSQL, which holds all readers back. */
  heldBackBy(): Promise<number | undefined>
  /** Finishes the entries at hand and gives the leases back. */
  close(): Promise<void>
}

/** Runs the subscriptions of a worker until closed, each at its own pace. */
export function openSubscriptions(options: SubscriptionsOptions): Subscriptions {
  return new Following(options)
}

interface Waiter {
  readonly after: Position
  resolve(goOn: boolean): void
}

class Following implements Subscriptions {
  private readonly source: LogSource
  private readonly waiting: Waiting
  private readonly stop = new AbortController()
  private readonly followers: ReadonlyMap<string, Follower>
  private readonly running: Promise<unknown>
  private closing: Promise<void> | undefined
  private waiters: Waiter[] = []
  private isWaking = false
  private horizon: Position = BEGINNING

  constructor(options: SubscriptionsOptions) {
    const { source, subscriptions, log, waiting } = options
    this.source = source
    this.waiting = waiting
    const { signal } = this.stop
    const wait = (after: Position): Promise<boolean> => this.wait(after)
    this.followers = new Map(
      subscriptions.map((subscription) => [
        subscription.name,
        new Follower({ ...options, subscription, wait, signal }),
      ]),
    )
    this.running = Promise.all([
      ...[...this.followers.values()].map((follower) => follower.run()),
      ...(subscriptions.length > 0 ? [this.poll(log)] : []),
    ])
  }

  wake(): void {
    if (this.isWaking) return
    this.isWaking = true
    this.waiting.after(GATHER_MS, () => {
      this.isWaking = false
      this.release(() => true)
    })
  }

  async idle(): Promise<void> {
    for (;;) {
      const before = await this.source.begun()
      // Whatever has drawn a position by now is of an earlier transaction than this one.
      const target = await this.source.fence()
      while ([...this.followers.values()].some(({ seen }) => isBefore(seen, target))) {
        this.release(() => true)
        await this.waiting.sleep(5)
      }
      if ((await this.source.begun()) === before) return
    }
  }

  async lag(): Promise<ReadonlyMap<string, number>> {
    const { nextXid } = await this.source.horizon()
    return new Map(
      [...this.followers].map(([name, { seen }]) => [
        name,
        Math.max(0, Number(nextXid - seen.xid)),
      ]),
    )
  }

  heldBackBy(): Promise<number | undefined> {
    return this.source.heldBackBy()
  }

  close(): Promise<void> {
    this.closing ??= this.end()
    return this.closing
  }

  private async end(): Promise<void> {
    this.stop.abort()
    this.release(() => true)
    await this.running
    await this.source.close()
  }

  /** Until the horizon has passed a position, or somebody here committed something. */
  private wait(after: Position): Promise<boolean> {
    if (this.stop.signal.aborted) return Promise.resolve(false)
    if (isBefore(after, this.horizon)) return Promise.resolve(true)
    return new Promise((resolve) => this.waiters.push({ after, resolve }))
  }

  private release(which: (waiter: Waiter) => boolean): void {
    const goOn = !this.stop.signal.aborted
    const waiting = this.waiters
    this.waiters = waiting.filter((waiter) => !which(waiter))
    for (const waiter of waiting) if (which(waiter)) waiter.resolve(goOn)
  }

  /** One cheap question for all subscriptions: has the horizon moved? */
  private async poll(log: Logger): Promise<void> {
    const { signal } = this.stop
    let isAway = false
    while (!signal.aborted) {
      await this.waiting.sleep(isAway ? AWAY_MS : POLL_MS, signal)
      try {
        const { readable } = await this.source.horizon()
        if (isAway) log.info('the log can be asked again')
        isAway = false
        this.horizon = readable
        this.release(({ after }) => isBefore(after, readable))
      } catch (error) {
        if (!isAway && !signal.aborted) log.warn({ err: error }, 'the log could not be asked')
        isAway = true
      }
    }
  }
}
