import assert from 'node:assert/strict'
import { test } from 'node:test'

import { Type } from 'typebox'

import { accept } from '../outcome.ts'
import { route, type Route } from './route.ts'
import type { HttpOptions } from './server.ts'
import { aServer, routes } from './server.testing.ts'

const json = { 'content-type': 'application/json' }

test('a good request is answered with what the schema knows and nothing else', async () => {
  await using subject = await aServer()
  const answer = await subject.http.fastify.inject('/api/v1/things?limit=5')

  assert.equal(answer.statusCode, 200)
  assert.deepEqual(answer.json(), { items: [{ id: '1', name: 'demo' }], limit: 5 })
  assert.equal(answer.headers['cache-control'], 'no-store')
  assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  assert.match(String(answer.headers['content-security-policy']), /frame-ancestors 'none'/)
  assert.match(String(answer.headers['x-request-id']), /^[0-9a-f-]{36}$/)
})

test('the host name chooses the shop, and an unknown one is told so', async () => {
  await using subject = await aServer()
  const at = (host: string) =>
    subject.http.fastify.inject({ url: '/api/v1/things', headers: { host } })

  assert.equal((await at('second.localhost:3000')).json().items[0].name, 'second')
  const unknown = await at('evil.test')
  assert.equal(unknown.statusCode, 404)
  assert.equal(unknown.json().code, 'tenant.unknown')
  assert.match(unknown.json().detail, /evil\.test/)
})

test('who may call a route is decided by token, shop and role', async () => {
  await using subject = await aServer()
  const call = async (method: 'GET' | 'DELETE', headers: Record<string, string>) => {
    const answer = await subject.http.fastify.inject({ method, url: '/api/v1/things/7', headers })
    return [answer.statusCode, answer.body === '' ? '' : (answer.json().code ?? answer.json().name)]
  }

  assert.deepEqual(await call('GET', {}), [401, 'auth.required'])
  assert.deepEqual(await call('GET', { authorization: 'Bearer nonsense' }), [
    401,
    'auth.token-invalid',
  ])
  assert.deepEqual(await call('GET', { authorization: 'Basic YTpi' }), [401, 'auth.token-invalid'])
  assert.deepEqual(await call('GET', subject.bearer(['shopper'], 2)), [401, 'auth.token-invalid'])
  assert.equal((await call('GET', subject.bearer()))[0], 200)
  assert.deepEqual(await call('DELETE', subject.bearer()), [403, 'auth.forbidden'])
  assert.deepEqual(await call('DELETE', subject.bearer(['staff'])), [204, ''])

  const missing = await subject.http.fastify.inject('/api/v1/things/7')
  assert.equal(missing.headers['www-authenticate'], 'Bearer')
})

test('a refusal becomes a problem document whose facts cannot pose as standard members', async () => {
  await using subject = await aServer({ publicUrl: 'https://shop.example/' })
  const answer = await subject.http.fastify.inject({
    method: 'POST',
    url: '/api/v1/things',
    headers: { ...json, 'x-request-id': 'trace-0001' },
    payload: { name: 'BALL-5', quantity: 901 },
  })

  assert.equal(answer.statusCode, 409)
  assert.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8')
  assert.deepEqual(answer.json(), {
    name: 'BALL-5',
    wanted: 901,
    type: 'https://shop.example/problems/things.too-many',
    title: 'Too many things',
    status: 409,
    detail: 'You asked for 901 of BALL-5.',
    instance: '/traces/trace-0001',
    code: 'things.too-many',
  })
  assert.match(String(answer.headers['strict-transport-security']), /max-age/)
})

test('each fault of the input is named with a pointer', async () => {
  await using subject = await aServer()
  const answer = await subject.http.fastify.inject({
    method: 'POST',
    url: '/api/v1/things?x=1',
    headers: json,
    payload: { quantity: 0.5, price: 1, box: { width: 1, 'a/b': 2 } },
  })

  assert.equal(answer.statusCode, 422)
  const found = answer
    .json()
    .errors.map((each: { in: string; pointer: string }) => `${each.in}${each.pointer}`)
  for (const wanted of ['query/x', 'body/name', 'body/quantity', 'body/price', 'body/box/a~1b']) {
    assert(found.includes(wanted), `${wanted} is missing in ${found.join(' ')}`)
  }
})

interface Asked {
  readonly caller: string
  readonly key: string
  readonly fingerprint: string
}

