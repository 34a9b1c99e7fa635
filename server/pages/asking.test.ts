import assert from 'node:assert/strict'
import { after, test } from 'node:test'

import { fastify } from 'fastify'

import { askAs } from './asking.ts'
import { signedOut } from './session.ts'
import type { Session, SessionBox } from './contract.ts'
import { openRenewal } from './renewal.ts'
import { nobody } from './session.ts'

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

/** As much of the API as matters here: who asks, and tokens that are good once. */
const api = fastify()
const believed = new Set<string>()
const asked: string[] = []
let isAway = false
api.post('/api/v1/users/refresh', (request, reply) => {
  const { refreshToken } = request.body as { refreshToken: string }
  asked.push(`refresh ${refreshToken}`)
  if (isAway)
    return reply.code(503).header('retry-after', '1').send({ code: 'platform.unavailable' })
  if (refreshToken !== 'good') return reply.code(401).send({ code: 'identity.session-ended' })
  const accessToken = token('new', 600)
  believed.add(accessToken)
  return { accessToken, refreshToken: 'next' }
})
api.post('/api/v1/said', (request, reply) => {
  const { authorization, host, 'user-agent': agent } = request.headers
  const given = authorization?.slice('Bearer '.length)
  asked.push('said')
  if (given !== undefined && !believed.has(given)) {
    return reply.code(401).send({ code: 'auth.token-invalid' })
  }
  return { body: request.body, isGuest: given === undefined, host, agent }
})
after(() => api.close())

function say(session: SessionBox) {
  const visitor = {
    host: 'shop.example',
    ip: '203.0.113.9',
    headers: { 'user-agent': 'Firefox' },
  }
  const sent = new Request('http://shop.example/api/v1/said', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'ball' }),
  })
  const request = visitor as unknown as Parameters<typeof askAs>[2]['request']
  asked.length = 0
  return askAs(api, openRenewal({ now: () => at }), { request, session }, sent)
}

const heard = { body: { text: 'ball' }, host: 'shop.example', agent: 'Firefox' }

test('a guest asks as nobody, from the shop’s own host, with their own browser', async () => {
  assert.deepEqual(await (await say(boxOf({}))).json(), { ...heard, isGuest: true })
})

test('a page that is everybody’s asks as nobody and touches no session', async () => {
  assert.deepEqual(await (await say(nobody)).json(), { ...heard, isGuest: true })
})

test('a token that ends is renewed before the question', async () => {
  const box = boxOf({ accessToken: token('old', 5), refreshToken: 'good' })
  assert.deepEqual(await (await say(box)).json(), { ...heard, isGuest: false })
  assert.deepEqual(asked, ['refresh good', 'said'])
  assert.equal(box.read().refreshToken, 'next')
})

test('a token that is not believed is renewed, and the whole question asked again', async () => {
  const box = boxOf({ accessToken: token('strange', 600), refreshToken: 'good' })
  assert.deepEqual(await (await say(box)).json(), { ...heard, isGuest: false })
  assert.deepEqual(asked, ['said', 'refresh good', 'said'])
})

test('a session that ended elsewhere makes a guest of who asks', async () => {
  const box = boxOf({ accessToken: token('old', 5), refreshToken: 'used' })
  assert.deepEqual(await (await say(box)).json(), { ...heard, isGuest: true })
  assert.deepEqual(box.read(), {})
})

test('when the API cannot renew, that is the answer and the session stays', async () => {
  isAway = true
  const session = { accessToken: token('old', 5), refreshToken: 'good' }
  const box = boxOf(session)
  const { status, headers } = await say(box)
  assert.deepEqual([status, headers.get('retry-after')], [503, '1'])
  assert.deepEqual(box.read(), session)
  isAway = false
})
