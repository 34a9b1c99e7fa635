/** What the tests of the log share: a database, a table to project into, entries written by hand. */
import { randomUUID } from 'node:crypto'

import pg from 'pg'
import { pino, type Logger } from 'pino'

import { aDatabase, type TestDatabase } from '../../../tests/support/database.ts'
import type { Hears, LogEntry, Subscription } from './subscription.ts'
import { reality, type Waiting } from '../waiting.ts'
import { openPostgresLog } from './postgres-log.ts'
import { openSubscriptions, type Subscriptions } from './subscriptions.ts'
import { databaseClock } from '../database-clock.ts'

export const silent: Logger = pino({ level: 'silent' })

const HEARD = `
  create schema heard;
  create table heard.entries (
    tenant_id integer not null, subscription text not null, position bigint not null,
    ticket uuid not null, what jsonb not null,
    primary key (tenant_id, subscription, position, ticket));
  alter table heard.entries enable row level security;
  alter table heard.entries force row level security;
  create policy tenant on heard.entries to torg_app
    using (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))
    with check (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int));
  grant usage on schema heard to torg_app;
  grant select, insert, update, delete on heard.entries to torg_app;`

const table = { name: 'heard.entries', key: ['subscription', 'position', 'ticket'] } as const

const everything: Hears = { events: ['test.happened'], transfers: true }

export interface LogSubject extends AsyncDisposable {
  readonly db: TestDatabase
  readonly admin: pg.Client
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
  /** As one worker process; closed with the subject. */
  open(holder: string, ...subscriptions: Subscription[]): Subscriptions
  /** The same, with another way of waiting. */
  openWith(how: { readonly waiting: Waiting }, ...subscriptions: Subscription[]): Subscriptions
  /** Records events of one stream in one transaction, as the writer does. */
  record(stream: string, ...numbers: number[]): Promise<void>
}

/** A database of its own, so that nobody else's transactions hold the horizon back for long. */
export async function aLog(): Promise<LogSubject> {
  const db = await aDatabase()
  const admin = await connected(db.adminUrl)
  await admin.query(HEARD)
  const opened: Subscriptions[] = []
  const query = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await admin.query<Row>(text, values)).rows
  const open = (
    how: { readonly holder: string; readonly waiting?: Waiting },
    subscriptions: readonly Subscription[],
  ): Subscriptions => {
    const connection = db.connection('torg_reader')
    const source = openPostgresLog({
      connection,
      subscriptions: subscriptions.length,
      onError: () => undefined,
    })
    const running = openSubscriptions({
      ...reality,
      clock: databaseClock(Date.now()),
      ...how,
      source,
      subscriptions,
      log: silent,
      retryAfterMs: 2,
    })
    opened.push(running)
    return running
  }
  return {
    db,
    admin,
    query,
    open: (holder, ...subscriptions) => open({ holder }, subscriptions),
    openWith: (how, ...subscriptions) => open({ holder: 'one', ...how }, subscriptions),
    async record(stream, ...numbers) {
      await query(INSERT, [stream, JSON.stringify(numbers)])
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((each) => each.close()))
      await admin.end()
      await db[Symbol.asyncDispose]()
    },
  }
}

/** `$1` the stream, which is new; `$2` what its events say, a JSON array of numbers. */
export const INSERT = `
  insert into platform.events (tenant_id, stream, version, type, data, cause, era, at)
  select 1 + (number::int % 2), $1, place, 'test.happened', jsonb_build_object('number', number),
    'test', (select max(era) from platform.eras), clock_timestamp()
  from jsonb_array_elements($2::jsonb) with ordinality as each (number, place)`

export async function connected(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/**
 * Writes a row per entry it hears. Each row carries a ticket made when the entry is handed over, so
 * that an entry whose effect happened twice is there twice.
 */
export function projection(name: string, hears = everything): Subscription {
  return {
    kind: 'projection',
    name,
    hears,
    project: (entries) =>
      entries.map((entry) => ({
        tenant: entry.tenant,
        write: {
          table,
          verb: 'insert',
          row: {
            subscription: name,
            position: String(entry.position.position),
            ticket: randomUUID(),
            what: entry.kind === 'event' ? entry.event : entry.entry,
          },
        },
      })),
  }
}

export function reaction(
  name: string,
  react: (entry: LogEntry, key: string) => Promise<void>,
  hears = everything,
): Subscription {
  return { kind: 'reaction', name, hears, react }
}

/** A number that `record` wrote. */
export function numberOf(entry: LogEntry): number {
  return entry.kind === 'event' ? (entry.event as unknown as { number: number }).number : NaN
}
