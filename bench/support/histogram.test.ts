import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Histogram } from './histogram.ts'

test('every percentile is within 0.8 % of the sorted values', () => {
  const histogram = new Histogram()
  const values: number[] = []
  let seed = 7
  for (let n = 0; n < 20_000; n += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    // From 1 µs to about 20 minutes, evenly over the orders of magnitude.
    const value = Math.round(10 ** ((seed / 2_147_483_648) * 9)) / 1_000
    values.push(value)
    histogram.record(value)
  }
  values.sort((a, b) => a - b)

  for (const share of [0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 1]) {
    const exact = values[Math.ceil(share * values.length) - 1] ?? 0
    const told = histogram.percentile(share)
    assert(told >= exact && told <= exact * 1.008, `p${share * 100}: ${told} for ${exact}`)
  }
  assert.equal(histogram.summary().maxMs, values.at(-1))
})

test('what is sent to another process and added there is the same', () => {
  const [fast, slow] = [new Histogram(), new Histogram()]
  for (let n = 1; n <= 100; n += 1) {
    fast.record(n / 100)
    slow.record(n * 100)
  }
  const both = Histogram.fromJSON(JSON.parse(JSON.stringify(fast)))
  assert.deepEqual(both.summary(), fast.summary())
  both.add(slow)
  assert.equal(both.count, 200)
  assert(Math.abs(both.percentile(0.5) - 1) < 0.008)
  assert.equal(both.summary().maxMs, 10_000)
})

test('a histogram of nothing says zero, and nothing falls off its ends', () => {
  const histogram = new Histogram()
  assert.equal(histogram.percentile(0.99), 0)
  histogram.record(-1)
  histogram.record(10 ** 12)
  assert.equal(histogram.count, 2)
  assert.equal(histogram.percentile(0.5), 0)
  assert.equal(histogram.summary().maxMs, 0x7fff_ffff / 1_000)
})
