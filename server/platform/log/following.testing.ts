/** What every log promises to subscriptions as a whole; run beside the suite of `source.testing.ts`. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { pino } from 'pino'

import { databaseClock } from '../database-clock.ts'
import { reality } from '../waiting.ts'
import { PAGE, type LogSource } from './source.ts'
import { numberOf, rowOf, said, say, type Open, type Said } from './source.testing.ts'
import type { Subscription } from './subscription.ts'
import { openSubscriptions } from './subscriptions.ts'

const silent = pino({ level: 'silent' })

export function followConformance(name: string, open: Open): void {
  describe(`${name} is followed`, () => following(open))
}

/** From now on: entries that looks at the end found for all, and how often somebody read alone. */
function counted(source: LogSource): { looked: number; reads: number } {
  const counts = { looked: 0, reads: 0 }
  const look = source.look.bind(source)
  source.look = async (after, hears) => {
    const page = await look(after, hears)
    counts.looked += page.entries.length
    return page
  }
  const opened = source.open.bind(source)
  source.open = async () => {
    const reader = await opened()
    const read = reader.read.bind(reader)
    reader.read = (after, hears) => {
      counts.reads += 1
      return read(after, hears)
    }
    return reader
  }
  return counts
}

function following(open: Open): void {
  test('what several hear is read once, and nobody falls behind', async () => {
    await using subject = await open()
    const source = subject.source()
    const counts = counted(source)
    const heard: string[] = []
    const listener = (name: string, type: Said['type']): Subscription => ({
      kind: 'reaction',
      name,
      hears: { events: [type], transfers: false },
      react: async (entry) => void heard.push(`${name} ${numberOf(entry)}`),
    })
    const running = openSubscriptions({
      ...reality,
      clock: databaseClock(Date.now()),
      source,
      subscriptions: [
        listener('one', 'numbers.said'),
        listener('another', 'numbers.said'),
        listener('quiet', 'numbers.whispered'),
      ],
      holder: 'one',
      log: silent,
    })
    await using stack = new AsyncDisposableStack()
    stack.defer(() => running.close())
    await say(subject, [0])
    await running.idle()
    counts.looked = counts.reads = 0
    for (let number = 1; number <= 5; number += 1) {
      await say(subject, [number])
      running.wake()
      await running.idle()
    }
    await say(subject, [6], { type: 'numbers.whispered' })
    running.wake()
    await running.idle()
    assert.deepEqual(counts, { looked: 6, reads: 0 })
    const expected = [0, 1, 2, 3, 4, 5].flatMap((each) => [`another ${each}`, `one ${each}`])
    assert.deepEqual(heard.toSorted(), [...expected, 'quiet 6'].toSorted())
  })

  test('who is slower than the log reads by itself what is no longer kept', async () => {
    await using subject = await open()
    const all = 12 * PAGE
    const heard = new Map<string, number[]>([
      ['fast', []],
      ['slow', []],
    ])
    const listener = (name: string, pause: number): Subscription => ({
      kind: 'reaction',
      name,
      hears: said,
      async react(entry) {
        const numbers = heard.get(name) as number[]
        if (numbers.length === 0) await sleep(pause)
        numbers.push(numberOf(entry))
      },
    })
    const running = openSubscriptions({
      ...reality,
      clock: databaseClock(Date.now()),
      source: subject.source(),
      subscriptions: [listener('fast', 0), listener('slow', 1_000)],
      holder: 'one',
      log: silent,
    })
    await using stack = new AsyncDisposableStack()
    stack.defer(() => running.close())
    for (let first = 0; first < all; first += PAGE / 2) {
      await say(
        subject,
        Array.from({ length: PAGE / 2 }, (_, n) => first + n),
      )
      running.wake()
    }
    await running.idle()
    const expected = Array.from({ length: all }, (_, number) => number)
    for (const numbers of heard.values()) {
      assert.deepEqual(
        numbers.toSorted((a, b) => a - b),
        expected,
      )
    }
  })

  test('how far the slowest is behind is known, also where another has the lease', async () => {
    await using subject = await open()
    const gate = Promise.withResolvers<void>()
    const slow: Subscription = {
      kind: 'reaction',
      name: 'slow',
      hears: said,
      react: () => gate.promise,
    }
    await using stack = new AsyncDisposableStack()
    const process = (holder: string) => {
      const running = openSubscriptions({
        ...reality,
        clock: databaseClock(Date.now()),
        source: subject.source(),
        subscriptions: [slow],
        holder,
        log: silent,
      })
      stack.defer(() => running.close())
      return running
    }
    const until = async (isSo: () => boolean): Promise<void> => {
      for (const late = performance.now() + 10_000; !isSo(); await sleep(10)) {
        assert(performance.now() < late)
      }
    }
    const [one, two] = [process('one'), process('two')]
    assert.equal(one.behindMs() + two.behindMs(), 0)
    await say(subject, [1])
    const since = performance.now()
    one.wake()
    two.wake()
    try {
      await until(() => one.behindMs() > 300 && two.behindMs() > 300)
      assert(one.behindMs() < performance.now() - since + 1_000)
    } finally {
      gate.resolve()
    }
    await until(() => one.behindMs() === 0 && two.behindMs() === 0)
  })

  test('a log that ends before where it was seen to end is not read without a pause', async () => {
    await using subject = await open()
    await say(subject, [1])
    const source = subject.source()
    const end = source.end.bind(source)
    source.end = async () => {
      const { readable, nextXid } = await end()
      return { readable: { ...readable, xid: readable.xid + 1_000_000n }, nextXid }
    }
    const counts = counted(source)
    const heard: number[] = []
    const listener: Subscription = {
      kind: 'reaction',
      name: 'listens',
      hears: said,
      react: async (entry) => void heard.push(numberOf(entry)),
    }
    const how = { ...reality, clock: databaseClock(Date.now()), source, holder: 'one', log: silent }
    const running = openSubscriptions({ ...how, subscriptions: [listener] })
    await using stack = new AsyncDisposableStack()
    stack.defer(() => running.close())
    const hears = async (count: number): Promise<void> => {
      for (const began = performance.now(); heard.length < count; await sleep(5)) {
        assert(performance.now() - began < 10_000)
      }
    }
    await hears(1)
    counts.reads = 0
    await sleep(500)
    assert(counts.reads < 25, `${counts.reads} reads in half a second`)
    await say(subject, [2])
    await hears(2)
  })

  test('two processes project each number once and bury what fails, also when one goes', async () => {
    await using subject = await open()
    const collect: Subscription = {
      kind: 'projection',
      name: 'collects',
      hears: said,
      project: (entries) =>
        entries.map((entry) => rowOf('collects', numberOf(entry), entry.tenant)),
    }
    const heard: number[] = []
    const answer: Subscription = {
      kind: 'reaction',
      name: 'answers',
      hears: said,
      async react(entry) {
        const number = numberOf(entry)
        if (number === 3) throw new Error('three is too many')
        heard.push(number)
        if (number < 10) await say(subject, [number + 10])
      },
    }
    await using running = new AsyncDisposableStack()
    const process = (holder: string) => {
      const opened = openSubscriptions({
        ...reality,
        clock: databaseClock(Date.now()),
        source: subject.source(),
        subscriptions: [collect, answer],
        holder,
        log: silent,
        retryAfterMs: 1,
      })
      return running.adopt(opened, (each) => each.close())
    }
    const one = process('one')
    await say(subject, [1, 2])
    await one.idle()
    const two = process('two')
    await say(subject, [3])
    await two.idle()
    await one.close()
    await say(subject, [4])
    await two.idle()
    assert.deepEqual([...(await two.lag()).keys()], ['collects', 'answers'])
    assert.deepEqual(
      heard.toSorted((a, b) => a - b),
      [1, 2, 4, 11, 12, 14],
    )
    const rows = await subject.rows()
    assert.deepEqual(
      rows.map(({ number }) => number),
      [1, 2, 3, 4, 11, 12, 14],
    )
    const [letter, ...more] = await subject.letters()
    assert.deepEqual(more, [])
    assert.equal(letter?.source, 'answers')
    assert.match(letter.reason, /three is too many/)
  })
}
