import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import pg from 'pg'

import { aDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { readsOf } from '../../tests/support/store.ts'
import type { Reads } from './db/reads.ts'
import type { Statement } from './db/statement.ts'
import type { TenantId } from './ids.ts'
import { deadTimersNamed, timersFailing, timersNamed, timersWaiting } from './timer-reads.ts'

const shop = 1 as TenantId
const other = 2 as TenantId
const KINDS = ['a.kind', 'b.kind']

let db: TestDatabase
let admin: pg.Client
let reads: ReturnType<typeof readsOf>
before(async () => {
  db = await aDatabase()
  admin = new pg.Client({ connectionString: db.adminUrl })
  await admin.connect()
  reads = readsOf(db)
  await admin.query(`
    insert into platform.timers (tenant_id, id, kind, due_at, set_for, data, attempts, last_error)
    values
      (1, 'x/1', 'a.kind', '2030-01-02Z', '2030-01-02Z', '{"n": 1}', 0, null),
      (1, 'x/2', 'b.kind', '2030-01-01Z', '2030-01-01Z', '{"n": 2}', 3, E'Error: no\\n  at x.ts'),
      (1, 'x/3', 'c.kind', '2030-01-01Z', '2030-01-01Z', '{}', 1, 'Error: of another kind'),
      (2, 'x/2', 'b.kind', '2030-01-01Z', '2030-01-01Z', '{}', 1, 'Error: of another shop');
    insert into platform.dead_letters (tenant_id, source, entry, reason)
    values
      (1, 'timer/a.kind', '{"id": "x/0", "kind": "a.kind", "data": {"n": 0}}', 'Error: first'),
      (1, 'timer/a.kind', '{"id": "x/0", "kind": "a.kind", "data": {"n": 0}}', 'Error: second'),
      (1, 'timer/c.kind', '{"id": "x/9", "kind": "c.kind", "data": {}}', 'of another kind'),
      (1, 'subscription/s', '{"id": "x/5", "kind": "a.kind", "data": {}}', 'no timer at all'),
      (2, 'timer/a.kind', '{"id": "x/0", "kind": "a.kind", "data": {}}', 'of another shop');`)
})
after(async () => {
  await reads.close()
  await admin.end()
  await db[Symbol.asyncDispose]()
})

test('timers are seen by name, the next to be tried first, with the first line of what failed', async () => {
  const seen = await timersNamed(reads, shop, ['x/1', 'x/2', 'x/0'])
  assert.deepEqual(seen, [
    { id: 'x/2', kind: 'b.kind', dueAt: Date.UTC(2030, 0, 1), attempts: 3, lastError: 'Error: no' },
    { id: 'x/1', kind: 'a.kind', dueAt: Date.UTC(2030, 0, 2), attempts: 0, lastError: null },
  ])
})

test('what was given up is seen as of the last time, and only of the own shop', async () => {
  const [seen, ...more] = await deadTimersNamed(reads, shop, ['x/0', 'x/5'])
  assert.deepEqual([seen?.id, seen?.reason, more], ['x/0', 'Error: second', []])
  const [theirs] = await deadTimersNamed(reads, other, ['x/0'])
  assert.equal(theirs?.reason, 'of another shop')
})

test('lists go on behind a name, each timer once', async () => {
  const of = async (rows: ReturnType<typeof timersFailing>) => (await rows).map(({ id }) => id)
  assert.deepEqual(await of(timersWaiting(reads, shop, KINDS, 'x/', 10)), ['x/1', 'x/2'])
  assert.deepEqual(await of(timersWaiting(reads, shop, KINDS, 'x/1', 10)), ['x/2'])
  assert.deepEqual(await of(timersFailing(reads, shop, KINDS, 'x/', 10)), ['x/0', 'x/2'])
  assert.deepEqual(await of(timersFailing(reads, shop, KINDS, 'x/', 1)), ['x/0'])
  assert.deepEqual(await of(timersFailing(reads, shop, KINDS, 'x/0', 10)), ['x/2'])
  const [{ data } = { data: {} }] = await timersFailing(reads, shop, KINDS, 'x/', 1)
  assert.deepEqual(data, { n: 0 })
})

test('each looks its rows up by an index that begins with what is asked', async () => {
  await admin.query(`
    insert into platform.timers (tenant_id, id, kind, due_at, set_for, data, last_error)
    select n % 50, 'y/' || n, 'a.kind', now(), now(), '{}', case when n % 100 = 0 then 'Error' end
    from generate_series(1, 20000) as n;
    insert into platform.dead_letters (tenant_id, source, entry, reason)
    select n % 50, 'timer/a.kind', jsonb_build_object('id', 'y/' || n), 'Error'
    from generate_series(1, 20000) as n;
    analyze platform.timers, platform.dead_letters;`)
  const asked: [Statement<unknown>, unknown[]][] = []
  const spy = {
    ...reads,
    read: async (_tenant: TenantId, statement: Statement<unknown>, values: unknown[]) => {
      asked.push([statement, values])
      return []
    },
  } as unknown as Reads
  await timersNamed(spy, shop, ['x/1'])
  await deadTimersNamed(spy, shop, ['x/0'])
  await timersWaiting(spy, shop, KINDS, 'y/99', 10)
  await timersFailing(spy, shop, KINDS, 'y/99', 10)
  assert.equal(asked.length, 4)
  await admin.query(`begin; set local role torg_app; set local app.tenant = '1'`)
  for (const [{ name, text }, values] of asked) {
    const { rows } = await admin.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    assert.doesNotMatch(plan, /Seq Scan/, `${name}\n${plan}`)
    const conditions = plan.match(/Index Cond: .*/g) ?? []
    assert.ok(conditions.length > 0, `${name}\n${plan}`)
    for (const each of conditions) {
      assert.match(each, /tenant_id = .* AND .*(id|timer) (=|>)/, `${name}\n${plan}`)
    }
  }
  await admin.query('rollback')
})
