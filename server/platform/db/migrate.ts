import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import type { Secrets } from '../auth/secrets.ts'
import { CannotStart, errorCode } from '../cannot-start.ts'
import { ensureRoles, OWNER } from './roles.ts'
import { explainDatabaseError } from './trouble.ts'

/** One numbered SQL file; what was published is never changed. */
export interface Migration {
  /** `platform` or the name of a context. */
  readonly part: string
  /** `platform/0001-log-and-ledger`: its identity in the database. */
  readonly name: string
  readonly sql: string
  /** SHA-256 of the text, hexadecimal. */
  readonly hash: string
}

const FILE = /^(\d{4})-[a-z0-9-]+\.sql$/

/** The oldest PostgreSQL that has all we use (18: the release the program brings). */
const OLDEST_MAJOR = 18

/** Only one process migrates a database at a time; any fixed number will do. */
const LOCK = 7_034_219_001

/** All migrations under `server/`: the platform's, then each context's in alphabetical order. */
export async function loadMigrations(
  server: string = join(import.meta.dirname, '..', '..'),
): Promise<readonly Migration[]> {
  const contexts = (await namesIn(join(server, 'contexts'))).toSorted()
  const parts = [
    { part: 'platform', folder: join(server, 'platform', 'migrations') },
    ...contexts.map((part) => ({ part, folder: join(server, 'contexts', part, 'migrations') })),
  ]
  const found: Migration[] = []
  for (const { part, folder } of parts) {
    const files = (await namesIn(folder)).filter((file) => file.endsWith('.sql')).toSorted()
    for (const file of files) {
      if (!FILE.test(file)) throw new Error(`${part}/migrations/${file} is not NNNN-name.sql`)
      found.push(migration(part, file.slice(0, -4), await readFile(join(folder, file), 'utf8')))
    }
  }
  return found
}

/** One migration as it would be read from `<part>/migrations/<file>.sql`. */
export function migration(part: string, file: string, sql: string): Migration {
  const hash = createHash('sha256').update(sql).digest('hex')
  return { part, name: `${part}/${file}`, sql, hash }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}

export interface MigrateOptions {
  readonly migrations?: readonly Migration[]
  readonly onProgress?: (words: string) => void
}

/**
 * Brings a database to the state this program needs: roles, then every migration it has not seen,
 * each in a transaction of its own as `torg_owner`. Safe to be killed and run again, and to be run
 * by many processes at once. Returns the names of those applied.
 *
 * New tables of contexts may be read and written (never truncated) by `torg_app`; those of the
 * platform by whom its migrations name. Throws `CannotStart` when the database is of a newer program,
 * a published migration was changed, or the connection is wrong.
 */
export async function migrate(
  adminUrl: string,
  secrets: Secrets,
  options: MigrateOptions = {},
): Promise<readonly string[]> {
  const migrations = options.migrations ?? (await loadMigrations())
  const admin = new pg.Client({
    connectionString: adminUrl,
    application_name: 'torg_migrate',
    connectionTimeoutMillis: 10_000,
  })
  // A connection that breaks rejects the query under way, which is what speaks of it.
  admin.on('error', () => {})
  try {
    await admin.connect()
    await checkServer(admin)
    await admin.query(`select pg_advisory_lock(${LOCK})`)
    await checkStrangers(admin, migrations)
    await ensureRoles(admin, adminUrl, secrets)
    await ensureRecord(admin)
    const pending = pendingOf(migrations, await recorded(admin))
    for (const each of pending) {
      options.onProgress?.(each.name)
      await applyPatiently(admin, each)
    }
    return pending.map(({ name }) => name)
  } catch (error) {
    throw explainDatabaseError(error, adminUrl)
  } finally {
    // Ending the connection gives the lock back, whatever happened.
    await admin.end().catch(() => {})
  }
}

async function checkServer(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ major: number; encoding: string; version: string }>(
    `select current_setting('server_version_num')::int / 10000 as major,
            current_setting('server_encoding') as encoding,
            current_setting('server_version') as version`,
  )
  const [server] = rows
  if (server === undefined || server.major < OLDEST_MAJOR) {
    throw new CannotStart(
      `Torg needs PostgreSQL ${OLDEST_MAJOR} or newer; DATABASE_URL leads to ${server?.version}.`,
    )
  }
  if (server.encoding !== 'UTF8') {
    throw new CannotStart(
      `The database must be encoded in UTF8, not ${server.encoding}; create it with ENCODING 'UTF8'.`,
    )
  }
}

/** Refuses a database that another program uses, before anything is made in it. */
async function checkStrangers(admin: pg.Client, migrations: readonly Migration[]): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `select nspname as name from pg_namespace
      where nspname = any ($1) and to_regclass('platform.migrations') is null order by 1`,
    [[...new Set(migrations.map(({ part }) => part))]],
  )
  const [stranger] = rows
  if (stranger === undefined) return
  throw new CannotStart(
    `The database of DATABASE_URL is used by another program: it has a schema "${stranger.name}" that Torg did not make; name an empty database.`,
  )
}

