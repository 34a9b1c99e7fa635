import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { PASSWORD, serveIdentity } from './identity.testing.ts'

const served = await serveIdentity()
after(() => served[Symbol.asyncDispose]())
const { admin, call, clock, identity, lines, registered } = served

const login = (email: string, ip: string, password = PASSWORD) =>
  call('POST', '/login', { body: { email, password }, ip })
const refresh = (refreshToken: unknown) => call('POST', '/refresh', { body: { refreshToken } })
const sessions = async (token: string) => (await call('GET', '/me/sessions', { token })).json.items

async function liveOf(userId: string): Promise<number> {
  const { rows } = await admin.query<{ live: number }>(
    `select count(*)::int as live from identity.sessions
      where user_id = $1 and ended is null and expires_at > now()`,
    [userId],
  )
  return rows[0]?.live ?? 0
}

test('fifty sign-ins at once never leave more than five sessions (IDENTITY-1, IDN-10)', async () => {
  const one = await registered()
  let watching = true
  let most = 0
  const watch = (async () => {
    while (watching) most = Math.max(most, await liveOf(one.id))
  })()
  const passes = await Promise.all(
    Array.from({ length: 50 }, (_, i) => login(one.email, `198.51.100.${i}`)),
  )
  watching = false
  await watch
  assert.deepEqual([...new Set(passes.map(({ status }) => status))], [200])
  assert.equal(await liveOf(one.id), 5)
  assert.ok(most <= 5, `${most} were seen to live at once`)

  const answers = await Promise.all(passes.map(({ json }) => refresh(json.refreshToken)))
  assert.equal(answers.filter(({ status }) => status === 200).length, 5)
  for (const { status, json } of answers.filter((answer) => answer.status !== 200)) {
    assert.deepEqual(
      [status, json.code, json.reason],
      [401, 'identity.session-ended', 'newer-sign-in'],
    )
  }
  // The stream and the rows agree on who lives.
  const { rows } = await admin.query(
    `select (select count(*)::int from platform.events where stream = $1
               and type = 'identity.session-begun') as begun,
       (select count(*)::int from platform.events where stream = $1
               and type = 'identity.session-ended') as ended`,
    [`user/${one.id}`],
  )
  assert.deepEqual(rows, [{ begun: 51, ended: 46 }])
})

test('a refresh that meets the end of its session never outlives it', async () => {
  const one = await registered()
  for (let round = 0; round < 10; round += 1) {
    const { json } = await login(one.email, `198.51.100.${round}`)
    const [{ id }] = await sessions(json.accessToken)
    const [pass, end] = await Promise.all([
      refresh(json.refreshToken),
      call('DELETE', `/me/sessions/${id}`, { token: json.accessToken }),
    ])
    assert.equal(end.status, 204)
    const last = pass.status === 200 ? pass.json.refreshToken : json.refreshToken
    const again = await refresh(last)
    assert.deepEqual([again.status, again.json.code], [401, 'identity.session-ended'])
  }
})

/** Shown with a refresh that does not compare what it replaces, in `bugs.ts`. */
test('a refresh that was overtaken replaces nothing', async () => {
  const one = await registered()
  const [id = ''] = (one.pass['refreshToken'] ?? '').split('.')
  await admin.query('begin')
  await admin.query(`update identity.sessions set secret_hash = 'newer' where id = $1`, [id])
  const late = refresh(one.pass['refreshToken'])
  // It has read the token of before and waits for the row.
  await sleep(300)
  await admin.query('commit')
  assert.equal((await late).json.code, 'identity.refresh-token-invalid')
  const { rows } = await admin.query('select secret_hash from identity.sessions where id = $1', [
    id,
  ])
  assert.deepEqual(rows, [{ secret_hash: 'newer' }])
})

test('a sign-in that compared the password of before never outlives its change (IDENTITY-2)', async () => {
  const changed = 'another river to cross 7'
  for (let round = 0; round < 10; round += 1) {
    const one = await registered()
    const token = one.pass['accessToken'] ?? ''
    const body = { oldPassword: PASSWORD, password: changed }
    // They compare while the new password is being hashed, or just before or after.
    const [change, ...logins] = await Promise.all([
      call('POST', '/me/password', { token, body, ip: '198.51.100.200' }),
      ...[8, 16, 24, 32].map(async (delay) => {
        await sleep(delay + round)
        return login(one.email, `198.51.100.${delay}`)
      }),
    ])
    assert.equal(change.status, 204)
    for (const { json, status } of logins) {
      if (status === 200) assert.equal((await refresh(json.refreshToken)).status, 401)
      else assert.equal(json.code, 'identity.credentials-wrong')
    }
    assert.equal(await liveOf(one.id), 1, 'that of who changed it')
    assert.equal((await refresh(one.pass['refreshToken'])).status, 200)
    const old = await login(one.email, '198.51.100.9')
    assert.equal(old.json.code, 'identity.credentials-wrong')
    assert.equal((await login(one.email, '198.51.100.9', changed)).status, 200)
  }
})

test('old passwords are guessed as seldom as at a sign-in', async () => {
  const one = await registered()
  const token = one.pass['accessToken'] ?? ''
  const body = { oldPassword: 'not-the-password-1', password: 'another river to cross 7' }
  const guesses = await Promise.all(
    Array.from({ length: 30 }, () =>
      call('POST', '/me/password', { token, body, ip: '203.0.113.5' }),
    ),
  )
  const count = (status: number) => guesses.filter((guess) => guess.status === status).length
  assert.deepEqual([count(422), count(429)], [10, 20])
  const weak = { oldPassword: PASSWORD, password: `${one.username}-2026!` }
  const refused = await call('POST', '/me/password', { token, body: weak, ip: '203.0.113.6' })
  assert.equal(refused.json.code, 'identity.password-weak')
})

test('sessions that have lapsed count for nothing and are not listed', async () => {
  const one = await registered()
  for (let i = 0; i < 4; i += 1) await login(one.email, '198.51.100.1')
  clock.ahead += 8 * 24 * 3600 * 1000
  const { json } = await login(one.email, '198.51.100.1')
  assert.equal((await sessions(json.accessToken)).length, 1)
  await Promise.all((identity.jobs ?? []).map((job) => job.run()))
  assert.equal((await refresh(json.refreshToken)).status, 200)
  clock.ahead = 0
})

test('nobody ends another’s session, and no shop knows another’s', async () => {
  const one = await registered()
  const two = await registered()
  const [{ id }] = await sessions(one.pass['accessToken'] ?? '')
  const token = two.pass['accessToken'] ?? ''
  const foreign = await call('DELETE', `/me/sessions/${id}`, { token })
  assert.deepEqual([foreign.status, foreign.json.code], [404, 'identity.session-unknown'])
  assert.equal((await refresh(one.pass['refreshToken'])).status, 200)
  assert.equal((await call('GET', '/me/sessions')).status, 401)
})

test('the log has the ids of sessions and nothing about their devices', async () => {
  const { rows } = await admin.query<{ data: Record<string, unknown> }>(
    `select data from platform.events where type like 'identity.session-%'`,
  )
  const fields = new Set(rows.flatMap(({ data }) => Object.keys(data)))
  assert.deepEqual([...fields].toSorted(), ['expiresAt', 'sessionId', 'why'])
})

test('nothing went wrong behind the scenes', () => {
  assert.deepEqual(
    lines.filter((line) => line.includes('"level":"error"')),
    [],
  )
})
