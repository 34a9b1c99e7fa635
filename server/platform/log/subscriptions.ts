import { setTimeout as sleep } from 'node:timers/promises'

import type pg from 'pg'
import type { Logger } from 'pino'

import { openPool, run } from '../db/connections.ts'
import { statement } from '../db/statement.ts'
import { Follower } from './follow.ts'
import type { Subscription } from './subscription.ts'

/** Commits of other processes are noticed within this time. */
const POLL_MS = 50

/** Commits of this process gather for so long before they are read together. */
const GATHER_MS = 10

const newest = statement<{ xmax: string; quiet: boolean }>(
  'log.newest',
  `select pg_snapshot_xmax(pg_current_snapshot())::text as xmax,
     pg_snapshot_xmin(pg_current_snapshot()) = pg_snapshot_xmax(pg_current_snapshot()) as quiet`,
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
  /** Resolves when every subscription has heard everything committed until now, its own consequences included. */
  idle(): Promise<void>
  /** By subscription: how many transactions it is behind. */
  lag(): Promise<ReadonlyMap<string, number>>
  close(): Promise<void>
}

/** Runs the subscriptions of a worker until closed, each at its own pace. */
export function openSubscriptions(options: SubscriptionsOptions): Subscriptions {
  return new Following(options)
}

class Following implements Subscriptions {
  private readonly pool: pg.Pool
  private readonly stop = new AbortController()
  private readonly followers: ReadonlyMap<string, Follower>
  private readonly running: Promise<unknown>
  private waiters: ((goOn: boolean) => void)[] = []
  private isWaking = false
  private last = ''

  constructor({ connection, subscriptions, holder, log, retryAfterMs }: SubscriptionsOptions) {
    const onError = (error: Error): void => log.warn({ err: error }, 'a log connection was lost')
    this.pool = openPool({ ...connection, max: subscriptions.length + 2 }, onError)
    const { signal } = this.stop
    const wait = (): Promise<boolean> => this.wait()
    this.followers = new Map(
      subscriptions.map((subscription) => [
        subscription.name,
        new Follower({
          subscription,
          pool: this.pool,
          holder,
          log,
          wait,
          signal,
          ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        }),
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
      this.release(true)
    }, GATHER_MS)
  }

  async idle(): Promise<void> {
    for (let before = ''; ; ) {
      const { xmax } = await this.newest()
      const target = BigInt(xmax)
      const isThere = [...this.followers.values()].every(({ seen }) => seen.xid >= target)
      if (isThere && xmax === before) return
      before = isThere ? xmax : ''
      this.release(true)
      await sleep(5)
    }
  }

  async lag(): Promise<ReadonlyMap<string, number>> {
    const xmax = BigInt((await this.newest()).xmax)
    return new Map(
      [...this.followers].map(([name, { seen }]) => [name, Math.max(0, Number(xmax - seen.xid))]),
    )
  }

  async close(): Promise<void> {
    this.stop.abort()
    this.release(false)
    await this.running
    await this.pool.end()
  }

  private wait(): Promise<boolean> {
    if (this.stop.signal.aborted) return Promise.resolve(false)
    return new Promise((resolve) => this.waiters.push(resolve))
  }

  private release(goOn: boolean): void {
    for (const resolve of this.waiters.splice(0)) resolve(goOn && !this.stop.signal.aborted)
  }

  private async newest(): Promise<{ xmax: string; quiet: boolean }> {
    const client = await this.pool.connect()
    try {
      const { rows } = await run(client, newest)
      client.release()
      return rows[0] ?? { xmax: '0', quiet: true }
    } catch (error) {
      client.release(true)
      throw error
    }
  }

  /** One cheap question for all subscriptions: has any transaction begun since, or is one still open? */
  private async poll(log: Logger): Promise<void> {
    const { signal } = this.stop
    while (!signal.aborted) {
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined)
      try {
        const { xmax, quiet } = await this.newest()
        if (xmax !== this.last || !quiet) this.release(true)
        this.last = xmax
      } catch (error) {
        if (!signal.aborted) log.warn({ err: error }, 'the log could not be asked')
      }
    }
  }
}
