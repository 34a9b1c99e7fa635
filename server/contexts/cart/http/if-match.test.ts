import assert from 'node:assert/strict'
import { test } from 'node:test'

import { versionsOf } from './if-match.ts'

test('nothing and a star accept any version', () => {
  assert.equal(versionsOf(undefined), undefined)
  assert.equal(versionsOf('*'), undefined)
  assert.deepEqual(versionsOf('*', 3), [3])
})

test('tags name versions; those that are none of ours, and weak ones, accept none', () => {
  assert.deepEqual(versionsOf('"3"'), [3])
  assert.deepEqual(versionsOf('"3.aB-_", "4"'), [3, 4])
  assert.deepEqual(versionsOf('W/"3"'), [])
  assert.deepEqual(versionsOf('nonsense'), [])
})

test('a header and a body must both agree', () => {
  assert.deepEqual(versionsOf('"3", "4"', 4), [4])
  assert.deepEqual(versionsOf('"3"', 4), [])
})
