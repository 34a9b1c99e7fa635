/** Where somebody is signed in: seen, ended one by one, ended everywhere, and never more than five. */
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
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0'

async function someone(email: string): Promise<void> {
  const body = { email, username: 'olena', password: PASSWORD, birthDate: '1994-05-17' }
  good(await journey.post(`${A}/users/register`, body), 201)
}

async function signIn(email: string, device?: string): Promise<Json> {
  const body = { email, password: PASSWORD }
  const headers = device === undefined ? {} : { headers: { 'user-agent': device } }
  return good(await journey.post(`${A}/users/login`, body, headers))
}

const refresh = (refreshToken: string) => journey.post(`${A}/users/refresh`, { refreshToken })
const listed = async (as: string) => good(await journey.get(`${A}/users/me/sessions`, { as })).items

suite('sessions', () => {
  test('are listed with their device, the newest first and the own one marked (IDN-12)', async () => {
    await someone('devices@example.test')
    const first = await signIn('devices@example.test', FIREFOX)
    const second = await signIn('devices@example.test', 'torg-app/2.1 (something)')
    const items = await listed(second.accessToken)
    assert.deepEqual(
      items.map(({ device, isCurrent }: Json) => [device, isCurrent]),
      [
        ['torg-app', true],
        ['Firefox on Linux', false],
      ],
    )
    const [{ createdAt, expiresAt }, before] = items
    assert.equal(Date.parse(expiresAt) - Date.parse(createdAt), 7 * 24 * 3600_000)

    const next = good(await refresh(first.refreshToken))
    const now = (await listed(next.accessToken)).find(({ isCurrent }: Json) => isCurrent)
    assert.equal(now.id, before.id)
    assert.ok(now.lastUsedAt > before.lastUsedAt)
    assert.equal(now.expiresAt, before.expiresAt, 'a refresh makes no session longer')
  })

  test('are five at most: the sixth sign-in ends the oldest, and its device hears why (IDN-10)', async () => {
    await someone('six@example.test')
    const passes: Json[] = []
    for (let i = 0; i < 6; i += 1) passes.push(await signIn('six@example.test'))
    const items = await listed(passes[5].accessToken)
    const ids = passes.map(({ accessToken }) => claimsOf(accessToken).sid)
    assert.deepEqual(
      items.map(({ id }: Json) => id),
      ids.slice(1).toReversed(),
    )
    const problem = refused(await refresh(passes[0].refreshToken), 401, 'identity.session-ended')
    assert.equal(problem.reason, 'newer-sign-in')
    assert.match(problem.detail, /5 newer sign-ins/)
    // A token that never was one learns nothing of it.
    const guess = `${ids[0]}.${'A'.repeat(43)}`
    refused(await refresh(guess), 401, 'identity.refresh-token-invalid')
    for (const pass of passes.slice(1)) good(await refresh(pass.refreshToken))
  })

  test('end one by one or everywhere, by whose they are', async () => {
    await someone('ends@example.test')
    const [one, two, three] = [
      await signIn('ends@example.test'),
      await signIn('ends@example.test'),
      await signIn('ends@example.test'),
    ]
    const path = `${A}/users/me/sessions/${claimsOf(one.accessToken).sid}`
    const foreign = await journey.token('courier')
    const end = (as: string) => journey.call('DELETE', path, { as })
    refused(await end(foreign), 404, 'identity.session-unknown')
    assert.equal((await end(two.accessToken)).status, 204)
    refused(await end(two.accessToken), 404, 'identity.session-unknown')
    const over = refused(await refresh(one.refreshToken), 401, 'identity.session-ended')
    assert.equal(over.reason, 'signed-out')
    assert.equal((await listed(two.accessToken)).length, 2)

    const all = await journey.call('DELETE', `${A}/users/me/sessions`, { as: three.accessToken })
    assert.equal(all.status, 204)
    assert.deepEqual(await listed(three.accessToken), [])
    refused(await refresh(two.refreshToken), 401, 'identity.session-ended')
    refused(await refresh(three.refreshToken), 401, 'identity.session-ended')
    refused(await journey.get(`${A}/users/me/sessions`), 401, 'auth.required')
    await signIn('ends@example.test')
  })

  test('end with the password but for the one that changed it', async () => {
    await someone('changes@example.test')
    const here = await signIn('changes@example.test')
    const there = await signIn('changes@example.test')
    const change = (oldPassword: string, password: string) =>
      journey.post(`${A}/users/me/password`, { oldPassword, password }, { as: here.accessToken })
    const next = 'another river to cross 7'
    refused(await change('not this one at all', next), 422, 'identity.old-password-wrong')
    refused(await change(PASSWORD, 'short'), 422, 'identity.password-weak')
    assert.equal((await change(PASSWORD, next)).status, 204)
    const over = refused(await refresh(there.refreshToken), 401, 'identity.session-ended')
    assert.equal(over.reason, 'password-changed')
    good(await refresh(here.refreshToken))
    const old = { email: 'changes@example.test', password: PASSWORD }
    refused(await journey.post(`${A}/users/login`, old), 401, 'identity.credentials-wrong')
    await journey.signIn('changes@example.test', next)
  })
})

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
