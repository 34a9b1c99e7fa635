/** Of the suite of every store: members of one batch, rows and timers. */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { TenantId } from '../ids.ts'
import type { Transfer } from '../ledger/transfer.ts'
import { accept } from '../outcome.ts'
import { readStream, stream, type Write } from './commit.ts'
import {
  A,
  B,
  ball,
  commit,
  fresh,
  notes,
  receive,
  setAside,
  short,
  tally,
  take,
  type Open,
} from './commits.testing.ts'

export function batches(open: Open): void {
  test('a member that is refused leaves its neighbors in the batch alone', async () => {
    await using subject = await open()
    await commit(subject.writer, { transfers: [receive(10)] })
    const outcomes = await Promise.all(
      [4, 20, 4, 4, 2].map((amount) => commit(subject.writer, { transfers: [take(amount)] })),
    )
    assert.deepEqual(
      outcomes.map(({ ok }) => ok),
      [true, false, true, false, true],
    )
  })

  test('a member decided on one that is refused is decided again', async () => {
    await using subject = await open()
    const id = fresh('tally')
    const [refused, next] = await Promise.all([
      commit(subject.writer, { id, by: 100, transfers: [take(1)] }),
      subject.writer.write({
        tenant: A,
        caller: 'suite',
        key: fresh('key'),
        fingerprint: 'same',
        streams: { tally: stream(tally, id) },
        decide: ({ tally: state }) =>
          accept({ append: { tally: [{ type: 'conformance.added', by: 1 }] }, answer: state }),
      }),
    ])
    assert(!refused.ok && next.ok)
    assert.equal(next.value.answer, 0)
    assert.equal(await subject.replay(A, id), 1)
  })

  test('a stream that is only read is as its last change left it, whoever made that', async () => {
    await using subject = await open()
    const rule = fresh('rule')
    const read = async (): Promise<unknown> => {
      const own = fresh('tally')
      const outcome = await subject.writer.write({
        tenant: A,
        caller: 'suite',
        key: fresh('key'),
        fingerprint: 'same',
        streams: { rule: readStream(tally, rule), own: stream(tally, own) },
        decide: ({ rule: state }) =>
          accept({ append: { own: [{ type: 'conformance.added', by: 1 }] }, answer: state }),
      })
      assert(outcome.ok)
      assert.equal(await subject.replay(A, own), 1)
      return outcome.value.answer
    }
    const [, ...seen] = await Promise.all([
      commit(subject.writer, { id: rule, by: 5 }),
      ...Array.from({ length: 100 }, read),
    ])
    assert.deepEqual(new Set(seen), new Set([5]))
    await commit(subject.other, { id: rule, by: 1 })
    assert.equal(await read(), 6)
    assert.equal(await subject.replay(A, rule), 6)
  })

  for (const isBulk of [false, true]) {
    test(`a member whose decision or transfer is a bug fails alone${isBulk ? ' in bulk' : ''}`, async () => {
      await using subject = await open()
      await commit(subject.writer, { transfers: [receive(10)] })
      const wrongUnit: Transfer = {
        verb: 'move',
        from: ball('kyiv'),
        to: { name: 'world/sold', unit: 'HAT' },
        amount: 1,
        refusal: short,
      }
      const outcomes = await Promise.allSettled([
        commit(subject.writer, { transfers: [take(1)], isBulk }),
        commit(subject.writer, { transfers: [wrongUnit], isBulk }),
        commit(subject.writer, { transfers: [take(1)], isBulk }),
        subject.writer.write({
          tenant: A,
          caller: 'suite',
          key: fresh('key'),
          fingerprint: 'same',
          isBulk,
          streams: {},
          decide: () => {
            throw new Error('a bug')
          },
        }),
      ])
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['fulfilled', 'rejected', 'fulfilled', 'rejected'],
      )
      assert.equal((await subject.balance(A, ball('kyiv'))).posted, 8)
    })
  }

  test('a batch of many shops keeps them apart', async () => {
    await using subject = await open()
    const shops = Array.from({ length: 20 }, (_, place) => (place + 10) as TenantId)
    await Promise.all(
      shops.map((tenant) =>
        commit(subject.writer, {
          tenant,
          id: 'same-id',
          by: tenant,
          transfers: [receive(tenant)],
          rows: [note('one', `of shop ${tenant}`)],
        }),
      ),
    )
    for (const tenant of shops) {
      assert.equal(await subject.replay(tenant, 'same-id'), tenant)
      assert.equal((await subject.balance(tenant, ball('kyiv'))).posted, tenant)
      assert.deepEqual(await subject.rows(tenant), [{ id: 'one', note: `of shop ${tenant}` }])
    }
  })

  test('five hundred buyers in two processes sell exactly what there is', async () => {
    await using subject = await open()
    await commit(subject.writer, { transfers: [receive(100)] })
    const outcomes = await Promise.all(
      Array.from({ length: 500 }, (_, place) =>
        commit(place % 2 ? subject.writer : subject.other, {
          transfers: [setAside(fresh('hold'), 1)],
        }),
      ),
    )
    assert.equal(outcomes.filter(({ ok }) => ok).length, 100)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 100, held: 100 })
  })
}

