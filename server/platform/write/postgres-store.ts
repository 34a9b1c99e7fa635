import assert from 'node:assert/strict'

import type pg from 'pg'

import {
  inOrder,
  isPassing,
  isReadOnly,
  openPool,
  run,
  sqlState,
  together,
} from '../db/connections.ts'
import type { TenantId } from '../ids.ts'
import type { Account } from '../ledger/transfer.ts'
import type { Refusal } from '../outcome.ts'
import { joined } from './joined.ts'
import { Line, type Turn } from './postgres-line.ts'
import { lock, withLapsed } from './postgres-lock.ts'
import { numbers, sql, texts } from './postgres-sql.ts'
import { statementsOf } from './postgres-writes.ts'
import { asTenant, RowWriting, TOO_FEW } from './rows.ts'
import { keyed, type BatchWrites, type Locked, type MemberRow } from './settle.ts'
import {
  BadData,
  TryAgain,
  LOAD_LIMIT,
  type Folded,
  type Loaded,
  type Needs,
  type RowsRefused,
  type Session,
  type Snapshot,
  type Store,
  type StoredEvent,
  type Wanted,
} from './store.ts'

const UNIQUE_VIOLATION = '23505'
/** `insertAnswers` fails with it. */
const NOT_NULL_VIOLATION = '23502'

/** To look at one row takes three ways to the server, and the transaction must end in time: more are halved first. */
const MOST_LOOKED_AT = 32

/** PostgreSQL itself ends a writer's transaction after 3 s: silence beyond is a network that is lost. */
const SILENCE_MS = 5000

export interface PostgresStoreOptions {
  /** Connects as `torg_writer`. */
  readonly connection: pg.ClientConfig
  /** Likewise, for the lane of imports: theirs are the big batches. */
  readonly bulkConnection?: pg.ClientConfig
  readonly lanes: number
  readonly onError: (error: Error) => void
}

