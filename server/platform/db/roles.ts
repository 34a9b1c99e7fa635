import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import type { Secrets } from '../auth/secrets.ts'
import { CannotStart, errorCode } from '../cannot-start.ts'

/** The roles processes connect as: commits, the log's readers, and everything under row-level security. */
export const loginRoles = ['torg_writer', 'torg_reader', 'torg_app'] as const
export type LoginRole = (typeof loginRoles)[number]

/** Owns every schema and table; nobody connects as it. */
export const OWNER = 'torg_owner'

/** Those who touch rows by key only look each up: no table is hashed or sorted to be joined. */
const BY_KEY = {
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  enable_bitmapscan: 'off',
  plan_cache_mode: 'force_generic_plan',
}

/**
 * What each role's connections may do to others. A paused writer would freeze the rows it holds for
 * everyone, so PostgreSQL itself ends its transaction.
 */
const SETTINGS: Readonly<Record<LoginRole, Readonly<Record<string, string>>>> = {
  torg_writer: {
    ...BY_KEY,
    lock_timeout: '1s',
    idle_in_transaction_session_timeout: '2s',
    // However often a process pauses and goes on: its transaction is over after this.
    transaction_timeout: '3s',
  },
  torg_reader: { ...BY_KEY, statement_timeout: '10s', idle_in_transaction_session_timeout: '10s' },
  torg_app: {
    // A list is walked in the order of its index until the page is full. A bitmap reads all that is
    // behind the page and sorts it, and was chosen for tables that PostgreSQL had never analyzed.
    enable_bitmapscan: 'off',
    statement_timeout: '5s',
    idle_in_transaction_session_timeout: '10s',
  },
}

/**
 * Statements are written for their indexes and prepared when tables may still be empty; a plan made
 * then would read whole tables for as long as the connection lives. So plans do not depend on
 * statistics: never a sequential scan where an index serves.
 */
const SETTINGS_OF_ALL = { jit: 'off', timezone: 'UTC', enable_seqscan: 'off' }

/** What `pg` needs to connect as one of the roles to the database of `adminUrl`. */
export function connectionFor(
  adminUrl: string,
  role: LoginRole,
  secrets: Secrets,
): pg.ClientConfig {
  return { connectionString: urlFor(adminUrl, role, secrets), application_name: role }
}

/** The same as one URL, for programs of others (`psql`). Holds a password: never log it. */
export function urlFor(adminUrl: string, role: LoginRole, secrets: Secrets): string {
  const url = new URL(adminUrl)
  url.username = role
  url.password = passwordOf(role, secrets)
  const options = Object.entries({ ...SETTINGS_OF_ALL, ...SETTINGS[role] })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
  url.searchParams.set('options', options)
  // libpq, and so psql, reads a plus as a plus.
  url.search = url.search.replaceAll('+', '%20')
  return url.href
}

function passwordOf(role: LoginRole, secrets: Secrets): string {
  return secrets.derive(`db-role:${role}`).current.toString('base64url')
}

/**
 * Makes the roles, their memberships and passwords what they must be; does nothing where they are.
 * Roles belong to the whole cluster, in which others may be doing the same for a database of theirs,
 * and advisory locks end at a database's border: so whoever comes second tries again.
 * Two deployments on one cluster need the same `TORG_SECRET`, or clusters of their own.
 */
export async function ensureRoles(
  admin: pg.Client,
  adminUrl: string,
  secrets: Secrets,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await makeRoles(admin, secrets)
      await letOwnerIn(admin)
      for (const role of loginRoles) await ensurePassword(admin, adminUrl, role, secrets)
      return
    } catch (error) {
      if (tries === 10 || !isMeeting(error)) throw error
      await sleep(20 * tries * (1 + Math.random()))
    }
  }
}

/** Somebody made or changed the same role at the same time. */
function isMeeting(error: unknown): boolean {
  const code = errorCode(error)
  return (
    code === '23505' ||
    code === '42710' ||
    (code === 'XX000' && error instanceof Error && /concurrently/.test(error.message))
  )
}

interface RoleRow {
  readonly name: string
  readonly logs_in: boolean
  readonly too_strong: boolean
}

async function makeRoles(admin: pg.Client, secrets: Secrets): Promise<void> {
  const { rows } = await admin.query<RoleRow>(
    `select rolname as name, rolcanlogin as logs_in, rolsuper or rolbypassrls as too_strong
     from pg_roles where rolname = any($1)`,
    [[OWNER, ...loginRoles]],
  )
  for (const { name, logs_in, too_strong } of rows) {
    if (too_strong || logs_in === (name === OWNER)) {
      throw new CannotStart(
        `The role ${name} exists with other rights than Torg needs (${too_strong ? 'it passes row-level security' : 'its LOGIN is wrong'}); drop it or correct it.`,
      )
    }
  }
  const found = new Set(rows.map(({ name }) => name))
  if (!found.has(OWNER)) await admin.query(`create role ${OWNER} nologin`)
  for (const role of loginRoles) {
    if (found.has(role)) continue
    await admin.query(
      `create role ${role} login password '${verifierOf(passwordOf(role, secrets))}'`,
    )
  }

  // Writer and reader may become torg_app for a context's own rows, and are nothing of it until then.
  const memberships = await admin.query<{ member: string }>(
    `select pg_get_userbyid(member) as member from pg_auth_members
     where roleid = 'torg_app'::regrole and set_option and not inherit_option`,
  )
  const members = new Set(memberships.rows.map(({ member }) => member))
  for (const role of ['torg_writer', 'torg_reader'] as const) {
    if (members.has(role)) continue
    await admin.query(`grant torg_app to ${role} with inherit false, set true`)
  }
}

/** Lets the connected user act as the owner, and the owner make schemas in this database. */
async function letOwnerIn(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ may_act: boolean; may_create: boolean; name: string }>(
    `select pg_has_role(current_user, '${OWNER}', 'set') as may_act,
            has_database_privilege('${OWNER}', current_database(), 'create') as may_create,
            quote_ident(current_database()) as name`,
  )
  const [row] = rows
  if (row === undefined) throw new Error('PostgreSQL answered nothing about its own roles')
  if (!row.may_act) await admin.query(`grant ${OWNER} to current_user with set true`)
  if (row.may_create) return
  await admin.query(`grant connect, create on database ${row.name} to ${OWNER}`)
  await admin.query(`grant connect on database ${row.name} to ${loginRoles.join(', ')}`)
}

/** The password follows from the secret; it is set only when the present one does not fit. */
async function ensurePassword(
  admin: pg.Client,
  adminUrl: string,
  role: LoginRole,
  secrets: Secrets,
): Promise<void> {
  const client = new pg.Client({
    ...connectionFor(adminUrl, role, secrets),
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    const code = errorCode(error)
    if (code !== '28P01' && code !== '28000') throw error
    await admin.query(`alter role ${role} password '${verifierOf(passwordOf(role, secrets))}'`)
  } finally {
    // One that never connected has nothing to end.
    await client.end().catch(() => {})
  }
}

/**
 * The form in which PostgreSQL itself stores a password (SCRAM-SHA-256, RFC 5802), so that the
 * password reaches neither a log nor pg_stat_statements.
 */
function verifierOf(password: string): string {
  const iterations = 4096
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const keyed = (word: string): Buffer => createHmac('sha256', salted).update(word).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  const server = keyed('Server Key').toString('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${server}`
}
