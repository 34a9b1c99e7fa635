import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('./main.ts', import.meta.url))

class Running implements AsyncDisposable {
  readonly url: string
  readonly child: ChildProcess

  constructor(url: string, child: ChildProcess) {
    this.url = url
    this.child = child
  }

  post(path: string, key: string | undefined, body: unknown): Promise<Response> {
    return fetch(this.url + path, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const gone = once(this.child, 'exit')
    this.child.kill(signal)
    await gone
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill('SIGKILL')
  }
}

async function start(...args: string[]): Promise<Running> {
  const child = spawn(process.execPath, [program, '--with-parent', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    return new Running((JSON.parse(line) as { url: string }).url, child)
  }
  throw new Error('The provider ended before it listened.')
}

/** Whatever the provider answers, as far as these tests look. */
interface Answered {
  readonly id: string
  readonly createdAt: string
  readonly items: readonly Answered[]
  readonly error: { readonly code: string }
}

async function json(response: Response): Promise<Answered> {
  return (await response.json()) as Answered
}

const shoes = { amount: 129_900, currency: 'UAH', reference: 'payment-1' }

test('charges, refunds and lists over HTTP', async () => {
  await using provider = await start('--delay-ms', '0')

  const first = await provider.post('/v1/charges', 'k1', shoes)
  assert.equal(first.status, 201)
  const charge = await json(first)
  assert.match(charge.id, /^ch_/)
  assert.match(charge.createdAt, /^20..-..-..T.*Z$/)
  const { id, createdAt, ...rest } = charge
  assert.deepEqual(rest, { status: 'succeeded', amountRefunded: 0, ...shoes })

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
