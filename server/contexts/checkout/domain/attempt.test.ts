import assert from 'node:assert/strict'
import { test } from 'node:test'

import { mayBeClosed, mayBeGivenUp } from './attempt.ts'

const MINUTE = 60_000
const attempt = (waitsForBuyer = false) => ({ waitsForBuyer, attemptedAt: 0 })

test('a charge is not closed while the call for it may be under way', () => {
  assert.equal(mayBeClosed(attempt(), MINUTE), false)
  assert.equal(mayBeClosed(attempt(), MINUTE + 1), true)
})

test('a charge that waits for the buyer is closed whenever nobody wants it any more', () => {
  assert.equal(mayBeClosed(attempt(true), 1), true)
})

test('a provider that says nothing is waited for an hour', () => {
  assert.equal(mayBeGivenUp(attempt(true), 60 * MINUTE), false)
  assert.equal(mayBeGivenUp(attempt(), 60 * MINUTE + 1), true)
})
