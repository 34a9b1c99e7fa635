import assert from 'node:assert/strict'
import { test } from 'node:test'

import { pino } from 'pino'

import type { TenantId } from '../ids.ts'
import { realWaiting } from '../waiting.ts'
import { openTail, readReach, writeReach, type Reach, type TailLook } from './tail.ts'

const SHOP = 1 as TenantId

/** A log whose horizon a test moves. */
function aLog() {
  const state = { xid: 10n, next: 10n, era: 1, isAway: false, looks: 0 }
  let changes: TailLook['events'] = []
  let isWhole = true
  const source = {
    async look(): Promise<TailLook> {
      state.looks += 1
      if (state.isAway) throw new Error('away')
      const events = changes
      changes = []
      const whole = isWhole
      isWhole = true
      return {
        readable: { era: state.era, xid: state.xid },
        nextXid: state.next,
        events,
        moves: [],
        isWhole: whole,
      }
    },
    close: async () => undefined,
  }
  const clock = { now: () => Math.floor(performance.now()) }
  const log = pino({ enabled: false })
  const tail = openTail({ source, clock, waiting: realWaiting, log })
  const heard: string[] = []
  tail.hear({
    told: ({ stream }) => heard.push(stream),
    moved: () => undefined,
    lost: () => heard.push('lost'),
  })
  return {
    state,
    tail,
    heard,
    clock,
    commit(stream: string): Reach {
      const xid = state.next
      state.next += 1n
      changes = [...changes, { tenant: SHOP, type: 'x', stream }]
      return { era: 1, xid }
    },
    tooMuch: () => void (isWhole = false),
  }
}

test('what was told is heard before anyone who waits for it goes on', async () => {
  const { tail, state, heard, commit } = aLog()
  await tail.reach({ era: 1, xid: 9n })
  const position = commit('product/1')
  const reached = tail.reach(position)
  state.xid = state.next
  assert.equal(await reached, 'reached')
  assert.deepEqual(heard.at(-1), 'product/1')
  await tail.close()
})

test('who waits for a commit that another transaction hides is told so after a second', async () => {
  const { tail, state, commit } = aLog()
  await tail.reach({ era: 1, xid: 9n })
  const position = commit('product/1')
  const since = performance.now()
  assert.equal(await tail.reach(position), 'late')
  assert(performance.now() - since >= 900)
  assert.equal(await tail.reach({ era: 1, xid: state.next + 5n }), 'future')
  await tail.close()
})

test('nothing counts as current while a transaction is open that may hide changes', async () => {
  const { tail, state, clock } = aLog()
  await tail.reach({ era: 1, xid: 9n })
  await new Promise((resolve) => setTimeout(resolve, 120))
  assert(clock.now() - tail.currentTo() < 150)
  // Somebody begins something and stays.
  state.next += 1n
  await new Promise((resolve) => setTimeout(resolve, 300))
  assert(clock.now() - tail.currentTo() > 200)
  state.xid = state.next
  await new Promise((resolve) => setTimeout(resolve, 120))
  assert(clock.now() - tail.currentTo() < 150)
  await tail.close()
})

test('when it cannot tell what changed, anything may have', async () => {
  const { tail, state, heard, tooMuch } = aLog()
  await tail.reach({ era: 1, xid: 9n })
  heard.length = 0
  tooMuch()
  tail.wake()
  await new Promise((resolve) => setTimeout(resolve, 100))
  assert.deepEqual(heard, ['lost'])
  state.era = 2
  await new Promise((resolve) => setTimeout(resolve, 100))
  assert.deepEqual(heard, ['lost', 'lost'])
  await tail.close()
})

test('it goes on when the log is back, and proves nothing meanwhile', async () => {
  const { tail, state, heard, commit, clock } = aLog()
  await tail.reach({ era: 1, xid: 9n })
  state.isAway = true
  const position = commit('product/2')
  state.xid = state.next
  await new Promise((resolve) => setTimeout(resolve, 300))
  assert(clock.now() - tail.currentTo() > 200)
  state.isAway = false
  assert.equal(await tail.reach(position), 'reached')
  assert.equal(heard.at(-1), 'product/2')
  await tail.close()
})

test('a position reads as it was written, and nothing else does', () => {
  const position = { era: 3, xid: 123_456_789_012n }
  assert.deepEqual(readReach(writeReach(position)), position)
  for (const text of [
    '',
    '1',
    '1.',
    '.1',
    '1.2.3',
    'a.b',
    '1.1e3',
    ' 1.1',
    `1.${'1'.repeat(19)}`,
  ]) {
    assert.equal(readReach(text), undefined, text)
  }
})
