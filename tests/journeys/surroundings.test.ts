/** What stands around the shop: the page, the documentation, health, metrics, the log. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { A, eventually, good, Journey, refused, type Json } from './journey.ts'

let journey: Journey
before(async () => {
  journey = await Journey.begin({ env: { LOG_LEVEL: 'info', POD: 'torg-1' } })
})
after(() => journey?.[Symbol.asyncDispose]())

suite('a person', () => {
  test('sees the shop at the front door of each shop, and nothing at any other', async () => {
    const page = await journey.get('/')
    assert.match(String(page.headers['content-type']), /^text\/html/)
    assert.match(good(page), /<html lang="uk"/)
    assert.match(page.body, /Torg Sport/)
    const links = [...String(page.body).matchAll(/href="(\/[cp]\/[^"]+)"/g)].map(([, link]) => link)
    assert.ok(links.length >= 10, 'categories and products are linked')
    for (const link of [links[0], links.at(-1)]) good(await journey.get(link ?? ''))
    assert.match(good(await journey.get('/', { in: 'second' })), /Gintaro Trail/)
    const nobody = await journey.get('/', { headers: { host: '<b>evil</b>' } })
    assert.equal(nobody.status, 404)
    assert.doesNotMatch(nobody.body, /<b>evil/)
    const policy = String(page.headers['content-security-policy'])
    assert.match(policy, /default-src 'none'/)
    assert.doesNotMatch(policy, /unsafe-eval|https?:/)
  })

  test('can read the documentation, with everything it loads', async () => {
    const docs = await journey.get('/docs')
    const page = docs.status === 200 ? docs : await journey.get(String(docs.headers.location))
    assert.equal(page.status, 200)
    const files = [...String(page.body).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file)
    assert.ok(files.length > 3)
    for (const file of files) {
      const { pathname } = new URL(file ?? '', 'http://demo.localhost/docs/')
      assert.equal((await journey.get(pathname)).status, 200, pathname)
    }
    assert.match(good(await journey.get('/tour')), /npm start/)
  })
})

suite('a program', () => {
  test('finds every operation in a document it can read', async () => {
    const document = good(await journey.get('/openapi.json'))
    assert.equal(document.openapi, '3.1.0')
    const ids = new Set<string>()
    for (const [path, methods] of Object.entries(document.paths as Record<string, Json>)) {
      for (const [method, operation] of Object.entries(methods as Record<string, Json>)) {
        const what = `${method} ${path}`
        assert.ok(!ids.has(operation.operationId), what)
        ids.add(operation.operationId)
        assert.ok(operation.summary && operation['x-authz'].who && operation['x-authz'].whose, what)
        const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, each]) => each)
        const declared = (operation.parameters ?? []).filter((each: Json) => each.in === 'path')
        assert.deepEqual(
          declared.map((each: Json) => each.name),
          named,
          what,
        )
        const statuses = Object.keys(operation.responses)
        assert.ok(
          statuses.some((status) => status.startsWith('2') || status === '101'),
          what,
        )
        // A range that lies outside (416) is answered without a body.
        for (const status of statuses.filter((each) => each >= '400' && each !== '416')) {
          assert.ok(operation.responses[status].content['application/problem+json'], what)
        }
        // Whoever is asked for a body must be told what is in it, and nothing more is taken.
        // What a provider sends is the provider's to say.
        if (
          operation.requestBody !== undefined &&
          operation.operationId !== 'hearPaymentProvider' &&
          // An upload is bytes, of which a schema says nothing.
          operation.requestBody.content['*/*'] === undefined
        ) {
          const { schema } = operation.requestBody.content['application/json']
          const kinds: Json[] = schema.anyOf ?? [schema]
          assert.ok(
            kinds.every((kind) => kind.additionalProperties === false),
            what,
          )
          const isNeeded = kinds.every((kind) => (kind.required ?? []).length > 0)
          assert.equal(operation.requestBody.required, isNeeded, what)
        }
      }
    }
    assert.ok(ids.size > 35)
  })

  test('is told by the document which operations take the token of an order', async () => {
    const { paths } = good(await journey.get('/openapi.json'))
    const takers = Object.values(paths as Record<string, Record<string, Json>>)
      .flatMap((methods) => Object.values(methods))
      .filter(({ parameters }) => parameters?.some((each: Json) => each.name === 'X-Order-Token'))
      .map(({ operationId }) => operationId)
    const expected =
      'cancelOrder getOrder getOrderHistory getPayment getReturnsOfOrder listPaymentsOfOrder openPayment ' +
      'processPayment requestReturn withdrawReturn'
    assert.deepEqual(new Set(takers), new Set(expected.split(' ')))
  })

  test('can look up what a problem code means', async () => {
    const problem = refused(
      await journey.get(`${A}/carts/${crypto.randomUUID()}`),
      404,
      'cart.unknown',
    )
    const explained = good(await journey.get(problem.type))
    assert.deepEqual(
      [explained.code, explained.status, explained.title],
      ['cart.unknown', 404, problem.title],
    )
    const page = await journey.get(problem.type, { headers: { accept: 'text/html' } })
    assert.match(good(page), /There is no such cart/)
    refused(await journey.get('/problems/__proto__'), 404, 'request.not-found')
  })
})

