import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { TenantId } from '#platform/ids'

import { Fresh } from './fresh.ts'

const [a, b] = [1 as TenantId, 2 as TenantId]

function aMemory(maxSize = 100): { fresh: Fresh<string>; clock: { time: number } } {
  const clock = { time: 1_000_000 }
  return { fresh: new Fresh({ now: () => clock.time }, { maxAgeMs: 1_000, maxSize }), clock }
}

test('an answer is as old as the question, and gone after its time', () => {
  const { fresh, clock } = aMemory()
  const asked = fresh.asking(a)
  clock.time += 400
  fresh.set(a, 'page', 'x', asked)
  assert.equal(fresh.get(a, 'page'), 'x')
  assert.equal(fresh.get(b, 'page'), undefined)
  clock.time += 599
  assert.equal(fresh.get(a, 'page'), 'x')
  clock.time += 1
  assert.equal(fresh.get(a, 'page'), undefined)
  assert.equal(fresh.size, 0)
})

test('a clock that is set back makes nothing immortal', () => {
  const { fresh, clock } = aMemory()
  fresh.set(a, 'page', 'x', fresh.asking(a))
  clock.time -= 3_600_000
  assert.equal(fresh.get(a, 'page'), undefined)
})

test('what was asked before a change is not kept after it', () => {
  const { fresh } = aMemory()
  fresh.set(a, 'page', 'old', fresh.asking(a))
  fresh.set(b, 'page', 'theirs', fresh.asking(b))
  const before = fresh.asking(a)
  fresh.forget(a)
  fresh.set(a, 'page', 'old', before)
  assert.equal(fresh.get(a, 'page'), undefined)
  assert.equal(fresh.get(b, 'page'), 'theirs')
  fresh.set(a, 'page', 'new', fresh.asking(a))
  assert.equal(fresh.get(a, 'page'), 'new')
})

test('the least recently used goes first, and the size never passes its limit', () => {
  const { fresh } = aMemory(100)
  const set = (key: string, size: number) => fresh.set(a, key, key, fresh.asking(a), size)
  set('1', 40)
  set('2', 40)
  fresh.get(a, '1')
  set('3', 40)
  assert.equal(fresh.get(a, '2'), undefined)
  assert.equal(fresh.get(a, '1'), '1')
  set('1', 10)
  assert.equal(fresh.size, 50)
  set('too large', 101)
  assert.equal(fresh.size, 50)
  for (let n = 0; n < 1_000; n += 1) set(`many ${n}`, 7)
  assert(fresh.size <= 100 && fresh.size > 90, `${fresh.size}`)
})
