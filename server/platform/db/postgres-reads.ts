import pg from 'pg'

import type { TenantId } from '../ids.ts'
import { Unavailable } from '../outcome.ts'
import type { Waiting } from '../waiting.ts'
import { isPassing, pipelinedConfig, run, sqlState, together } from './connections.ts'
import type { Reads } from './reads.ts'
import { statement, type Statement } from './statement.ts'

const begin = statement('reads.begin', 'begin isolation level repeatable read read only')
const setTenant = statement('reads.set-tenant', `select set_config('app.tenant', $1, true)`)
const commit = statement('reads.commit', 'commit')
const ping = statement('reads.ping', 'select 1')

/** Statements that share a transaction and what it sees; a longer list would make the first wait for the last. */
const GROUP_LIMIT = 32

/** Reads under way; more are refused with `Unavailable`. */
const READS_LIMIT = 20_000

/**
 * A connection that is silent for so long is given up. PostgreSQL ends a slow statement after 5 s
 * by itself, so only a network or a machine that is gone is meant.
 */
const SILENCE_MS = 6000

/** PostgreSQL ended a statement that took too long; another try would take as long. */
const QUERY_CANCELLED = '57014'

/** A table was changed under a prepared statement; a new connection prepares it anew. */
const CACHED_PLAN_CHANGED = '0A000'

interface Ask {
  readonly statement: Statement<unknown>
  readonly values: readonly unknown[]
  resolve(rows: unknown[]): void
  reject(error: unknown): void
}

export interface ReadsOptions {
  /** Connects as `torg_app`. */
  readonly connection: pg.ClientConfig
  /** One or two: the fewer, the more reads share a round trip. */
  readonly connections: number
  readonly waiting: Waiting
  readonly onError: (error: Error) => void
  /** For tests. */
  readonly silenceMs?: number
}

/** Opens lazily: the first read connects. */
export function openReads(options: ReadsOptions): Reads & { close(): Promise<void> } {
  return new PostgresReads(options)
}

/** What has no tenant is asked outside a transaction, where the policies show no tenant's rows. */
type Whose = TenantId | 'nobody'

class PostgresReads implements Reads {
  private readonly lines: Line[]
  private readonly silenceMs: number
  private readonly time: Waiting
  private readonly waiting = new Map<Whose, Ask[]>()
  private underWay = 0
  private isClosed = false

  constructor(options: ReadsOptions) {
    const { connection, connections, waiting, onError, silenceMs = SILENCE_MS } = options
    this.silenceMs = silenceMs
    this.time = waiting
    const config = pipelinedConfig(connection)
    this.lines = Array.from({ length: connections }, () => new Line(config, onError))
  }

  read<Row>(tenant: TenantId, asked: Statement<Row>, values: readonly unknown[] = []) {
    return this.ask(tenant, asked, values)
  }

  readGlobal<Row>(asked: Statement<Row>, values: readonly unknown[] = []) {
    return this.ask('nobody', asked, values)
  }

  /** Reads under way are answered first. */
  async close(): Promise<void> {
    this.isClosed = true
    await Promise.all(this.lines.map((line) => line.close()))
  }

  private async ask<Row>(
    whose: Whose,
    asked: Statement<Row>,
    values: readonly unknown[],
  ): Promise<Row[]> {
    if (this.isClosed) throw new Unavailable('reads are closed')
    if (this.underWay >= READS_LIMIT) throw new Unavailable('too many reads are under way')
    this.underWay += 1
    try {
      return await new Promise<Row[]>((resolve, reject) => {
        const ask = { statement: asked, values, resolve, reject } as Ask
        const group = this.waiting.get(whose)
        if (group !== undefined) group.push(ask)
        else {
          if (this.waiting.size === 0) this.time.soon(() => this.sendAll())
          this.waiting.set(whose, [ask])
        }
      })
    } finally {
      this.underWay -= 1
    }
  }

