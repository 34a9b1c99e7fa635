import assert from 'node:assert/strict'
import { test } from 'node:test'

import pg from 'pg'

import { aDatabase, type TestDatabase } from '../../../tests/support/database.ts'
import { secretsFrom } from '../auth/secrets.ts'
import { migrate, type Migration, migration } from './migrate.ts'
import { connectionFor, ensureRoles, urlFor } from './roles.ts'

const first = migration(
  'gym',
  '0001-shoes',
  `create schema gym;
   create table gym.shoes (tenant_id int not null, sku text not null, primary key (tenant_id, sku));
   create table gym.facts (tenant_id int primary key);
   revoke delete on gym.facts from torg_app`,
)
const second = migration('gym', '0002-sizes', 'alter table gym.shoes add column size int')

async function as<T extends object>(config: pg.ClientConfig, sql: string): Promise<T[]> {
  const client = new pg.Client(config)
  client.on('error', () => {})
  await client.connect()
  try {
    // Several statements answer with a list, of which the last counts.
    const answers = [await client.query<T & pg.QueryResultRow>(sql)].flat()
    return answers.at(-1)?.rows ?? []
  } finally {
    await client.end()
  }
}

const admin = (db: TestDatabase): pg.ClientConfig => ({ connectionString: db.adminUrl })

async function run(db: TestDatabase, ...migrations: Migration[]): Promise<readonly string[]> {
  return migrate(db.adminUrl, db.secrets, { migrations })
}

test('every migration is applied once, in order', async () => {
  await using db = await aDatabase({ migrated: false })
  assert.deepEqual(await run(db, first), ['gym/0001-shoes'])
  assert.deepEqual(await run(db, first), [])
  assert.deepEqual(await run(db, first, second), ['gym/0002-sizes'])
  assert.deepEqual(
    await as(admin(db), `select tableowner from pg_tables where schemaname in ('gym', 'platform')`),
    [{ tableowner: 'torg_owner' }, { tableowner: 'torg_owner' }, { tableowner: 'torg_owner' }],
  )
})

test('processes that migrate at once apply each migration once', async () => {
  await using db = await aDatabase({ migrated: false })
  const applied = await Promise.all([1, 2, 3, 4].map(() => run(db, first, second)))
  assert.deepEqual(applied.flat(), ['gym/0001-shoes', 'gym/0002-sizes'])
})

test('databases of one cluster may be migrated at once', async () => {
  await using one = await aDatabase({ migrated: false })
  await using two = await aDatabase({ migrated: false })
  await using three = await aDatabase({ migrated: false })
  const applied = await Promise.all([one, two, three].map((db) => run(db, first)))
  assert.equal(applied.flat().length, 3)
})

test('one that fails half-way leaves nothing behind and is run again', async () => {
  await using db = await aDatabase({ migrated: false })
  const broken = migration('gym', '0002-sizes', `${second.sql}; select 1 / 0`)
  await assert.rejects(run(db, first, broken), /gym\/0002-sizes failed: division by zero/)
  assert.deepEqual(await run(db, first, second), ['gym/0002-sizes'])
})

test('a process that is killed half-way holds nobody up', async () => {
  await using db = await aDatabase({ migrated: false })
  const slow = migration('gym', '0002-sizes', `${second.sql}; select pg_sleep(30)`)
  const killed = assert.rejects(run(db, first, slow))
  const kill = `select pg_terminate_backend(pid) as done from pg_stat_activity
                where datname = '${db.name}' and query like '%pg_sleep(30)%' and pid <> pg_backend_pid()`
  while ((await as(admin(db), kill)).length === 0);
  await killed
  assert.deepEqual(await run(db, first, second), ['gym/0002-sizes'])
})

test('a published migration that was changed is refused', async () => {
  await using db = await aDatabase({ migrated: false })
  await run(db, first)
  await assert.rejects(run(db, { ...first, hash: 'other' }), {
    name: 'CannotStart',
    message: /^The migration gym\/0001-shoes was changed after this database applied it/,
  })
})

test('a database of a newer program is refused', async () => {
  await using db = await aDatabase({ migrated: false })
  await run(db, first, second)
  await assert.rejects(run(db, first), {
    name: 'CannotStart',
    message: /^This database belongs to a newer Torg: it has gym\/0002-sizes/,
  })
})

test('a new migration numbered before an applied one is refused', async () => {
  await using db = await aDatabase({ migrated: false })
  await run(db, first, migration('gym', '0003-late', 'select 1'))
  await assert.rejects(run(db, first, second, migration('gym', '0003-late', 'select 1')), {
    name: 'CannotStart',
    message: /gym\/0002-sizes is new but numbered before gym\/0003-late/,
  })
})

test('a migration that commits by itself is a bug that is named', async () => {
  await using db = await aDatabase({ migrated: false })
  await assert.rejects(
    run(db, migration('gym', '0001-x', 'select 1; commit; begin')),
    /ends its own transaction/,
  )
})

