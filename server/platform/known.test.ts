import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Tail, TailListener } from './cache/tail.ts'
import type { TenantId } from './ids.ts'
import { known } from './known.ts'

const [A, B] = [1 as TenantId, 2 as TenantId]

function aMemory() {
  let now = 1_000
  let reads = 0
  let isAway = false
  const memory = known({ now: () => now }, 100, async (tenant) => {
    reads += 1
    if (isAway) throw new Error('the database is away')
    return `${tenant}, read ${reads}`
  })
  return {
    ...memory,
    pass: (ms: number) => (now += ms),
    goAway: (away: boolean) => (isAway = away),
  }
}

test('is read once while it is fresh, by all who ask at once, and for each shop', async () => {
  const { of, pass } = aMemory()
  assert.deepEqual(await Promise.all([of(A), of(A), of(B)]), [
    '1, read 1',
    '1, read 1',
    '2, read 2',
  ])
  pass(99)
  assert.equal(await of(A), '1, read 1')
  pass(1)
  assert.equal(await of(A), '1, read 3')
})

test('is read anew behind a change, and by a clock that was set back', async () => {
  const { of, forget, pass } = aMemory()
  await of(A)
  forget(A)
  assert.equal(await of(A), '1, read 2')
  pass(-1)
  assert.equal(await of(A), '1, read 3')
})

test('a failure is told to who waited and not remembered', async () => {
  const { of, goAway } = aMemory()
  goAway(true)
  await assert.rejects(of(A), /away/)
  goAway(false)
  assert.equal(await of(A), '1, read 2')
})

test('with a log that tells of changes it is read anew behind those, and when nobody tells', async () => {
  const state = { now: 1_000, currentTo: 1_000, reads: 0 }
  const listeners: TailListener[] = []
  const tail = {
    hear: (listener: TailListener) => void listeners.push(listener),
    currentTo: () => state.currentTo,
  } as unknown as Tail
  const { of } = known({ now: () => state.now }, 100, async () => (state.reads += 1), {
    tail,
    isAbout: (type) => type === 'rule-set',
  })
  const tell = (what: (listener: TailListener) => void): void => listeners.forEach(what)
  assert.equal(await of(A), 1)
  state.now = state.currentTo = 99_000
  assert.equal(await of(A), 1)
  tell(({ told }) => told({ tenant: A, type: 'order-placed', stream: 'order/1' }))
  tell(({ told }) => told({ tenant: B, type: 'rule-set', stream: 'rules/1' }))
  assert.equal(await of(A), 1)
  tell(({ told }) => told({ tenant: A, type: 'rule-set', stream: 'rules/1' }))
  assert.equal(await of(A), 2)
  tell(({ lost }) => lost())
  assert.equal(await of(A), 3)
  state.now += 100
  assert.equal(await of(A), 4, 'the log could not be followed for so long')
})
