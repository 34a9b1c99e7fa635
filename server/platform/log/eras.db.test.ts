import assert from 'node:assert/strict'
import { test } from 'node:test'

import { raiseEra } from './eras.ts'
import { aLog, connected, numberOf, projection, reaction } from './log.testing.ts'

test('in another cluster the era is raised once, by whoever comes first', async () => {
  await using subject = await aLog()
  const admins = await Promise.all([1, 2, 3].map(() => connected(subject.db.adminUrl)))
  const all = () => Promise.all(admins.map((admin) => raiseEra(admin)))
  assert.deepEqual(await all(), [1, 1, 1])
  await subject.query('update platform.eras set system_identifier = 4711')
  assert.deepEqual(await all(), [2, 2, 2])
  assert.deepEqual(await all(), [2, 2, 2])
  await Promise.all(admins.map((admin) => admin.end()))
})

test('on another timeline the era is raised once', async () => {
  await using subject = await aLog()
  // What is in the table is of another life: a restore to a moment has brought it here.
  await subject.query('update platform.eras set timeline = 9')
  assert.equal(await raiseEra(subject.admin), 2)
  assert.equal(await raiseEra(subject.admin), 2)
  const [here] = await subject.query<{ timeline: number }>(
    'select timeline from platform.eras order by era desc limit 1',
  )
  assert.equal(here?.timeline, 1)
})

test('a copy of a disk leaves no trace: whoever restores one says so', async () => {
  await using subject = await aLog()
  assert.equal(await raiseEra(subject.admin), 1)
  assert.equal(await raiseEra(subject.admin, { isRestored: true }), 2)
  assert.equal(await raiseEra(subject.admin), 2)
})

test('entries of a new era are heard after all of the old one, although their transaction ids are smaller', async () => {
  await using subject = await aLog()
  const before: number[] = []
  const first = subject.open(
    'one',
    reaction('hears', async (entry) => void before.push(numberOf(entry))),
  )
  await subject.record('heard', 2)
  await first.idle()
  await first.close()
  await subject.record('unheard', 4)
  // As after an import into a younger cluster: what was recorded came with great ids.
  await subject.query(`update platform.events set xid = (xid::text::bigint + 1000000)::text::xid8`)
  await subject.query(
    `update platform.subscriptions set xid = (xid::text::bigint + 1000000)::text::xid8`,
  )
  await subject.query('update platform.eras set system_identifier = 4711')
  assert.equal(await raiseEra(subject.admin), 2)
  await subject.record('new', 6)
  const after: number[] = []
  const hears = reaction('hears', async (entry) => void after.push(numberOf(entry)))
  await subject.open('two', hears, projection('all')).idle()
  assert.deepEqual(after, [4, 6])
  const rows = await subject.query<{ number: number }>(
    `select (what ->> 'number')::int as number from heard.entries order by position`,
  )
  assert.deepEqual(
    rows.map(({ number }) => number),
    [2, 4, 6],
  )
})