const note = (id: string, text: string, extra: Partial<Write> = {}): Write => ({
  table: notes,
  verb: 'upsert',
  row: { id, note: text },
  ...extra,
})

export function rowsAndTimers(open: Open): void {
  test('rows are written with the commit or not at all', async () => {
    await using subject = await open()
    const kept = await commit(subject.writer, { rows: [note('one', 'first')] })
    const lost = await commit(subject.writer, {
      rows: [note('two', 'second')],
      transfers: [take(1)],
    })
    assert(kept.ok && !lost.ok)
    assert.deepEqual(await subject.rows(A), [{ id: 'one', note: 'first' }])
    assert.deepEqual(await subject.rows(B), [])
  })

  test('writes of one row in one batch keep their order', async () => {
    await using subject = await open()
    await Promise.all([
      commit(subject.writer, { rows: [note('other', 'x', { verb: 'delete' })] }),
      commit(subject.writer, { rows: [note('one', 'first', { verb: 'insert' })] }),
      commit(subject.writer, { rows: [note('one', 'second', { verb: 'update' })] }),
      commit(subject.writer, { rows: [note('one', '', { verb: 'delete' })] }),
      commit(subject.writer, { rows: [note('one', 'third', { verb: 'insert' })] }),
    ])
    assert.deepEqual(await subject.rows(A), [{ id: 'one', note: 'third' }])
  })

  test('a row that is taken refuses its member alone, by primary and by further unique keys', async () => {
    await using subject = await open()
    const taken = { code: 'conformance.taken' }
    const insert = (id: string, text: string) =>
      commit(subject.writer, { rows: [note(id, text, { verb: 'insert', orRefuse: taken })] })
    const outcomes = await Promise.all([
      insert('one', 'first'),
      insert('one', 'again'),
      insert('two', 'first'),
      insert('three', 'third'),
    ])
    assert.deepEqual(
      outcomes.map(({ ok }) => ok),
      [true, false, false, true],
    )
    assert.deepEqual(outcomes[1], { ok: false, refusal: taken })
    assert.equal((await subject.rows(A)).length, 2)
  })

  test('what a member with a refused row would have written stands in nobody’s way', async () => {
    await using subject = await open()
    const taken = { code: 'conformance.taken' }
    const inserted = (id: string, text: string) =>
      note(id, text, { verb: 'insert', orRefuse: taken })
    await commit(subject.writer, { rows: [inserted('a', 'old')] })
    const outcomes = await Promise.all([
      commit(subject.writer, { rows: [inserted('b', 'one'), inserted('a', 'two')] }),
      commit(subject.writer, { rows: [inserted('b', 'three')] }),
    ])
    assert.deepEqual(
      outcomes.map(({ ok }) => ok),
      [false, true],
    )
    assert.deepEqual(await subject.rows(A), [
      { id: 'a', note: 'old' },
      { id: 'b', note: 'three' },
    ])
  })

  test('an update or delete that matches nothing refuses when it says so', async () => {
    await using subject = await open()
    const missing = { code: 'conformance.missing' }
    await commit(subject.writer, { rows: [note('one', 'first')] })
    const update = (when: Record<string, unknown>) =>
      commit(subject.writer, {
        rows: [note('one', 'second', { verb: 'update', when, orRefuse: missing })],
      })
    assert.deepEqual(await update({ note: 'else' }), { ok: false, refusal: missing })
    assert((await update({ note: 'first' })).ok)
    const both = await Promise.all(
      [1, 2].map(() =>
        commit(subject.writer, {
          rows: [note('one', '', { verb: 'delete', orRefuse: missing })],
        }),
      ),
    )
    assert.equal(both.filter(({ ok }) => ok).length, 1)
  })

  test('timers are set, moved and cleared with the commit', async () => {
    await using subject = await open()
    const set = (id: string) => ({ set: id, kind: 'test', inSeconds: 60, data: {} })
    await commit(subject.writer, { timers: [set('one'), set('two')] })
    await commit(subject.writer, { timers: [set('three')], transfers: [take(1)] })
    await commit(subject.writer, { timers: [{ clear: 'one' }] })
    assert.deepEqual(await subject.timers(A), ['two'])
  })
}
