/**
 * What every store promises to the writer, as one suite: run by `memory-store.test.ts` and by
 * `postgres-store.db.test.ts`. `open` gives two writers, as two processes have them, on one store.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import { accept, refuse } from '../outcome.ts'
import { newStream, stream } from './commit.ts'
import {
  A,
  B,
  commit,
  fresh,
  receive,
  tally,
  take,
  type Open,
  type Subject,
} from './commits.testing.ts'
import { batches, rowsAndTimers } from './conformance-batches.testing.ts'
import { transfersOfTheLedger } from './conformance-ledger.testing.ts'
import type { Writer } from './writer.ts'

export function conformance(name: string, open: () => Promise<Subject>): void {
  describe(`${name} keeps the promises of a store`, () => {
    versionsAndKeys(open)
    transfersOfTheLedger(open)
    batches(open)
    rowsAndTimers(open)
  })
}

function versionsAndKeys(open: Open): void {
  test('fifty parallel edits of one stream lose nothing and need no retry by the caller', async () => {
    await using subject = await open()
    const id = fresh('tally')
    const all = await Promise.all(Array.from({ length: 50 }, () => commit(subject.writer, { id })))
    assert(all.every(({ ok }) => ok))
    assert.equal(await subject.replay(A, id), 50)
  })

  test('two processes editing one stream lose nothing', async () => {
    await using subject = await open()
    const id = fresh('tally')
    const edit = (place: number) => commit(place % 2 ? subject.writer : subject.other, { id })
    for (let round = 0; round < 5; round += 1) {
      const all = await Promise.all(Array.from({ length: 10 }, (_, place) => edit(place)))
      assert(all.every(({ ok }) => ok))
    }
    assert.equal(await subject.replay(A, id), 50)
  })

  test('decide sees the state that its predecessor in the batch leaves', async () => {
    await using subject = await open()
    const id = fresh('tally')
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () =>
        subject.writer.write({
          tenant: A,
          caller: 'suite',
          key: fresh('key'),
          fingerprint: 'same',
          streams: { tally: stream(tally, id) },
          decide: ({ tally: state }) =>
            state >= 3
              ? refuse({ code: 'conformance.full' })
              : accept({
                  append: { tally: [{ type: 'conformance.added', by: 1 }] },
                  answer: state,
                }),
        }),
      ),
    )
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.ok ? outcome.value.answer : outcome.refusal.code)),
      [0, 1, 2, 'conformance.full', 'conformance.full'],
    )
  })

  test('a key answers again what it answered first, also to a decision that is now refused', async () => {
    await using subject = await open()
    const key = fresh('key')
    const id = fresh('tally')
    const once = (writer: Writer) =>
      writer.write({
        tenant: A,
        caller: 'suite',
        key,
        fingerprint: 'same',
        streams: { tally: stream(tally, id) },
        decide: ({ tally: state }) =>
          state > 0
            ? refuse({ code: 'conformance.done' })
            : accept({
                append: { tally: [{ type: 'conformance.added', by: 1 }] },
                answer: { id, first: true },
              }),
      })
    const first = await once(subject.writer)
    const second = await once(subject.writer)
    const elsewhere = await once(subject.other)
    assert(first.ok && second.ok && elsewhere.ok)
    assert.deepEqual(second.value, { answer: { id, first: true }, replayed: true })
    assert.deepEqual(elsewhere.value, second.value)
    assert.equal(await subject.replay(A, id), 1)
  })

  test('the same key with another body is refused, in this process and in another', async () => {
    await using subject = await open()
    const key = fresh('key')
    await commit(subject.writer, { key, fingerprint: 'one' })
    for (const writer of [subject.writer, subject.other]) {
      const outcome = await commit(writer, { key, fingerprint: 'two' })
      assert(!outcome.ok)
      assert.equal(outcome.refusal.code, 'request.key-reused')
    }
    const [first, twin] = await Promise.all([
      commit(subject.writer, { key: `${key}x`, fingerprint: 'one' }),
      commit(subject.writer, { key: `${key}x`, fingerprint: 'two' }),
    ])
    assert(first.ok && !twin.ok)
  })

  test('one hundred twins in two processes have one effect and one answer', async () => {
    await using subject = await open()
    const key = fresh('key')
    const id = fresh('tally')
    const twins = await Promise.all(
      Array.from({ length: 100 }, (_, place) =>
        commit(place % 2 ? subject.writer : subject.other, { key, id, answer: { id } }),
      ),
    )
    assert(twins.every((twin) => twin.ok))
    assert.equal(new Set(twins.map((twin) => JSON.stringify(twin.ok && twin.value.answer))).size, 1)
    assert.equal(await subject.replay(A, id), 1)
  })

  test('a refusal is not remembered: the same key may succeed later', async () => {
    await using subject = await open()
    const key = fresh('key')
    const refused = await commit(subject.writer, { key, transfers: [take(1)] })
    assert(!refused.ok)
    await commit(subject.writer, { transfers: [receive(1)] })
    const granted = await commit(subject.writer, { key, transfers: [take(1)] })
    assert(granted.ok && !granted.value.replayed)
  })

  test('a fingerprint may be empty', async () => {
    await using subject = await open()
    const key = fresh('key')
    assert((await commit(subject.writer, { key, fingerprint: '' })).ok)
    const again = await commit(subject.other, { key, fingerprint: '' })
    assert(again.ok && again.value.replayed)
  })

  test('the same key of another shop or another caller is another key', async () => {
    await using subject = await open()
    const key = fresh('key')
    await commit(subject.writer, { key, answer: 'a' })
    const outcome = await commit(subject.writer, { tenant: B, key, answer: 'b', fingerprint: 'x' })
    assert(outcome.ok)
    assert.deepEqual(outcome.value, { answer: 'b', replayed: false })
  })

  test('a new stream begins at version 1, and two that claim to be new do not both', async () => {
    await using subject = await open()
    const id = fresh('tally')
    const begin = (writer: Writer) =>
      writer.write({
        tenant: A,
        caller: 'suite',
        key: fresh('key'),
        fingerprint: 'same',
        streams: { tally: newStream(tally, id) },
        decide: ({ tally: state }) =>
          state > 0
            ? refuse({ code: 'conformance.exists' })
            : accept({ append: { tally: [{ type: 'conformance.added', by: 1 }] }, answer: 0 }),
      })
    const both = await Promise.all([begin(subject.writer), begin(subject.other)])
    assert.equal(both.filter(({ ok }) => ok).length, 1)
    assert.equal(await subject.replay(A, id), 1)
  })
}
