import assert from 'node:assert/strict'
import { test } from 'node:test'

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
