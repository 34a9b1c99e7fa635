import assert from 'node:assert/strict'
import { suite, test } from 'node:test'

import type { Session } from './contract.ts'
import { openSession } from './session.ts'
import type { Seal } from './seal.ts'

/** As long as what the real one makes, and readable. */
const seal: Seal = {
  close: (text) => Buffer.from(`${'.'.repeat(28)}${text}`).toString('base64url'),
  open: (sealed) => Buffer.from(sealed, 'base64url').toString().slice(28),
}

/** What the next request knows when this one leaves such a session. */
function kept(session: Session): Session {
  const opened = openSession(seal, undefined)
  opened.write(session)
  const [cookie = ''] = (opened.cookie() ?? '').split(';')
  assert.ok(cookie.length < 4_000, `a cookie of ${cookie.length} bytes`)
  return openSession(seal, cookie).read()
}

const wishesOf = (count: number, length: number): string[] =>
  Array.from({ length: count }, (_, n) => String(n).padStart(length, 'w'))
const tokensOf = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [String(n).padStart(36, 'o'), 't'.repeat(43)]),
  )

suite('the cookie of a session', () => {
  test('holds thirty wishes and the tokens of ten orders', () => {
    const session = { wishes: wishesOf(30, 45), orderTokens: tokensOf(10) }
    assert.deepEqual(kept(session), session)
  })

  test('lets the tokens of the oldest orders go first, and wishes only for the latest five', () => {
    const all = { wishes: wishesOf(30, 57), orderTokens: tokensOf(30) }
    const { wishes = [], orderTokens = {} } = kept(all)
    assert.equal(wishes.length, 30)
    const left = Object.keys(orderTokens)
    assert.ok(left.length >= 5 && left.length < 30, String(left.length))
    assert.equal(left.at(-1), Object.keys(all.orderTokens).at(-1))
    const crowded = kept({ wishes: wishesOf(30, 100), orderTokens: tokensOf(30) })
    assert.equal(Object.keys(crowded.orderTokens ?? {}).length, 5)
    assert.equal(crowded.wishes?.at(-1), wishesOf(30, 100).at(-1), 'the newest wish stays')
  })
})
