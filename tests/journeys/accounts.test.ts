/** Accounts: register, sign in, refresh, sign out, and what tokens open. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { undocumented } from './documented.ts'
import { A, claimsOf, good, Journey, refused, type Json } from './journey.ts'

let journey: Journey
before(async () => {
  journey = await Journey.begin()
})
after(() => journey?.[Symbol.asyncDispose]())

const PASSWORD = 'kayak over the dam 9!'
const someone = (email: string) => ({
  email,
  username: 'olena',
  password: PASSWORD,
  birthDate: '1994-05-17',
})

const refresh = (refreshToken: string) => journey.post(`${A}/users/refresh`, { refreshToken })

suite('an account', () => {
  test('is registered, opened and shown, without its password', async () => {
    const body = someone('Olena@Example.test')
    const user = good(await journey.post(`${A}/users/register`, body), 201)
    assert.deepEqual(Object.keys(user).toSorted(), [
      'createdAt',
      'email',
      'id',
      'roles',
      'username',
    ])
    assert.deepEqual(user.roles, ['shopper'])

    const pass = await journey.signIn('olena@example.test', PASSWORD)
    assert.equal(pass.tokenType, 'Bearer')
    assert.ok(pass.expiresIn > 60)
    const as = pass.accessToken
    assert.deepEqual(good(await journey.get(`${A}/users/${user.id}`, { as })), user)
    refused(
      await journey.get(`${A}/users/${await journey.userId('admin')}`, { as }),
      404,
      'identity.user-unknown',
    )
    refused(await journey.get(`${A}/users`, { as }), 403, 'auth.forbidden')

    const taken = await journey.post(`${A}/users/register`, body)
    refused(taken, 409, 'identity.email-taken')
    // The shop next door has its own people.
    good(await journey.post(`${A}/users/register`, body, { in: 'second' }), 201)
  })

  test('of staff lists everyone of the shop, page by page', async () => {
    const as = await journey.token('admin')
    const whole = good(await journey.get(`${A}/users?limit=100`, { as })).items
    const first = good(await journey.get(`${A}/users?limit=2`, { as }))
    const rest = good(
      await journey.get(`${A}/users?limit=100&after=${encodeURIComponent(first.next)}`, { as }),
    )
    assert.deepEqual([...first.items, ...rest.items], whole)
    assert.ok(whole.some(({ email }: Json) => email === 'courier@demo.test'))
  })

  test('needs a password nobody guesses and a birth date somebody can have', async () => {
    const cases: [object, string][] = [
      [{ password: 'short1!' }, 'identity.password-weak'],
      [{ password: 'Olena-2026!!!' }, 'identity.password-weak'],
      [{ password: 'Password1234!' }, 'identity.password-weak'],
      [{ birthDate: '2999-01-01' }, 'identity.birth-date-wrong'],
      [{ birthDate: '0001-01-01' }, 'identity.birth-date-wrong'],
    ]
    for (const [wrong, code] of cases) {
      const body = { ...someone('weak@example.test'), ...wrong }
      refused(await journey.post(`${A}/users/register`, body), 422, code)
    }
  })
})

suite('a session', () => {
  test('is refreshed by a token that is good for one pair; used later it ends the session', async () => {
    good(await journey.post(`${A}/users/register`, someone('thief@example.test')), 201)
    const first = await journey.signIn('thief@example.test', PASSWORD)
    const second = good(await refresh(first.refreshToken))
    assert.notEqual(second.refreshToken, first.refreshToken)
    const [one, two] = [claimsOf(first.accessToken), claimsOf(second.accessToken)]
    assert.deepEqual([one.sub, one.sid], [two.sub, two.sid])

    const again = good(await refresh(first.refreshToken))
    assert.equal(again.refreshToken, second.refreshToken, 'what was sent twice is one renewal')
    const third = good(await refresh(second.refreshToken))
    refused(await refresh(first.refreshToken), 401, 'identity.refresh-token-invalid')
    refused(await refresh(third.refreshToken), 401, 'identity.refresh-token-invalid')
    for (const never of ['x', '', `${one.sid}.${'A'.repeat(43)}`]) {
      const answer = await refresh(never)
      assert.ok(answer.status === 401 || answer.status === 422, JSON.stringify(answer.body))
    }
  })

  test('of one shop is not refreshed in another', async () => {
    const pass = await journey.signIn('courier@demo.test', 'Demo-pass-2026!')
    const { refreshToken } = pass
    const next = await journey.post(`${A}/users/refresh`, { refreshToken }, { in: 'second' })
    refused(next, 401, 'identity.refresh-token-invalid')
    good(await refresh(refreshToken))
  })

  test('ends when its owner signs out', async () => {
    const pass = await journey.signIn('courier@demo.test', 'Demo-pass-2026!')
    const { refreshToken } = pass
    assert.equal((await journey.post(`${A}/users/logout`, { refreshToken })).status, 204)
    refused(await refresh(refreshToken), 401, 'identity.refresh-token-invalid')
    refused(await journey.post(`${A}/users/logout`, {}), 401, 'auth.required')
    // By the access token alone, as a browser without the other does it.
    const other = await journey.signIn('courier@demo.test', 'Demo-pass-2026!')
    const out = await journey.post(`${A}/users/logout`, {}, { as: other.accessToken })
    assert.equal(out.status, 204)
    refused(await refresh(other.refreshToken), 401, 'identity.refresh-token-invalid')
  })

  test('is not opened by guessing: the eleventh try waits, whether or not there is such a person', async () => {
    for (const email of ['warehouse@demo.test', 'nobody@example.test']) {
      const guess = () =>
        journey.post(`${A}/users/login`, { email, password: 'guess' }, { in: 'second' })
      for (let i = 0; i < 10; i += 1) refused(await guess(), 401, 'identity.credentials-wrong')
      const stopped = await guess()
      const { retryAfterSeconds } = refused(stopped, 429, 'identity.too-many-attempts')
      assert.equal(stopped.headers['retry-after'], String(retryAfterSeconds))
    }
    // Someone else is not kept out.
    await journey.signIn('shopper@demo.test', 'Demo-pass-2026!', 'second')
  })
})

suite('an access token', () => {
  const parts = async () => (await journey.token('shopper')).split('.')
  const ask = (token: string, header?: string) =>
    journey.get(`${A}/shop`, { headers: { authorization: header ?? `Bearer ${token}` } })
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

  test('that was edited, unsigned or made elsewhere opens nothing, not even what is public', async () => {
    const [head = '', claims = '', signature = ''] = await parts()
    const asAdmin = encoded({ ...claimsOf(`.${claims}.`), roles: ['admin'] })
    const forged = [
      `${head}.${asAdmin}.${signature}`,
      `${encoded({ alg: 'none', typ: 'JWT' })}.${asAdmin}.`,
      `${encoded({ alg: 'HS256', typ: 'JWT' })}.${asAdmin}.${signature}`,
      `${head}.${claims}.`,
      `${head}.${claims}`,
      `${head}.${claims}.${signature.slice(0, -4)}AAAA`,
      'x',
      'null',
      'a.b.c',
      'A'.repeat(5_000),
    ]
    for (const token of forged) {
      const answer = await ask(token)
      refused(answer, 401, 'auth.token-invalid')
      assert.equal(answer.headers['www-authenticate'], 'Bearer error="invalid_token"')
    }
    for (const header of ['', 'Bearer', 'Bearer ', 'Basic YTpi', `Token ${head}`, 'Bearer a b']) {
      refused(await ask('', header), 401, 'auth.token-invalid')
    }
  })

  test('can be checked by anyone with the published keys', async () => {
    const { keys } = good(await journey.get('/.well-known/jwks.json'))
    const [head = '', claims = '', signature = ''] = await parts()
    const { alg, kid } = JSON.parse(Buffer.from(head, 'base64url').toString())
    assert.equal(alg, 'EdDSA')
    const jwk = keys.find((each: Json) => each.kid === kid)
    const key = await crypto.subtle.importKey('jwk', jwk, 'Ed25519', false, ['verify'])
    const isSigned = await crypto.subtle.verify(
      'Ed25519',
      key,
      Buffer.from(signature, 'base64url'),
      Buffer.from(`${head}.${claims}`),
    )
    assert.ok(isSigned)
    assert.equal(jwk.d, undefined, 'the public half only')
  })
})

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
