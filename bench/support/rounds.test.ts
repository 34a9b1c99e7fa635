import assert from 'node:assert/strict'
import { test } from 'node:test'

import { compare, summary } from './rounds.ts'

test('a size that takes longer has a ratio that says so, and takes its turns with the others', async () => {
  const order: string[] = []
  const step = (name: string, ms: number) => async () => {
    order.push(name)
    return ms
  }
  const found = await compare(
    [
      { name: 'small', steps: { list: step('small', 2) } },
      { name: 'large', steps: { list: step('large', 5) } },
    ],
    4,
    0,
  )
  assert.deepEqual(
    found.map(({ size, p50Ms, p95Ratio }) => [size, p50Ms, p95Ratio]),
    [
      ['small', 2, 1],
      ['large', 5, 2.5],
    ],
  )
  assert.equal(order.join(' '), 'small large large small small large large small')
})

test('a pause of the machine spoils one stretch and not the p95', () => {
  const calm = Array.from({ length: 100 }, () => 1)
  assert.equal(summary(calm.with(3, 900).with(4, 900)).p95Ms, 1)
  assert.equal(summary(calm.map((_, n) => (n % 10 === 0 ? 9 : 1))).p95Ms, 9)
})
