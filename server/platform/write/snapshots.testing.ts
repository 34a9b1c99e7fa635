/** What both stores promise of snapshots; run by `snapshots.test.ts` and `snapshots.db.test.ts`. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import type { Clock } from '../clock.ts'
import type { TenantId } from '../ids.ts'
import { accept } from '../outcome.ts'
import { reality } from '../waiting.ts'
import { stream, type Aggregate, type DomainEvent, type StreamOf } from './commit.ts'
import { foldOf } from './folds.ts'
import { keyed } from './settle.ts'
import { LOAD_LIMIT, type Store, type Wanted } from './store.ts'
import { openWriter, type Writer } from './writer.ts'

interface Counted extends DomainEvent {
  readonly type: 'snapshots.counted'
  readonly by: number
}

interface Count {
  readonly events: number
  readonly sum: number
  /** Of every event, so that one that is left out or folded twice is noticed. */
  readonly trail: number
}

/** A stream whose state depends on every event and on their order. */
export const counts: Aggregate<Count, Counted> = {
  kind: 'count',
  initial: { events: 0, sum: 0, trail: 7 },
  apply: ({ events, sum, trail }, { by }) => ({
    events: events + 1,
    sum: sum + by,
    trail: (trail * 31 + by) % 1_000_003,
  }),
}

/** The same stream folded by other code. */
const otherCounts: Aggregate<Count, Counted> = {
  ...counts,
  apply: ({ events, sum }, { by }) => ({ events: events + 1, sum: sum + 2 * by, trail: 0 }),
}

/** A state that JSON cannot give back. */
const seen: Aggregate<{ readonly all: ReadonlySet<number> }, Counted> = {
  kind: 'seen',
  initial: { all: new Set() },
  apply: ({ all }, { by }) => ({ all: new Set([...all, by]) }),
}

/** A state that holds the time of every event. */
const times: Aggregate<{ readonly sum: number; readonly latest: number }, Counted> = {
  kind: 'times',
  initial: { sum: 0, latest: 0 },
  apply: ({ sum }, _, { at }) => ({ sum: sum + (at % 86_400_000), latest: at }),
}

export interface SnapshotSubject extends AsyncDisposable {
  /** The same store as the writers use, and how many events it has handed out. */
  readonly store: Store
  readonly handedOut: () => number
  /** A process that has just started: nothing is cached. Its clock may be ahead of the store's. */
  writer(options?: { readonly aheadMs?: number; readonly cachedStates?: number }): Writer
  /** Versions of a stream at which its state was kept. */
  kept(stream: string): Promise<number[]>
  forget(): Promise<void>
}

/** Makes writers over a store, each as a process that has just started. */
export function writersOver(store: Store, clock: Clock, lanes: number): SnapshotSubject['writer'] {
  return ({ aheadMs = 0, cachedStates = 1_000 } = {}) =>
    openWriter({
      ...reality,
      store,
      clock: { now: () => clock.now() + aheadMs },
      queueLimit: 10_000,
      batchLimit: 64,
      lanes,
      cachedStates,
    })
}

const A = 1 as TenantId
let made = 0
const fresh = (): string => `${process.pid}-${(made += 1)}`

/** Commits so many events one by one on what the process has, and answers with the state before. */
async function add<State = Count>(
  writer: Writer,
  id: string,
  by: readonly number[],
  aggregate = counts as unknown as Aggregate<State, Counted>,
): Promise<State> {
  const outcome = await writer.write<{ count: StreamOf<State, Counted> }, State>({
    tenant: A,
    caller: 'suite',
    key: fresh(),
    fingerprint: '',
    streams: { count: stream(aggregate, id) },
    decide: ({ count }) =>
      accept({
        append: { count: by.map((each): Counted => ({ type: 'snapshots.counted', by: each })) },
        answer: count,
      }),
  })
  assert(outcome.ok)
  return outcome.value.answer
}

/** As `add` left it, by a process that knows nothing. */
async function stateOf<State = Count>(
  subject: SnapshotSubject,
  id: string,
  aggregate = counts as unknown as Aggregate<State, Counted>,
): Promise<{ state: State; loaded: number; ms: number }> {
  const before = subject.handedOut()
  const writer = subject.writer()
  const began = performance.now()
  const state = await add<State>(writer, id, [], aggregate)
  const ms = performance.now() - began
  await writer.close()
  return { state, loaded: subject.handedOut() - before, ms }
}

const folded = (by: readonly number[], aggregate = counts): Count =>
  by.reduce<Count>(
    (state, each, place) =>
      aggregate.apply(
        state,
        { type: 'snapshots.counted', by: each },
        { version: place + 1, at: 0 },
      ),
    aggregate.initial,
  )

async function aStream(subject: SnapshotSubject, length: number): Promise<[string, number[]]> {
  const id = fresh()
  const by = Array.from({ length }, (_, place) => (place * 37) % 101)
  const writer = subject.writer()
  await Promise.all(by.map((each) => add(writer, id, [each])))
  await writer.close()
  return [id, by]
}

