import assert from 'node:assert/strict'
import { after, test } from 'node:test'

import { PASSWORD, serveIdentity, someone } from './identity.testing.ts'

const served = await serveIdentity()
after(() => served[Symbol.asyncDispose]())
const { admin, call, clock, identity, inProduction, lines, registered } = served

test('an account is made, signs in and sees itself', async () => {
  const body = someone({ email: 'Olena.K@Example.TEST' })
  const made = await call('POST', '/register', { body })
  assert.equal(made.status, 201)
  assert.deepEqual(Object.keys(made.json).toSorted(), [
    'createdAt',
    'email',
    'id',
    'roles',
    'username',
  ])
  assert.deepEqual(made.json.roles, ['shopper'])
  assert.equal(made.json.email, 'olena.k@example.test')

  const pass = await call('POST', '/login', {
    body: { email: 'OLENA.k@example.test', password: PASSWORD },
  })
  assert.equal(pass.status, 200)
  assert.equal(pass.json.tokenType, 'Bearer')
  assert.equal(pass.json.expiresIn, 600)
  const seen = await call('GET', `/${made.json.id}`, { token: pass.json.accessToken })
  assert.deepEqual(seen.json, made.json)
})

test('somebody is called otherwise, at once and by themselves alone, and the log does not say how', async () => {
  const [one, other] = [await registered(), await registered()]
  const token = one.pass['accessToken'] ?? ''
  const renamed = await call('PATCH', '/me', { token, body: { username: 'Олена-Софія Коваль' } })
  assert.deepEqual([renamed.status, renamed.json.username], [200, 'Олена-Софія Коваль'])
  assert.equal((await call('GET', '/me', { token })).json.username, 'Олена-Софія Коваль')
  const theirs = await call('GET', '/me', { token: other.pass['accessToken'] ?? '' })
  assert.notEqual(theirs.json.username, 'Олена-Софія Коваль')
  const { rows } = await admin.query(
    `select data::text from platform.events where stream = $1 and type = 'identity.user-renamed'`,
    [`user/${one.id}`],
  )
  assert.deepEqual(rows, [{ data: '{}' }])
  for (const username of ['', ' x', 'x ', 'a\nb', 'x'.repeat(61)]) {
    const wrong = await call('PATCH', '/me', { token, body: { username } })
    assert.deepEqual([wrong.status, wrong.json.code], [422, 'request.invalid'], username)
  }
})

test('the password of the demo opens nothing in production, also where it is somebody’s', async () => {
  const { email } = someone()
  const login = { body: { email, password: 'Demo-pass-2026!' } }
  const made = await call('POST', '/register', { body: someone({ ...login.body }) })
  assert.equal(made.status, 201)
  assert.equal((await call('POST', '/login', login)).status, 200)
  const refused = await call('POST', '/login', { ...login, by: inProduction })
  assert.deepEqual([refused.status, refused.json.code], [401, 'identity.credentials-wrong'])
})

test('registering again with the same key gives the same answer; with another body it is refused', async () => {
  const body = someone()
  const headers = { 'idempotency-key': 'register-once' }
  const first = await call('POST', '/register', { body, headers })
  const second = await call('POST', '/register', { body, headers })
  assert.equal(first.status, 201)
  assert.equal(second.status, 201)
  assert.deepEqual(second.json, first.json)
  assert.equal(second.headers['idempotent-replayed'], 'true')

  const other = await call('POST', '/register', { body: someone(), headers })
  assert.equal(other.json.code, 'request.key-reused')
  const taken = await call('POST', '/register', { body: { ...body, username: 'another' } })
  assert.deepEqual([taken.status, taken.json.code], [409, 'identity.email-taken'])
  const elsewhere = await call('POST', '/register', { body, host: 'two.test' })
  assert.equal(elsewhere.status, 201, 'shops share no users')
})

test('fifty who want one address at once get one account', async () => {
  const body = someone()
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => call('POST', '/register', { body })),
  )
  const count = (status: number) => answers.filter((answer) => answer.status === status).length
  assert.deepEqual([count(201), count(409)], [1, 49])
})

