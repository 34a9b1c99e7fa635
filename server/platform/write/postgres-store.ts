import type pg from 'pg'

import { inOrder, isPassing, openPool, run, sqlState } from '../db/connections.ts'
import type { TenantId } from '../ids.ts'
import type { Account, OpenHold } from '../ledger/transfer.ts'
import type { Refusal } from '../outcome.ts'
import { sql } from './postgres-sql.ts'
import { columnsOf, groupRows, rowStatement, setTenant, type RowGroup } from './rows.ts'
import { keyed, type BatchWrites, type Locked } from './settle.ts'
import {
  BadData,
  TryAgain,
  type Needs,
  type RowsRefused,
  type Session,
  type Store,
  type StoredEvent,
} from './store.ts'

const UNIQUE_VIOLATION = '23505'

export interface PostgresStoreOptions {
  /** Connects as `torg_writer`. */
  readonly connection: pg.ClientConfig
  readonly lanes: number
  readonly onError: (error: Error) => void
}

/** Keeps commits in PostgreSQL: one round trip locks a batch, one more writes it and commits. */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { connection, lanes, onError } = options
  const pool = openPool({ ...connection, max: lanes + 1 }, onError)
  const { rows } = await pool.query<{ era: number }>('select max(era) as era from platform.eras')
  return new PostgresStore(pool, rows[0]?.era ?? 1)
}

class PostgresStore implements Store {
  private readonly pool: pg.Pool
  private readonly era: number

  constructor(pool: pg.Pool, era: number) {
    this.pool = pool
    this.era = era
  }

  async load(streams: readonly { tenant: TenantId; stream: string }[]) {
    const found = new Map<string, StoredEvent[]>()
    const { rows } = await this.withClient((client) =>
      run(client, sql.load, [streams.map(({ tenant }) => tenant), streams.map((s) => s.stream)]),
    )
    for (const { tenant_id, stream, version, type, data, at } of rows) {
      const name = keyed(tenant_id, stream)
      const events = found.get(name) ?? []
      events.push({ version, event: { type, ...data }, at })
      found.set(name, events)
    }
    return found
  }

  async begin(needs: Needs): Promise<Session> {
    const client = await this.client()
    try {
      return new PostgresSession(client, this.era, await lock(client, needs))
    } catch (error) {
      await abandon(client)
      throw translated(error)
    }
  }

  close(): Promise<void> {
    return this.pool.end()
  }

  private async withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.client()
    try {
      const result = await work(client)
      client.release()
      return result
    } catch (error) {
      client.release(true)
      throw translated(error)
    }
  }

  private async client(): Promise<pg.PoolClient> {
    try {
      return await this.pool.connect()
    } catch (error) {
      throw new TryAgain('the database is away', { cause: error })
    }
  }
}

class PostgresSession implements Session {
  locked: Locked
  private readonly client: pg.PoolClient
  private readonly era: number

  constructor(client: pg.PoolClient, era: number, locked: Locked) {
    this.client = client
    this.era = era
    this.locked = locked
  }

  async lapsed(
    short: readonly { tenant: TenantId; account: Account; wanted: number }[],
  ): Promise<Locked> {
    try {
      const { rows } = await run(this.client, sql.lapsed, [
        short.map(({ tenant }) => tenant),
        short.map(({ account }) => account.unit),
        short.map(({ account }) => account.name),
        short.map(({ wanted }) => Math.min(wanted, 1000)),
        this.locked.now,
      ])
      const lapsed = new Map<string, readonly OpenHold[]>(this.locked.lapsed)
      for (const { tenant, account } of short) {
        lapsed.set(keyed(tenant, account.unit, account.name), [])
      }
      const holds = new Map(this.locked.holds)
      for (const row of rows) {
        const name = keyed(row.tenant_id, row.unit, row.account)
        const hold = openHold(row)
        lapsed.set(name, [...(lapsed.get(name) ?? []), hold])
        holds.set(keyed(row.tenant_id, row.id), hold)
      }
      this.locked = { ...this.locked, holds, lapsed }
      return this.locked
    } catch (error) {
      await this.abandon()
      throw translated(error)
    }
  }

  async write(writes: BatchWrites): Promise<RowsRefused | undefined> {
    const groups = groupRows(writes.rows)
    const isSent = groups.some(({ mustMatch }) => mustMatch)
    try {
      if (isSent && !(await this.rowsAreWritten(groups))) return await this.findRefused(writes)
      const [, , committed] = await inOrder<[unknown, unknown, { command: string }]>([
        isSent ? Promise.resolve() : this.writeRows(groups),
        this.writeAll(writes),
        run(this.client, sql.commit),
      ])
      // A transaction that had failed unnoticed answers COMMIT with ROLLBACK and no error.
      if (committed.command !== 'COMMIT') throw new Error('the transaction was rolled back')
    } catch (error) {
      await this.abandon()
      throw translated(error)
    }
    this.client.release()
    return undefined
  }

  abandon(): Promise<void> {
    return abandon(this.client)
  }