test('a key and a body make the cause; their order and spelling do not', async () => {
  await using subject = await aServer()
  const post = async (headers: Record<string, string>, payload: string, agent = 'a') => {
    const answer = await subject.http.fastify.inject({
      method: 'POST',
      url: '/api/v1/things',
      headers: { ...json, 'user-agent': agent, ...headers },
      payload,
    })
    return { ...answer.json<Asked>(), headers: answer.headers }
  }

  const one = await post({ 'idempotency-key': 'k-1' }, '{"name":"a","quantity":1}')
  const two = await post({ 'x-idempotency-key': 'k-1' }, '{ "quantity": 1, "name": "a" }')
  assert.equal(one.key, 'k-1')
  assert.equal(two.key, 'k-1')
  assert.equal(one.fingerprint, two.fingerprint)
  assert.match(one.caller, /^guest\/[\w-]{22}$/)

  const other = await post({ 'idempotency-key': 'k-1' }, '{"name":"b","quantity":1}', 'b')
  assert.notEqual(other.fingerprint, one.fingerprint)
  assert.notEqual(other.caller, one.caller)

  const signedIn = await post({ ...subject.bearer() }, '{"name":"a","quantity":1}')
  assert.match(signedIn.caller, /^user\//)
  assert.match(signedIn.key, /^request\/[0-9a-f-]{36}$/)

  const sameId = { 'x-request-id': 'chosen-by-client' }
  const first = await post(sameId, '{"name":"a","quantity":1}')
  const second = await post(sameId, '{"name":"a","quantity":1}')
  assert.notEqual(first.key, second.key, 'a repeated request id is no idempotency key')

  const replayed = await post({ 'idempotency-key': 'seen-before' }, '{"name":"a","quantity":1}')
  assert.equal(replayed.headers['idempotent-replayed'], 'true')
})

test('what a proxy says of the caller is believed of the proxies that are named, and of no one else', async () => {
  const callers = async (trustProxy: readonly string[], remoteAddress: string) => {
    const { http } = await aServer({ trustProxy })
    const ask = async (forwarded: string) => {
      const answer = await http.fastify.inject({
        method: 'POST',
        url: '/api/v1/things',
        remoteAddress,
        headers: { host: 'localhost', 'x-forwarded-for': forwarded },
        payload: { name: 'Ball', quantity: 1 },
      })
      return answer.json<{ caller: string }>().caller
    }
    const asked = ['198.51.100.1', '198.51.100.2', '203.0.113.9, 198.51.100.1'].map(ask)
    const [one, other, forged] = await Promise.all(asked)
    await http.close()
    return { areApart: one !== other, isForged: one !== forged }
  }
  const apart = { areApart: true, isForged: false }
  const alike = { areApart: false, isForged: false }
  assert.deepEqual(await callers(['10.0.0.0/8'], '10.1.2.3'), apart)
  assert.deepEqual(await callers(['10.0.0.0/8'], '192.0.2.1'), alike)
  assert.deepEqual(await callers([], '10.1.2.3'), alike)
})

test('a bug is answered with an id to quote and logged in full', async () => {
  await using subject = await aServer()
  const fail = (how: string) =>
    subject.http.fastify.inject({ method: 'POST', url: `/api/v1/break/${how}` })

  for (const how of ['bug', 'code']) {
    const answer = await fail(how)
    assert.equal(answer.statusCode, 500)
    assert.equal(answer.json().code, 'internal')
    assert.equal(answer.body.includes('secret detail'), false)
    assert.equal(answer.body.includes('.ts'), false)
    const line = subject.lines.find(({ request_id, level }) => {
      return level === 'error' && request_id === answer.headers['x-request-id']
    })
    assert(line !== undefined)
  }

  const busy = await fail('busy')
  assert.equal(busy.statusCode, 503)
  assert.equal(busy.headers['retry-after'], '3')
  assert.equal(busy.json().code, 'platform.unavailable')
})

test('every log line has the fields of OBS-05 and no secret', async () => {
  await using subject = await aServer()
  await subject.http.fastify.inject({ url: '/api/v1/things/7', headers: subject.bearer() })
  await subject.http.fastify.inject({
    method: 'POST',
    url: '/api/v1/things?password=hunter2-hunter2',
    headers: { ...json, authorization: 'Bearer abc.def.ghi' },
    payload: { name: 'x', quantity: 1 },
  })

  assert(subject.lines.length >= 2)
  const fields = ['timestamp', 'level', 'service', 'pod', 'message', 'user_id', 'request_id']
  for (const line of subject.lines) {
    for (const field of fields)
      assert(field in line, `${field} is missing in ${JSON.stringify(line)}`)
    assert.match(String(line['timestamp']), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  }
  const text = JSON.stringify(subject.lines)
  assert.equal(/hunter2|abc\.def|Bearer|eyJ/.test(text), false)
  assert.equal(subject.lines[0]?.['user_id'], 'f6a0c1de-0000-4000-8000-000000000001')
})

test('a record that is not complete does not start', async () => {
  const good = routes[0]
  assert(good !== undefined)
  const starts = (changes: Partial<Record<keyof Route, unknown>>, more: Route[] = []) =>
    aServer({
      contexts: [{ name: 'x', routes: [{ ...good, ...changes } as Route, ...more], problems: {} }],
    }).then((subject) => subject.http.close())

  await starts({})
  await assert.rejects(starts({ access: undefined }), /who may call it/)
  await assert.rejects(starts({ access: { who: 'anyone' } }), /who may call it/)
  await assert.rejects(starts({ refusals: ['x.unheard-of'] }), /x\.unheard-of/)
  await assert.rejects(starts({ path: '/api/{id}', params: Type.Object({}) }), /\{id\} in its path/)
  await assert.rejects(starts({ body: Type.Object({}) }), /GET takes no body/)
  await assert.rejects(starts({ example: { answer: { items: 1 } } }), /example answer/)
  await assert.rejects(
    starts({ query: Type.Object({ at: Type.String({ format: 'odd' }) }) }),
    /format "odd"/,
  )
  await assert.rejects(starts({}, [good]), /two routes are called listThings/)
  await assert.rejects(
    aServer({
      contexts: [{ name: 'x', routes: [], problems: { internal: { status: 500, title: '' } } }],
    }),
    /already defined/,
  )
})

test('the OpenAPI document says who may call what, and what may be answered', async () => {
  await using subject = await aServer({ tourFile: new URL(import.meta.url).pathname })
  const document = (await subject.http.fastify.inject('/openapi.json')).json()

  assert.equal(document.openapi, '3.1.0')
  const add = document.paths['/api/v1/things'].post
  assert.deepEqual(add['x-authz'], { who: 'anyone', whose: 'public' })
  assert.deepEqual(
    add.parameters.map(({ name }: { name: string }) => name),
    ['Idempotency-Key', 'X-Idempotency-Key'],
  )
  assert.equal(add.requestBody.content['application/json'].schema.additionalProperties, false)
  assert.deepEqual(add.requestBody.content['application/json'].example, {
    name: 'Ball',
    quantity: 2,
  })
  const statuses = Object.keys(add.responses).toSorted()
  assert.deepEqual(statuses, ['201', '400', '401', '404', '409', '413', '415', '422', '500', '503'])
  for (const [path, operations] of Object.entries<Record<string, object>>(document.paths)) {
    for (const operation of Object.values(operations)) assert('x-authz' in operation, path)
  }
})

test('documentation and first page load nothing from elsewhere', async () => {
  await using subject = await aServer({
    shops: async () => [{ name: 'Demo & Co', host: 'demo.localhost' }],
  })
  const { fastify } = subject.http
  const page = await fastify.inject({ url: '/', headers: { host: 'localhost:3000' } })
  assert.equal(page.statusCode, 200)
  assert.match(page.body, /Demo &#38; Co/)
  assert.match(page.body, /href="http:\/\/demo\.localhost:3000\/"/)
  const nonce = /nonce-([\w-]+)/.exec(String(page.headers['content-security-policy']))?.[1]
  assert(nonce !== undefined && page.body.includes(`<style nonce="${nonce}">`))

  const hostile = await fastify.inject({ url: '/', headers: { host: '"><script>' } })
  assert.equal(hostile.body.includes('<script'), false)

  const docs = await fastify.inject('/docs')
  assert.equal(docs.statusCode, 200)
  const outside = [...docs.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '')
  assert(outside.length >= 4)
  for (const link of outside) {
    assert.match(link, /^\/docs\/static\//)
    assert.equal((await fastify.inject(link)).statusCode, 200, link)
  }
  assert.match(String(docs.headers['content-security-policy']), /default-src 'none'/)
})

test('an address that leads nowhere is a page for a person and a problem for a program', async () => {
  await using subject = await aServer()
  const { fastify } = subject.http
  const ask = async (url: string, accept: string) => {
    const { statusCode, headers } = await fastify.inject({ url, headers: { accept } })
    return `${statusCode} ${headers['content-type']}`
  }
  const browser = 'text/html,application/xhtml+xml,*/*;q=0.8'
  assert.match(await ask('/tuor', browser), /^404 text\/html/)
  assert.match(await ask('/tuor', '*/*'), /^404 application\/problem\+json/)
  assert.match(await ask('/api/v1/nothing', browser), /^404 application\/problem\+json/)
})

test('a problem code has an address that explains it, for people and for programs', async () => {
  await using subject = await aServer()
  const { fastify } = subject.http
  const forPrograms = await fastify.inject('/problems/things.too-many')
  assert.deepEqual(forPrograms.json(), {
    type: '/problems/things.too-many',
    code: 'things.too-many',
    status: 409,
    title: 'Too many things',
    detail: 'You asked for {wanted} of {name}.',
  })
  const forPeople = await fastify.inject({
    url: '/problems/things.too-many',
    headers: { accept: 'text/html' },
  })
  assert.match(forPeople.body, /<h1>Too many things<\/h1>/)
  assert.equal((await fastify.inject('/problems/no.such')).statusCode, 404)
})

test('a process says when it is ready, alive, draining, and what it measured', async () => {
  const health = { fine: true }
  await using subject = await aServer({
    checks: { database: async () => assert(health.fine, 'away') },
  })
  const { fastify } = subject.http
  assert.equal((await fastify.inject('/readyz')).statusCode, 200)
  health.fine = false
  const failing = await fastify.inject('/readyz')
  assert.equal(failing.statusCode, 503)
  assert.deepEqual(failing.json().failing, ['database'])
  health.fine = true
  subject.http.beginDrain()
  assert.deepEqual((await fastify.inject('/readyz')).json().failing, ['draining'])
  assert.equal((await fastify.inject('/livez')).statusCode, 200)
  assert.equal((await fastify.inject('/api/v1/things')).statusCode, 200)

  const metrics = (await fastify.inject('/metrics')).body
  assert.match(
    metrics,
    /http_request_duration_seconds_count\{route="\/api\/v1\/things",status="200"\} 1/,
  )
  assert.match(metrics, /nodejs_eventloop_lag_seconds/)
  const jwks = (await fastify.inject('/.well-known/jwks.json')).json()
  assert.equal(jwks.keys[0].crv, 'Ed25519')
})

test('what is measured is read by whoever was given the token, and by nobody in production without one', async () => {
  const token = 'a word for the scraper alone, 32+'
  const read = async (metricsFor: HttpOptions['metricsFor'], authorization?: string) => {
    const { http } = await aServer(metricsFor === undefined ? {} : { metricsFor })
    const headers = { host: '10.0.0.1', ...(authorization === undefined ? {} : { authorization }) }
    const { statusCode } = await http.fastify.inject({ url: '/metrics', headers })
    await http.close()
    return statusCode
  }
  assert.equal(await read(undefined), 200)
  assert.equal(await read('nobody'), 404)
  assert.equal(await read('nobody', 'Bearer '), 404)
  assert.equal(await read({ token }, `Bearer ${token}`), 200)
  for (const wrong of [undefined, '', 'Bearer ', token, `Bearer ${token} `, `bearer ${token}x`]) {
    assert.equal(await read({ token }, wrong), 401, `${wrong}`)
  }
})

test('closing lets what is under way finish and takes nothing new', async () => {
  const subject = await aServer()
  const port = await subject.http.listen(0, '127.0.0.1')
  const address = `http://127.0.0.1:${port}/api/v1/break/wait`
  const underWay = fetch(address, { method: 'POST' })
  await new Promise((resolve) => setTimeout(resolve, 100))
  const closed = subject.http.close()
  assert.equal((await underWay).status, 200)
  await closed
  await assert.rejects(fetch(address, { method: 'POST' }))
})

test('an answer that its schema cannot hold is a bug, not an answer', async () => {
  const broken = route({
    id: 'lie',
    method: 'GET',
    path: '/api/v1/lie',
    tag: 'x',
    summary: 'x',
    access: { who: 'anyone', whose: 'public' },
    answer: { status: 200, body: Type.Object({ name: Type.String() }) },
    handle: async () => accept({ body: {} as { name: string } }),
  })
  await using subject = await aServer({ contexts: [{ name: 'x', routes: [broken], problems: {} }] })
  const answer = await subject.http.fastify.inject('/api/v1/lie')
  assert.equal(answer.statusCode, 500)
  assert.equal(answer.json().code, 'internal')
})
