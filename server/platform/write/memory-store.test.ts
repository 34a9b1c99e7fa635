import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'

import fc from 'fast-check'

import type { TenantId } from '../ids.ts'
import { isWorld, type Transfer } from '../ledger/transfer.ts'
import {
  ball,
  commit,
  gone,
  notes,
  receive,
  setAside,
  short,
  sold,
  take,
  tally,
  type Subject,
} from './commits.testing.ts'
import { conformance } from './conformance.testing.ts'
import { MemoryStore } from './memory-store.ts'
import type { Write } from './commit.ts'
import { keyed, settle } from './settle.ts'
import { fold, nothing } from './states.ts'
import { TryAgain } from './store.ts'
import { openWriter } from './writer.ts'
import { reality } from '../waiting.ts'

function aSubject(): Subject & { store: MemoryStore } {
  let skew = 0
  const clock = { now: () => Date.now() + skew }
  const store = new MemoryStore(clock)
  const options = { ...reality, store, clock, queueLimit: 10_000, batchLimit: 64, lanes: 2 }
  return {
    store,
    writer: openWriter(options),
    other: openWriter(options),
    balance: async (tenant, { name, unit }) =>
      store.balances.get(keyed(tenant, unit, name)) ?? { posted: 0, held: 0 },
    replay: async (tenant, id) => {
      const loaded = await store.load([{ tenant, stream: `tally/${id}`, fold: '', after: 0 }])
      const events = loaded.get(keyed(tenant, `tally/${id}`))?.events ?? []
      return fold(tally as never, nothing(tally as never), events).state as number
    },
    sums: async () => sums(store),
    lapse: async () => {
      skew += 3600 * 1000
    },
    rows: async (tenant) =>
      store.tables
        .rows('conformance.notes')
        .filter((row) => row['tenant_id'] === tenant)
        .map((row) => ({ id: String(row['id']), note: String(row['note']) })),
    timers: async (tenant) =>
      [...store.timers.values()].filter((t) => t.tenant === tenant).map((t) => t.timer.set),
    [Symbol.asyncDispose]: async () => undefined,
  }
}

/** For each unit: what every account has by the log alone. */
function balancesByLog(store: MemoryStore): Map<string, { posted: number; held: number }> {
  const found = new Map<string, { posted: number; held: number }>()
  const add = (
    tenant: TenantId,
    account: { name: string; unit: string },
    posted: number,
    held: number,
  ) => {
    const name = keyed(tenant, account.unit, account.name)
    const before = found.get(name) ?? { posted: 0, held: 0 }
    found.set(name, { posted: before.posted + posted, held: before.held + held })
  }
  for (const logged of store.log) {
    if (logged.kind !== 'transfer') continue
    const { tenant, entry } = logged
    if (entry.verb === 'move' || entry.verb === 'post') {
      add(tenant, entry.from, -entry.amount, 0)
      add(tenant, entry.to, entry.amount, 0)
    }
    if (entry.verb === 'hold') add(tenant, entry.from, 0, entry.amount)
    if (['release', 'lapse', 'post'].includes(entry.verb)) add(tenant, entry.from, 0, -entry.amount)
  }
  return found
}

function sums(store: MemoryStore): number[] {
  const units = new Map<string, number>()
  for (const [name, { posted }] of balancesByLog(store)) {
    const unit = name.split('\0').slice(0, 2).join(' ')
    units.set(unit, (units.get(unit) ?? 0) + posted)
  }
  return [...units.values()]
}

conformance('the in-memory store', async () => aSubject())

const warehouse = fc.constantFrom('kyiv', 'lviv', 'odesa')
const id = fc.constantFrom('h1', 'h2', 'h3', 'h4')
const amount = fc.integer({ min: 1, max: 9 })
const anyTransfer: fc.Arbitrary<Transfer> = fc.oneof(
  fc.tuple(amount, warehouse).map(([n, w]) => receive(n, w)),
  fc.tuple(amount, warehouse, warehouse).map(([n, w, x]) => take(n, w, x)),
  fc.tuple(id, amount, warehouse, warehouse).map(([h, n, w, x]) => setAside(h, n, [w, x], n)),
  id.map((h): Transfer => ({ verb: 'extend', id: h, forSeconds: 60, refusal: gone })),
  id.map((h): Transfer => ({ verb: 'post', id: h, to: sold, refusal: gone })),
  id.map((h): Transfer => ({ verb: 'void', id: h })),
  fc.tuple(fc.integer({ min: 0, max: 20 }), warehouse).map(([n, w]): Transfer => ({
    verb: 'count',
    account: ball(w),
    amount: n,
    against: { name: 'world/count', unit: 'BALL' },
    refusal: short,
  })),
)

