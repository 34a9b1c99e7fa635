/**
 * What every log promises to those who follow it, as one suite: run by `memory-log.test.ts` and by
 * `postgres-log.db.test.ts`. Each source is that of a process of its own; all are of one log.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import type { TenantId } from '../ids.ts'
import { accept } from '../outcome.ts'
import { newStream, type Aggregate, type DomainEvent } from '../write/commit.ts'
import { commit, fresh, receive } from '../write/commits.testing.ts'
import type { Writer } from '../write/writer.ts'
import { BEGINNING, isBefore, PAGE, type Lease, type LogEnd, type LogSource } from './source.ts'
import type { Hears, LogEntry } from './subscription.ts'

/** Where the suite's projections write: `heard.numbers (tenant_id, subscription, number)`. */
export const numbers = { name: 'heard.numbers', key: ['subscription', 'number'] } as const

export interface LogSubject extends AsyncDisposable {
  readonly writer: Writer
  /** Of another process; closed with the subject. */
  source(): LogSource
  /** What was projected, in order of number. */
  rows(): Promise<readonly { subscription: string; number: number }[]>
  letters(): Promise<readonly { tenant: number; source: string; reason: string }[]>
  /** Lets the time of every lease go by. */
  lapse(): Promise<void>
}

export interface Said extends DomainEvent {
  readonly type: 'numbers.said' | 'numbers.whispered'
  readonly number: number
}

const speech: Aggregate<null, Said> = { kind: 'speech', initial: null, apply: () => null }
const A = 1 as TenantId

export const said: Hears = { events: ['numbers.said'], transfers: false }

/** Records numbers as events of a new stream, in one commit. */
export async function say(
  { writer }: LogSubject,
  spoken: readonly number[],
  { tenant = A, type = 'numbers.said' as Said['type'] } = {},
): Promise<void> {
  const outcome = await writer.write({
    tenant,
    caller: 'suite',
    key: fresh('key'),
    fingerprint: '',
    streams: { speech: newStream(speech, fresh('speech')) },
    decide: () =>
      accept({
        append: { speech: spoken.map((number): Said => ({ type, number })) },
        answer: null,
      }),
  })
  assert(outcome.ok)
}

export function numberOf(entry: LogEntry): number {
  return entry.kind === 'event' ? (entry.event as Said).number : NaN
}

export function rowOf(subscription: string, number: number, tenant = A) {
  const write = { table: numbers, verb: 'insert', row: { subscription, number } } as const
  return { tenant, write }
}

/** Reads on until there are so many entries, each page behind the one before. */
async function readUntil(source: LogSource, count: number, hears = said): Promise<LogEntry[]> {
  const reader = await source.open()
  const found: LogEntry[] = []
  let after = BEGINNING
  for (const began = performance.now(); found.length < count;) {
    // Others of the cluster may hold the horizon back for a while.
    assert(performance.now() - began < 10_000, `${found.length} of ${count} could be read`)
    const page = await reader.read(after, hears)
    found.push(...page.entries)
    assert(!isBefore(page.next, after))
    if (page.isAtHorizon && found.length < count) await sleep(5)
    after = page.next
  }
  reader.release(true)
  return found
}

async function taken(source: LogSource, name: string, holder: string): Promise<Lease | undefined> {
  const reader = await source.open()
  try {
    return await reader.take(name, holder)
  } finally {
    reader.release(true)
  }
}

async function kept(source: LogSource, lease: Lease): Promise<boolean> {
  const reader = await source.open()
  try {
    return await reader.keep(lease)
  } finally {
    reader.release(true)
  }
}

export type Open = () => Promise<LogSubject>

export function logConformance(name: string, open: Open): void {
  describe(`${name} keeps the promises of a log`, () => {
    reading(open)
    leases(open)
    endedConnections(open)
    saving(open)
  })
}

