import { setTimeout as sleep } from 'node:timers/promises'

import type pg from 'pg'
import type { Logger } from 'pino'

import { openPool, run } from '../db/connections.ts'
import { statement, type Statement } from '../db/statement.ts'
import type { Position } from '../write/commit.ts'
import { BEGINNING } from './checkpoints.ts'
import { Follower } from './follow.ts'
import { isBefore } from './read.ts'
import type { Subscription } from './subscription.ts'

/** Commits of other processes are noticed within this time. */
const POLL_MS = 50

/** The same while PostgreSQL does not answer. */
const AWAY_MS = 500

/** Commits of this process gather for so long before they are read together. */
const GATHER_MS = 10

/** Everything before the horizon has ended; it only moves forward, and new entries appear only as it does. */
const horizon = statement<{ era: number; xmin: string; xmax: string }>(
  'log.horizon',
  `select (select max(era) from platform.eras) as era,
     pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
     pg_snapshot_xmax(pg_current_snapshot())::text as xmax`,
)

/** Which transaction holds the horizon back; none when nothing that writes is open. */
const oldest = statement<{ pid: number | null }>(
  'log.oldest',
  `select (select pid from pg_locks
     where locktype = 'transactionid' and mode = 'ExclusiveLock' and granted
     order by age(transactionid) desc limit 1) as pid`,
)

/** Positions are drawn at once, not with a commit: this says what has been begun. */
const drawn = statement<{ count: string }>(
  'log.drawn',
  `select (last_value + is_called::int)::text as count from platform.log_position`,
)

/** Later than every transaction that has written anything. */
const fence = statement<{ era: number; xid: string }>(
  'log.fence',
  `select (select max(era) from platform.eras) as era, pg_current_xact_id()::text as xid`,
)

export interface SubscriptionsOptions {
  /** Connects as `torg_reader`. */
  readonly connection: pg.ClientConfig
  readonly subscriptions: readonly Subscription[]
  /** Tells this process from others in leases: host and process id. */
  readonly holder: string
  readonly log: Logger
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
  private readonly pool: pg.Pool
  private readonly stop = new AbortController()
  private readonly followers: ReadonlyMap<string, Follower>
  private readonly running: Promise<unknown>
  private closing: Promise<void> | undefined
  private waiters: Waiter[] = []
  private isWaking = false
  private horizon: Position = BEGINNING

  constructor({ connection, subscriptions, holder, log, retryAfterMs }: SubscriptionsOptions) {
    const onError = (error: Error): void => log.warn({ err: error }, 'a log connection was lost')
    this.pool = openPool({ ...connection, max: subscriptions.length + 2 }, onError)
    const { signal } = this.stop
    const wait = (after: Position): Promise<boolean> => this.wait(after)
    const pace = retryAfterMs === undefined ? {} : { retryAfterMs }
    this.followers = new Map(
      subscriptions.map((subscription) => [
        subscription.name,
        new Follower({ subscription, pool: this.pool, holder, log, wait, signal, ...pace }),
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
    setTimeout(() => {
      this.isWaking = false
      this.release(() => true)
    }, GATHER_MS)
  }

  async idle(): Promise<void> {
    for (;;) {
      const before = (await this.ask(drawn)).count
      // Whatever has drawn a position by now is of an earlier transaction than this one.
      const { era, xid } = await this.ask(fence)
      const target = { era, xid: BigInt(xid), position: -1n }
      while ([...this.followers.values()].some(({ seen }) => isBefore(seen, target))) {
        this.release(() => true)
        await sleep(5)
      }
      if ((await this.ask(drawn)).count === before) return
    }
  }

  async lag(): Promise<ReadonlyMap<string, number>> {
    const xmax = BigInt((await this.ask(horizon)).xmax)
    return new Map(
      [...this.followers].map(([name, { seen }]) => [name, Math.max(0, Number(xmax - seen.xid))]),
    )
  }

  async heldBackBy(): Promise<number | undefined> {
    return (await this.ask(oldest)).pid ?? undefined
  }

  close(): Promise<void> {
    this.closing ??= this.end()
    return this.closing
  }

  private async end(): Promise<void> {
    this.stop.abort()
    this.release(() => true)
    await this.running
    await this.pool.end()
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

  private async ask<Row>(question: Statement<Row>): Promise<Row> {
    const client = await this.pool.connect()
    try {
      const { rows } = await run(client, question)
      client.release()
      return rows[0] as Row
    } catch (error) {
      client.release(true)
      throw error
    }
  }

  /** One cheap question for all subscriptions: has the horizon moved? */
  private async poll(log: Logger): Promise<void> {
    const { signal } = this.stop
    let isAway = false
    while (!signal.aborted) {
      await sleep(isAway ? AWAY_MS : POLL_MS, undefined, { signal }).catch(() => undefined)
      try {
        const { era, xmin } = await this.ask(horizon)
        if (isAway) log.info('the log can be asked again')
        isAway = false
        this.horizon = { era, xid: BigInt(xmin), position: -1n }
        this.release(({ after }) => isBefore(after, this.horizon))
      } catch (error) {
        if (!isAway && !signal.aborted) log.warn({ err: error }, 'the log could not be asked')
        isAway = true
      }
    }
  }
}
