import type { Logger } from 'pino'

import type { Clock } from '../clock.ts'
import type { Chance, Waiting } from '../waiting.ts'
import { Follower } from './follow.ts'
import { Lookout } from './lookout.ts'
import { isBefore, type LogSource } from './source.ts'
import type { Subscription } from './subscription.ts'

export interface SubscriptionsOptions {
  /** Closed with the subscriptions. */
  readonly source: LogSource
  readonly subscriptions: readonly Subscription[]
  /** Tells this process from others in leases: host and process id. */
  readonly holder: string
  readonly log: Logger
  readonly clock: Clock
  readonly waiting: Waiting
  readonly chance: Chance
  readonly retryAfterMs?: number
}

export interface Subscriptions {
  /** Something was committed here: looks soon instead of at the next poll. */
  wake(): void
  /**
   * Resolves when every subscription, wherever it runs, has heard everything committed until now,
   * its own consequences included. For tests: it takes a transaction id at each look.
   */
  idle(): Promise<void>
  /** How old the oldest entry is that a subscription has yet to hear, wherever it runs, in milliseconds. */
  behindMs(): number
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

class Following implements Subscriptions {
  private readonly source: LogSource
  private readonly waiting: Waiting
  private readonly stop = new AbortController()
  private readonly lookout: Lookout
  private readonly followers: ReadonlyMap<string, Follower>
  private readonly running: Promise<unknown>
  private closing: Promise<void> | undefined

  constructor(options: SubscriptionsOptions) {
    const { source, subscriptions, waiting } = options
    this.source = source
    this.waiting = waiting
    const { signal } = this.stop
    const lookout = new Lookout(options)
    this.lookout = lookout
    this.followers = new Map(
      subscriptions.map((subscription) => [
        subscription.name,
        new Follower({ ...options, subscription, lookout, signal }),
      ]),
    )
    this.running = Promise.all([
      ...[...this.followers.values()].map((follower) => follower.run()),
      ...(subscriptions.length > 0 ? [lookout.run()] : []),
    ])
  }

  wake(): void {
    this.lookout.wake()
  }

  async idle(): Promise<void> {
    for (;;) {
      const before = await this.source.begun()
      // Whatever has drawn a position by now is of an earlier transaction than this one.
      const target = await this.source.fence()
      while ([...this.followers.values()].some(({ seen }) => isBefore(seen, target))) {
        this.lookout.hurry()
        await this.waiting.sleep(5)
      }
      if ((await this.source.begun()) === before) return
    }
  }

  behindMs(): number {
    return Math.max(0, ...[...this.followers.values()].map((follower) => follower.behindMs()))
  }

  async lag(): Promise<ReadonlyMap<string, number>> {
    const { nextXid } = await this.source.end()
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
    this.lookout.close()
    await this.running
    await this.source.close()
  }
}