function reading(open: Open): void {
  test('it is read in the order of commits, each only what was asked for', async () => {
    await using subject = await open()
    await say(subject, [1, 2])
    await commit(subject.writer, { transfers: [receive(10)] })
    await say(subject, [3], { tenant: 2 as TenantId })
    await say(subject, [4], { type: 'numbers.whispered' })
    const source = subject.source()
    const heard = await readUntil(source, 3)
    assert.deepEqual(heard.map(numberOf), [1, 2, 3])
    assert.deepEqual(
      heard.map(({ tenant }) => tenant),
      [1, 1, 2],
    )
    const everything = { events: ['numbers.said', 'numbers.whispered'], transfers: true }
    const all = await readUntil(source, 5, everything)
    assert.deepEqual(all.map(numberOf), [1, 2, NaN, 3, 4])
    const moved = all[2]
    assert(moved?.kind === 'transfer')
    assert.deepEqual([moved.entry.verb, moved.entry.amount], ['move', 10])
  })

  test('a long one is read page by page, and nothing twice', async () => {
    await using subject = await open()
    const spoken = Array.from({ length: 2 * PAGE + 200 }, (_, each) => each)
    for (let from = 0; from < spoken.length; from += 300) {
      await say(subject, spoken.slice(from, from + 300))
    }
    const source = subject.source()
    const reader = await source.open()
    assert.equal((await readUntil(source, spoken.length)).length, spoken.length)
    const first = await reader.read(BEGINNING, said)
    assert.deepEqual([first.entries.length, first.isAtHorizon], [PAGE, false])
    const second = await reader.read(first.next, said)
    const third = await reader.read(second.next, said)
    reader.release(true)
    assert.deepEqual(
      [...first.entries, ...second.entries, ...third.entries].map(numberOf),
      spoken,
      'something was passed over or read twice',
    )
  })

  test('whoever has read to the horizon is behind no fence raised before', async () => {
    await using subject = await open()
    const source = subject.source()
    const before = await source.begun()
    await say(subject, [1])
    assert.notEqual(await source.begun(), before)
    const fence = await source.fence()
    const reader = await source.open()
    let seen = BEGINNING
    for (const began = performance.now(); isBefore(seen, fence);) {
      assert(performance.now() - began < 10_000)
      seen = (await reader.read(seen, said)).next
    }
    reader.release(true)
    const { readable, nextXid } = await source.end()
    assert(!isBefore(readable, fence) && nextXid >= readable.xid)
  })

  test('a look reads behind a position and up to the end, of what is heard', async () => {
    await using subject = await open()
    const source = subject.source()
    const settled = async (): Promise<LogEnd> => {
      const fence = await source.fence()
      for (const began = performance.now(); ; await sleep(5)) {
        assert(performance.now() - began < 10_000)
        const end = await source.end()
        if (!isBefore(end.readable, fence)) return end
      }
    }
    const { readable } = await settled()
    await say(subject, [1, 2])
    await say(subject, [3], { tenant: 2 as TenantId })
    const { readable: spoken } = await settled()
    await say(subject, [4], { type: 'numbers.whispered' })
    await commit(subject.writer, { transfers: [receive(10)] })
    const { readable: moved } = await settled()
    const heard = await source.look(readable, said)
    assert.deepEqual(heard.entries.map(numberOf), [1, 2, 3])
    assert(heard.isAtHorizon && !isBefore(heard.next, moved))
    const whispered = { events: ['numbers.whispered'], transfers: true }
    const behind = await source.look(spoken, whispered)
    assert.deepEqual(
      behind.entries.map(({ kind }) => kind),
      ['event', 'transfer'],
    )
    assert.deepEqual((await source.look(moved, whispered)).entries, [])
  })
}