test('for any commits: units sum to zero, 0 ≤ held ≤ posted, and the log replays to the state', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          transfers: fc.array(anyTransfer, { minLength: 1, maxLength: 4 }),
          tenant: fc.constantFrom(1 as TenantId, 2 as TenantId),
          together: fc.boolean(),
          lapse: fc.boolean(),
        }),
        { minLength: 1, maxLength: 25 },
      ),
      async (steps) => {
        const subject = aSubject()
        const waiting: Promise<unknown>[] = []
        for (const { transfers, tenant, together, lapse } of steps) {
          if (lapse) await subject.lapse()
          waiting.push(commit(subject.writer, { tenant, transfers, id: 'one' }))
          if (!together) await Promise.all(waiting.splice(0))
        }
        await Promise.all(waiting)

        assert(sums(subject.store).every((each) => each === 0))
        const byLog = balancesByLog(subject.store)
        for (const [name, { posted, held }] of subject.store.balances) {
          assert(held >= 0 && posted - held >= 0, `${name}: ${posted} posted, ${held} held`)
          assert.deepEqual(byLog.get(name) ?? { posted: 0, held: 0 }, { posted, held })
        }
        const open = new Map<string, number>()
        for (const { account, amount: units } of subject.store.holds.values()) {
          assert(!isWorld(account) && units > 0)
          open.set(account.name, (open.get(account.name) ?? 0) + units)
        }
        const held = [...subject.store.balances.values()].reduce((all, each) => all + each.held, 0)
        assert.equal(
          [...open.values()].reduce((all, each) => all + each, 0),
          held,
        )
      },
    ),
    { numRuns: 300 },
  )
})

const taken = { code: 'conformance.taken' }
const inserted = (id: string, note: string): Write => ({
  table: notes,
  verb: 'insert',
  row: { id, note },
  orRefuse: taken,
})

test('a row that is changed keeps to the further unique keys, and frees those it had', async () => {
  const { writer } = aSubject()
  const update = (id: string, note: string) =>
    commit(writer, {
      rows: [{ table: notes, verb: 'update', row: { id, note }, orRefuse: taken }],
    })
  await commit(writer, { rows: [inserted('one', 'first'), inserted('two', 'second')] })
  assert.deepEqual(await update('one', 'second'), { ok: false, refusal: taken })
  assert((await update('one', 'third')).ok)
  assert((await update('two', 'first')).ok)
})

for (const isBulk of [false, true]) {
  test(`who came ${isBulk ? 'in bulk' : 'alone'} hears of it ${isBulk ? 'when' : 'before'} what follows is on its way`, async () => {
    const { store, writer } = aSubject()
    const seen: string[] = []
    const begin = store.begin.bind(store)
    store.begin = async (lane, needs) => {
      const session = await begin(lane, needs)
      await sleep(5)
      return {
        ...session,
        async write(writes, onItsWay) {
          onItsWay()
          seen.push('sent')
          // The next batch is formed meanwhile.
          await sleep(5)
          return session.write(writes, () => undefined)
        },
      }
    }
    const commits = async (id: string): Promise<void> => {
      await commit(writer, { id, isBulk })
      seen.push('heard')
    }
    const first = commits('one')
    await turn()
    await Promise.all([first, commits('other')])
    const [sent, heard] = ['sent', 'heard']
    assert.deepEqual(seen, isBulk ? [sent, sent, heard, heard] : [sent, heard, sent, heard])
  })
}

test('a transaction that was given up writes nothing any more', async () => {
  const { store } = aSubject()
  const needs = { keys: [], streams: [], accounts: [], holds: [] }
  const dead = await store.begin(0, needs)
  await dead.abandon()
  const { writes } = settle(dead.locked, [])
  const timer = { set: 'late', kind: 'test', inSeconds: 1, data: {} }
  writes.timers.set(keyed(1 as TenantId, 'late'), { tenant: 1 as TenantId, timer })
  await assert.rejects(
    dead.write(writes, () => undefined),
    TryAgain,
  )
  assert.equal(store.timers.size, 0)
  const next = await store.begin(0, needs)
  await next.write(writes, () => undefined)
  assert.equal(store.timers.size, 1)
})