  /** False when some row met another of the same unique key or matched none. */
  private async rowsAreWritten(groups: readonly RowGroup[]): Promise<boolean> {
    try {
      return await this.writeRows(groups)
    } catch (error) {
      if (sqlState(error) === UNIQUE_VIOLATION) return false
      throw error
    }
  }

  /** As the application's role, one tenant at a time. */
  private async writeRows(groups: readonly RowGroup[]): Promise<boolean> {
    if (groups.length === 0) return true
    const asked: Promise<{ rowCount: number }>[] = []
    const sent: Promise<unknown>[] = [run(this.client, sql.asApplication)]
    let tenant: TenantId | undefined
    for (const group of groups) {
      if (group.tenant !== tenant) sent.push(run(this.client, setTenant, [String(group.tenant)]))
      tenant = group.tenant
      asked.push(run(this.client, rowStatement(group), [group.rows, group.when]))
    }
    sent.push(...asked, run(this.client, sql.asWriter))
    await inOrder(sent)
    for (const [index, { rowCount }] of (await Promise.all(asked)).entries()) {
      const group = groups[index]
      if (group?.mustMatch && rowCount < group.members.length) return false
    }
    return true
  }

  /** Rolls back and writes the rows one by one, only to learn whose were refused. */
  private async findRefused(writes: BatchWrites): Promise<RowsRefused> {
    const refused = new Map<number, Refusal>()
    await run(this.client, sql.rollback)
    await run(this.client, sql.begin)
    await run(this.client, sql.asApplication)
    for (const { member, tenant, write } of writes.rows) {
      if (refused.has(member)) continue
      const group: RowGroup = {
        tenant,
        table: write.table,
        verb: write.verb,
        ...columnsOf(write),
        mustMatch: write.orRefuse !== undefined || write.verb === 'insert',
        members: [member],
        rows: JSON.stringify([{ ...write.row, tenant_id: tenant }]),
        when: JSON.stringify([write.when ?? {}]),
      }
      await run(this.client, setTenant, [String(tenant)])
      if ((await this.isRowWritten(group)) || !group.mustMatch) continue
      if (write.orRefuse === undefined) throw new BadData(`${write.table.name} has this row already`)
      refused.set(member, write.orRefuse)
    }
    await this.abandon()
    if (refused.size === 0) throw new TryAgain('rows changed between two looks')
    return { refused }
  }

  private async isRowWritten(group: RowGroup): Promise<boolean> {
    await run(this.client, sql.savepoint)
    try {
      const { rowCount } = await run(this.client, rowStatement(group), [group.rows, group.when])
      return rowCount > 0
    } catch (error) {
      if (sqlState(error) !== UNIQUE_VIOLATION) throw error
      await run(this.client, sql.rollbackToSavepoint)
      return false
    }
  }

  private async writeAll(writes: BatchWrites): Promise<void> {
    const { client, era } = this
    const { events, transfers, answers, now } = writes
    const sent: Promise<unknown>[] = []
    if (events.length > 0) {
      sent.push(
        run(client, sql.insertEvents, [
          events.map(({ tenant }) => tenant),
          events.map(({ stream }) => stream),
          events.map(({ version }) => version),
          events.map(({ event }) => event.type),
          events.map(({ event: { type: _, ...data } }) => JSON.stringify(data)),
          events.map(({ cause }) => cause),
          era,
          now,
        ]),
      )
    }
    if (transfers.length > 0) {
      sent.push(
        run(client, sql.insertTransfers, [
          transfers.map(({ tenant }) => tenant),
          transfers.map(({ entry }) => entry.verb),
          transfers.map(({ entry }) => entry.from.unit),
          transfers.map(({ entry }) => entry.from.name),
          transfers.map(({ entry }) => entry.to.name),
          transfers.map(({ entry }) => entry.amount),
          transfers.map(({ entry }) => entry.hold ?? null),
          transfers.map(({ cause }) => cause),
          era,
          now,
        ]),
      )
    }
    sent.push(...writeState(client, writes))
    const slot = Math.floor(now / 86_400_000) % 4
    sent.push(
      run(client, sql.insertAnswers, [
        answers.map(({ tenant }) => tenant),
        answers.map(({ caller }) => caller),
        answers.map(({ key }) => key),
        answers.map(({ fingerprint }) => fingerprint),
        answers.map(({ answer }) => JSON.stringify(answer ?? null)),
        slot,
        now,
      ]),
    )
    await inOrder(sent)
  }
}

