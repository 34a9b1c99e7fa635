import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { SpecialPrice } from '../contract.ts'
import { lowestBefore } from './lowest.ts'

const DAY = 24 * 3600 * 1000
const BEGIN = 100 * DAY

const entry = (amount: number, from: number, until: number, rest: Partial<SpecialPrice> = {}) => ({
  list: 'l',
  amount,
  currency: 'EUR',
  fromQuantity: 1,
  group: null,
  market: null,
  from: from * DAY,
  until: until * DAY,
  isSale: true,
  ...rest,
})

/** Points by the day they began. */
function check(points: readonly (readonly [number, number | null])[], ...entries: SpecialPrice[]) {
  const held = points.map(([day, amount]) => ({ at: day * DAY, amount }))
  return lowestBefore(held, entries, BEGIN)
}

test('the price that held when the 30 days began counts, one that ended before does not', () => {
  assert.equal(check([[1, 500]]), 500)
  assert.equal(
    check([
      [1, 300],
      [69, 500],
      [90, 600],
    ]),
    500,
  )
  assert.equal(
    check([
      [1, 300],
      [70, 500],
    ]),
    500,
  )
  assert.equal(
    check([
      [1, 300],
      [71, 500],
    ]),
    300,
  )
})

test('what is set when the sale begins or later does not count', () => {
  assert.equal(
    check([
      [1, 500],
      [100, 100],
    ]),
    500,
  )
  assert.equal(check([[100, 100]]), null)
  assert.equal(check([]), null)
})

test('an earlier sale to everybody counts, the price of a club or of ten units does not', () => {
  assert.equal(check([[1, 500]], entry(400, 80, 85)), 400)
  assert.equal(check([[1, 500]], entry(400, 60, 70)), 500)
  assert.equal(check([[1, 500]], entry(400, 100, 110)), 500)
  assert.equal(check([[1, 500]], entry(400, 80, 85, { group: 'club' })), 500)
  assert.equal(check([[1, 500]], entry(400, 80, 85, { market: 'eu' })), 500)
  assert.equal(check([[1, 500]], entry(400, 80, 85, { fromQuantity: 10 })), 500)
})

test('a time in which nothing was sold says nothing', () => {
  assert.equal(
    check([
      [1, 200],
      [60, null],
      [80, 500],
    ]),
    500,
  )
})
