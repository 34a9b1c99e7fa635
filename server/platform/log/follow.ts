/** Runs one subscription: takes its lease, reads on from its checkpoint, hands over what it hears. */
import { setTimeout as sleep } from 'node:timers/promises'

import type pg from 'pg'
import type { Logger } from 'pino'

import { inOrder, run } from '../db/connections.ts'
import { statement } from '../db/statement.ts'
import { groupRows, rowStatement, setTenant } from '../write/rows.ts'
import type { Position } from '../write/commit.ts'
import { endLease, keepLease, LEASE_SECONDS, moveCheckpoint, takeLease, type Lease } from './checkpoints.ts'
import { isBefore, readLog, type LogPage } from './read.ts'
import type { LogEntry, Subscription } from './subscription.ts'

const begin = statement('log.begin', 'begin')
const commit = statement('log.commit', 'commit')
const rollback = statement('log.rollback', 'rollback')
const asApplication = statement('log.as-application', 'set local role torg_app')
const asReader = statement('log.as-reader', 'set local role torg_reader')
const bury = statement(
  'log.bury',
  `insert into platform.dead_letters (tenant_id, source, entry, reason) values ($1, $2, $3, $4)`,
)

/** Entries that are read, and for a projection written, at once. */
const PAGE = 500

/** An entry that failed so often goes to the dead letters (requirement R11). */
const TRIES = 5

/** A checkpoint that only passes over what nobody hears is written no more often than this. */
const IDLE_CHECKPOINT_MS = 5000

export interface FollowOptions {
  readonly subscription: Subscription
  readonly pool: pg.Pool
  readonly holder: string
  readonly log: Logger
  /** Resolves when there may be something new, or false when it is time to stop. */
  readonly wait: () => Promise<boolean>
  readonly signal: AbortSignal
  /** Pauses between tries of an entry; doubled each time. */
  readonly retryAfterMs?: number
}

export class Follower {
  /** Everything before this has been handed over. */
  seen: Position = { era: 0, xid: 0n, position: -1n }
  entries = 0
  private readonly options: FollowOptions
  private savedAt = 0

  constructor(options: FollowOptions) {
    this.options = options
  }

  /** Until told to stop. Errors are logged and tried again; the lease passes to another process if this one dies. */
  async run(): Promise<void> {
    const { subscription, log, signal } = this.options
    while (!signal.aborted) {
      try {
        await this.lead()
      } catch (error) {
        log.warn({ err: error, subscription: subscription.name }, 'a subscription stumbled')
        await sleep(200, undefined, { signal }).catch(() => undefined)
      }
    }
  }

  private async lead(): Promise<void> {
    const { subscription, pool, holder, signal, wait } = this.options
    const client = await pool.connect()
    let isSound = false
    try {
      const lease = await takeLease(client, subscription.name, holder)
      if (lease === undefined) {
        isSound = true
        await sleep(1000, undefined, { signal }).catch(() => undefined)
        return
      }
      this.seen = lease.checkpoint
      const stopKeeping = this.keep(lease)
      try {
        while (!signal.aborted) {
          const page = await readLog(client, this.seen, subscription.hears, PAGE)
          if (!(await this.handOver(client, lease, page))) return
          if (page.entries.length < PAGE && !(await wait())) break
        }
        await endLease(client, lease)
        isSound = true
      } finally {
        stopKeeping()
      }
    } finally {
      client.release(!isSound)
    }
  }

  /** False when the lease has passed to another. */
  private async handOver(client: pg.PoolClient, lease: Lease, page: LogPage): Promise<boolean> {
    const { subscription } = this.options
    if (page.entries.length === 0) return this.passOver(client, lease, page.next)
    if (subscription.kind === 'projection') {
      await run(client, begin)
      await this.project(client, page.entries, subscription)
    } else {
      for (const entry of page.entries) await this.react(client, entry, subscription)
      await run(client, begin)
    }
    const isMoved = await moveCheckpoint(client, lease, page.next)
    await run(client, isMoved ? commit : rollback)
    if (isMoved) this.passed(lease, page.next, page.entries.length)
    return isMoved
  }

  private async passOver(client: pg.PoolClient, lease: Lease, next: Position): Promise<boolean> {
    const isDue = Date.now() - this.savedAt > IDLE_CHECKPOINT_MS
    if (isDue && isBefore(lease.checkpoint, next)) {
      if (!(await moveCheckpoint(client, lease, next))) return false
      this.passed(lease, next, 0)
    }
    this.seen = next
    return true
  }

  private passed(lease: Lease, to: Position, count: number): void {
    lease.checkpoint = to
    this.seen = to
    this.entries += count
    this.savedAt = Date.now()
  }

  private async project(
    client: pg.PoolClient,
    entries: readonly LogEntry[],
    subscription: Subscription & { kind: 'projection' },
  ): Promise<void> {
    const rows = subscription.project(entries)
    if (rows.length === 0) return
    const sent: Promise<unknown>[] = [run(client, asApplication)]
    for (const group of groupRows(rows.map((row, member) => ({ ...row, member })))) {
      sent.push(run(client, setTenant, [String(group.tenant)]))
      sent.push(run(client, rowStatement(group), [group.rows, group.when]))
    }
    await inOrder([...sent, run(client, asReader)])
  }

  private async react(
    client: pg.PoolClient,
    entry: LogEntry,
    subscription: Subscription & { kind: 'reaction' },
  ): Promise<void> {
    const { log, signal, retryAfterMs = 200 } = this.options
    const key = `${subscription.name}/${entry.position.era}/${entry.position.position}`
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await subscription.react(entry, key)
      } catch (error) {
        if (signal.aborted) throw error
        log.warn({ err: error, subscription: subscription.name, key, attempt }, 'a reaction failed')
        if (attempt >= TRIES) {
          const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
          const letter = JSON.stringify(entry, (_, value: unknown) =>
            typeof value === 'bigint' ? String(value) : value,
          )
          await run(client, bury, [entry.tenant, subscription.name, letter, reason])
          return
        }
        const pause = retryAfterMs * 2 ** (attempt - 1) * (0.5 + Math.random())
        await sleep(pause, undefined, { signal }).catch(() => undefined)
      }
    }
  }

  /** Extends the lease while a long reaction runs. */
  private keep(lease: Lease): () => void {
    const { pool, log } = this.options
    const timer = setInterval(
      () => {
        pool
          .connect()
          .then((client) => keepLease(client, lease).finally(() => client.release()))
          .catch((error: unknown) => log.warn({ err: error }, 'a lease was not extended'))
      },
      (LEASE_SECONDS * 1000) / 3,
    )
    return () => clearInterval(timer)
  }
}
