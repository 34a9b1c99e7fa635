import assert from 'node:assert/strict'
import { test } from 'node:test'

import { accept, refuse } from './outcome.ts'
import { inSteps, type LongProcess } from './process.ts'
import { stream, type Decision, type Timer, type WriteIntent } from './write/commit.ts'

const PARCEL: LongProcess = {
  name: 'parcel',
  streams: ['parcel'],
  timers: { 'parcel.sent': 'parcel.ask' },
  asks: {},
  steps: [
    { name: 'sent', appends: ['parcel.packed', 'parcel.sent'] },
    { name: 'arrived', appends: ['parcel.arrived'], mayAppend: ['parcel.damaged'] },
  ],
}

const of = (kind: string) => ({ aggregate: { kind, initial: 0, apply: (n: number) => n }, id: '1' })
const streams = {
  parcel: stream(of('parcel').aggregate, '1'),
  other: stream(of('bike').aggregate, '1'),
}

/** Decides as a store does, and writes nothing. */
const decideOnly: WriteIntent = async (intent) => {
  const outcome = intent.decide({ parcel: 0, other: 0 } as never, 0)
  if (!outcome.ok) return outcome
  return accept({ answer: outcome.value.answer as never, replayed: false })
}

async function check(
  types: readonly string[],
  timers: readonly Timer[] = [],
  other: string[] = [],
) {
  const events = (each: readonly string[]) => each.map((type) => ({ type }))
  const decision: Decision<typeof streams, string> = {
    append: { parcel: events(types), other: events(other) },
    timers,
    answer: 'done',
  }
  const intent = { tenant: 1, caller: 'test', key: 'k', fingerprint: '', streams }
  return inSteps(
    [PARCEL],
    decideOnly,
  )({
    ...intent,
    tenant: 1 as never,
    decide: () => accept(decision),
  })
}

const ASK: Timer = { set: 'parcel/1', kind: 'parcel.ask', inSeconds: 60, data: {} }

test('a commit that is a step passes, in any order and with what it may append', async () => {
  assert.deepEqual(await check(['parcel.sent', 'parcel.packed'], [ASK]), {
    ok: true,
    value: { answer: 'done', replayed: false },
  })
  assert.equal((await check(['parcel.arrived'])).ok, true)
  assert.equal((await check(['parcel.arrived', 'parcel.damaged', 'parcel.damaged'])).ok, true)
  assert.equal((await check([], [], ['bike.sold'])).ok, true)
})

test('a commit that is no step is thrown out: half of one, two of them, or an event nobody knows', async () => {
  for (const types of [
    ['parcel.packed'],
    ['parcel.damaged'],
    ['parcel.packed', 'parcel.sent', 'parcel.arrived'],
    ['parcel.lost'],
  ]) {
    await assert.rejects(() => check(types, [ASK]), /is no step of a process$/)
  }
})

test('a step that leaves no timer is thrown out', async () => {
  const sent = ['parcel.packed', 'parcel.sent']
  await assert.rejects(() => check(sent), /is committed without its timer parcel\.ask$/)
  await assert.rejects(() => check(sent, [{ ...ASK, kind: 'parcel.other' }]), /without its timer/)
  await assert.rejects(() => check(sent, [{ clear: 'parcel/1' }]), /without its timer/)
})

test('a refusal passes as it is, and streams of others are nobody’s business here', async () => {
  const no = { code: 'parcel.full' }
  const intent = { tenant: 1 as never, caller: 'test', key: 'k', fingerprint: '', streams }
  const refused = await inSteps([PARCEL], decideOnly)({ ...intent, decide: () => refuse(no) })
  assert.deepEqual(refused, { ok: false, refusal: no })
})