test('what cannot be an account is refused and nothing is stored', async () => {
  const check = async (changes: Record<string, unknown>, status: number, code: string) => {
    const body = someone(changes)
    const answer = await call('POST', '/register', { body })
    assert.deepEqual([answer.status, answer.json.code], [status, code], JSON.stringify(changes))
    const { rows } = await admin.query('select 1 from identity.users where username = $1', [
      body.username,
    ])
    assert.equal(rows.length, 0)
  }
  await check({ password: 'short-1' }, 422, 'identity.password-weak')
  await check({ password: 'NoSpecialCharacters2026' }, 422, 'identity.password-weak')
  await check({ password: 'Password-123456' }, 422, 'identity.password-weak')
  await check({ birthDate: '2099-01-01' }, 422, 'identity.birth-date-wrong')
  await check({ birthDate: '1800-01-01' }, 422, 'identity.birth-date-wrong')
  await check({ birthDate: '1999-02-30' }, 422, 'request.invalid')
  await check({ birthDate: '17.05.1994' }, 422, 'request.invalid')
  await check({ email: 'nobody' }, 422, 'request.invalid')
  await check({ email: `${'x'.repeat(250)}@example.test` }, 422, 'request.invalid')
  await check({ username: '   ' }, 422, 'request.invalid')
  await check({ role: 'admin' }, 422, 'request.invalid')
  await check({ roles: ['admin'] }, 422, 'request.invalid')
  await check({ password: 'a\u0000b-long-enough' }, 422, 'request.invalid')
})

