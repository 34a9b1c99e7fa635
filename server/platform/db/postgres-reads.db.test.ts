import assert from 'node:assert/strict'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import { aDatabase } from '../../../tests/support/database.ts'
import type { TenantId } from '../ids.ts'
import { Unavailable } from '../outcome.ts'
import { openReads } from './postgres-reads.ts'
import { statement } from './statement.ts'
import { reality } from '../waiting.ts'

const [A, B] = [1 as TenantId, 2 as TenantId]

const db = await aDatabase()
const admin = new pg.Client({ connectionString: db.adminUrl })
admin.on('error', () => undefined)
await admin.connect()
await admin.query(
  `insert into platform.accounts (tenant_id, unit, name, posted, held)
   select 1 + n % 2, 'SKU-' || n / 2, 'on-hand', n, 0 from generate_series(0, 199) as n`,
)
after(async () => {
  await admin.end()
  await db[Symbol.asyncDispose]()
})

function aReader({
  connections = 1,
  connection = db.connection('torg_app'),
  silenceMs = 15_000,
} = {}) {
  const errors: Error[] = []
  const reads = openReads({
    ...reality,
    connection,
    connections,
    silenceMs,
    onError: (error) => void errors.push(error),
  })
  return Object.assign(reads, { errors, [Symbol.asyncDispose]: () => reads.close() })
}

const lost = (error: unknown): boolean =>
  error instanceof Unavailable && error.cause instanceof Error

/** Deliberately without `where tenant_id`: what comes back is what the policies let through. */
const all = statement<{ tenant_id: number; posted: number }>(
  'test.all',
  'select tenant_id, posted from platform.accounts where unit = $1',
)
const count = statement<{ count: number }>(
  'test.count',
  'select count(*)::int as count from platform.accounts',
)
const divide = statement<{ result: number }>('test.divide', 'select 100 / $1::int as result')
const wait = statement<{ pid: number }>(
  'test.wait',
  'select pg_backend_pid() as pid from pg_sleep($1::float8)',
)
const backend = statement<{ pid: number; xid: string }>(
  'test.backend',
  'select pg_backend_pid() as pid, now()::text as xid',
)

test('reads of two shops interleaved 10,000 times over 5 connections show no row of the other (P17)', async () => {
  await using reads = aReader({ connections: 5 })
  let done = 0
  let foreign = 0
  const caller = async () => {
    while ((done += 1) <= 10_000) {
      const tenant = Math.random() < 0.5 ? A : B
      const rows = await reads.read(tenant, all, [`SKU-${done % 100}`])
      assert.equal(rows.length, 1)
      foreign += rows.filter(({ tenant_id }) => tenant_id !== tenant).length
      if (done % 7 === 0) await sleep(0)
    }
  }
  await Promise.all(Array.from({ length: 50 }, caller))
  assert.equal(foreign, 0)
  const { rows } = await admin.query(`select count(*)::int as open from pg_stat_activity
    where application_name = 'torg_app' and datname = current_database()`)
  assert.equal(rows[0].open, 5, 'all five connections were used')
})

test('a read without a tenant shows no tenant rows, also after reads of a tenant', async () => {
  await using reads = aReader()
  assert.deepEqual(await reads.readGlobal(count), [{ count: 0 }])
  const [ofA, ofNobody] = await Promise.all([reads.read(A, count), reads.readGlobal(count)])
  assert.deepEqual([ofA, ofNobody], [[{ count: 100 }], [{ count: 0 }]])
  assert.deepEqual(await reads.readGlobal(count), [{ count: 0 }])
})

test('reads of one tick share a transaction, those of two shops never', async () => {
  await using reads = aReader()
  const [one, two, other] = await Promise.all([
    reads.read(A, backend),
    reads.read(A, backend),
    reads.read(B, backend),
  ])
  assert.equal(one[0]?.xid, two[0]?.xid)
  assert.notEqual(one[0]?.xid, other[0]?.xid)
})

/** Resolves when some read is asleep in PostgreSQL. */
async function isAsleep(): Promise<void> {
  for (;;) {
    const { rows } = await admin.query(`select 1 from pg_stat_activity
      where datname = current_database() and wait_event = 'PgSleep'`)
    if (rows.length > 0) return
    await sleep(10)
  }
}

test('reads of one tick see the same moment, whatever is committed between them', async () => {
  await using reads = aReader()
  const [before] = await reads.read(A, count)
  const [, , [seen]] = await Promise.all([
    reads.read(A, wait, [0.3]),
    isAsleep().then(() =>
      admin.query(
        `insert into platform.accounts (tenant_id, unit, name, posted, held) values (1, 'SKU-later', 'on-hand', 1, 0)`,
      ),
    ),
    reads.read(A, count),
  ])
  assert.deepEqual(seen, before)
  assert.deepEqual(await reads.read(A, count), [{ count: (before?.count ?? 0) + 1 }])
  await admin.query(`delete from platform.accounts where unit = 'SKU-later'`)
})

test('a statement that fails fails alone, with its own error', async () => {
  await using reads = aReader()
  const asked = [5, 0, 10, 0, 20].map((by) => reads.read(A, divide, [by]))
  const settled = await Promise.allSettled([...asked, reads.readGlobal(divide, [0])])
  const told = settled.map((each) =>
    each.status === 'fulfilled' ? each.value[0]?.result : String(each.reason.code),
  )
  assert.deepEqual(told, [20, '22012', 10, '22012', 5, '22012'])
  assert.deepEqual(await reads.read(A, divide, [1]), [{ result: 100 }])
})

