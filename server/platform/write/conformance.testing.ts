/**
 * What every store promises to the writer, as one suite: run by `memory-store.test.ts` and by
 * `postgres-store.db.test.ts`. `open` gives two writers, as two processes have them, on one store.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import type { TenantId } from '../ids.ts'
import type { Account, Transfer } from '../ledger/transfer.ts'
import { accept, refuse, type Outcome } from '../outcome.ts'
import {
  newStream,
  stream,
  type Aggregate,
  type Decision,
  type DomainEvent,
  type Write,
} from './commit.ts'
import type { Writer } from './writer.ts'

export interface Subject {
  readonly writer: Writer
  /** Another process on the same store. */
  readonly other: Writer
  balance(tenant: TenantId, account: Account): Promise<{ posted: number; held: number }>
  /** The state of a tally rebuilt from the log alone. */
  replay(tenant: TenantId, id: string): Promise<number>
  /** For every unit the sum over all accounts, those of the world included; all must be zero. */
  sums(): Promise<readonly number[]>
  /** Moves the deadlines of all holds into the past. */
  lapse(): Promise<void>
  rows(tenant: TenantId): Promise<readonly { id: string; note: string }[]>
  timers(tenant: TenantId): Promise<readonly string[]>
  [Symbol.asyncDispose](): Promise<void>
}

export interface Added extends DomainEvent {
  readonly type: 'conformance.added'
  readonly by: number
}

/** A number that grows: the simplest stream there is. */
export const tally: Aggregate<number, Added> = {
  kind: 'tally',
  initial: 0,
  apply: (state, event) => state + event.by,
}

/** A table of the suite: `conformance.notes (tenant_id, id, note)`, unique on note too. */
export const notes = { name: 'conformance.notes', key: ['id'], unique: [['note']] } as const

export const ball = (warehouse: string): Account => ({ name: `on-hand/${warehouse}`, unit: 'BALL' })
export const supplier: Account = { name: 'world/supplier', unit: 'BALL' }
export const sold: Account = { name: 'world/sold', unit: 'BALL' }
export const short = { code: 'conformance.short' } as const
export const gone = { code: 'conformance.gone' } as const

const A = 1 as TenantId
const B = 2 as TenantId
let made = 0
/** A name nobody else in this run has. */
export const fresh = (what: string): string => `${what}-${(made += 1)}-${process.pid}`

/** Commits one thing and gives back what the caller hears. */
export async function commit<T>(
  writer: Writer,
  what: {
    tenant?: TenantId
    key?: string
    fingerprint?: string
    id?: string
    by?: number
    transfers?: readonly Transfer[]
    rows?: readonly Write[]
    timers?: Decision<any, T>['timers']
    answer?: Decision<any, T>['answer']
  },
): Promise<Outcome<{ answer: T; replayed: boolean }>> {
  const { tenant = A, key = fresh('key'), fingerprint = 'same', id, by = 1, answer = null } = what
  return writer.write<any, any>({
    tenant,
    caller: 'suite',
    key,
    fingerprint,
    streams: id === undefined ? {} : { tally: stream(tally, id) },
    decide: () =>
      accept({
        append: id === undefined ? {} : { tally: [{ type: 'conformance.added', by } as Added] },
        transfers: what.transfers ?? [],
        rows: what.rows ?? [],
        timers: what.timers ?? [],
        answer,
      }),
  })
}

export const receive = (amount: number, warehouse = 'kyiv'): Transfer => ({
  verb: 'move',
  from: supplier,
  to: ball(warehouse),
  amount,
  refusal: short,
})

export const take = (amount: number, ...warehouses: string[]): Transfer => ({
  verb: 'move',
  from: (warehouses.length > 0 ? warehouses : ['kyiv']).map(ball),
  to: sold,
  amount,
  refusal: short,
})

export const setAside = (
  id: string,
  amount: number,
  from: readonly string[] = ['kyiv'],
  forSeconds = 60,
): Transfer => ({ verb: 'hold', id, from: from.map(ball), amount, forSeconds, refusal: short })