test('neither passwords nor tokens are stored or logged as they are, nor personal data in the log', async () => {
  const one = await registered()
  await call('POST', '/login', { body: { email: one.email, password: 'not-the-password-1' } })
  await call('POST', '/refresh', { body: { refreshToken: one.pass['refreshToken'] } })

  const { rows: tables } = await admin.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname in ('identity', 'platform')`,
  )
  let everything = ''
  for (const { name } of tables) {
    const { rows } = await admin.query<{ text: string }>(`select t::text as text from ${name} t`)
    const text = rows.map((row) => row.text).join('\n')
    everything += text
    if (name.startsWith('platform.')) assert.equal(text.includes(one.email), false, name)
  }
  everything += lines.join('\n')
  assert(everything.includes(one.id))
  const secret = one.pass['refreshToken']?.split('.')[1] ?? ''
  for (const text of [PASSWORD, 'not-the-password-1', secret, one.pass['accessToken'] ?? '']) {
    assert.equal(everything.includes(text), false)
  }
  assert(/\$argon2id\$v=19\$m=19456,t=2,p=1\$/.test(everything))
})

test('an unknown address and a wrong password get the same answer in similar time', async () => {
  const one = await registered()
  const times: Record<string, number[]> = { wrong: [], unknown: [] }
  const bodies: Record<string, Record<string, unknown>> = {}
  for (let i = 0; i < 8; i++) {
    for (const [which, email] of [
      ['wrong', one.email],
      ['unknown', `nobody${i}@example.test`],
    ] as const) {
      const since = performance.now()
      const answer = await call('POST', '/login', {
        body: { email, password: 'not-the-password-1' },
        ip: `198.51.100.${i}`,
      })
      times[which]?.push(performance.now() - since)
      assert.equal(answer.status, 401)
      const { instance: _, ...rest } = answer.json
      bodies[which] = rest
    }
  }
  assert.deepEqual(bodies['wrong'], bodies['unknown'])
  const median = (list: number[] = []) => list.toSorted((a, b) => a - b)[list.length >> 1] ?? 0
  const [a, b] = [median(times['wrong']), median(times['unknown'])]
  // Without the dummy hash an unknown address is answered some 15 ms sooner, in a fifth of the time.
  assert(Math.min(a, b) / Math.max(a, b) > 0.5, `${a} ms against ${b} ms`)
})

test('of a hundred guesses at once ten are evaluated; from elsewhere the owner still gets in', async () => {
  const one = await registered()
  const guess = (password: string, ip: string) =>
    call('POST', '/login', { body: { email: one.email, password }, ip })
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) => guess(`wrong-guess-${i}!`, '203.0.113.9')),
  )
  const count = (status: number) => answers.filter((answer) => answer.status === status).length
  assert.deepEqual([count(401), count(429)], [10, 90])

  const blocked = await guess(PASSWORD, '203.0.113.9')
  assert.equal(blocked.json.code, 'identity.too-many-attempts')
  const wait = Number(blocked.headers['retry-after'])
  assert(wait > 0 && wait <= 900)
  assert.equal((await guess(PASSWORD, '203.0.113.10')).status, 200)

  clock.ahead += 901_000
  assert.equal((await guess(PASSWORD, '203.0.113.9')).status, 200, 'nobody is locked out for good')
  clock.ahead -= 901_000
})

test('signing in rightly, however often, never counts as guessing', async () => {
  const one = await registered()
  for (let i = 0; i < 15; i++) {
    const { status } = await call('POST', '/login', {
      body: { email: one.email, password: PASSWORD },
      ip: '203.0.113.77',
    })
    assert.equal(status, 200)
  }
})

test('of guesses at ever other accounts a hundred from one network are evaluated', async () => {
  const one = await registered()
  const guess = (email: string, ip: string) =>
    call('POST', '/login', { body: { email, password: 'not-the-password-1' }, ip })
  // A household has 2^64 addresses of IPv6, so they count as one.
  const answers: Awaited<ReturnType<typeof call>>[] = []
  for (let batch = 0; batch < 6; batch += 1) {
    const some = Array.from({ length: 20 }, (_, i) =>
      guess(`victim${batch}-${i}@example.test`, `2001:db8:0:7::${batch}:${i}`),
    )
    answers.push(...(await Promise.all(some)))
  }
  const count = (status: number) => answers.filter((answer) => answer.status === status).length
  assert.deepEqual([count(401), count(429)], [100, 20])

  const login = { email: one.email, password: PASSWORD }
  const blocked = await call('POST', '/login', { body: login, ip: '2001:db8:0:7::ffff' })
  assert.equal(blocked.json.code, 'identity.too-many-attempts')
  assert.equal((await call('POST', '/login', { body: login, ip: '2001:db8:0:8::1' })).status, 200)
})

test('who signs in leaves no count behind, and a wrong guess stays counted', async () => {
  const one = await registered()
  await admin.query('delete from identity.sign_in_tries')
  const tries = async () =>
    (await admin.query('select tries from identity.sign_in_tries')).rows.map((row) => row.tries)
  const login = (password: string) =>
    call('POST', '/login', { body: { email: one.email, password }, ip: '203.0.113.80' })
  await Promise.all(Array.from({ length: 5 }, () => login(PASSWORD)))
  assert.deepEqual(await tries(), [])
  await login('not-the-password-1')
  await login(PASSWORD)
  assert.deepEqual(await tries(), [1], 'the network’s wrong guess stays counted')
})

test('a network that registers without end is told to wait, and its people still sign in', async () => {
  await admin.query('delete from identity.sign_in_tries')
  const body = someone()
  const ip = '203.0.113.90'
  assert.equal((await call('POST', '/register', { body, ip })).status, 201)
  await admin.query('update identity.sign_in_tries set tries = 1000')
  const next = await call('POST', '/register', { body: someone(), ip })
  assert.equal(next.json.code, 'identity.too-many-attempts')
  assert.equal(
    (await call('POST', '/register', { body: someone(), ip: '203.0.113.91' })).status,
    201,
  )
  const login = { email: body.email, password: PASSWORD }
  assert.equal((await call('POST', '/login', { body: login, ip })).status, 200)
})

test('a refresh token is good for one pair; one that comes later ends the session for everyone (IDENTITY-3)', async () => {
  const one = await registered()
  const refresh = (refreshToken: unknown) => call('POST', '/refresh', { body: { refreshToken } })

  const second = await refresh(one.pass['refreshToken'])
  assert.equal(second.status, 200)
  assert.notEqual(second.json.refreshToken, one.pass['refreshToken'])
  const seen = await call('GET', `/${one.id}`, { token: second.json.accessToken })
  assert.equal(seen.status, 200)

  clock.ahead += 10_500
  const stolen = await refresh(one.pass['refreshToken'])
  assert.deepEqual([stolen.status, stolen.json.code], [401, 'identity.refresh-token-invalid'])
  assert.equal((await refresh(second.json.refreshToken)).status, 401, 'the family has ended')
  clock.ahead = 0

  for (const nonsense of ['x', `${one.id}.${'A'.repeat(43)}`, '../../etc/passwd']) {
    assert.equal((await refresh(nonsense)).json.code, 'identity.refresh-token-invalid')
  }
})

test('two refreshes at once give one pair and leave the session alive', async () => {
  const one = await registered()
  const body = { refreshToken: one.pass['refreshToken'] }
  const both = await Promise.all([1, 2].map(() => call('POST', '/refresh', { body })))
  assert.deepEqual(
    both.map(({ status }) => status),
    [200, 200],
  )
  assert.equal(both[0]?.json.refreshToken, both[1]?.json.refreshToken)
  const next = await call('POST', '/refresh', {
    body: { refreshToken: both[0]?.json.refreshToken },
  })
  assert.equal(next.status, 200)
})

test('a token that is shown again at once gives the same pair, and only while it is the last', async () => {
  const one = await registered()
  const refresh = (refreshToken: unknown) => call('POST', '/refresh', { body: { refreshToken } })
  const first = one.pass['refreshToken']
  const second = (await refresh(first)).json.refreshToken
  clock.ahead += 9_000
  const again = await refresh(first)
  assert.deepEqual([again.status, again.json.refreshToken], [200, second])
  assert.equal((await call('GET', `/${one.id}`, { token: again.json.accessToken })).status, 200)

  const third = (await refresh(second)).json.refreshToken
  assert.equal((await refresh(first)).json.code, 'identity.refresh-token-invalid')
  assert.equal((await refresh(third)).status, 401, 'one that is two pairs old was copied')
  clock.ahead = 0
})

test('a session ends after seven days, and at another shop it never began', async () => {
  const one = await registered()
  const body = { refreshToken: one.pass['refreshToken'] }
  assert.equal((await call('POST', '/refresh', { body, host: 'two.test' })).status, 401)
  clock.ahead += 8 * 24 * 3600 * 1000
  assert.equal((await call('POST', '/refresh', { body })).status, 401)
  const { rows: before } = await admin.query('select 1 from identity.sessions')
  await Promise.all((identity.jobs ?? []).map((job) => job.run()))
  const { rows: left } = await admin.query('select 1 from identity.sessions')
  assert(before.length > 0)
  assert.equal(left.length, 0)
  clock.ahead = 0
})

test('signing out ends the session, by either token', async () => {
  const one = await registered()
  const { refreshToken } = one.pass
  assert.equal((await call('POST', '/logout', { body: { refreshToken } })).status, 204)
  assert.equal((await call('POST', '/refresh', { body: { refreshToken } })).status, 401)
  assert.equal((await call('POST', '/logout', { body: { refreshToken } })).status, 204, 'again')

  const two = await registered()
  assert.equal(
    (await call('POST', '/logout', { token: two.pass['accessToken'] ?? '' })).status,
    204,
  )
  const after = await call('POST', '/refresh', { body: { refreshToken: two.pass['refreshToken'] } })
  assert.equal(after.status, 401)
  assert.equal((await call('POST', '/logout')).json.code, 'auth.required')
})

test('others’ accounts are for the staff of their shop; to everybody else they are none', async () => {
  const one = await registered()
  const two = await registered()
  const boss = await registered(['admin', 'staff'])
  const see = (id: string, token: string | undefined, host = 'one.test') =>
    call('GET', `/${id}`, { host, ...(token === undefined ? {} : { token }) })

  const missing = await see('00000000-0000-4000-8000-000000000000', one.pass['accessToken'])
  const foreign = await see(two.id, one.pass['accessToken'])
  assert.deepEqual([missing.status, foreign.status], [404, 404])
  const { instance: _a, ...a } = missing.json
  const { instance: _b, ...b } = foreign.json
  assert.deepEqual(a, b)
  assert.equal((await see(two.id, boss.pass['accessToken'])).status, 200)
  assert.equal((await see(two.id, undefined)).status, 401)
  assert.equal((await see(two.id, boss.pass['accessToken'], 'two.test')).status, 401)
  assert.equal((await see('not-an-id', one.pass['accessToken'])).status, 422)
})

test('the list of users has every user once and is for staff', async () => {
  const boss = await registered(['staff'])
  const token = boss.pass['accessToken'] ?? ''
  const found: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const after: string = next === '' ? '' : `&after=${encodeURIComponent(next)}`
    const page = await call('GET', `?limit=3${after}`, { token })
    assert.equal(page.status, 200)
    assert(page.json.items.length <= 3)
    found.push(...page.json.items.map(({ id }: { id: string }) => id))
    next = page.json.next
  }
  const { rows } = await admin.query<{ id: string }>(
    'select id from identity.users where tenant_id = 1 order by created_at desc, id desc',
  )
  assert.deepEqual(
    found,
    rows.map(({ id }) => id),
  )

  const shopper = await registered()
  const refused = await call('GET', '', { token: shopper.pass['accessToken'] ?? '' })
  assert.equal(refused.json.code, 'auth.forbidden')
  assert.equal((await call('GET', '?after=nonsense', { token })).json.code, 'request.invalid')
  assert.equal((await call('GET', '?limit=101', { token })).json.code, 'request.invalid')
})

test('nothing went wrong behind the scenes', () => {
  assert.deepEqual(
    lines.filter((line) => line.includes('"level":"error"')),
    [],
  )
})
