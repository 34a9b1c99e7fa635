import assert from 'node:assert/strict'
import { test } from 'node:test'

import { isNamed, versionsIn } from './etag.ts'

test('a tag is found in a list, weak or strong', () => {
  assert.equal(isNamed('"3.abc"', undefined), false)
  assert.equal(isNamed('"3.abc"', '"3.abc"'), true)
  assert.equal(isNamed('"3.abc"', '"1.x", W/"3.abc"'), true)
  assert.equal(isNamed('"3.abc"', '*'), true)
  assert.equal(isNamed('"3.abc"', '"3.abd"'), false)
})

test('If-Match accepts the versions its tags begin with, and a foreign or weak tag accepts none', () => {
  assert.equal(versionsIn(undefined), undefined)
  assert.equal(versionsIn('*'), undefined)
  assert.deepEqual(versionsIn('"3.abc-_9"'), [3])
  assert.deepEqual(versionsIn('"3"'), [3])
  assert.deepEqual(versionsIn('"3.abc" , "12.x"'), [3, 12])
  assert.deepEqual(versionsIn('W/"3.abc"'), [])
  assert.deepEqual(versionsIn('three'), [])
})
