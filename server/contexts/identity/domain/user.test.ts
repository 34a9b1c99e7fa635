import assert from 'node:assert/strict'
import { test } from 'node:test'

import { isBirthDate, isOldEnough } from './user.ts'

test('somebody is old enough from the thirteenth birthday on, and not the day before (IDN-11)', () => {
  const cases: [birthDate: string, today: string, expected: boolean][] = [
    ['2013-11-21', '2026-11-21', true],
    ['2013-11-22', '2026-11-21', false],
    ['2013-11-20', '2026-11-21', true],
    ['2013-12-31', '2026-12-30', false],
    ['2013-12-31', '2026-12-31', true],
    ['2014-01-01', '2026-12-31', false],
    ['2014-01-01', '2027-01-01', true],
    ['1994-05-17', '2026-11-21', true],
  ]
  for (const [birthDate, today, expected] of cases) {
    assert.equal(isOldEnough(birthDate, today), expected, `${birthDate} on ${today}`)
  }
})

test('who was born on 29 February is a year older on 1 March where there is no such day', () => {
  assert.equal(isOldEnough('2012-02-29', '2025-02-28'), false)
  assert.equal(isOldEnough('2012-02-29', '2025-03-01'), true)
  // Thirteen years after a leap day there is none, but today may be one.
  assert.equal(isOldEnough('2015-02-28', '2028-02-29'), true)
  assert.equal(isOldEnough('2015-03-01', '2028-02-29'), false)
})

test('a day that is to come, and one of somebody who cannot be alive, is nobody’s birth date', () => {
  assert.equal(isBirthDate('2026-11-21', '2026-11-21'), false)
  assert.equal(isBirthDate('2026-11-20', '2026-11-21'), true)
  assert.equal(isBirthDate('1896-11-21', '2026-11-21'), false)
  assert.equal(isBirthDate('1896-11-22', '2026-11-21'), true)
})
