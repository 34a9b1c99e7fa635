import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import pg from 'pg'

import { aDatabase } from '../support/database.ts'

let database: Awaited<ReturnType<typeof aDatabase>>
let client: pg.Client

/** Rows of two shops, read and written as the application's role. */
before(async () => {
  database = await aDatabase()
  client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  await client.query(`
    insert into platform.streams (tenant_id, stream, version)
    values (1, 'cart/a', 1), (1, 'cart/b', 1), (2, 'cart/c', 1)`)
  await client.query(`
    create schema notes;
    create table notes.notes (
      tenant_id integer not null, id integer not null, primary key (tenant_id, id));
    alter table notes.notes enable row level security, force row level security;
    create policy tenant on notes.notes to torg_app
      using (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int))
      with check (tenant_id is not distinct from (select nullif(current_setting('app.tenant', true), '')::int));
    grant usage on schema notes to torg_app;
    grant select, insert, update, delete on notes.notes to torg_app;
    insert into notes.notes values (1, 1), (2, 2)`)
  await client.query('set session authorization torg_app')
})

after(async () => {
  await client.end()
  await database[Symbol.asyncDispose]()
})

async function tenantsSeen(table = 'platform.streams'): Promise<number[]> {
  const { rows } = await client.query<{ tenant_id: number }>(
    `select distinct tenant_id from ${table} order by tenant_id`,
  )
  return rows.map((row) => row.tenant_id)
}

async function asTenant<T>(tenant: number, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    await client.query(`select set_config('app.tenant', $1, true)`, [String(tenant)])
    return await work()
  } finally {
    await client.query('rollback')
  }
}

test('without a tenant nothing is seen', async () => {
  assert.deepEqual(await tenantsSeen(), [])
  assert.deepEqual(await tenantsSeen('notes.notes'), [])
})

test('with a tenant its own rows are seen and no others', async () => {
  assert.deepEqual(await asTenant(1, () => tenantsSeen()), [1])
  assert.deepEqual(await asTenant(2, () => tenantsSeen('notes.notes')), [2])
  assert.deepEqual(await asTenant(3, () => tenantsSeen()), [])
})

test('the tenant ends with the transaction, and its empty rest is no error', async () => {
  await client.query('begin')
  await client.query(`select set_config('app.tenant', '1', true)`)
  assert.deepEqual(await tenantsSeen(), [1])
  await client.query('commit')

  const { rows } = await client.query(`select current_setting('app.tenant', true) as tenant`)
  assert.deepEqual(rows, [{ tenant: '' }], 'PostgreSQL leaves an empty text, not null')
  assert.deepEqual(await tenantsSeen(), [])
})

test('a row of another tenant cannot be written, moved or removed', async () => {
  const refused = { code: '42501', message: /row-level security/ }
  await asTenant(1, () =>
    assert.rejects(client.query('insert into notes.notes values (2, 3)'), refused),
  )
  await asTenant(1, () =>
    assert.rejects(client.query('update notes.notes set tenant_id = 2'), refused),
  )
  await asTenant(1, async () => {
    const { rowCount } = await client.query('delete from notes.notes where tenant_id = 2')
    assert.equal(rowCount, 0)
  })
  assert.deepEqual(await asTenant(2, () => tenantsSeen('notes.notes')), [2])
})

test('the application cannot empty a table or write the platform’s', async () => {
  const denied = { code: '42501', message: /permission denied/ }
  await assert.rejects(client.query('truncate notes.notes'), denied)
  await asTenant(1, () =>
    assert.rejects(client.query(`insert into platform.streams values (1, 'cart/x', 1)`), denied),
  )
  await assert.rejects(client.query('set role torg_owner'), denied)
})