export function snapshotConformance(name: string, open: () => Promise<SnapshotSubject>): void {
  describe(`snapshots in ${name}`, () => {
    test('a stream of 1,000 events and more is loaded by at most 100 of them', async (t) => {
      await using subject = await open()
      const [id, by] = await aStream(subject, 1_050)
      const withThem = await stateOf(subject, id)
      assert.deepEqual(withThem.state, folded(by))
      assert(withThem.loaded <= 100, `${withThem.loaded} events were loaded`)
      await subject.forget()
      const without = await stateOf(subject, id)
      for (const [how, { loaded, ms }] of Object.entries({ without, with: withThem })) {
        t.diagnostic(`${how} snapshots: ${loaded} events in ${ms.toFixed(1)} ms`)
      }
      assert(without.loaded >= 1_050)
    })

    test('they are never the truth: all deleted, everything is as it was', async () => {
      await using subject = await open()
      const [id, by] = await aStream(subject, 230)
      await subject.forget()
      assert.deepEqual((await stateOf(subject, id)).state, folded(by))
      assert.deepEqual(await subject.kept(`count/${id}`), [230], 'a long load makes one anew')
      assert((await stateOf(subject, id)).loaded <= 100)
    })

    test('one of another fold is ignored', async () => {
      await using subject = await open()
      const [id, by] = await aStream(subject, 120)
      assert.notEqual(foldOf(counts), foldOf(otherCounts))
      const other = await stateOf(subject, id, otherCounts)
      assert.deepEqual(other.state, folded(by, otherCounts))
      assert.equal(other.loaded, 120)
      assert.deepEqual((await stateOf(subject, id)).state, folded(by))
    })

    test('one of another stream or shop is never taken', async () => {
      await using subject = await open()
      const [id] = await aStream(subject, 110)
      const [other] = await aStream(subject, 90)
      const fold = foldOf(counts)
      const wanted = (tenant: TenantId, which: string): Wanted => ({
        tenant,
        stream: `count/${which}`,
        fold,
        after: 0,
      })
      const found = await subject.store.load([
        wanted(A, id),
        wanted(A, other),
        wanted(2 as TenantId, id),
      ])
      assert.equal(found.get(keyed(A, `count/${id}`))?.snapshot?.version, 100)
      assert.equal(found.get(keyed(A, `count/${other}`))?.snapshot, undefined)
      assert.equal(found.get(keyed(2 as TenantId, `count/${id}`)), undefined)
    })

    test('a state that JSON does not give back is not kept', async () => {
      await using subject = await open()
      const id = fresh()
      const writer = subject.writer()
      for (let each = 0; each < 105; each += 1) await add(writer, id, [each], seen)
      await writer.close()
      assert.deepEqual(await subject.kept(`seen/${id}`), [])
      const { state } = await stateOf(subject, id, seen)
      assert.equal(state.all.size, 105)
    })

    test('a state that is kept has the times of the log, not those that were guessed', async () => {
      await using subject = await open()
      for (const cachedStates of [1, 100]) {
        const ids = [fresh(), fresh(), fresh()]
        const writer = subject.writer({ aheadMs: 3_600_000, cachedStates })
        // Streams in turn, so that a small cache loses each between two commits of one batch.
        const all = Array.from({ length: 330 }, (_, each) => ids[each % 3] ?? '')
        await Promise.all(all.map((id, each) => add(writer, id, [each], times)))
        await writer.close()
        const withThem = await Promise.all(ids.map((id) => stateOf(subject, id, times)))
        await subject.forget()
        for (const [place, id] of ids.entries()) {
          assert.deepEqual(withThem[place]?.state, (await stateOf(subject, id, times)).state)
        }
      }
    })

    test('a commit of very many events is loaded in parts', async () => {
      await using subject = await open()
      const id = fresh()
      const by = Array.from({ length: 2 * LOAD_LIMIT + 50 }, (_, place) => place % 97)
      const writer = subject.writer()
      await add(writer, id, by)
      await writer.close()
      await subject.forget()
      const asked = { tenant: A, stream: `count/${id}`, fold: foldOf(counts), after: 0 }
      const part = (await subject.store.load([asked])).get(keyed(A, asked.stream))
      assert.equal(part?.events.length, LOAD_LIMIT)
      assert.equal(part.hasMore, true)
      assert.deepEqual((await stateOf(subject, id)).state, folded(by))
    })
  })
}

/** Counts what a store hands out. */
export function counting(store: Store): { store: Store; handedOut: () => number } {
  let events = 0
  return {
    handedOut: () => events,
    store: {
      load: async (streams) => {
        const found = await store.load(streams)
        for (const loaded of found.values()) events += loaded.events.length
        return found
      },
      save: (snapshots) => store.save(snapshots),
      begin: (lane, needs) => store.begin(lane, needs),
      // The store outlives the writers that the suite opens on it.
      close: async () => undefined,
    },
  }
}
