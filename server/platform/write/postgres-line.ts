import type pg from 'pg'

import { isReadOnly, run } from '../db/connections.ts'
import { sql } from './postgres-sql.ts'
import { TryAgain } from './store.ts'

/** A connection and the batches that are on it. */
interface Track {
  readonly client: pg.PoolClient
  readonly onEnd: () => void
  users: number
  isBroken: boolean
}

/**
 * Batches one after another on one connection. The next is sent as soon as the commit before it is
 * on its way: PostgreSQL takes them in order, so they never wait for each other's locks, and it
 * finds its next work already there when a commit is done.
 */
export class Line {
  private readonly pool: pg.Pool
  private track: Track | undefined
  private last: Promise<void> = Promise.resolve()

  constructor(pool: pg.Pool) {
    this.pool = pool
  }

  /** Resolves when it is this batch's turn to send. Throws `TryAgain` when there is no connection. */
  async enter(): Promise<Turn> {
    const before = this.last
    const { promise, resolve } = Promise.withResolvers<void>()
    this.last = promise
    await before
    try {
      const track = await this.connected()
      track.users += 1
      return new Turn(track, resolve, () => this.leave(track))
    } catch (error) {
      resolve()
      throw new TryAgain('the database is away', { cause: error })
    }
  }

  private async connected(): Promise<Track> {
    if (this.track !== undefined && !this.track.isBroken) return this.track
    const client = await this.pool.connect()
    const onEnd = (): void => {
      track.isBroken = true
    }
    const track: Track = { client, onEnd, users: 0, isBroken: false }
    client.on('end', onEnd)
    this.track = track
    return track
  }

  private leave(track: Track): void {
    track.users -= 1
    if (track.users > 0) return
    if (this.track === track) this.track = undefined
    track.client.off('end', track.onEnd)
    track.client.release(track.isBroken)
  }
}

/** A batch's time on a line: it alone sends until its transaction is over or its end is on its way. */
export class Turn {
  readonly client: pg.PoolClient
  private readonly track: Track
  private readonly next: () => void
  private readonly left: () => void
  private isOver = false
  private hasLeft = false

  constructor(track: Track, next: () => void, left: () => void) {
    this.client = track.client
    this.track = track
    this.next = next
    this.left = left
  }

  /** Says that the end of the transaction has been sent: whoever is next may send. */
  passOn(): void {
    this.isOver = true
    this.next()
  }

  /** Every answer has come. */
  leave(): void {
    if (!this.isOver) throw new Error('a turn was left with its transaction open')
    if (!this.hasLeft) this.left()
    this.hasLeft = true
  }

  /** Rolls back what has not been ended, and leaves; never throws. */
  async abandon(why?: unknown): Promise<void> {
    // After a failover this connection may lead to what is a standby now.
    if (isReadOnly(why)) this.track.isBroken = true
    if (!this.isOver) {
      const rolledBack = run(this.client, sql.rollback)
      this.passOn()
      // A connection that is lost takes the transaction with it; the pool makes another.
      await rolledBack.catch(() => (this.track.isBroken = true))
    }
    this.leave()
  }
}
