/** Runs one subscription: takes its lease, reads on from its checkpoint, hands over what it hears. */
import { setTimeout as sleep } from 'node:timers/promises'

import type pg from 'pg'
import type { Logger } from 'pino'

import { inOrder, run, together } from '../db/connections.ts'
import { statement } from '../db/statement.ts'
import type { Position } from '../write/commit.ts'
import { groupRows, rowStatements } from '../write/rows.ts'
import {
  BEGINNING,
  checkpointOf,
  endLease,
  keepLease,
  LEASE_SECONDS,
  moveCheckpoint,
  takeLease,
  type Lease,
} from './checkpoints.ts'
import { react, type Letter } from './react.ts'
import { readLog, type LogPage } from './read.ts'
import type { LogEntry, Subscription } from './subscription.ts'

const begin = statement('log.begin', 'begin')
const commit = statement('log.commit', 'commit')
const rollback = statement('log.rollback', 'rollback')
const asReader = statement('log.as-reader', 'set local role torg_reader')
const bury = statement(
  'log.bury',
  `insert into platform.dead_letters (tenant_id, source, entry, reason) values ($1, $2, $3, $4)`,
)

/**
 * A checkpoint that only passes over what nobody hears is written no more often than once in so
 * many transactions; otherwise idle subscriptions would keep each other awake for ever.
 */
const PASS_OVER = 1000n

/** How often a process that lacks the lease asks for it. */
const LEASE_POLL_MS = 1000

export interface FollowOptions {
  readonly subscription: Subscription
  readonly pool: pg.Pool
  readonly holder: string
  readonly log: Logger
  /** Resolves when there may be something behind a position, or false when it is time to stop. */
  readonly wait: (after: Position) => Promise<boolean>
  readonly signal: AbortSignal
  /** Pauses between tries of an entry; doubled each time. */
  readonly retryAfterMs?: number
}

export class Follower {
  /** Everything up to here has been handed over, by this process or by the one that has the lease. */
  seen: Position = BEGINNING
  private readonly options: FollowOptions

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
        await this.watch(client)
        isSound = true
        await sleep(LEASE_POLL_MS, undefined, { signal }).catch(() => undefined)
        return
      }
      this.seen = lease.checkpoint
      const stopKeeping = this.keep(lease)
      try {
        while (!signal.aborted) {
          const page = await readLog(client, this.seen, subscription.hears)
          if (!(await this.handOver(client, lease, page))) return
          if (page.isAtHorizon && !(await wait(this.seen))) break
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

  /** Sees how far the process got that has the lease. */
  private async watch(client: pg.PoolClient): Promise<void> {
    const { name, hears } = this.options.subscription
    const checkpoint = await checkpointOf(client, name)
    const page = await readLog(client, checkpoint, hears)
    this.seen = page.entries.length === 0 ? page.next : checkpoint
  }

  /** False when the lease has passed to another. */
  private async handOver(client: pg.PoolClient, lease: Lease, page: LogPage): Promise<boolean> {
    const { subscription, signal, log, retryAfterMs = 200 } = this.options
    if (page.entries.length === 0) return this.passOver(client, lease, page.next)
    if (subscription.kind === 'projection') {
      return this.save(client, lease, page.next, project(subscription, page.entries))
    }
    const heard = await react(subscription, page.entries, { log, signal, retryAfterMs })
    const isWhole = heard.count === page.entries.length
    const to = isWhole ? page.next : page.entries[heard.count - 1]?.position
    // Told to stop before the first was heard: whoever goes on begins with it.
    if (to === undefined) return true
    return this.save(client, lease, to, (sender) => this.bury(sender, heard.letters))
  }

  private async passOver(client: pg.PoolClient, lease: Lease, next: Position): Promise<boolean> {
    const { era, xid } = lease.checkpoint
    const isFar = next.era !== era || next.xid - xid >= PASS_OVER
    if (isFar && !(await moveCheckpoint(client, lease, next))) return false
    if (isFar) lease.checkpoint = next
    this.seen = next
    return true
  }

  /** Writes what follows from a page and moves the checkpoint, in one transaction or not at all. */
  private async save(
    client: pg.PoolClient,
    lease: Lease,
    to: Position,
    send: Send,
  ): Promise<boolean> {
    const answers = await inOrder<unknown[]>(
      together(client, () => [
        run(client, begin),
        ...send(client),
        moveCheckpoint(client, lease, to),
      ]),
    )
    const isMoved = answers.at(-1) === true
    const { command } = await run(client, isMoved ? commit : rollback)
    if (!isMoved) return false
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back')
    lease.checkpoint = to
    this.seen = to
    return true
  }

  private bury(client: pg.PoolClient, letters: readonly Letter[]): Promise<unknown>[] {
    const { name } = this.options.subscription
    return letters.map(({ tenant, entry, reason }) =>
      run(client, bury, [tenant, name, entry, reason]),
    )
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

/** Sends statements without waiting for their answers. Must not throw: what was sent would be forgotten. */
type Send = (client: pg.PoolClient) => readonly Promise<unknown>[]

function project(
  { project }: Subscription & { kind: 'projection' },
  entries: readonly LogEntry[],
): Send {
  const rows = project(entries).map((row, member) => ({ ...row, member }))
  const asked = rowStatements(groupRows(rows))
  if (asked.length === 0) return () => []
  return (client) => [
    ...asked.map(({ asked: [statement, values] }) => run(client, statement, values)),
    run(client, asReader),
  ]
}
