import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'

import { PASSWORD, serveIdentity, someone } from './identity.testing.ts'

const served = await serveIdentity()
after(() => served[Symbol.asyncDispose]())
const { admin, call, clock, identity, inProduction, lines, registered } = served
beforeEach(() => admin.query('delete from identity.sign_in_tries'))

const NEXT = 'another river to cross 7'
const login = (email: string, password: string) =>
  call('POST', '/login', { body: { email, password } })
const refresh = (refreshToken: unknown) => call('POST', '/refresh', { body: { refreshToken } })
const forget = (email: string, ip = '192.0.2.1') =>
  call('POST', '/password/forgot', { body: { email }, ip })
const reset = (token: string, password = NEXT, ip = '192.0.2.1') =>
  call('POST', '/password/reset', { body: { token, password }, ip })
const verify = (token: string) => call('POST', '/email/verify', { body: { token } })

const boss = await registered(['admin', 'staff'])

/** The token of the newest notice of a kind to somebody, as the page for trying it out shows it. */
async function tokenFor(userId: string, kind: string): Promise<string | undefined> {
  const fresh = await login(boss.email, PASSWORD)
  const { json } = await call('GET', '/notices?limit=100', { token: fresh.json.accessToken })
  return json.items.find(
    (each: Record<string, unknown>) => each['userId'] === userId && each['kind'] === kind,
  )?.token
}

async function resetTokenFor(one: { id: string; email: string }): Promise<string> {
  assert.equal((await forget(one.email)).status, 202)
  const token = await tokenFor(one.id, 'password-reset')
  assert.ok(token)
  return token
}

test('a forgotten password is replaced by a token that is good once, and every session ends', async () => {
  const one = await registered()
  const token = await resetTokenFor(one)
  assert.equal((await reset(token, 'short')).json.code, 'identity.password-weak')
  assert.equal((await reset(token, `${one.username}-2026!`)).json.code, 'identity.password-weak')
  assert.equal((await reset(token)).status, 204)
  assert.equal((await login(one.email, PASSWORD)).json.code, 'identity.credentials-wrong')
  assert.equal((await login(one.email, NEXT)).status, 200)
  const ended = await refresh(one.pass['refreshToken'])
  assert.deepEqual(
    [ended.json.code, ended.json.reason],
    ['identity.session-ended', 'password-changed'],
  )

  assert.equal((await reset(token, PASSWORD)).json.code, 'identity.token-invalid')
  assert.equal(await tokenFor(one.id, 'password-reset'), undefined, 'its secret is gone')
  assert.equal(await tokenFor(one.id, 'password-changed'), null, 'and its owner is to be told')
})

test('of fifty that come with one token at once one sets a password (IDENTITY-4)', async () => {
  for (let round = 0; round < 3; round += 1) {
    const one = await registered()
    const token = await resetTokenFor(one)
    const passwords = Array.from({ length: 50 }, (_, i) => `river number ${i} to cross!`)
    const answers = await Promise.all(
      passwords.map((password, i) => reset(token, password, `198.51.100.${i}`)),
    )
    const winners = answers.flatMap(({ status }, i) => (status === 204 ? [passwords[i]] : []))
    assert.equal(winners.length, 1)
    const codes = answers.filter(({ status }) => status !== 204).map(({ json }) => json.code)
    assert.deepEqual([...new Set(codes)], ['identity.token-invalid'])
    assert.equal((await login(one.email, winners[0] ?? '')).status, 200)
  }
})

test('a token is good for its user, its purpose, its shop and its time only', async () => {
  const one = await registered()
  const two = await registered()
  const token = await resetTokenFor(one)
  const secret = token.slice(token.indexOf('.') + 1)
  const wrong = 'identity.token-invalid'
  assert.equal((await reset(`${two.id}.${secret}`)).json.code, wrong)
  assert.equal((await verify(token)).json.code, wrong)
  const verification = await tokenFor(one.id, 'email-verification')
  assert.equal((await reset(verification ?? '')).json.code, wrong)
  const elsewhere = { body: { token, password: NEXT }, host: 'two.test' }
  assert.equal((await call('POST', '/password/reset', elsewhere)).json.code, wrong)
  for (const nonsense of ['x', `${one.id}.`, `${one.id}.${'A'.repeat(43)}`, 'null', '../..']) {
    assert.equal((await reset(nonsense)).json.code, wrong)
  }

  clock.ahead += 30 * 60_000 - 5_000
  await admin.query('delete from identity.sign_in_tries')
  assert.equal((await reset(token, 'weak')).json.code, 'identity.password-weak', 'still good')
  clock.ahead += 5_001
  assert.equal((await reset(token)).json.code, wrong)
  clock.ahead = 0
})

test('the second token of a purpose is the only one; a changed password ends it too', async () => {
  const one = await registered()
  const first = await resetTokenFor(one)
  const second = await resetTokenFor(one)
  assert.notEqual(first, second)
  assert.equal((await reset(first)).json.code, 'identity.token-invalid')
  const { rows } = await admin.query('select 1 from identity.tokens where user_id = $1', [one.id])
  assert.equal(rows.length, 2, 'one for each purpose')
  const body = { oldPassword: PASSWORD, password: NEXT }
  const token = one.pass['accessToken'] ?? ''
  assert.equal((await call('POST', '/me/password', { token, body })).status, 204)
  assert.equal((await reset(second, PASSWORD)).json.code, 'identity.token-invalid')
})

