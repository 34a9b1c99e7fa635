import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'

import { PASSWORD, serveIdentity } from './identity.testing.ts'

const served = await serveIdentity()
after(() => served[Symbol.asyncDispose]())
const { admin, call, clock, registered } = served
beforeEach(() => admin.query('delete from identity.sign_in_tries'))

type One = Awaited<ReturnType<typeof registered>>

const ask = (one: One, email: string, password = PASSWORD) =>
  call('POST', '/me/email', { token: one.pass['accessToken'] ?? '', body: { email, password } })
const confirm = (token: string) => call('POST', '/email/change', { body: { token } })
const login = (email: string) => call('POST', '/login', { body: { email, password: PASSWORD } })
const me = async (one: One) =>
  (await call('GET', '/me', { token: one.pass['accessToken'] ?? '' })).json

const boss = await registered(['admin', 'staff'])

async function noticesTo(one: One) {
  const { json: pass } = await login(boss.email)
  const { json } = await call('GET', '/notices?limit=100', { token: pass.accessToken })
  const all: { userId: string; kind: string; email: string | null; token: string | null }[] =
    json.items
  return all.filter(({ userId }) => userId === one.id)
}

async function tokenOf(one: One, email: string): Promise<string> {
  assert.equal((await ask(one, email)).status, 202)
  const sent = (await noticesTo(one)).find(({ kind }) => kind === 'email-change')
  assert.equal(sent?.email, email.toLowerCase(), 'it goes to the address that is to be')
  assert.ok(sent?.token)
  return sent.token
}

test('another address is that of the account once its mail was read, and verified (GAP-13)', async () => {
  const one = await registered()
  const token = await tokenOf(one, 'New.Address@example.test')
  assert.equal((await me(one)).email, one.email, 'nothing changes before')
  assert.equal((await confirm(token)).status, 204)
  const now = await me(one)
  assert.equal(now.email, 'new.address@example.test')
  assert.notEqual(now.emailVerifiedAt, null)
  assert.equal((await login(one.email)).status, 401)
  assert.equal((await login('new.address@example.test')).status, 200)
  assert.equal((await confirm(token)).json.code, 'identity.token-invalid', 'it is good once')
})

test('the address before is told, and what was sent to it opens nothing', async () => {
  const one = await registered()
  await call('POST', '/password/forgot', { body: { email: one.email } })
  const reset = (await noticesTo(one)).find(({ kind }) => kind === 'password-reset')?.token
  assert.ok(reset)
  await confirm(await tokenOf(one, 'told@example.test'))
  const left = (await noticesTo(one)).map(({ kind, email, token }) => [kind, email, token])
  assert.deepEqual(left, [['email-changed', one.email, null]])
  const answer = await call('POST', '/password/reset', {
    body: { token: reset, password: 'another river to cross 7' },
  })
  assert.equal(answer.json.code, 'identity.token-invalid')
})

test('a wrong password has nothing sent', async () => {
  const one = await registered()
  const { status, json } = await ask(one, 'other@example.test', 'not the password 1')
  assert.deepEqual([status, json.code], [422, 'identity.old-password-wrong'])
  assert.equal(
    (await noticesTo(one)).some(({ kind }) => kind === 'email-change'),
    false,
  )
})

test('an address that somebody has gets the same answer, and nothing is sent (IDENTITY-5)', async () => {
  const [one, other] = [await registered(), await registered()]
  const [free, taken] = [await ask(one, 'free@example.test'), await ask(one, other.email)]
  assert.deepEqual([taken.status, taken.text], [free.status, free.text])
  assert.equal(
    (await noticesTo(one)).some(({ kind }) => kind === 'email-change'),
    false,
  )
})

test('of two that were sent a token for one address one gets it', async () => {
  const [one, other] = [await registered(), await registered()]
  const tokens = [
    await tokenOf(one, 'wanted@example.test'),
    await tokenOf(other, 'wanted@example.test'),
  ]
  const answers = await Promise.all(tokens.map(confirm))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([204, 422]))
  const emails = [(await me(one)).email, (await me(other)).email]
  assert.equal(emails.filter((email) => email === 'wanted@example.test').length, 1)
})

test('a token for another address is good for a day', async () => {
  const one = await registered()
  const token = await tokenOf(one, 'late@example.test')
  clock.ahead += 24 * 3600_000 + 1000
  assert.equal((await confirm(token)).json.code, 'identity.token-invalid')
  clock.ahead = 0
})
