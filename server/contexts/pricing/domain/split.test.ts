import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import { scaled, split } from './split.ts'

const amount = fc.integer({ min: 0, max: 10_000_000_000_000 })
const weights = fc.array(fc.integer({ min: 0, max: 10_000_000_000_000 }), {
  minLength: 1,
  maxLength: 100,
})
const named = (given: readonly number[]) =>
  given.map((weight, place) => ({ name: `SKU-${place}`, weight }))

test('a split is exact, gives nobody less than nothing, and is within one unit of the quota (PRICING-7)', () => {
  fc.assert(
    fc.property(amount, weights, (whole, given) => {
      const parts = split(whole, named(given))
      assert.equal(
        parts.reduce((all, part) => all + part, 0),
        whole,
      )
      const all = given.reduce((sum, weight) => sum + BigInt(weight), 0n)
      given.forEach((weight, place) => {
        const part = BigInt(parts[place]!)
        assert(part >= 0n)
        if (all === 0n) return
        const quota = (BigInt(whole) * BigInt(weight)) / all
        assert(part === quota || part === quota + 1n)
      })
    }),
  )
})

test('a split does not depend on the order of its parts (PRICING-7)', () => {
  const shuffled = weights.chain((given) =>
    fc.record({
      parts: fc.constant(named(given)),
      again: fc.shuffledSubarray(named(given), {
        minLength: given.length,
        maxLength: given.length,
      }),
    }),
  )
  fc.assert(
    fc.property(amount, shuffled, (whole, { parts, again }) => {
      const byName = (some: typeof parts) =>
        new Map(split(whole, some).map((part, place) => [some[place]!.name, part]))
      const [one, other] = [byName(parts), byName(again)]
      for (const { name } of parts) assert.equal(one.get(name), other.get(name))
    }),
  )
})

test('who weighs nothing gets nothing, unless nobody weighs anything', () => {
  assert.deepEqual(split(7, named([0, 3, 0])), [0, 7, 0])
  assert.deepEqual(split(7, named([0, 0, 0])), [3, 2, 2])
  assert.deepEqual(split(0, []), [])
  assert.throws(() => split(1, []), /nobody/)
  assert.throws(() => split(-1, named([1])), /from zero on/)
  assert.throws(() => split(0.5, named([1])), /whole amounts/)
})

test('a product is rounded once: half goes up, or to the even neighbor', () => {
  for (const [numerator, up, even] of [
    [1, 1, 0],
    [3, 2, 2],
    [5, 3, 2],
    [7, 4, 4],
  ] as const) {
    assert.equal(scaled(1, numerator, 2, 'half-up'), up)
    assert.equal(scaled(1, numerator, 2, 'half-even'), even)
  }
  assert.equal(scaled(1, 1, 3, 'half-up'), 0)
  assert.equal(scaled(2, 1, 3, 'half-even'), 1)
  assert.equal(scaled(9_007_199_254_740_991, 999_999, 1_000_000, 'half-up'), 9_007_190_247_541_736)
})
