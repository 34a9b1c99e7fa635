import assert from 'node:assert/strict'
import { once } from 'node:events'
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

import { json, shoes, start, type Answered } from './running.testing.ts'

test('charges, refunds and lists over HTTP', async () => {
  await using provider = await start('--delay-ms', '0')

  const first = await provider.post('/v1/charges', 'k1', shoes)
  assert.equal(first.status, 201)
  const charge = await json(first)
  assert.match(charge.id, /^ch_/)
  assert.match(charge.createdAt, /^20..-..-..T.*Z$/)
  const { id, createdAt, ...rest } = charge
  assert.deepEqual(rest, { status: 'succeeded', amountRefunded: 0, method: 'card', ...shoes })

  assert.deepEqual(await json(await provider.post('/v1/charges', 'k1', shoes)), charge)
  assert.equal((await provider.post('/v1/charges', 'k1', { ...shoes, amount: 5 })).status, 422)

  const refund = await provider.post('/v1/refunds', 'r1', { charge: id, amount: 900 })
  assert.equal(refund.status, 201)
  assert.equal(
    (await provider.post('/v1/refunds', 'r2', { charge: id, amount: 129_900 })).status,
    409,
  )

  const found = await json(await fetch(`${provider.url}/v1/charges/${id}`))
  assert.deepEqual(found, { ...charge, amountRefunded: 900 })
  const list = await json(await fetch(`${provider.url}/v1/charges?reference=payment-1&limit=1`))
  assert.deepEqual(list, { items: [found], next: null })
})

test('what is not a request of this API is rejected in its own words', async () => {
  await using provider = await start('--delay-ms', '0')
  const check = async (sent: Promise<Response>, status: number, code: string): Promise<void> => {
    const response = await sent
    assert.equal(response.status, status)
    assert.equal((await json(response)).error.code, code)
  }

  await check(provider.post('/v1/charges', undefined, shoes), 400, 'idempotency_key_missing')
  for (const bad of [
    { amount: 0 },
    { amount: 1.5 },
    { amount: '5' },
    { currency: 'uah' },
    { reference: '' },
  ]) {
    await check(provider.post('/v1/charges', 'k', { ...shoes, ...bad }), 422, 'invalid_request')
  }
  await check(provider.post('/v1/charges', 'k', '{"amount":'), 422, 'invalid_request')
  await check(provider.post('/v1/charges', 'k', 'x'.repeat(100_000)), 422, 'invalid_request')
  await check(
    provider.post('/v1/refunds', 'k', { charge: 'ch_1', amount: 1 }),
    404,
    'charge_unknown',
  )
  await check(fetch(`${provider.url}/v1/charges?limit=0`), 422, 'invalid_request')
  await check(fetch(`${provider.url}/v1/charges/ch_1`), 404, 'charge_unknown')
  await check(fetch(`${provider.url}/v2`), 404, 'not_found')
})

test('the money moves when the request arrives, though the answer takes its time', async () => {
  await using provider = await start('--delay-ms', '300')
  const before = performance.now()
  const slow = provider.post('/v1/charges', 'k1', shoes)

  let seen = 0
  while (seen === 0 && performance.now() - before < 250) {
    seen = (await json(await fetch(`${provider.url}/v1/charges?reference=payment-1`))).items.length
  }
  assert.equal(seen, 1, 'the charge is listed before it is answered')
  assert.equal((await slow).status, 201)
  assert(performance.now() - before >= 295)
})

test('with a data file charges outlive a kill, and a torn line does not stop the next start', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'test-provider-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = join(folder, 'charges.jsonl')

  let charge: Answered
  {
    await using provider = await start('--delay-ms', '0', '--data-file', file)
    charge = await json(await provider.post('/v1/charges', 'k1', shoes))
    await provider.kill('SIGKILL')
  }
  await appendFile(file, '{"key":"k2","charge":{"id":"ch_to')

  for (const key of ['k3', 'k4']) {
    await using provider = await start('--delay-ms', '0', '--data-file', file)
    assert.deepEqual(await json(await provider.post('/v1/charges', 'k1', shoes)), charge)
    assert.equal((await provider.post('/v1/charges', key, shoes)).status, 201)
  }
  await using provider = await start('--delay-ms', '0', '--data-file', file)
  assert.equal((await json(await fetch(`${provider.url}/v1/charges`))).items.length, 3)
})

test('it ends with the process that started it', async () => {
  await using provider = await start()
  const gone = once(provider.child, 'exit')
  provider.child.stdin?.end()
  assert.deepEqual(await gone, [0, null])
})