/** The table that remembers; the database's own, so it has no tenant. */
async function ensureRecord(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ there: boolean }>(
    `select to_regclass('platform.migrations') is not null as there`,
  )
  if (rows[0]?.there === true) return
  await inTransaction(admin, async () => {
    await admin.query(`set local role ${OWNER}`)
    await admin.query('create schema if not exists platform')
    await admin.query(
      `create table if not exists platform.migrations (
         name text collate "C" primary key,
         hash text not null,
         applied_at timestamptz not null default now()
       )`,
    )
  })
}

interface Recorded {
  readonly name: string
  readonly hash: string
}

async function recorded(admin: pg.Client): Promise<readonly Recorded[]> {
  return inTransaction(admin, async () => {
    await admin.query(`set local role ${OWNER}`)
    return (await admin.query<Recorded>('select name, hash from platform.migrations')).rows
  })
}

/** What is yet to be applied, in order; refuses a database this program does not understand. */
function pendingOf(
  known: readonly Migration[],
  applied: readonly Recorded[],
): readonly Migration[] {
  const byName = new Map(known.map((each) => [each.name, each]))
  const strange = applied.filter(({ name }) => !byName.has(name)).map(({ name }) => name)
  if (strange.length > 0) {
    throw new CannotStart(
      `This database belongs to a newer Torg: it has ${strange.toSorted().join(', ')}, which this program does not know; start that newer one, or restore an older backup.`,
    )
  }
  for (const { name, hash } of applied) {
    if (byName.get(name)?.hash === hash) continue
    throw new CannotStart(
      `The migration ${name} was changed after this database applied it; put its text back and write the change as a new migration.`,
    )
  }
  const done = new Set(applied.map(({ name }) => name))
  for (const each of known) {
    const late = known.find(
      ({ part, name }) => part === each.part && name > each.name && done.has(name),
    )
    if (done.has(each.name) || late === undefined) continue
    throw new CannotStart(
      `The migration ${each.name} is new but numbered before ${late.name}, which this database has applied; give it the next number.`,
    )
  }
  return known.filter(({ name }) => !done.has(name))
}

/** Waits at most two seconds for a lock, so that it never makes the shop wait longer, and tries again. */
async function applyPatiently(admin: pg.Client, each: Migration): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await apply(admin, each)
      return
    } catch (error) {
      const code = errorCode(error)
      if ((code !== '55P03' && code !== '40P01') || tries === 15) {
        throw explainMigrationError(error, each)
      }
      await sleep(100 * tries)
    }
  }
}

function explainMigrationError(error: unknown, { name }: Migration): unknown {
  const code = errorCode(error)
  if (code === '55P03' || code === '40P01') {
    return new CannotStart(
      `The migration ${name} did not get its locks: something else holds them; look for long transactions and start again.`,
      { cause: error },
    )
  }
  // Faults of the disk and of rights are the operator's; anything else is a bug in the migration.
  if (code === '53100' || code === '42501' || !(error instanceof Error)) return error
  return new Error(`Migration ${name} failed: ${error.message}`, { cause: error })
}

const GRANTS = [
  ['usage', 'schemas'],
  ['select, insert, update, delete', 'tables'],
] as const

async function apply(admin: pg.Client, { part, name, sql, hash }: Migration): Promise<void> {
  await inTransaction(admin, async () => {
    await admin.query(`set local role ${OWNER}`)
    await admin.query(`set local lock_timeout = '2s'`)
    const { rows: before } = await admin.query<{ xid: string }>(
      'select pg_current_xact_id() as xid',
    )
    // Defaults for what this file creates; a `revoke` in it still has the last word.
    const granting = part === 'platform' ? [] : GRANTS
    for (const [rights, kind] of granting) {
      await admin.query(`alter default privileges grant ${rights} on ${kind} to torg_app`)
    }
    await admin.query(sql)
    for (const [rights, kind] of granting) {
      await admin.query(`alter default privileges revoke ${rights} on ${kind} from torg_app`)
    }
    await admin.query('reset role')
    await admin.query(`set local role ${OWNER}`)
    await admin.query('insert into platform.migrations (name, hash) values ($1, $2)', [name, hash])
    const { rows: after } = await admin.query<{ xid: string }>('select pg_current_xact_id() as xid')
    if (before[0]?.xid !== after[0]?.xid) {
      throw new Error(`Migration ${name} ends its own transaction; the runner does that`)
    }
  })
}

async function inTransaction<T>(admin: pg.Client, work: () => Promise<T>): Promise<T> {
  await admin.query('begin')
  try {
    const result = await work()
    await admin.query('commit')
    return result
  } catch (error) {
    // When the connection itself is gone there is nothing left to roll back.
    await admin.query('rollback').catch(() => {})
    throw error
  }
}