/** Streams, accounts, holds and timers: sent together, answered together. */
function writeState(client: pg.PoolClient, writes: BatchWrites): Promise<unknown>[] {
  const sent: Promise<unknown>[] = []
  const streams = [...writes.streams.values()]
  const accounts = [...writes.accounts.values()]
  for (const isNew of [true, false]) {
    const some = streams.filter((each) => each.isNew === isNew)
    if (some.length > 0) {
      sent.push(
        run(client, isNew ? sql.insertStreams : sql.updateStreams, [
          some.map(({ tenant }) => tenant),
          some.map(({ stream }) => stream),
          some.map(({ version }) => version),
        ]),
      )
    }
    const touched = accounts.filter((each) => each.isNew === isNew)
    if (touched.length > 0) {
      sent.push(
        run(client, isNew ? sql.insertAccounts : sql.updateAccounts, [
          touched.map(({ tenant }) => tenant),
          touched.map(({ account }) => account.unit),
          touched.map(({ account }) => account.name),
          touched.map(({ balance }) => balance.posted),
          touched.map(({ balance }) => balance.held),
        ]),
      )
    }
  }
  const gone = [...writes.holds.values()].filter(({ hold }) => hold === undefined)
  if (gone.length > 0) {
    const tenants = gone.map(({ tenant }) => tenant)
    sent.push(run(client, sql.deleteHolds, [tenants, gone.map(({ id }) => id)]))
  }
  const open = [...writes.holds.values()].flatMap(({ tenant, hold }) =>
    hold === undefined ? [] : [{ tenant, hold }],
  )
  if (open.length > 0) {
    sent.push(
      run(client, sql.upsertHolds, [
        open.map(({ tenant }) => tenant),
        open.map(({ hold }) => hold.id),
        open.map(({ hold }) => hold.account.unit),
        open.map(({ hold }) => hold.account.name),
        open.map(({ hold }) => hold.amount),
        open.map(({ hold }) => hold.until),
      ]),
    )
  }
  for (const { tenant, timer } of writes.timers) {
    sent.push(
      'clear' in timer
        ? run(client, sql.clearTimer, [tenant, timer.clear])
        : run(client, sql.setTimer, [
            tenant,
            timer.set,
            timer.kind,
            writes.now + timer.inSeconds * 1000,
            JSON.stringify(timer.data),
          ]),
    )
  }
  return sent
}

/** One round trip: locks keys, streams and accounts in that order, each by primary key, and reads what they hold. */
async function lock(client: pg.PoolClient, needs: Needs): Promise<Locked> {
  const { keys, streams, accounts, holds } = needs
  const keyColumns = [
    keys.map(({ tenant }) => tenant),
    keys.map(({ caller }) => caller),
    keys.map(({ key }) => key),
  ]
  const holdColumns = [holds.map(({ tenant }) => tenant), holds.map(({ id }) => id)]
  const [, , answered, versions, balances, found, clock] = await inOrder([
    run(client, sql.begin),
    keys.length > 0 ? run(client, sql.lockKeys, keyColumns) : nothing(),
    keys.length > 0 ? run(client, sql.readAnswers, keyColumns) : nothing(),
    streams.length > 0
      ? run(client, sql.lockStreams, [
          streams.map(({ tenant }) => tenant),
          streams.map(({ stream }) => stream),
        ])
      : nothing(),
    accounts.length + holds.length > 0
      ? run(client, sql.lockAccounts, [
          accounts.map(({ tenant }) => tenant),
          accounts.map(({ account }) => account.unit),
          accounts.map(({ account }) => account.name),
          ...holdColumns,
        ])
      : nothing(),
    holds.length > 0 ? run(client, sql.readHolds, holdColumns) : nothing(),
    run(client, sql.clock),
  ] as const)

  const locked: Locked = {
    now: clock.rows[0]?.now ?? 0,
    answers: new Map(
      answered.rows.map((row) => [keyed(row.tenant_id, row.caller, row.key), row] as const),
    ),
    versions: new Map(
      versions.rows.map((row) => [keyed(row.tenant_id, row.stream), row.version] as const),
    ),
    balances: new Map(
      balances.rows.map((row) => [keyed(row.tenant_id, row.unit, row.name), row] as const),
    ),
    holds: new Map(
      found.rows.map((row) => [keyed(row.tenant_id, row.id), openHold(row)] as const),
    ),
    lapsed: new Map(),
  }
  for (const row of found.rows) {
    if (!locked.balances.has(keyed(row.tenant_id, row.unit, row.account))) {
      throw new TryAgain('a hold moved to another account while it was being locked')
    }
  }
  return locked
}

function nothing(): Promise<{ rows: never[]; rowCount: number; command: string }> {
  return Promise.resolve({ rows: [], rowCount: 0, command: '' })
}

function openHold(row: {
  id: string
  unit: string
  account: string
  amount: number
  until: number
}): OpenHold {
  const { id, unit, account, amount, until } = row
  return { id, account: { name: account, unit }, amount, until }
}

async function abandon(client: pg.PoolClient): Promise<void> {
  try {
    await run(client, sql.rollback)
    client.release()
  } catch {
    // The connection is lost and with it the transaction; the pool makes another.
    client.release(true)
  }
}

function translated(error: unknown): unknown {
  if (error instanceof TryAgain || error instanceof BadData) return error
  const message = error instanceof Error ? error.message : String(error)
  // A stream, account or key that another process has just made: look again.
  const isOvertaken =
    sqlState(error) === UNIQUE_VIOLATION && (error as { schema?: string }).schema === 'platform'
  if (isPassing(error) || isOvertaken) return new TryAgain(message, { cause: error })
  return new BadData(message, { cause: error })
}
