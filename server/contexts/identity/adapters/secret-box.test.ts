import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'

import { newSecret } from '#platform/auth/new-secret'

import { openSecretBox } from './secret-box.ts'

const [one, two] = [randomBytes(32), randomBytes(32)]

test('what was sealed is opened under the same key for the same thing, and otherwise not', () => {
  const box = openSecretBox(newSecret, { current: one, previous: undefined })
  const sealed = box.seal('a token', '1/user/password-reset')
  assert.doesNotMatch(Buffer.from(sealed, 'base64url').toString('latin1'), /token/)
  assert.notEqual(box.seal('a token', '1/user/password-reset'), sealed, 'never twice the same')
  assert.equal(box.open(sealed, '1/user/password-reset'), 'a token')
  assert.equal(box.open(sealed, '1/other/password-reset'), undefined)
  const other = openSecretBox(newSecret, { current: two, previous: undefined })
  assert.equal(other.open(sealed, '1/user/password-reset'), undefined)
  for (const wrong of ['', 'AAAA', sealed.slice(4), `${sealed}AAAA`]) {
    assert.equal(box.open(wrong, '1/user/password-reset'), undefined)
  }
})

test('what the previous secret sealed is still opened', () => {
  const sealed = openSecretBox(newSecret, { current: one, previous: undefined }).seal(
    'a token',
    'x',
  )
  assert.equal(
    openSecretBox(newSecret, { current: two, previous: one }).open(sealed, 'x'),
    'a token',
  )
})
