/** Databases for tests: each test file has one of its own, cloned from a migrated template. */
import { createHash, randomBytes } from 'node:crypto'
import { after } from 'node:test'

import pg from 'pg'

import { type Secrets, secretsFrom } from '../../server/platform/auth/secrets.ts'
import { loadMigrations, migrate } from '../../server/platform/db/migrate.ts'
import {
  connectionFor,
  type LoginRole,
  loginRoles,
  urlFor,
} from '../../server/platform/db/roles.ts'
import { startTestCluster, type TestCluster } from './cluster.ts'

/** A migrated database of its own, dropped when the block that declared it ends. */
export interface TestDatabase extends AsyncDisposable {
  readonly name: string
  /** As the superuser. */
  readonly adminUrl: string
  /** As each role, with the settings that role has in production. */
  readonly urls: Readonly<Record<LoginRole, string>>
  /** What `pg` needs to connect as a role. */
  connection(role: LoginRole): pg.ClientConfig
  /** The secrets from which the roles' passwords follow. */
  readonly secrets: Secrets
}

/** The one secret of all tests: roles belong to the cluster, which test files share. */
export const TEST_SECRET = 'the secret of the tests, known to everyone'

type Place = Pick<TestCluster, 'url'>

let shared: Promise<Place & Partial<TestCluster>> | undefined
let inUse = 0
let testsAreOver = false

/** The cluster of `TEST_DATABASE_URL`, or one of this process that ends with its tests. */
function cluster(): Promise<Place> {
  const given = process.env['TEST_DATABASE_URL']
  shared ??= given ? Promise.resolve({ url: given }) : startTestCluster()
  return shared
}

/** This hook was registered first and runs first, while those of the test file still use databases. */
after(async () => {
  testsAreOver = true
  await stopUnused()
})

async function stopUnused(): Promise<void> {
  if (testsAreOver && inUse === 0) await (await shared)?.stop?.()
}

/**
 * Makes a database for one test file: `await using db = await aDatabase()`. With `migrated: false`
 * it is empty, with `on` it is in that cluster. Cloning takes some 30 ms; the template is made once per
 * set of migrations, by whoever comes first.
 */
export async function aDatabase(
  options: {
    readonly migrated?: boolean
    readonly on?: Place | undefined
    /** Fills a template once for all who name it so; the database is a clone of that. */
    readonly filled?: { readonly name: string; fill(database: Filling): Promise<void> }
  } = {},
): Promise<TestDatabase> {
  const secrets = secretsFrom(TEST_SECRET)
  const base = (options.on ?? (await cluster())).url
  const name = `torg_test_${randomBytes(6).toString('hex')}`
  const migrated = options.migrated === false ? 'template1' : await ensureTemplate(base, secrets)
  const { filled } = options
  const template = filled === undefined ? migrated : await ensureFilled(base, migrated, filled)
  await onCluster(base, (client) => client.query(`create database ${name} template ${template}`))
  inUse++

  const adminUrl = inDatabase(base, name)
  return {
    name,
    adminUrl,
    secrets,
    urls: Object.fromEntries(
      loginRoles.map((role) => [role, urlFor(adminUrl, role, secrets)]),
    ) as Record<LoginRole, string>,
    connection: (role) => connectionFor(adminUrl, role, secrets),
    async [Symbol.asyncDispose]() {
      await onCluster(base, (client) => client.query(`drop database ${name} with (force)`))
      inUse--
      await stopUnused()
    },
  }
}

const templates = new Map<string, Promise<string>>()

/** The name of a migrated database that nobody may connect to, as cloning wants it. */
function ensureTemplate(base: string, secrets: Secrets): Promise<string> {
  const template = templates.get(base) ?? makeTemplate(base, secrets)
  templates.set(base, template)
  return template
}

async function makeTemplate(base: string, secrets: Secrets): Promise<string> {
  const migrations = await loadMigrations()
  const hash = createHash('sha256').update(migrations.map((each) => each.name + each.hash).join())
  const name = `torg_template_${hash.digest('hex').slice(0, 16)}`

  return once(base, name, async (client) => {
    await client.query(`create database ${name}`)
    await migrate(inDatabase(base, name), secrets, { migrations })
  })
}

/** A database that is being filled. */
export interface Filling {
  readonly adminUrl: string
}

function ensureFilled(
  base: string,
  migrated: string,
  { name, fill }: { readonly name: string; fill(database: Filling): Promise<void> },
): Promise<string> {
  const known = templates.get(`${base} ${name}`)
  const template =
    known ??
    once(base, name, async (client) => {
      await client.query(`create database ${name} template ${migrated}`)
      await fill({ adminUrl: inDatabase(base, name) })
    })
  templates.set(`${base} ${name}`, template)
  return template
}

/** Makes a template, unless it is there. Its name says what is in it. */
async function once(
  base: string,
  name: string,
  make: (client: pg.Client) => Promise<void>,
): Promise<string> {
  await onCluster(base, async (client) => {
    // Test files run side by side; the second waits here and finds the work done. The lock is on the
    // cluster's own database, which all of them use for this.
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    const { rows } = await client.query<{ ready: boolean }>(
      'select datistemplate as ready from pg_database where datname = $1',
      [name],
    )
    if (rows[0]?.ready === true) return
    // One that is not marked was left half-way by a run that was killed.
    if (rows.length > 0) await client.query(`drop database ${name} with (force)`)
    await make(client)
    await client.query(`alter database ${name} is_template true allow_connections false`)
  })
  return name
}

function inDatabase(base: string, name: string): string {
  const url = new URL(base)
  url.pathname = `/${name}`
  return url.href
}

async function onCluster(base: string, work: (client: pg.Client) => Promise<unknown>) {
  const client = new pg.Client({ connectionString: inDatabase(base, 'postgres') })
  client.on('error', () => {})
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
