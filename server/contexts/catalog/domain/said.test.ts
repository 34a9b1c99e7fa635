import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import { ratedAs } from './said.ts'

const stars: fc.Arbitrary<number[]> = fc.array(fc.nat(2_000), { minLength: 5, maxLength: 5 })
const countOf = (counts: readonly number[]): number => counts.reduce((sum, each) => sum + each, 0)

test('a product that nobody has rated stands below every other, and five stars fit a place', () => {
  assert.equal(ratedAs([0, 0, 0, 0, 0]), 0)
  assert.equal(ratedAs([]), 0)
  fc.assert(
    fc.property(stars, (counts) => {
      const rated = ratedAs(counts)
      assert(countOf(counts) === 0 ? rated === 0 : rated >= 10_000 && rated <= 50_000)
    }),
  )
})

test('many good reviews stand above a single best one, and a bad one lowers', () => {
  assert(ratedAs([0, 0, 0, 10, 90]) > ratedAs([0, 0, 0, 0, 1]))
  assert(ratedAs([0, 0, 0, 0, 2]) > ratedAs([0, 0, 0, 0, 1]))
  assert(ratedAs([2, 0, 0, 0, 0]) < ratedAs([1, 0, 0, 0, 0]))
})

test('another review of five stars never lowers a product, nor does one of a single star lift it', () => {
  fc.assert(
    fc.property(
      stars.filter((counts) => countOf(counts) > 0),
      ([one = 0, two = 0, three = 0, four = 0, five = 0]) => {
        const rated = ratedAs([one, two, three, four, five])
        assert(ratedAs([one, two, three, four, five + 1]) >= rated)
        assert(ratedAs([one + 1, two, three, four, five]) <= rated)
      },
    ),
  )
})