test('an address nobody has gets the same answer after the same work (IDENTITY-5, R24)', async () => {
  const one = await registered()
  const keys = async () => {
    const { rows } = await admin.query('select count(*)::int as n from platform.keys')
    return rows[0].n as number
  }
  const ask = async (email: string, ip: string) => {
    const before = await keys()
    const began = performance.now()
    const { status, text, headers } = await forget(email, ip)
    const took = performance.now() - began
    const { date: _, 'x-request-id': __, ...rest } = headers
    return { status, text, rest, commits: (await keys()) - before, took }
  }
  const known: number[] = []
  const unknown: number[] = []
  for (let i = 0; i < 15; i += 1) {
    const a = await ask(one.email, `198.51.100.${i}`)
    const b = await ask(`nobody${i}@example.test`, `198.51.101.${i}`)
    known.push(a.took)
    unknown.push(b.took)
    const { took: _, ...seenA } = a
    const { took: __, ...seenB } = b
    assert.deepEqual(seenA, seenB)
    assert.equal(seenA.status, 202)
  }
  const median = (all: number[]) => all.toSorted((a, b) => a - b)[7] ?? 0
  const [a, b] = [median(known), median(unknown)]
  assert.ok(Math.abs(a - b) < Math.max(5, a), `${a} ms for a user, ${b} ms for nobody`)
  const { rows } = await admin.query(
    'select 1 from identity.notices where user_id not in (select id from identity.users)',
  )
  assert.equal(rows.length, 0)
})

test('notices are asked for five times for one address from one network, then one waits', async () => {
  for (const email of [(await registered()).email, 'nobody-at-all@example.test']) {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => forget(email, '203.0.113.20')),
    )
    const count = (status: number) => answers.filter((answer) => answer.status === status).length
    assert.deepEqual([count(202), count(429)], [5, 15])
    assert.equal((await forget(email, '203.0.113.21')).status, 202)
  }
  const many = await Promise.all(
    Array.from({ length: 130 }, (_, i) => forget(`someone${i}@example.test`, '203.0.113.30')),
  )
  assert.equal(many.filter(({ status }) => status === 202).length, 100)
})

test('an e-mail address is verified once by what was sent at the registration', async () => {
  const one = await registered()
  const token = one.pass['accessToken'] ?? ''
  const me = async () => (await call('GET', '/me', { token })).json
  assert.equal((await me()).emailVerifiedAt, null)
  const first = await tokenFor(one.id, 'email-verification')
  assert.equal((await call('POST', '/me/email/verification', { token })).status, 202)
  const second = (await tokenFor(one.id, 'email-verification')) ?? ''
  assert.equal((await verify(first ?? '')).json.code, 'identity.token-invalid')
  const answers = await Promise.all(Array.from({ length: 20 }, () => verify(second)))
  assert.equal(answers.filter(({ status }) => status === 204).length, 1)
  assert.match((await me()).emailVerifiedAt, /^\d{4}-/)
  assert.equal((await call('POST', '/me/email/verification', { token })).status, 202)
  assert.equal(await tokenFor(one.id, 'email-verification'), undefined, 'nothing is sent twice')
})

test('tokens are stored as hashes and sealed, and only an admin reads them (IDENTITY-6)', async () => {
  const one = await registered()
  const token = await resetTokenFor(one)
  const secret = token.slice(token.indexOf('.') + 1)
  const { rows } = await admin.query<{ text: string }>(
    `select t::text as text from identity.tokens t
     union all select m::text from identity.notices m
     union all select k::text from platform.keys k
     union all select e::text from platform.events e`,
  )
  const everything = rows.map(({ text }) => text).join('\n') + lines.join('\n')
  assert.doesNotMatch(everything, new RegExp(secret.replaceAll('-', '\\-')))

  const staff = await registered(['staff'])
  const asked = await call('GET', '/notices', { token: staff.pass['accessToken'] ?? '' })
  assert.equal(asked.json.code, 'auth.forbidden')
  const { json: pass } = await login(boss.email, PASSWORD)
  const there = { token: pass.accessToken, by: inProduction }
  const inEarnest = await call('GET', '/notices', there)
  assert.ok(inEarnest.status === 404 || inEarnest.status === 422, inEarnest.text)
})

test('what was not sent in time is deleted with its secret', async () => {
  const one = await registered()
  await resetTokenFor(one)
  const left = async () => {
    const { rows } = await admin.query<{ kind: string }>(
      `select kind from identity.notices where user_id = $1
       union all select purpose from identity.tokens where user_id = $1 order by 1`,
      [one.id],
    )
    return rows.map(({ kind }) => kind)
  }
  const run = () => Promise.all((identity.jobs ?? []).map((job) => job.run()))
  clock.ahead += 30 * 60_000 + 1_000
  await run()
  assert.deepEqual(await left(), ['email-verification', 'email-verification'])
  clock.ahead += 24 * 3600_000
  await run()
  assert.deepEqual(await left(), [])
  clock.ahead = 0
})

test('who is not thirteen by the shop’s calendar has no account', async () => {
  // In Kyiv (UTC+2) it is 21 November already at 22:30 of the 20th in London.
  const moment = Date.UTC(2026, 10, 20, 22, 30)
  clock.ahead = moment - Date.now()
  const register = (birthDate: string) =>
    call('POST', '/register', { body: someone({ birthDate }) })
  assert.equal((await register('2013-11-21')).status, 201)
  const young = await register('2013-11-22')
  assert.deepEqual(
    [young.status, young.json.code, young.json.minimumAge],
    [422, 'identity.too-young', 13],
  )
  clock.ahead = moment - 3600_000 - Date.now()
  assert.equal((await register('2013-11-21')).json.code, 'identity.too-young')
  clock.ahead = 0
})

test('nothing went wrong behind the scenes', () => {
  assert.deepEqual(
    lines.filter((line) => line.includes('"level":"error"')),
    [],
  )
})