function leases(open: Open): void {
  test('a lease is one holder’s until it lapses, and each has a higher token', async () => {
    await using subject = await open()
    const [one, two] = [subject.source(), subject.source()]
    const first = await taken(one, 'some', 'one')
    assert(first)
    assert.deepEqual(first.checkpoint, BEGINNING)
    assert.equal(await taken(two, 'some', 'two'), undefined)
    assert(await taken(two, 'another', 'two'), 'leases of two subscriptions are mixed up')
    await subject.lapse()
    assert.equal(await kept(one, first), true, 'nobody has taken it')
    assert.equal(await taken(two, 'some', 'two'), undefined, 'what is kept has not lapsed')
    await subject.lapse()
    const second = await taken(two, 'some', 'two')
    assert(second && BigInt(second.token) > BigInt(first.token))
    assert.equal(await kept(one, first), false)
    const again = await taken(two, 'some', 'two')
    assert(again && BigInt(again.token) > BigInt(second.token), 'a holder may take its own anew')
  })

  test('one that is given back is free at once, but not by somebody who has lost it', async () => {
    await using subject = await open()
    const [one, two] = [subject.source(), subject.source()]
    const first = await taken(one, 'some', 'one')
    assert(first)
    await subject.lapse()
    const second = await taken(two, 'some', 'two')
    assert(second)
    const reader = await one.open()
    await reader.end(first)
    assert.equal(await reader.take('some', 'one'), undefined)
    await reader.end(second)
    assert(await reader.take('some', 'one'))
    reader.release(true)
  })
}

function endedConnections(open: Open): void {
  test('a lease whose connection has ended is free at once', async () => {
    await using subject = await open()
    const [one, two] = [subject.source(), subject.source()]
    const reader = await one.open()
    assert(await reader.take('some', 'one'))
    assert.equal(await taken(two, 'some', 'two'), undefined)
    reader.release(false)
    const began = performance.now()
    while ((await taken(two, 'some', 'two')) === undefined) {
      assert(performance.now() - began < 5000, 'the lease of a lost connection is waited for')
      await sleep(5)
    }
  })
}

function saving(open: Open): void {
  test('rows, letters and the checkpoint are written together', async () => {
    await using subject = await open()
    await say(subject, [1])
    const source = subject.source()
    const [entry] = await readUntil(source, 1)
    assert(entry)
    const reader = await source.open()
    const lease = await reader.take('some', 'one')
    assert(lease)
    const letter = { tenant: A, entry: '{"kind":"event"}', reason: 'it is unheard of' }
    const consequences = { rows: [rowOf('some', 1)], letters: [letter] }
    assert.equal(await reader.save(lease, entry.position, consequences), true)
    assert.deepEqual(await subject.rows(), [{ subscription: 'some', number: 1 }])
    assert.deepEqual(await subject.letters(), [
      { tenant: A, source: 'some', reason: 'it is unheard of' },
    ])
    assert.deepEqual(await reader.checkpoint('some'), entry.position)
    reader.release(true)
  })

  test('rows that cannot be written leave everything as it was', async () => {
    await using subject = await open()
    await say(subject, [1])
    const source = subject.source()
    const [entry] = await readUntil(source, 1)
    assert(entry)
    const reader = await source.open()
    const lease = await reader.take('some', 'one')
    assert(lease)
    const rows = [rowOf('some', 1), rowOf('some', 2), rowOf('some', 1)]
    const letters = [{ tenant: A, entry: '{}', reason: 'x' }]
    await assert.rejects(reader.save(lease, entry.position, { rows, letters }))
    reader.release(false)
    assert.deepEqual([await subject.rows(), await subject.letters()], [[], []])
    const next = await source.open()
    assert.deepEqual(await next.checkpoint('some'), BEGINNING)
    assert.equal(await next.save(lease, entry.position, { rows: [rowOf('some', 3)] }), true)
    next.release(true)
  })

  test('a holder that was paused past its lease writes and moves nothing (R13)', async () => {
    await using subject = await open()
    await say(subject, [1, 2])
    const [source, other] = [subject.source(), subject.source()]
    const [one, two] = await readUntil(source, 2)
    assert(one && two)
    const reader = await source.open()
    const paused = await reader.take('some', 'paused')
    assert(paused)
    await subject.lapse()
    const next = await taken(other, 'some', 'other')
    assert(next)
    assert.equal(await reader.save(paused, one.position, { rows: [rowOf('some', 1)] }), false)
    assert.equal(await reader.move(paused, one.position), false)
    assert.deepEqual(await subject.rows(), [])
    assert.equal(await reader.move(next, one.position), true)
    assert.equal(await reader.move(next, two.position), false, 'the old checkpoint was compared')
    assert.deepEqual(await reader.checkpoint('some'), one.position)
    reader.release(true)
  })
}
