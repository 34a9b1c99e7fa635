import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { endLease, keepLease, moveCheckpoint, takeLease } from './checkpoints.ts'
import { aLog, connected, numberOf, projection, reaction, type LogSubject } from './log.testing.ts'
import { realWaiting, type Waiting } from '../waiting.ts'
import { readLog } from './read.ts'

const lapse = (subject: LogSubject) =>
  subject.query(`update platform.subscriptions set leased_until = '-infinity'`)

const checkpoint = async (subject: LogSubject) => {
  const [row] = await subject.query<{ position: string; xid: string }>(
    'select xid::text, position from platform.subscriptions',
  )
  return row
}

test('a holder that was paused past its lease moves nothing, whoever wakes first (R13)', async () => {
  await using subject = await aLog()
  await subject.record('some', 1)
  const paused = await connected(subject.db.urls.torg_reader)
  const other = await connected(subject.db.urls.torg_reader)
  const held = await takeLease(paused, 'one', 'paused')
  assert(held)
  await subject.query(
    `update platform.subscriptions set leased_until = clock_timestamp() + interval '1 second'`,
  )
  assert.equal(await keepLease(paused, held), true)
  const [kept] = await subject.query<{ seconds: number }>(
    `select extract(epoch from leased_until - clock_timestamp())::float8 as seconds
     from platform.subscriptions`,
  )
  assert((kept?.seconds ?? 0) > 20, 'a lease that is kept is not extended')
  assert.equal(await takeLease(other, 'one', 'other'), undefined, 'the lease is taken')
  await lapse(subject)
  const next = await takeLease(other, 'one', 'other')
  assert(next && BigInt(next.token) > BigInt(held.token))

  const page = await readLog(paused, held.checkpoint, {
    events: ['test.happened'],
    transfers: false,
  })
  assert.equal(await moveCheckpoint(paused, held, page.next), false)
  assert.equal(await keepLease(paused, held), false)
  await endLease(paused, held)
  assert.equal(await takeLease(paused, 'one', 'paused'), undefined, 'the other lost its lease')
  assert.equal((await checkpoint(subject))?.position, '0')
  assert.equal(await moveCheckpoint(other, next, page.next), true)
  assert.equal(
    await moveCheckpoint(other, next, page.next),
    false,
    'the old checkpoint was compared',
  )
  await Promise.all([paused.end(), other.end()])
})

test('the lease of a holder whose connection is gone passes at once', async () => {
  await using subject = await aLog()
  const killed = await connected(subject.db.urls.torg_reader)
  const other = await connected(subject.db.urls.torg_reader)
  assert(await takeLease(killed, 'one', 'killed'))
  assert.equal(await takeLease(other, 'one', 'other'), undefined, 'the lease is taken')
  await killed.end()
  for (const late = performance.now() + 3_000; ; await sleep(10)) {
    if ((await takeLease(other, 'one', 'other')) !== undefined) break
    assert(performance.now() < late, 'it waits for the end of the lease')
  }
  const third = await connected(subject.db.urls.torg_reader)
  assert.equal(await takeLease(third, 'one', 'third'), undefined, 'the lease is taken')
  await Promise.all([other.end(), third.end()])
})

test('a projection that lost its lease in mid-page writes nothing', async () => {
  await using subject = await aLog()
  const running = subject.open('one', projection('all'))
  await running.idle()
  // The checkpoint's row is what the page waits for; meanwhile somebody else takes the lease.
  await subject.query('begin')
  await subject.query(`update platform.subscriptions set token = token + 1, holder = 'other',
    leased_until = clock_timestamp() + interval '1 second'`)
  await subject.query(`select pg_advisory_lock(hashtext(name), token::int)
    from platform.subscriptions`)
  const others = await connected(subject.db.adminUrl)
  await others.query(
    `insert into platform.events (tenant_id, stream, version, type, data, cause, era, at)
     values (1, 'some', 1, 'test.happened', '{"number": 1}', 'test', 1, now())`,
  )
  await others.end()
  await sleep(300)
  await subject.query('commit')
  await sleep(300)
  assert.deepEqual(await subject.query('select 1 from heard.entries'), [])
  await running.idle()
  assert.equal((await subject.query('select 1 from heard.entries')).length, 1)
})

test('two processes never run one reaction at once', async () => {
  await using subject = await aLog()
  let atOnce = 0
  let most = 0
  const slow = reaction('slow', async () => {
    most = Math.max(most, (atOnce += 1))
    await sleep(500)
    atOnce -= 1
  })
  const [one, two] = [subject.open('one', slow), subject.open('two', slow)]
  await subject.record('some', 1, 3, 5)
  await Promise.all([one.idle(), two.idle()])
  assert.equal(most, 1)
})

test('a process without the lease sees how far the other is, however much there was that nobody hears', async () => {
  await using subject = await aLog()
  const rare = projection('rare', { events: ['test.rare'], transfers: false })
  const [one, two] = [subject.open('one', rare), subject.open('two', rare)]
  await one.idle()
  await subject.record('many', ...Array.from({ length: 3_000 }, (_, number) => number))
  const late = sleep(8_000, 'late', { ref: false })
  assert.notEqual(await Promise.race([Promise.all([one.idle(), two.idle()]), late]), 'late')
})