export function conformance(name: string, open: () => Promise<Subject>): void {
  describe(`${name} keeps the promises of a store`, () => {
    versionsAndKeys(open)
    transfersOfTheLedger(open)
    batches(open)
    rowsAndTimers(open)
  })
}

type Open = () => Promise<Subject>

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

function transfersOfTheLedger(open: Open): void {
  test('units are moved, and no more than there are', async () => {
    await using subject = await open()
    await commit(subject.writer, { transfers: [receive(5)] })
    const outcome = await commit(subject.writer, { transfers: [take(6)] })
    assert.deepEqual(outcome, { ok: false, refusal: { ...short, free: 5 } })
    assert((await commit(subject.writer, { transfers: [take(5)] })).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 0, held: 0 })
    assert.deepEqual(new Set(await subject.sums()), new Set([0]))
  })

  test('the transfers of a commit happen all or none, and with them its events', async () => {
    await using subject = await open()
    const id = fresh('tally')
    await commit(subject.writer, { transfers: [receive(5)] })
    const outcome = await commit(subject.writer, { id, transfers: [take(3), take(3)] })
    assert(!outcome.ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 5, held: 0 })
    assert.equal(await subject.replay(A, id), 0)
  })

  test('of several source accounts the first with enough gives all', async () => {
    await using subject = await open()
    await commit(subject.writer, { transfers: [receive(2, 'kyiv'), receive(9, 'lviv')] })
    assert((await commit(subject.writer, { transfers: [take(3, 'kyiv', 'lviv')] })).ok)
    assert.equal((await subject.balance(A, ball('kyiv'))).posted, 2)
    assert.equal((await subject.balance(A, ball('lviv'))).posted, 6)
    const outcome = await commit(subject.writer, { transfers: [take(7, 'kyiv', 'lviv')] })
    assert.deepEqual(outcome, { ok: false, refusal: { ...short, free: 6 } })
  })

  test('a hold says which account it was taken from and until when', async () => {
    await using subject = await open()
    const id = fresh('hold')
    await commit(subject.writer, { transfers: [receive(1, 'kyiv'), receive(3, 'lviv')] })
    const outcome = await commit<{ name: string; seconds: number }>(subject.writer, {
      transfers: [setAside(id, 2, ['kyiv', 'lviv'], 90)],
      answer: ({ at, holds }: { at: number; holds: ReadonlyMap<string, any> }) => ({
        name: holds.get(id).account.name,
        seconds: (holds.get(id).until - at) / 1000,
      }),
    })
    assert(outcome.ok)
    assert.deepEqual(outcome.value.answer, { name: 'on-hand/lviv', seconds: 90 })
    assert.deepEqual(await subject.balance(A, ball('lviv')), { posted: 3, held: 2 })
  })

  test('what is held can be extended, posted in part, posted whole and voided', async () => {
    await using subject = await open()
    const [first, second, third] = [fresh('hold'), fresh('hold'), fresh('hold')]
    await commit(subject.writer, {
      transfers: [receive(10), setAside(first, 4), setAside(second, 3), setAside(third, 2)],
    })
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 10, held: 9 })
    const extend: Transfer = { verb: 'extend', id: first, forSeconds: 600, refusal: gone }
    const part: Transfer = { verb: 'post', id: first, to: sold, amount: 1, refusal: gone }
    const whole: Transfer = { verb: 'post', id: second, to: sold, refusal: gone }
    for (const transfer of [extend, part, whole, { verb: 'void', id: third } as const]) {
      assert((await commit(subject.other, { transfers: [transfer] })).ok)
    }
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 6, held: 0 })
    assert.deepEqual(await commit(subject.writer, { transfers: [part] }), {
      ok: false,
      refusal: gone,
    })
    assert((await commit(subject.writer, { transfers: [{ verb: 'void', id: third }] })).ok)
    assert.deepEqual(new Set(await subject.sums()), new Set([0]))
  })

  test('a hold of a known id is replaced, its own units counting as free', async () => {
    await using subject = await open()
    const id = fresh('hold')
    await commit(subject.writer, { transfers: [receive(5), setAside(id, 3)] })
    assert((await commit(subject.writer, { transfers: [setAside(id, 5)] })).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 5, held: 5 })
    assert(!(await commit(subject.writer, { transfers: [setAside(id, 6)] })).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 5, held: 5 })
  })

  test('a hold that was said to be new and was not is never there twice', async () => {
    await using subject = await open()
    await commit(subject.writer, { transfers: [receive(9)] })
    const take2 = { ...setAside('cart/ball', 2), isNew: true } as Transfer
    const take4 = { ...setAside('cart/ball', 4), isNew: true } as Transfer
    assert((await commit(subject.writer, { transfers: [take2] })).ok)
    const again = commit(subject.writer, { transfers: [take4] })
    const neighbor = commit(subject.writer, { transfers: [take(1)] })
    assert((await again).ok)
    assert((await neighbor).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 8, held: 4 })
  })

  test('holding again for less time takes no time away', async () => {
    await using subject = await open()
    const id = fresh('hold')
    await commit(subject.writer, { transfers: [receive(2), setAside(id, 2, ['kyiv'], 7200)] })
    assert((await commit(subject.writer, { transfers: [setAside(id, 2, ['kyiv'], 1)] })).ok)
    await subject.lapse()
    assert(!(await commit(subject.writer, { transfers: [setAside(fresh('hold'), 1)] })).ok)
    await subject.lapse()
    assert((await commit(subject.writer, { transfers: [setAside(fresh('hold'), 1)] })).ok)
  })

  test('a hold slides with every wish, but never beyond the limit of its whole life', async () => {
    await using subject = await open()
    const id = fresh('hold')
    const lastsUntil = async (transfer: Transfer): Promise<readonly [number, number]> => {
      const outcome = await commit<{ since: number; until: number }>(subject.writer, {
        transfers: [transfer],
        answer: ({ holds }: { holds: ReadonlyMap<string, any> }) => {
          const { since, until } = holds.get(id)
          return { since, until }
        },
      })
      assert(outcome.ok)
      const { since, until } = outcome.value.answer
      return [since, (until - since) / 1000]
    }
    await commit(subject.writer, { transfers: [receive(9)] })
    const limits = { forSeconds: 300, atMostSeconds: 400 }
    const [began, first] = await lastsUntil({ ...setAside(id, 2), ...limits } as Transfer)
    assert.equal(first, 300)
    const more = { ...setAside(id, 3), forSeconds: 500, atMostSeconds: 400 } as Transfer
    assert.deepEqual(await lastsUntil(more), [began, 400], 'another amount is the same hold')
    const longer: Transfer = { verb: 'extend', id, forSeconds: 999, atMostSeconds: 450 }
    assert.deepEqual(await lastsUntil(longer), [began, 450])
    const [, beyond] = await lastsUntil({ ...setAside(id, 4, ['kyiv'], 900) })
    assert(beyond >= 900, 'without a limit it is as long as it is wanted')
    await subject.lapse()
    const [anew, again] = await lastsUntil({ ...setAside(id, 2), ...limits } as Transfer)
    assert(anew >= began)
    assert.equal(again, 300, 'one that lapsed begins anew')
  })

  test('extending without a refusal leaves a hold that lapsed as it is', async () => {
    await using subject = await open()
    const id = fresh('hold')
    await commit(subject.writer, { transfers: [receive(3), setAside(id, 3)] })
    await subject.lapse()
    assert(
      (await commit(subject.writer, { transfers: [{ verb: 'extend', id, forSeconds: 9 }] })).ok,
    )
    assert((await commit(subject.writer, { transfers: [setAside(fresh('hold'), 3)] })).ok)
  })

  test('a hold that chooses anew moves to an earlier account with enough, and else stays', async () => {
    await using subject = await open()
    const id = fresh('hold')
    await commit(subject.writer, { transfers: [receive(2, 'kyiv'), receive(3, 'lviv')] })
    assert((await commit(subject.writer, { transfers: [setAside(id, 2, ['kyiv', 'lviv'])] })).ok)
    const anew = (...from: string[]) =>
      ({ ...setAside(id, 2, from), choosesAnew: true }) as unknown as Transfer
    assert((await commit(subject.writer, { transfers: [anew('odesa', 'kyiv')] })).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 2, held: 2 })
    assert((await commit(subject.writer, { transfers: [anew('lviv', 'kyiv')] })).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 2, held: 0 })
    assert.deepEqual(await subject.balance(A, ball('lviv')), { posted: 3, held: 2 })
    assert((await commit(subject.writer, { transfers: [setAside(id, 2, ['kyiv', 'lviv'])] })).ok)
    assert.equal((await subject.balance(A, ball('lviv'))).held, 2, 'without that it stays')
  })

  test('a lapsed hold never blocks a buyer, and posting or extending it is refused', async () => {
    await using subject = await open()
    const [old, next] = [fresh('hold'), fresh('hold')]
    await commit(subject.writer, { transfers: [receive(5), setAside(old, 5)] })
    assert(!(await commit(subject.writer, { transfers: [setAside(next, 4)] })).ok)
    await subject.lapse()
    const post: Transfer = { verb: 'post', id: old, to: sold, refusal: gone }
    const extend: Transfer = { verb: 'extend', id: old, forSeconds: 9, refusal: gone }
    for (const transfer of [post, extend]) {
      const late = await commit(subject.writer, { transfers: [transfer] })
      assert.deepEqual(late, { ok: false, refusal: gone })
    }
    assert((await commit(subject.writer, { transfers: [setAside(next, 4)] })).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 5, held: 4 })
  })

  test('no more lapsed holds are reclaimed than units are missing', async () => {
    await using subject = await open()
    const holds = Array.from({ length: 5 }, () => setAside(fresh('hold'), 2))
    await commit(subject.writer, { transfers: [receive(10), ...holds] })
    await subject.lapse()
    assert((await commit(subject.writer, { transfers: [setAside(fresh('hold'), 3)] })).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 10, held: 9 })
  })

  test('reclaiming takes a hold that has lapsed and leaves one that has not', async () => {
    await using subject = await open()
    const [old, live] = [fresh('hold'), fresh('hold')]
    const reclaim = [old, live].map((id): Transfer => ({ verb: 'reclaim', id }))
    await commit(subject.writer, { transfers: [receive(5), setAside(old, 2)] })
    await subject.lapse()
    await commit(subject.writer, { transfers: [setAside(live, 1)] })
    assert((await commit(subject.writer, { transfers: reclaim })).ok)
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 5, held: 1 })
  })

  test('a count sets the amount under the lock and never below what is held', async () => {
    await using subject = await open()
    const count = (amount: number): Transfer => ({
      verb: 'count',
      account: ball('kyiv'),
      amount,
      against: { name: 'world/count', unit: 'BALL' },
      refusal: short,
    })
    await commit(subject.writer, { transfers: [count(7), setAside(fresh('hold'), 4)] })
    assert.deepEqual(await subject.balance(A, ball('kyiv')), { posted: 7, held: 4 })
    const below = await commit(subject.writer, { transfers: [count(3)] })
    assert.deepEqual(below, { ok: false, refusal: { ...short, free: 3, held: 4 } })
    assert((await commit(subject.writer, { transfers: [count(4)] })).ok)
    assert.deepEqual(new Set(await subject.sums()), new Set([0]))
  })
}

function batches(open: Open): void {
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

  test('a member whose decision or transfer is a bug fails alone', async () => {
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
      commit(subject.writer, { transfers: [take(1)] }),
      commit(subject.writer, { transfers: [wrongUnit] }),
      commit(subject.writer, { transfers: [take(1)] }),
      subject.writer.write({
        tenant: A,
        caller: 'suite',
        key: fresh('key'),
        fingerprint: 'same',
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

function rowsAndTimers(open: Open): void {
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
