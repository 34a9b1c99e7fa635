import assert from 'node:assert/strict'
import { test } from 'node:test'

import { DEMO_PASSWORD, DEMO_USERS } from './users.ts'

test('there is a sign-in for every role', () => {
  const roles = new Set(DEMO_USERS.flatMap((user) => user.roles))
  assert.deepEqual([...roles].toSorted(), ['admin', 'courier', 'shopper', 'staff', 'warehouse'])
  assert.equal(new Set(DEMO_USERS.map(({ email }) => email)).size, DEMO_USERS.length)
  assert.equal(new Set(DEMO_USERS.map(({ username }) => username)).size, DEMO_USERS.length)
})

test('the demo users keep the rules that other users must keep', () => {
  assert(DEMO_PASSWORD.length >= 12 && /[^\p{L}\p{N}]/u.test(DEMO_PASSWORD), 'IDN-09')
  for (const { email, birthDate } of DEMO_USERS) {
    assert.match(email, /^[a-z]+@demo\.test$/)
    assert(Temporal.PlainDate.compare(birthDate, '2008-01-01') < 0, `${email} is of age`)
  }
})