  private quietest(): Line {
    let found = this.lines[0] as Line
    for (const line of this.lines) if (line.inFlight < found.inFlight) found = line
    return found
  }

  private sendAll(): void {
    const groups = [...this.waiting]
    this.waiting.clear()
    for (const [whose, asks] of groups) {
      for (let first = 0; first < asks.length; first += GROUP_LIMIT) {
        void this.send(whose, asks.slice(first, first + GROUP_LIMIT), true)
      }
    }
  }

  /** One transaction for all. A statement that fails fails alone: the others are asked again. */
  private async send(whose: Whose, asks: readonly Ask[], mayRetry: boolean): Promise<void> {
    const line = this.quietest()
    line.inFlight += asks.length
    try {
      const client = await line.connected()
      const before = whose === 'nobody' ? 0 : 2
      const settled = await Promise.allSettled(
        together(client, () => [
          ...(before === 0 ? [] : [run(client, begin), run(client, setTenant, [String(whose)])]),
          ...asks.map((ask) => run(client, ask.statement, ask.values)),
          this.end(client, whose),
        ]),
      )
      const failed = settled.findIndex(({ status }) => status === 'rejected')
      if (failed === -1) {
        for (const [index, ask] of asks.entries()) {
          const answer = settled[before + index]
          if (answer?.status === 'fulfilled') ask.resolve(answer.value.rows)
        }
        return
      }
      const { reason } = settled[failed] as PromiseRejectedResult
      if (sqlState(reason) === CACHED_PLAN_CHANGED) line.leave(client)
      const culprit = asks[failed - before]
      if (culprit === undefined || isWorthRetrying(reason)) throw reason
      culprit.reject(explained(reason))
      const others = asks.filter((ask) => ask !== culprit)
      if (others.length > 0) void this.send(whose, others, mayRetry)
    } catch (error) {
      if (mayRetry && isWorthRetrying(error)) void this.send(whose, asks, false)
      else for (const ask of asks) ask.reject(explained(error))
    } finally {
      line.inFlight -= asks.length
    }
  }

  /**
   * Ends a group's transaction. Only this, its last statement, is timed, because one timer tells for
   * all: when time is up `pg` cuts the connection and everything that waits on it fails.
   */
  private end(client: pg.Client, whose: Whose): Promise<{ rows: unknown[] }> {
    const { name, text } = whose === 'nobody' ? ping : commit
    return client.query({ name, text, query_timeout: this.silenceMs } as pg.QueryConfig)
  }
}

/** One connection that many reads share, made anew when it is lost. */
class Line {
  inFlight = 0
  private readonly config: pg.ClientConfig
  private readonly onError: (error: Error) => void
  private client: Promise<pg.Client> | undefined

  constructor(config: pg.ClientConfig, onError: (error: Error) => void) {
    this.config = config
    this.onError = onError
  }

  connected(): Promise<pg.Client> {
    this.client ??= this.connect()
    return this.client
  }

  /** Asks no more of a connection, which ends when what was asked has been answered. */
  leave(client: pg.Client): void {
    this.client = undefined
    client.end().catch(this.onError)
  }

  async close(): Promise<void> {
    const client = this.client
    this.client = undefined
    await client?.then((open) => open.end()).catch(this.onError)
  }

  private connect(): Promise<pg.Client> {
    const client = new pg.Client(this.config)
    const opening = client.connect().then(() => client)
    // A connection may be lost twice over, by error and by end; its successor is not meant.
    const lose = (): void => {
      if (this.client === opening) this.client = undefined
    }
    client.on('error', (error) => {
      lose()
      this.onError(error)
    })
    client.on('end', lose)
    opening.catch(lose)
    return opening
  }
}

function isWorthRetrying(error: unknown): boolean {
  const state = sqlState(error)
  return state === CACHED_PLAN_CHANGED || (state !== QUERY_CANCELLED && isPassing(error))
}

function explained(error: unknown): unknown {
  return isPassing(error) ? new Unavailable('the database is away', 1, { cause: error }) : error
}
