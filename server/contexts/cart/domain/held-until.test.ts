import assert from 'node:assert/strict'
import { test } from 'node:test'

import { heldUntil } from './held-until.ts'

test('a line is held until the first of its holds ends, and not at all without one of them', () => {
  const holds = new Map([
    ['c/SET/NET', { until: 20 }],
    ['c/SET/BALL', { until: 10 }],
  ])
  assert.equal(heldUntil(['c/SET/NET'], holds), 20)
  assert.equal(heldUntil(['c/SET/NET', 'c/SET/BALL'], holds), 10)
  assert.equal(heldUntil(['c/SET/NET', 'c/SET/ROPE'], holds), null)
})