suite('an operator', () => {
  test('sees that it lives, that it takes traffic, and what it does', async () => {
    assert.deepEqual(good(await journey.get('/livez')), { status: 'live' })
    assert.deepEqual(good(await journey.get('/readyz')), { status: 'ready' })
    // A balancer knows no shop.
    good(await journey.get('/readyz', { headers: { host: '10.0.0.1' } }))
    await journey.get(`${A}/products`)
    const metrics: string = good(await journey.get('/metrics'))
    const counted = metrics.split('\n').filter((line) => line.includes('/api/v1/products'))
    assert.ok(counted.length > 0, 'requests are counted by route')
    assert.match(metrics, /^process_resident_memory_bytes /m)
    assert.doesNotMatch(
      metrics,
      /demo\.test|[0-9a-f]{8}-[0-9a-f]{4}-4/,
      'no person and no id in a label',
    )
  })

  test('reads the log: one JSON line a request, with its fields and nothing secret', async () => {
    const as = await journey.token('shopper')
    const id = 'journey-request-1'
    const cart = await journey.aCart()
    const answer = await journey.get(`${A}/carts/${cart}`, { as, headers: { 'x-request-id': id } })
    assert.equal(answer.headers['x-request-id'], id)

    const lines = () =>
      journey.shop.program.tail
        .split('\n')
        .filter((line) => line.startsWith('{') && line.endsWith('}'))
        .map((line) => JSON.parse(line))
    const line = await eventually(
      async () => lines().find((each) => each.request_id === id),
      (each) => each !== undefined,
    )
    for (const field of [
      'timestamp',
      'level',
      'service',
      'pod',
      'message',
      'user_id',
      'request_id',
    ]) {
      assert.ok(field in line, `${field} of OBS-05`)
    }
    assert.equal(line.level, 'info')
    assert.equal(line.service, 'torg')
    assert.equal(line.pod, 'torg-1')
    assert.equal(line.user_id, await journey.userId('shopper'))
    assert.equal(new Date(line.timestamp).toISOString(), line.timestamp)
    assert.deepEqual([line.route, line.status], [`${A}/carts/{id}`, 200])
    // The banner tells the demo's password to whoever starts the program; the log tells nobody.
    const log = JSON.stringify(lines())
    for (const secret of [as, cart, 'Demo-pass-2026!', 'shopper@demo.test']) {
      assert.ok(!log.includes(secret), `the log tells ${secret}`)
    }
  })

  test('gets an id for every request, and the caller’s own when it is sane', async () => {
    const ids = await Promise.all(
      ['x', 'a b c d e f', '"}{"level":"fatal"', '', 'x'.repeat(100)].map(
        async (given) =>
          (await journey.get(`${A}/shop`, { headers: { 'x-request-id': given } })).headers[
            'x-request-id'
          ],
      ),
    )
    for (const id of ids) assert.match(String(id), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    assert.equal(new Set(ids).size, ids.length)
  })
})