test('what fails is tried five times, then lies with its reason in the dead letters, and the rest goes on (R11)', async () => {
  await using subject = await aLog()
  const tries = new Map<number, number[]>()
  const keys = new Set<string>()
  const failing = reaction('fails-on-2', async (entry, key) => {
    const number = numberOf(entry)
    tries.set(number, [...(tries.get(number) ?? []), performance.now()])
    if (number === 2) keys.add(key)
    if (number === 2) throw new Error('two is no number')
    if (number === 3 && (tries.get(3)?.length ?? 0) < 3) throw new Error('three comes later')
  })
  const running = subject.open('one', failing)
  await subject.record('some', 1, 2, 3, 4)
  await running.idle()

  const counts = [1, 2, 3, 4].map((number) => tries.get(number)?.length)
  assert.deepEqual(counts, [1, 5, 3, 1])
  assert.equal(keys.size, 1, 'every try has the same key')
  const times = tries.get(2) ?? []
  const pauses = times.slice(1).map((time, place) => time - (times[place] ?? 0))
  assert((pauses[3] ?? 0) > (pauses[0] ?? 0), `no back-off: ${pauses.join(', ')}`)
  const letters = await subject.query<{
    source: string
    entry: { event: { number: number } }
    reason: string
    tenant_id: number
  }>('select * from platform.dead_letters')
  assert.equal(letters.length, 1)
  assert.equal(letters[0]?.source, 'fails-on-2')
  assert.equal(letters[0]?.tenant_id, 1)
  assert.equal(letters[0]?.entry.event.number, 2)
  assert.match(letters[0]?.reason ?? '', /two is no number[\s\S]*follow\.db\.test/)
})

test('reactions hear each stream in its order and different streams side by side', async () => {
  await using subject = await aLog()
  const heard = new Map<string, number[]>()
  const listening = reaction('listens', async (entry) => {
    assert(entry.kind === 'event')
    await sleep(Math.random() * 20)
    heard.set(entry.stream, [...(heard.get(entry.stream) ?? []), numberOf(entry)])
  })
  // Even numbers and odd ones are of different tenants.
  const numbers = Array.from({ length: 10 }, (_, each) => each * 2)
  for (let stream = 0; stream < 40; stream += 1) await subject.record(`some/${stream}`, ...numbers)
  const began = performance.now()
  await subject.open('one', listening).idle()
  assert.equal(heard.size, 40)
  for (const order of heard.values()) assert.deepEqual(order, numbers)
  assert(performance.now() - began < 2000, 'one after the other takes 4 s')
})

test('a reaction told to stop finishes what it has begun and remembers how far it got', async () => {
  await using subject = await aLog()
  const heard: number[] = []
  const slow = reaction('slow', async (entry) => {
    await sleep(50)
    heard.push(numberOf(entry))
  })
  await subject.record('some', ...Array.from({ length: 100 }, (_, each) => each * 2))
  const first = subject.open('one', slow)
  while (heard.length < 3) await sleep(5)
  await first.close()
  assert(heard.length < 10, 'it did not stop')
  const until = heard.length
  const second = subject.open('two', slow)
  while (heard.length < until + 2) await sleep(5)
  assert.deepEqual(
    heard,
    heard.map((_, place) => place * 2),
    'something was heard twice or left out',
  )
  await second.close()
})

test('a projection that inserts what is there already stops instead of losing it silently', async () => {
  await using subject = await aLog()
  const notes = { name: 'heard.entries', key: ['subscription', 'position', 'ticket'] } as const
  const running = subject.open('one', {
    kind: 'projection',
    name: 'careless',
    hears: { events: ['test.happened'], transfers: false },
    project: (entries) =>
      entries.map(({ tenant }) => ({
        tenant,
        write: {
          table: notes,
          verb: 'insert',
          row: {
            subscription: 'careless',
            position: 1,
            ticket: '00000000-0000-4000-8000-000000000000',
            what: {},
          },
        },
      })),
  })
  await subject.record('some', 2)
  await running.idle()
  const before = await checkpoint(subject)
  await subject.record('more', 4)
  await sleep(300)
  assert.deepEqual(await checkpoint(subject), before)
  assert.equal((await subject.query('select 1 from heard.entries')).length, 1)
})

test('a connection that is lost while there is nothing to hear is found all the same', async () => {
  await using subject = await aLog()
  // The lease is extended every 10 s; not so long is waited for here.
  const after: Waiting['after'] = (ms, work) => realWaiting.after(Math.min(ms, 100), work)
  const running = subject.openWith({ waiting: { ...realWaiting, after } }, projection('all'))
  await running.idle()
  const token = async (): Promise<string | undefined> => {
    const [row] = await subject.query<{ token: string }>(
      'select token::text from platform.subscriptions',
    )
    return row?.token
  }
  const first = await token()
  await subject.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'torg_reader' and datname = current_database()`,
  )
  const since = performance.now()
  while ((await token()) === first) {
    assert(performance.now() - since < 5000, 'nobody has noticed')
    await sleep(20)
  }
})
