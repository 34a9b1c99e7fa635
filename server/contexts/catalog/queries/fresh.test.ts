import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { TenantId } from '#platform/ids'

import { Fresh } from './fresh.ts'

const [a, b] = [1 as TenantId, 2 as TenantId]

function aMemory(maxCount = 100): { fresh: Fresh<string>; clock: { time: number } } {
  const clock = { time: 1_000_000 }
  return { fresh: new Fresh({ now: () => clock.time }, { maxAgeMs: 1_000, maxCount }), clock }
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

test('the least recently used goes first', () => {
  const { fresh } = aMemory(2)
  const set = (key: string) => fresh.set(a, key, key, fresh.asking(a))
  set('1')
  set('2')
  fresh.get(a, '1')
  set('3')
  assert.deepEqual(
    ['1', '2', '3'].map((key) => fresh.get(a, key)),
    ['1', undefined, '3'],
  )
})
