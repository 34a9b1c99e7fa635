import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'

import { httpProvider } from './http-provider.ts'

interface Reply {
  readonly status: number
  readonly body?: unknown
  readonly location?: string
  /** Never answers. */
  readonly silent?: boolean
}

/** A provider that answers each call with the next of these, the last again and again. */
async function aProvider(...replies: readonly Reply[]) {
  const calls: { method: string; path: string; key: unknown; body: string }[] = []
  const server = createServer((request, response) => {
    const { status, body, location, silent } = replies[calls.length] ?? replies.at(-1)!
    const { method = '', url: path = '' } = request
    void textOf(request).then((text) => {
      calls.push({ method, path, key: request.headers['idempotency-key'], body: text })
      if (silent === true) return
      const headers = location === undefined ? {} : { location }
      response.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    calls,
    url,
    provider: httpProvider({ url: `${url}/api`, timeoutMs: 200 }),
    [Symbol.dispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) text += String(part)
  return text
}

const charge = {
  key: 'p1',
  amount: { amount: 500, currency: 'UAH' },
  reference: 'p1',
  method: 'card',
}
const down = {
  ok: false,
  refusal: { code: 'payments.provider-down', retryAfterSeconds: 10 },
}

test('a charge goes out under the key of the payment, and a yes is a transaction', async () => {
  using one = await aProvider({ status: 201, body: { id: 'ch_1', status: 'succeeded' } })
  assert.deepEqual(await one.provider.charge(charge), {
    ok: true,
    value: { status: 'succeeded', transactionId: 'ch_1' },
  })
  const [call] = one.calls
  assert.deepEqual([call?.method, call?.path, call?.key], ['POST', '/api/v1/charges', 'p1'])
  const { amount, reference, method } = charge
  assert.deepEqual(JSON.parse(call?.body ?? ''), { ...amount, reference, method })
})

test('only 402 is a no of the provider, with its reason', async () => {
  using one = await aProvider({ status: 402, body: { error: { code: 'card_expired' } } })
  assert.deepEqual(await one.provider.charge(charge), {
    ok: false,
    refusal: { code: 'payments.declined', reason: 'card_expired' },
  })
  assert.equal(one.calls.length, 1)
  using wordy = await aProvider({ status: 402, body: { error: { code: 'Olena has no money' } } })
  assert.deepEqual(await wordy.provider.charge(charge), {
    ok: false,
    refusal: { code: 'payments.declined', reason: 'declined' },
  })
})

test('what says nothing of the money is no no: the payment stays open and is asked again', async () => {
  for (const status of [400, 401, 403, 404, 408, 409, 422, 425]) {
    using one = await aProvider({ status, body: { error: { code: 'x' } } })
    assert.deepEqual(await one.provider.charge(charge), down, `${status}`)
  }
  using strange = await aProvider({ status: 200, body: { hello: 1 } })
  assert.deepEqual(await strange.provider.charge(charge), down)
  using words = await aProvider({ status: 200, body: undefined })
  assert.deepEqual(await words.provider.charge(charge), down)
})

test('a redirect is not followed: amounts and keys go to the provider alone', async () => {
  using other = await aProvider({ status: 201, body: { id: 'stolen', status: 'succeeded' } })
  const location = `${other.url}/v1/charges`
  using one = await aProvider({ status: 307, location })
  assert.deepEqual(await one.provider.charge(charge), down)
  assert.equal(other.calls.length, 0)
})

test('a provider that is silent or failing is asked three times under one key, within the time-out', async () => {
  using one = await aProvider({ status: 0, silent: true }, { status: 500 }, { status: 503 })
  const since = performance.now()
  assert.deepEqual(await one.provider.charge(charge), down)
  assert(performance.now() - since < 3_000)
  assert.deepEqual(
    one.calls.map(({ key }) => key),
    ['p1', 'p1', 'p1'],
  )
})

test('after five failures in a row the provider is left alone for a while', async () => {
  using one = await aProvider({ status: 500 })
  for (let n = 0; n < 4; n += 1) assert.deepEqual(await one.provider.charge(charge), down)
  assert.equal(one.calls.length, 5)
})

test('what is found is walked page by page, and one strange charge makes all of it unknown', async () => {
  const found = (id: string) => ({
    id,
    status: 'succeeded',
    reference: 'p1',
    amount: 500,
    currency: 'UAH',
    createdAt: '2026-11-21T10:00:00.000Z',
  })
  using one = await aProvider(
    { status: 200, body: { items: [found('ch_1')], next: 'ch_1' } },
    { status: 200, body: { items: [found('ch_2')], next: null } },
  )
  const said = await one.provider.find('p1')
  assert(said.ok)
  assert.deepEqual(
    said.value.map(({ transactionId, at }) => [transactionId, at]),
    [
      ['ch_1', Date.UTC(2026, 10, 21, 10)],
      ['ch_2', Date.UTC(2026, 10, 21, 10)],
    ],
  )
  assert.deepEqual(
    one.calls.map(({ method, path }) => `${method} ${path}`),
    ['GET /api/v1/charges?reference=p1', 'GET /api/v1/charges?reference=p1&after=ch_1'],
  )
  using strange = await aProvider({
    status: 200,
    body: { items: [found('ch_1'), { ...found('ch_2'), amount: '500' }], next: null },
  })
  assert.deepEqual(await strange.provider.find('p1'), down)
})
