/**
 * What every keeper of timers promises, as one suite: run by `memory-timers.test.ts` and by
 * `postgres-timers.db.test.ts`. Each source is that of a process of its own.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import type { TenantId } from './ids.ts'
import type { ClaimedTimer, TimerSource } from './timers.ts'
import { commit } from './write/commits.testing.ts'
import type { Writer } from './write/writer.ts'

export interface TimersSubject extends AsyncDisposable {
  readonly writer: Writer
  /** Of another process; closed with the subject. */
  source(): TimerSource
  /** By id: what is left, and in how many seconds it is tried. */
  left(): Promise<readonly { id: string; attempts: number; inSeconds: number }[]>
  letters(): Promise<readonly { tenant: number; source: string; entry: unknown; reason: string }[]>
  /** Lets the pause of every timer go by. */
  makeDue(): Promise<void>
}

const A = 1 as TenantId

async function set(
  { writer }: TimersSubject,
  id: string,
  { inSeconds = -1, kind = 'bell', tenant = A } = {},
): Promise<void> {
  const timers = [{ set: id, kind, inSeconds, data: { for: id } }]
  assert((await commit(writer, { tenant, timers })).ok)
}

const idsOf = (claimed: readonly ClaimedTimer[]) => claimed.map(({ id }) => id).toSorted()

type Open = () => Promise<TimersSubject>

export function timersConformance(name: string, open: Open): void {
  describe(`${name} keep the promises of timers`, () => {
    claiming(open)
    failing(open)
  })
}

function claiming(open: Open): void {
  test('what is due of the wanted kinds is claimed, the oldest first, and nothing else', async () => {
    await using subject = await open()
    await set(subject, 'second', { inSeconds: -5 })
    await set(subject, 'first', { inSeconds: -9, tenant: 2 as TenantId })
    await set(subject, 'third', { inSeconds: -2 })
    await set(subject, 'later', { inSeconds: 60 })
    await set(subject, 'other', { kind: 'horn' })
    const source = subject.source()
    const claimed = await source.claim(['bell'], 2)
    assert.deepEqual(idsOf(claimed), ['first', 'second'])
    const first = claimed.find(({ id }) => id === 'first')
    assert(first)
    const { setFor, ...rest } = first
    assert.deepEqual(rest, {
      tenant: 2,
      id: 'first',
      kind: 'bell',
      data: { for: 'first' },
      attempts: 1,
    })
    assert(Math.abs(setFor + 9000 - Date.now()) < 60_000, 'when it was first due')
    assert.deepEqual(idsOf(await source.claim(['bell'], 9)), ['third'])
    assert.deepEqual(await source.claim([], 9), [])
    assert.deepEqual(idsOf(await source.claim(['horn', 'bell'], 9)), ['other'])
  })

  test('a claim moves a timer ahead, about twice as far each time, and keeps what it was set for', async () => {
    await using subject = await open()
    await set(subject, 'one')
    const source = subject.source()
    const setFor = new Set<number>()
    for (let tries = 1; tries <= 5; tries += 1) {
      const [claimed] = await source.claim(['bell'], 9)
      assert.equal(claimed?.attempts, tries)
      setFor.add(claimed.setFor)
      assert.deepEqual(await source.claim(['bell'], 9), [], 'it was claimed twice')
      const [left] = await subject.left()
      const pause = 10 * 2 ** (tries - 1)
      const { inSeconds = 0 } = left ?? {}
      assert(inSeconds > pause * 0.75 - 5 && inSeconds <= pause * 1.25, `${inSeconds} s`)
      await subject.makeDue()
    }
    assert.equal(setFor.size, 1)
  })

  test('two processes never claim one timer both', async () => {
    await using subject = await open()
    const names = Array.from({ length: 40 }, (_, each) => `timer-${each}`)
    await Promise.all(names.map((name) => set(subject, name)))
    const [one, two] = [subject.source(), subject.source()]
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, turn) => (turn % 2 ? one : two).claim(['bell'], 7)),
    )
    // Rows that one process is claiming are passed over by the other, and claimed at the next look.
    claims.push(await one.claim(['bell'], 40))
    assert.deepEqual(idsOf(claims.flat()), names.toSorted())
  })

  test('what was cleared is claimed by nobody', async () => {
    await using subject = await open()
    await set(subject, 'one')
    await commit(subject.writer, { timers: [{ clear: 'one' }] })
    assert.deepEqual(await subject.source().claim(['bell'], 9), [])
  })
}

function failing(open: Open): void {
  test('after its fifth failure a timer lies in the dead letters with its reason (R11)', async () => {
    await using subject = await open()
    await set(subject, 'one')
    const source = subject.source()
    for (let tries = 1; tries <= 5; tries += 1) {
      const [claimed] = await source.claim(['bell'], 9)
      assert(claimed)
      await source.failed(claimed, `try ${tries}`)
      if (tries < 5) {
        assert.deepEqual(await source.claim(['bell'], 9), [], 'it was tried without a pause')
        await subject.makeDue()
      }
    }
    assert.deepEqual(await source.claim(['bell'], 9), [])
    assert.deepEqual(await subject.left(), [])
    const [letter, ...more] = await subject.letters()
    assert.deepEqual(more, [])
    assert.deepEqual([letter?.tenant, letter?.source, letter?.reason], [A, 'timer/bell', 'try 5'])
    assert(letter)
    const { id, kind, data } = letter.entry as Record<string, unknown>
    assert.deepEqual([id, kind, data], ['one', 'bell', { for: 'one' }])
  })

  test('one whose every worker died is buried after the pause of its fifth try, not before', async () => {
    await using subject = await open()
    await set(subject, 'killer')
    const source = subject.source()
    for (let tries = 1; tries <= 5; tries += 1) {
      assert.equal((await source.claim(['bell'], 9)).length, 1)
      assert.equal((await subject.letters()).length, 0)
      if (tries < 5) await subject.makeDue()
    }
    assert.deepEqual(await source.claim(['bell'], 9), [])
    assert.equal((await subject.letters()).length, 0)
    await subject.makeDue()
    assert.deepEqual(await source.claim(['bell'], 9), [])
    assert.match((await subject.letters())[0]?.reason ?? '', /never done/)
  })

  test('one that was set anew has all its tries, and an old failure means nothing to it', async () => {
    await using subject = await open()
    await set(subject, 'one', { inSeconds: -30 })
    const source = subject.source()
    const [old] = await source.claim(['bell'], 9)
    assert(old)
    await set(subject, 'one')
    await source.failed(old, 'long ago')
    const [anew] = await source.claim(['bell'], 9)
    assert.equal(anew?.attempts, 1)
    assert.notEqual(anew.setFor, old.setFor)
    await commit(subject.writer, { timers: [{ clear: 'one' }] })
    await source.failed(anew, 'it is gone')
    assert.deepEqual(await subject.left(), [])
  })
}
