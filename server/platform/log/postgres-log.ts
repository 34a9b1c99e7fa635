/** The log in PostgreSQL: a connection for each subscription, a few for all of them. */
import type pg from 'pg'

import { inOrder, openPool, run, together } from '../db/connections.ts'
import { statement, type Statement } from '../db/statement.ts'
import type { Position } from '../write/commit.ts'
import { RowWriting } from '../write/rows.ts'
import { checkpointOf, endLease, keepLease, moveCheckpoint, takeLease } from './checkpoints.ts'
import { endOfLog } from './end.ts'
import { reachAfter, readLog, type Reach } from './read.ts'
import type { Consequences, Lease, LogEnd, LogPage, LogReader, LogSource } from './source.ts'
import type { Hears } from './subscription.ts'

const begin = statement('log.begin', 'begin')
const commit = statement('log.commit', 'commit')
const rollback = statement('log.rollback', 'rollback')
const asReader = statement('log.as-reader', 'set local role torg_reader')
const bury = statement(
  'log.bury',
  `insert into platform.dead_letters (tenant_id, source, entry, reason) values ($1, $2, $3, $4)`,
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

const end = endOfLog('log.end')

const fence = statement<{ era: number; xid: string }>(
  'log.fence',
  `select (select max(era) from platform.eras) as era, pg_current_xact_id()::text as xid`,
)

export interface PostgresLogOptions {
  /** Connects as `torg_reader`. */
  readonly connection: pg.ClientConfig
  /** So many are read at once; each keeps its connection while it has its lease. */
  readonly subscriptions: number
  readonly onError: (error: Error) => void
}

/** Opens lazily: the first reader connects. */
export function openPostgresLog(options: PostgresLogOptions): LogSource {
  return new PostgresLog(options)
}

class PostgresLog implements LogSource {
  private readonly pool: pg.Pool
  private readonly rowWriting = new RowWriting('log.rows')
  private closing: Promise<void> | undefined
  private reach: Reach = 'nearest'

  constructor({ connection, subscriptions, onError }: PostgresLogOptions) {
    this.pool = openPool({ ...connection, max: subscriptions + 2 }, onError)
  }

  async open(): Promise<LogReader> {
    return new PostgresReader(await this.pool.connect(), this.rowWriting)
  }

  async look(after: Position, hears: Hears): Promise<LogPage> {
    const page = await this.with((client) => readLog(client, after, hears, this.reach))
    this.reach = reachAfter(page, this.reach)
    return page
  }

  async end(): Promise<LogEnd> {
    const { era, xmin, xmax } = await this.ask(end)
    return { readable: { era, xid: BigInt(xmin), position: -1n }, nextXid: BigInt(xmax) }
  }

  async begun(): Promise<string> {
    return (await this.ask(drawn)).count
  }

  async fence(): Promise<Position> {
    const { era, xid } = await this.ask(fence)
    return { era, xid: BigInt(xid), position: -1n }
  }

  async heldBackBy(): Promise<number | undefined> {
    return (await this.ask(oldest)).pid ?? undefined
  }

  close(): Promise<void> {
    this.closing ??= this.pool.end()
    return this.closing
  }

  private async ask<Row>(question: Statement<Row>): Promise<Row> {
    const { rows } = await this.with((client) => run(client, question))
    return rows[0] as Row
  }

  private async with<Found>(work: (client: pg.PoolClient) => Promise<Found>): Promise<Found> {
    const client = await this.pool.connect()
    try {
      const found = await work(client)
      client.release()
      return found
    } catch (error) {
      client.release(true)
      throw error
    }
  }
}

class PostgresReader implements LogReader {
  private readonly client: pg.PoolClient
  private readonly rowWriting: RowWriting
  private reach: Reach = 'nearest'

  constructor(client: pg.PoolClient, rowWriting: RowWriting) {
    this.client = client
    this.rowWriting = rowWriting
  }

  take(name: string, holder: string) {
    return takeLease(this.client, name, holder)
  }

  checkpoint(name: string) {
    return checkpointOf(this.client, name)
  }

  async read(after: Position, hears: Hears) {
    const page = await readLog(this.client, after, hears, this.reach)
    this.reach = reachAfter(page, this.reach)
    return page
  }

  keep(lease: Lease) {
    return keepLease(this.client, lease)
  }

  move(lease: Lease, to: Position) {
    return moveCheckpoint(this.client, lease, to)
  }

  async save(lease: Lease, to: Position, consequences: Consequences): Promise<boolean> {
    const { client } = this
    const { rows = [], letters = [] } = consequences
    // One statement is a transaction of its own.
    if (rows.length === 0 && letters.length === 0) return moveCheckpoint(client, lease, to)
    await this.rowWriting.meet(client, rows)
    // Made before anything is sent: what cannot be made must not leave half of it on its way.
    const asked = this.rowWriting.statementsOf(
      rows.map(({ tenant, write }, member) => ({ tenant, member, write })),
    )
    const answers = await inOrder<unknown[]>(
      together(client, () => [
        run(client, begin),
        ...asked.map(([each, values]) => run(client, each, values)),
        ...(asked.length > 0 ? [run(client, asReader)] : []),
        ...letters.map(({ tenant, entry, reason }) =>
          run(client, bury, [tenant, lease.name, entry, reason]),
        ),
        moveCheckpoint(client, lease, to),
      ]),
    )
    const isMoved = answers.at(-1) === true
    const { command } = await run(client, isMoved ? commit : rollback)
    if (!isMoved) return false
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back')
    return true
  }

  end(lease: Lease) {
    return endLease(this.client, lease)
  }

  release(isSound: boolean): void {
    this.client.release(!isSound)
  }
}
