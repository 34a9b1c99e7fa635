import pg from 'pg'

import type { TenantId } from '../ids.ts'
import { Unavailable } from '../outcome.ts'
import { isPassing, pipelinedConfig, run } from './connections.ts'
import type { Reads } from './reads.ts'
import { statement, type Statement } from './statement.ts'

const begin = statement('reads.begin', 'begin read only')
const setTenant = statement('reads.set-tenant', `select set_config('app.tenant', $1, true)`)
const commit = statement('reads.commit', 'commit')

/** Statements that share a transaction; a longer list would make the first wait for the last. */
const GROUP_LIMIT = 32

/** Reads under way; more are refused with `Unavailable`. */
const READS_LIMIT = 20_000

interface Ask {
  readonly statement: Statement<unknown>
  readonly values: readonly unknown[]
  resolve(rows: unknown[]): void
  reject(error: unknown): void
}

export interface ReadsOptions {
  /** Connects as `torg_app`. */
  readonly connection: pg.ClientConfig
  readonly connections: number
  readonly onError: (error: Error) => void
}

/** Opens lazily: the first read connects. */
export function openReads(options: ReadsOptions): Reads & { close(): Promise<void> } {
  return new PostgresReads(options)
}

class PostgresReads implements Reads {
  private readonly lines: Line[]
  private readonly waiting = new Map<TenantId, Ask[]>()
  private underWay = 0

  constructor({ connection, connections, onError }: ReadsOptions) {
    this.lines = Array.from({ length: connections }, () => new Line(connection, onError))
  }

  async read<Row>(
    tenant: TenantId,
    asked: Statement<Row>,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    if (this.underWay >= READS_LIMIT) throw new Unavailable('too many reads are under way')
    this.underWay += 1
    try {
      return await new Promise<Row[]>((resolve, reject) => {
        const ask = { statement: asked, values, resolve, reject } as Ask
        const group = this.waiting.get(tenant)
        if (group !== undefined) group.push(ask)
        else {
          if (this.waiting.size === 0) setImmediate(() => this.sendAll())
          this.waiting.set(tenant, [ask])
        }
      })
    } finally {
      this.underWay -= 1
    }
  }

  async readGlobal<Row>(asked: Statement<Row>, values: readonly unknown[] = []): Promise<Row[]> {
    try {
      const client = await this.quietest().connected()
      return (await run(client, asked, values)).rows
    } catch (error) {
      throw explained(error)
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.lines.map((line) => line.close()))
  }

  private quietest(): Line {
    let found = this.lines[0] as Line
    for (const line of this.lines) if (line.inFlight < found.inFlight) found = line
    return found
  }

  private sendAll(): void {
    const groups = [...this.waiting]
    this.waiting.clear()
    for (const [tenant, asks] of groups) {
      for (let first = 0; first < asks.length; first += GROUP_LIMIT) {
        void this.send(tenant, asks.slice(first, first + GROUP_LIMIT), true)
      }
    }
  }

  /** One transaction for all; when one statement fails, the others are asked again, each alone. */
  private async send(tenant: TenantId, asks: readonly Ask[], mayRetry: boolean): Promise<void> {
    const line = this.quietest()
    line.inFlight += asks.length
    try {
      const client = await line.connected()
      const before = [run(client, begin), run(client, setTenant, [String(tenant)])]
      const answers = asks.map((ask) => run(client, ask.statement, ask.values))
      const settled = await Promise.allSettled([...before, ...answers, run(client, commit)])
      const failed = settled.find((each) => each.status === 'rejected')
      if (failed !== undefined) throw failed.reason
      for (const [index, ask] of asks.entries()) {
        const answer = settled[index + before.length]
        if (answer?.status === 'fulfilled') ask.resolve(answer.value.rows)
      }
    } catch (error) {
      if (mayRetry && (asks.length > 1 || isPassing(error))) {
        for (const ask of asks) void this.send(tenant, [ask], false)
      } else {
        for (const ask of asks) ask.reject(explained(error))
      }
    } finally {
      line.inFlight -= asks.length
    }
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

  async close(): Promise<void> {
    const client = this.client
    this.client = undefined
    await client?.then((open) => open.end()).catch(this.onError)
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client(pipelinedConfig(this.config))
    const lose = (error: Error): void => {
      this.client = undefined
      this.onError(error)
    }
    client.on('error', lose)
    client.on('end', () => {
      this.client = undefined
    })
    try {
      await client.connect()
      return client
    } catch (error) {
      this.client = undefined
      throw error
    }
  }
}

function explained(error: unknown): unknown {
  return isPassing(error)
    ? new Unavailable('the database is away', 1, { cause: error })
    : error
}