/**
 * Keeps commits in PostgreSQL: one round trip locks a batch, one more writes it and commits. Each
 * lane has a line of its own, that for bulk in a pool of its own; one more connection loads streams.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { connection, bulkConnection = connection, lanes, onError } = options
  // A broken connection is replaced before the last batch on it has heard that it is.
  const pool = openPool({ query_timeout: SILENCE_MS, ...connection, max: 2 * lanes + 1 }, onError)
  const bulk = openPool({ query_timeout: SILENCE_MS, ...bulkConnection, max: 2 }, onError)
  const rowWriting = new RowWriting('rows')
  const client = await pool.connect()
  try {
    // Before the first commit, which would wait for it with its locks held.
    await rowWriting.learn(client)
    const { rows } = await client.query<{ era: number }>(
      'select max(era) as era from platform.eras',
    )
    const era = rows[0]?.era ?? 1
    return new PostgresStore({ pool, bulk, lanes, era, rowWriting })
  } finally {
    client.release()
  }
}

interface StoreParts {
  readonly pool: pg.Pool
  readonly bulk: pg.Pool
  readonly lanes: number
  readonly era: number
  readonly rowWriting: RowWriting
}

class PostgresStore implements Store {
  private readonly pool: pg.Pool
  private readonly bulk: pg.Pool
  private readonly lines: readonly Line[]
  private readonly era: number
  private readonly rowWriting: RowWriting

  constructor({ pool, bulk, lanes, era, rowWriting }: StoreParts) {
    this.rowWriting = rowWriting
    this.pool = pool
    this.bulk = bulk
    this.lines = [...Array.from({ length: lanes }, () => new Line(pool)), new Line(bulk)]
    this.era = era
  }

  async load(streams: readonly Wanted[]) {
    const found = new Map<string, { snapshot?: Folded; events: StoredEvent[]; hasMore: boolean }>()
    const { rows } = await this.withClient((client) =>
      run(client, sql.load, [
        numbers(streams.map(({ tenant }) => tenant)),
        texts(streams.map(({ stream }) => stream)),
        texts(streams.map(({ fold }) => fold)),
        numbers(streams.map(({ after }) => after)),
      ]),
    )
    for (const { tenant_id, stream, version, type, data, at } of rows) {
      const name = keyed(tenant_id, stream)
      const loaded = found.get(name) ?? { events: [], hasMore: false }
      found.set(name, loaded)
      if (type === null) loaded.snapshot = { version, state: data, at }
      else loaded.events.push({ version, event: { type, ...(data as object) }, at })
      loaded.hasMore = loaded.events.length === LOAD_LIMIT
    }
    return found as ReadonlyMap<string, Loaded>
  }

  async save(snapshots: readonly Snapshot[]): Promise<void> {
    await this.withClient((client) =>
      run(client, sql.saveSnapshots, [
        numbers(snapshots.map(({ tenant }) => tenant)),
        texts(snapshots.map(({ stream }) => stream)),
        numbers(snapshots.map(({ version }) => version)),
        texts(snapshots.map(({ fold }) => fold)),
        texts(snapshots.map(({ state }) => state)),
        numbers(snapshots.map(({ at }) => at)),
      ]),
    )
  }

  async begin(lane: number, needs: Needs): Promise<Session> {
    const line = this.lines[lane % this.lines.length]
    assert(line !== undefined)
    const turn = await line.enter()
    try {
      const locked = await lock(turn.client, needs, this.era)
      return new PostgresSession({ line, turn, era: this.era, rowWriting: this.rowWriting }, locked)
    } catch (error) {
      await turn.abandon(error)
      throw translated(error)
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.pool.end(), this.bulk.end()])
  }

  private async withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    let client: pg.PoolClient
    try {
      client = await this.pool.connect()
    } catch (error) {
      throw new TryAgain('the database is away', { cause: error })
    }
    try {
      const result = await work(client)
      client.release()
      return result
    } catch (error) {
      client.release(true)
      throw translated(error)
    }
  }
}

interface SessionParts {
  readonly line: Line
  readonly turn: Turn
  readonly era: number
  readonly rowWriting: RowWriting
}

class PostgresSession implements Session {
  locked: Locked
  private turn: Turn
  private readonly line: Line
  private readonly era: number
  private readonly rowWriting: RowWriting

  constructor({ line, turn, era, rowWriting }: SessionParts, locked: Locked) {
    this.line = line
    this.turn = turn
    this.era = era
    this.rowWriting = rowWriting
    this.locked = locked
  }

  private get client(): pg.PoolClient {
    return this.turn.client
  }

  async lapsed(
    short: readonly { tenant: TenantId; account: Account; wanted: number }[],
  ): Promise<Locked> {
    try {
      this.locked = await withLapsed(this.client, this.locked, short)
      return this.locked
    } catch (error) {
      await this.abandon(error)
      throw translated(error)
    }
  }

  async write(writes: BatchWrites, onItsWay: () => void): Promise<RowsRefused | undefined> {
    try {
      if (!(await this.isWritten(writes, onItsWay))) return await this.findRefused(writes)
    } catch (error) {
      await this.abandon(error)
      throw translated(error)
    }
    this.turn.leave()
    return undefined
  }

  abandon(why?: unknown): Promise<void> {
    return this.turn.abandon(why)
  }

  /** False when some row met another of the same unique key, or a group that must match did not. */
  private async isWritten(writes: BatchWrites, onItsWay: () => void): Promise<boolean> {
    await this.rowWriting.meet(this.client, writes.rows)
    // The contexts' rows come last: the role they are written as ends with the transaction.
    const asked = [
      joined(statementsOf(this.era, writes)),
      ...this.rowWriting.statementsOf(writes.rows),
      [sql.commit, []] as const,
    ]
    const sent = together(this.client, () =>
      asked.map(([statement, values]) => run(this.client, statement, values)),
    )
    this.turn.passOn()
    onItsWay()
    try {
      const committed = (await inOrder(sent)).at(-1)
      // A transaction that had failed unnoticed answers COMMIT with ROLLBACK and no error.
      if (committed?.command !== 'COMMIT') throw new Error('the transaction was rolled back')
      return true
    } catch (error) {
      if (isRefusing(error)) return false
      throw error
    }
  }

  /** Rolls back and writes the rows one by one, only to learn whose were refused. */
  private async findRefused(writes: BatchWrites): Promise<RowsRefused> {
    const members = writes.answers.length
    if (members > MOST_LOOKED_AT) throw new BadData('a row was refused')
    const refused = new Map<number, Refusal>()
    await this.abandon()
    this.turn = await this.line.enter()
    await run(this.client, sql.begin)
    let looking: number | undefined
    for (const row of writes.rows) {
      const { member, tenant, write } = row
      if (refused.has(member)) continue
      if (member !== looking) await run(this.client, sql.savepointOfMember)
      looking = member
      await run(this.client, asTenant, [String(tenant)])
      if (await this.tryRow(row)) continue
      if (write.orRefuse === undefined)
        throw new BadData(`${write.table.name} has this row already`)
      refused.set(member, write.orRefuse)
      // What else it wrote will not be there, and stands in nobody's way.
      await run(this.client, sql.rollbackToMember)
    }
    await this.abandon()
    if (refused.size > 0) return { refused }
    // Rows of several members may refuse each other only as they are grouped: halves tell.
    if (members > 1) throw new BadData('rows refuse each other')
    throw new TryAgain('rows changed between two looks')
  }

  private async tryRow(row: MemberRow): Promise<boolean> {
    await run(this.client, sql.savepoint)
    try {
      const [statement, values] = this.rowWriting.statementOf(row)
      await run(this.client, statement, values)
      return true
    } catch (error) {
      if (!isRefusing(error)) throw error
      await run(this.client, sql.rollbackToSavepoint)
      return false
    }
  }
}

function translated(error: unknown): unknown {
  if (error instanceof TryAgain || error instanceof BadData) return error
  const message = error instanceof Error ? error.message : String(error)
  if (isPassing(error) || isReadOnly(error) || isOvertaken(error))
    return new TryAgain(message, { cause: error })
  return new BadData(message, { cause: error })
}

/** A row of a context is there already, or is not as it must be. */
function isRefusing(error: unknown): boolean {
  return sqlState(error) === TOO_FEW || (isTaken(error) && !isOvertaken(error))
}

/** There is one of the same unique key. */
function isTaken(error: unknown): boolean {
  return sqlState(error) === UNIQUE_VIOLATION
}

/** A stream, account or answer that another process, or another try, has just made. */
function isOvertaken(error: unknown): boolean {
  const { schema, table = '' } = error as { schema?: string; table?: string }
  const isAnswered = sqlState(error) === NOT_NULL_VIOLATION && table.startsWith('keys')
  return schema === 'platform' && (isTaken(error) || isAnswered)
}
