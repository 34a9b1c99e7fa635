import assert from 'node:assert/strict'
import { test } from 'node:test'

import { signedOut } from './session.ts'
import type { Session, SessionBox } from './contract.ts'
import { openRenewal, type Renewed } from './renewal.ts'

const at = Date.parse('2026-11-21T12:00:00Z')

function token(name: string, seconds: number): string {
  const claims = { exp: at / 1000 + seconds, name }
  return `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`
}

function boxOf(session: Session): SessionBox {
  let now = session
  return {
    read: () => now,
    write: (next) => void (now = next),
    signOut: () => void (now = signedOut(now)),
  }
}

/** An API that takes each refresh token once, as ours does. */
function anApi() {
  const used = new Set<string>()
  return {
    used,
    refresh: async (refreshToken: string): Promise<Renewed> => {
      await Promise.resolve()
      if (used.has(refreshToken)) return 'ended'
      used.add(refreshToken)
      const accessToken = token(`after ${refreshToken}`, 600)
      return { accessToken, refreshToken: `${refreshToken}+` }
    },
  }
}

function aRenewal() {
  const clock = { at, now: () => clock.at }
  return { clock, renewal: openRenewal(clock) }
}

test('a guest stays a guest, and a token that holds is used as it is', async () => {
  const { renewal } = aRenewal()
  const { used, refresh } = anApi()
  assert.equal(await renewal.tokenOf(boxOf({ cartId: 'c' }), refresh), undefined)
  const accessToken = token('olena', 31)
  const box = boxOf({ accessToken, refreshToken: 'r' })
  assert.equal(await renewal.tokenOf(box, refresh), accessToken)
  assert.equal(used.size, 0)
})

test('loaders that run at once renew once, and the session is written', async () => {
  const { renewal } = aRenewal()
  const { used, refresh } = anApi()
  const box = boxOf({ accessToken: token('olena', 30), refreshToken: 'r', cartId: 'c' })
  const tokens = await Promise.all([1, 2, 3].map(() => renewal.tokenOf(box, refresh)))
  assert.deepEqual(new Set(tokens), new Set([token('after r', 600)]))
  assert.deepEqual([...used], ['r'])
  assert.deepEqual(box.read(), {
    accessToken: token('after r', 600),
    refreshToken: 'r+',
    cartId: 'c',
  })
})

test('requests with the same old cookie share one renewal for a minute', async () => {
  const { clock, renewal } = aRenewal()
  const { used, refresh } = anApi()
  const cookie = { accessToken: token('olena', 0), refreshToken: 'r' }
  const [first, second] = [boxOf(cookie), boxOf(cookie)]
  await renewal.tokenOf(first, refresh)
  clock.at += 59_999
  assert.equal(await renewal.tokenOf(second, refresh), token('after r', 600))
  assert.deepEqual(second.read(), first.read())
  assert.equal(used.size, 1)
  clock.at += 1
  assert.equal(await renewal.tokenOf(boxOf(cookie), refresh), undefined, 'it was used before')
})

test('a token that the API does not believe is renewed although it would hold', async () => {
  const { renewal } = aRenewal()
  const accessToken = token('olena', 600)
  const box = boxOf({ accessToken, refreshToken: 'r' })
  const other = await renewal.tokenOf(box, anApi().refresh, accessToken)
  assert.equal(other, token('after r', 600))
})

test('who was signed out elsewhere is a guest, without the cart that was theirs', async () => {
  const { renewal } = aRenewal()
  const box = boxOf({
    accessToken: token('olena', 0),
    refreshToken: 'r',
    cartId: 'c',
    orderTokens: { o: 't' },
  })
  assert.equal(await renewal.tokenOf(box, async () => 'ended'), undefined)
  assert.deepEqual(box.read(), { orderTokens: { o: 't' } })
})

test('when nobody can say, the session stays as it is and is asked again', async () => {
  const { renewal } = aRenewal()
  const session = { accessToken: token('olena', 0), refreshToken: 'r' }
  const box = boxOf(session)
  const away = () => Promise.reject(new Error('away'))
  await assert.rejects(renewal.tokenOf(box, away), /away/)
  assert.deepEqual(box.read(), session)
  assert.equal(await renewal.tokenOf(box, anApi().refresh), token('after r', 600))
})
