import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Unavailable } from '#platform/outcome'

import { openArgon2 } from './argon2.ts'

test('a hash fits its password and no other', async () => {
  const passwords = openArgon2()
  const stored = await passwords.hash('kayak over the dam 9')
  assert.match(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.equal(await passwords.verify(stored, 'kayak over the dam 9'), true)
  assert.equal(await passwords.verify(stored, 'kayak over the dam 8'), false)
  assert.equal(await passwords.verify(undefined, 'nobody has this password'), false)
})

test('when too many wait the next is told to come back, and later it is served', async () => {
  const passwords = openArgon2(2)
  const first = passwords.hash('one')
  const second = passwords.hash('two')
  await assert.rejects(passwords.hash('three'), Unavailable)
  await Promise.all([first, second])
  assert.match(await passwords.hash('four'), /^\$argon2id\$/)
})
