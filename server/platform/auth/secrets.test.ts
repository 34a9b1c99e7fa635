import assert from 'node:assert/strict'
import { test } from 'node:test'

import { secretsFrom } from './secrets.ts'

test('each purpose has 32 bytes of its own, the same in every process', () => {
  const secrets = secretsFrom('correct horse battery staple, long enough')
  const { current } = secrets.derive('jwt')
  assert.equal(current.length, 32)
  assert.deepEqual(
    current,
    secretsFrom('correct horse battery staple, long enough').derive('jwt').current,
  )
  assert.notDeepEqual(current, secrets.derive('order-token').current)
})

test('what was derived once is derived for ever', () => {
  // Computed independently with Python's `hmac`: HKDF-SHA256 with salt `torg/1` and info `jwt`.
  assert.equal(
    secretsFrom('x'.repeat(32)).derive('jwt').current.toString('hex'),
    '2e5baa783e755c6f1ec4c33edc382ef1ed8765a5f3787b7bbe18bc5802a0bdd6',
  )
})

test('the previous secret is there only when one was given', () => {
  assert.equal(secretsFrom('a'.repeat(32)).derive('jwt').previous, undefined)
  const rotated = secretsFrom('b'.repeat(32), 'a'.repeat(32)).derive('jwt')
  assert.deepEqual(rotated.previous, secretsFrom('a'.repeat(32)).derive('jwt').current)
})
