import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { IdentityEvent } from '../contract.ts'
import { ended, givingWay, liveSessions, MOST_SESSIONS, SESSION_SECONDS } from './session.ts'
import { users, type UserState } from './user.ts'

const LIFE = SESSION_SECONDS * 1000
const begun = (sessionId: string, at: number): IdentityEvent => ({
  type: 'identity.session-begun',
  sessionId,
  expiresAt: at + LIFE,
})

function aUser(...events: readonly (readonly [at: number, event: IdentityEvent])[]): UserState {
  return events.reduce(
    (user, [at, event], index) => users.apply(user, event, { version: index + 1, at }),
    users.initial,
  )
}

const ids = (sessions: readonly { readonly id: string }[]) => sessions.map(({ id }) => id)

test('the sixth session takes the place of the oldest, never of another (IDN-10)', () => {
  assert.equal(MOST_SESSIONS, 5)
  let user = aUser()
  for (let at = 1; at <= 20; at += 1) {
    const gone = givingWay(user, at)
    assert.deepEqual(ids(gone), at > 5 ? [`s${at - 5}`] : [])
    for (const event of [...ended(gone, 'newer-sign-in'), begun(`s${at}`, at)]) {
      user = users.apply(user, event, { version: at, at })
    }
    assert.ok(liveSessions(user, at).length <= 5)
  }
  assert.deepEqual(ids(liveSessions(user, 20)), ['s16', 's17', 's18', 's19', 's20'])
})

test('sessions that have lapsed or ended make room', () => {
  const five = [1, 2, 3, 4, 5].map((at) => [at, begun(`s${at}`, at)] as const)
  assert.deepEqual(ids(givingWay(aUser(...five), LIFE)), ['s1'])
  assert.deepEqual(ids(givingWay(aUser(...five), LIFE + 1)), [], 'the first has just lapsed')
  const [end] = ended([{ id: 's3' }], 'signed-out')
  assert.ok(end)
  assert.deepEqual(ids(givingWay(aUser(...five, [6, end]), 7)), [])
})

test('a user’s state forgets what has lapsed, so it stays small for ever', () => {
  const many = Array.from({ length: 50 }, (_, i) => [i * LIFE, begun(`s${i}`, i * LIFE)] as const)
  assert.deepEqual(ids(aUser(...many).sessions), ['s49'])
})
