/** A forgotten password and an e-mail address to verify, by tokens that are good once. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { undocumented } from './documented.ts'
import { A, good, Journey, refused, type Json } from './journey.ts'

let journey: Journey
before(async () => {
  journey = await Journey.begin()
})
after(() => journey?.[Symbol.asyncDispose]())

const PASSWORD = 'kayak over the dam 9!'
const NEXT = 'another river to cross 7'

async function someone(email: string, birthDate = '1994-05-17'): Promise<Json> {
  const body = { email, username: 'olena', password: PASSWORD, birthDate }
  return good(await journey.post(`${A}/users/register`, body), 201)
}

/** What waits to be sent to somebody; an admin sees it, because nothing sends it yet. */
async function noticeTo(userId: string, kind: string): Promise<Json> {
  const as = await journey.token('admin')
  const { items } = good(await journey.get(`${A}/users/notices?limit=100`, { as }))
  return items.find((each: Json) => each.userId === userId && each.kind === kind)
}

const forget = (email: string) => journey.post(`${A}/users/password/forgot`, { email })
const reset = (token: string, password = NEXT) =>
  journey.post(`${A}/users/password/reset`, { token, password })

suite('a forgotten password', () => {
  test('is replaced by what was sent, once, and whoever was signed in is not any more', async () => {
    const user = await someone('forgets@example.test')
    const before = await journey.signIn('forgets@example.test', PASSWORD)
    const asked = await forget('Forgets@Example.test')
    assert.deepEqual(good(asked, 202), {})
    const { token, createdAt, expiresAt } = await noticeTo(user.id, 'password-reset')
    assert.equal(Date.parse(expiresAt) - Date.parse(createdAt), 30 * 60_000)

    refused(await reset(token, 'short'), 422, 'identity.password-weak')
    assert.equal((await reset(token)).status, 204)
    refused(await reset(token, PASSWORD), 422, 'identity.token-invalid')
    await journey.signIn('forgets@example.test', NEXT)
    const { refreshToken } = before
    const over = await journey.post(`${A}/users/refresh`, { refreshToken })
    assert.equal(refused(over, 401, 'identity.session-ended').reason, 'password-changed')
    assert.equal(await noticeTo(user.id, 'password-reset'), undefined)
    assert.equal((await noticeTo(user.id, 'password-changed')).token, null)
  })

  test('of nobody is answered like that of somebody', async () => {
    const somebody = await forget('courier@demo.test')
    const nobody = await forget('nobody@example.test')
    assert.deepEqual([nobody.status, nobody.body], [somebody.status, somebody.body])
    refused(await forget('no address'), 422, 'request.invalid')
  })

  test('is not replaced in another shop, by another’s token, or by none', async () => {
    const user = await someone('elsewhere@example.test')
    good(await forget('elsewhere@example.test'), 202)
    const { token } = await noticeTo(user.id, 'password-reset')
    const body = { token, password: NEXT }
    const there = await journey.post(`${A}/users/password/reset`, body, { in: 'second' })
    refused(there, 422, 'identity.token-invalid')
    const secret = token.split('.')[1]
    refused(
      await reset(`${await journey.userId('admin')}.${secret}`),
      422,
      'identity.token-invalid',
    )
    const verify = await journey.post(`${A}/users/email/verify`, { token })
    refused(verify, 422, 'identity.token-invalid')
    refused(await reset(''), 422, 'request.invalid')
    await journey.signIn('elsewhere@example.test', PASSWORD)
  })
})

suite('an e-mail address', () => {
  test('is verified by what was sent at the registration, or again on request', async () => {
    const user = await someone('reads@example.test')
    const { accessToken: as } = await journey.signIn('reads@example.test', PASSWORD)
    const me = async () => good(await journey.get(`${A}/users/me`, { as }))
    assert.deepEqual(await me(), { ...user, emailVerifiedAt: null })

    const first = await noticeTo(user.id, 'email-verification')
    assert.equal(Date.parse(first.expiresAt) - Date.parse(first.createdAt), 24 * 3600_000)
    good(await journey.post(`${A}/users/me/email/verification`, {}, { as }), 202)
    const second = await noticeTo(user.id, 'email-verification')
    const verify = (token: string) => journey.post(`${A}/users/email/verify`, { token })
    refused(await verify(first.token), 422, 'identity.token-invalid')
    assert.equal((await verify(second.token)).status, 204)
    refused(await verify(second.token), 422, 'identity.token-invalid')
    assert.match((await me()).emailVerifiedAt, /^\d{4}-\d\d-\d\dT/)
  })

  test('and what is sent to it is shown to admins, and to nobody else', async () => {
    const path = `${A}/users/notices`
    refused(await journey.get(path), 401, 'auth.required')
    for (const who of ['shopper', 'warehouse', 'courier'] as const) {
      refused(await journey.get(path, { as: await journey.token(who) }), 403, 'auth.forbidden')
    }
    const as = await journey.token('admin', 'second')
    assert.deepEqual(good(await journey.get(path, { as, in: 'second' })).items, [])
  })
})

test('an account is for people of thirteen and older', async () => {
  const today = new Date().toISOString().slice(0, 10)
  const born = (years: number) => `${Number(today.slice(0, 4)) - years}-01-01`
  await someone('teen@example.test', born(14))
  const body = { email: 'child@example.test', username: 'olena', password: PASSWORD }
  const young = await journey.post(`${A}/users/register`, { ...body, birthDate: born(12) })
  assert.equal(refused(young, 422, 'identity.too-young').minimumAge, 13)
})

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