test('reads cannot write', async () => {
  await using reads = aReader()
  const write = statement('test.write', `select setval('platform.log_position', 1)`)
  await assert.rejects(reads.read(A, write))
  const create = statement('test.create', 'create temporary table t (a int)')
  await assert.rejects(reads.read(A, create), { code: '25006' })
})

test('a killed connection is made anew and the reads under way are answered', async () => {
  await using reads = aReader()
  const [before] = await reads.read(A, backend)
  const slow = reads.read(A, wait, [0.2])
  await sleep(50)
  await admin.query('select pg_terminate_backend($1)', [before?.pid])
  const [answered] = await slow
  assert.notEqual(answered?.pid, before?.pid)
  for (let round = 0; round < 20; round += 1) {
    const [{ pid } = { pid: 0 }] = await reads.read(A, backend)
    const killed = admin.query('select pg_terminate_backend($1)', [pid])
    const rows = await Promise.all(Array.from({ length: 40 }, () => reads.read(A, count)))
    assert(rows.every(([row]) => row?.count === 100))
    await killed
  }
  const { rows } = await admin.query(`select count(*)::int as open from pg_stat_activity
    where application_name = 'torg_app' and datname = current_database()`)
  assert(rows[0].open <= 1, `${rows[0].open} connections were left open`)
})

test('while the database is away reads are refused at once, and served when it is back', async () => {
  await using reads = aReader()
  await reads.read(A, count)
  const mayConnect = (may: boolean) =>
    admin.query(`alter database ${db.name} connection limit ${may ? -1 : 0}`)
  await mayConnect(false)
  try {
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'torg_app' and datname = current_database()`)
    await sleep(50)
    const began = performance.now()
    const asked = Array.from({ length: 200 }, () => reads.read(A, count))
    const settled = await Promise.allSettled([...asked, reads.readGlobal(count)])
    assert(settled.every((each) => each.status === 'rejected' && lost(each.reason)))
    assert(performance.now() - began < 1000)
  } finally {
    await mayConnect(true)
  }
  assert.deepEqual(await reads.read(A, count), [{ count: 100 }])
  const away = aReader({ connection: { host: '127.0.0.1', port: 1, user: 'torg_app' } })
  await assert.rejects(away.read(A, count), lost)
  await away.close()
})

test('reads are bounded: one too many is refused, and the others are answered', async () => {
  await using reads = aReader()
  const asked = Array.from({ length: 20_100 }, () => reads.read(A, divide, [1]))
  const settled = await Promise.allSettled(asked)
  const refused = settled.filter((each) => each.status === 'rejected')
  assert.equal(refused.length, 100)
  assert(refused.every(({ reason }) => reason instanceof Unavailable))
})

test('a connection that falls silent is given up, and its reads are asked on a new one', async () => {
  const sockets: Socket[] = []
  const silent = new Set<Socket>()
  const { host, port } = new pg.Client(db.connection('torg_app'))
  const target = host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port }
  const proxy = createServer((socket) => {
    const behind = connect(target)
    sockets.push(socket, behind)
    socket.on('data', (bytes) => silent.has(socket) || behind.write(bytes))
    behind.on('data', (bytes) => silent.has(behind) || socket.write(bytes))
    for (const each of [socket, behind]) each.on('error', () => undefined)
    socket.on('close', () => behind.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const url = new URL(db.urls.torg_app)
  url.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`
  url.searchParams.delete('host')
  url.searchParams.delete('port')
  const reads = aReader({ connection: { connectionString: url.href }, silenceMs: 300 })
  try {
    assert.deepEqual(await reads.read(A, count), [{ count: 100 }])
    for (const socket of sockets) silent.add(socket)
    const began = performance.now()
    const asked = [reads.read(A, divide, [5]), reads.read(A, count), reads.readGlobal(count)]
    const settled = await Promise.allSettled(asked)
    assert(performance.now() - began > 250 && sockets.length > 2, 'nothing was silent')
    const told = settled.map((each) =>
      each.status === 'fulfilled' ? each.value[0] : lost(each.reason),
    )
    assert.deepEqual(told, [{ result: 20 }, { count: 100 }, { count: 0 }])
  } finally {
    await reads.close()
    for (const socket of sockets) socket.destroy()
    proxy.close()
  }
})

test('a statement that PostgreSQL ends because it is slow is not tried again', async () => {
  await using reads = aReader()
  const limit = statement('test.limit', `select set_config('statement_timeout', '100', true)`)
  const began = performance.now()
  const [, slow, quick] = await Promise.allSettled([
    reads.read(A, limit),
    reads.read(A, wait, [3]),
    reads.read(A, count),
  ])
  assert(slow.status === 'rejected' && lost(slow.reason))
  assert(quick.status === 'fulfilled')
  assert(performance.now() - began < 1000)
})

test('a table that is changed under a prepared statement is read anew', async () => {
  await using reads = aReader()
  await admin.query(`create table public.changing (id int); insert into public.changing values (1);
    grant select on public.changing to torg_app`)
  const star = statement('test.star', 'select * from public.changing')
  assert.deepEqual(await reads.readGlobal(star), [{ id: 1 }])
  await admin.query('alter table public.changing add note text')
  const both = await Promise.all([
    reads.readGlobal(star),
    reads.read(A, star),
    reads.read(A, count),
  ])
  assert.deepEqual(both, [[{ id: 1, note: null }], [{ id: 1, note: null }], [{ count: 100 }]])
})