test('a table that is in use is waited for without a long queue behind it', async () => {
  await using db = await aDatabase({ migrated: false })
  await run(db, first)
  const user = new pg.Client(admin(db))
  await user.connect()
  await user.query('begin; lock table gym.shoes in access share mode')
  const migrating = run(db, first, second)
  const released = new Promise((resolve) => setTimeout(resolve, 2500)).then(() =>
    user.query('commit'),
  )
  assert.deepEqual(await migrating, ['gym/0002-sizes'])
  await released
  await user.end()
})

test('the application may use the tables of contexts, never truncate them, and not own them', async () => {
  await using db = await aDatabase({ migrated: false })
  await run(db, first)
  const app = db.connection('torg_app')
  await as(app, `insert into gym.shoes values (1, 'BALL-5')`)
  assert.equal((await as(app, 'select * from gym.shoes')).length, 1)
  for (const sql of [
    'truncate gym.shoes',
    'alter table gym.shoes add column x int',
    'delete from gym.facts',
    'select * from platform.migrations',
    'create schema mine',
    'set role torg_owner',
  ]) {
    await assert.rejects(as(app, sql), { code: '42501' }, sql)
  }
})

test('the writer is the application only when it says so', async () => {
  await using db = await aDatabase({ migrated: false })
  await run(db, first)
  const writer = db.connection('torg_writer')
  await assert.rejects(as(writer, 'select * from gym.shoes'), { code: '42501' })
  assert.deepEqual(await as(writer, 'set role torg_app; select * from gym.shoes'), [])
  assert.deepEqual(
    await as(
      writer,
      `select current_setting('lock_timeout') as lock,
              current_setting('idle_in_transaction_session_timeout') as idle,
              current_setting('transaction_timeout') as whole`,
    ),
    [{ lock: '1s', idle: '2s', whole: '3s' }],
  )
})

test('roles are neither owner, superuser nor past row-level security', async () => {
  await using db = await aDatabase()
  assert.deepEqual(
    await as(
      admin(db),
      `select rolname, rolcanlogin from pg_roles where rolname like 'torg%'
         and not rolsuper and not rolbypassrls and not rolcreaterole and not rolcreatedb order by 1`,
    ),
    [
      { rolname: 'torg_app', rolcanlogin: true },
      { rolname: 'torg_owner', rolcanlogin: false },
      { rolname: 'torg_reader', rolcanlogin: true },
      { rolname: 'torg_writer', rolcanlogin: true },
    ],
  )
})

test('a wrong address is explained in one sentence, without its password', async () => {
  await using db = await aDatabase({ migrated: false })
  const check = async (change: (url: URL) => void, expected: RegExp): Promise<void> => {
    const url = new URL(db.adminUrl)
    url.searchParams.delete('host')
    url.searchParams.delete('port')
    change(url)
    await assert.rejects(migrate(url.href, db.secrets, { migrations: [] }), (error: Error) => {
      assert.equal(error.name, 'CannotStart')
      assert.match(error.message, expected)
      assert.doesNotMatch(error.message, /hunter2/)
      return true
    })
  }
  await check((url) => (url.password = 'hunter2'), /does not let "postgres" in/)
  await check((url) => (url.pathname = '/nowhere'), /has no database "nowhere"/)
  await check((url) => (url.port = '1'), /^No PostgreSQL answers at 127\.0\.0\.1:1;/)
  await check((url) => (url.hostname = 'no-such-host.invalid'), /which nobody knows/)

  await as(admin(db), `create role plain_${db.name} login password 'p'`)
  await check((url) => {
    url.username = `plain_${db.name}`
    url.password = 'p'
  }, /lacks a right .* it must own the database .* CREATEROLE/)
  await as(admin(db), `drop role plain_${db.name}`)
})

test('a user who is no superuser may migrate a database of its own', async () => {
  await using db = await aDatabase({ migrated: false })
  const owner = `owner_${db.name}`
  await as(
    admin(db),
    `create role ${owner} login createrole password 'p';
     alter database ${db.name} owner to ${owner};
     grant torg_owner, torg_app, torg_writer, torg_reader to ${owner} with admin true`,
  )
  const url = new URL(db.adminUrl)
  url.username = owner
  url.password = 'p'
  assert.deepEqual(await migrate(url.href, db.secrets, { migrations: [first] }), [first.name])
  await as(admin(db), `alter database ${db.name} owner to postgres; drop owned by ${owner}`)
  await as(admin(db), `drop role ${owner}`)
})

test('the passwords follow the secret', async () => {
  await using db = await aDatabase({ migrated: false })
  const other = secretsFrom('another secret, as long as it has to be')
  assert.notEqual(
    urlFor(db.adminUrl, 'torg_app', other),
    urlFor(db.adminUrl, 'torg_app', db.secrets),
  )
  await assert.rejects(as(connectionFor(db.adminUrl, 'torg_app', other), 'select 1'), {
    code: '28P01',
  })
  // Only asked for again: a change would lock out the test files that run beside this one.
  const client = new pg.Client(admin(db))
  await client.connect()
  await ensureRoles(client, db.adminUrl, db.secrets)
  await client.end()
  await as(db.connection('torg_app'), 'select 1')
})
