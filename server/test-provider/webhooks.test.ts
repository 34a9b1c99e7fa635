import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { json, Shop, shoes, start } from './running.testing.ts'

const SECRET = Buffer.alloc(32, 7)
const signing = ['--delay-ms', '0', '--webhook-secret', `whsec_${SECRET.toString('base64')}`]

test('news is delivered once, signed as Standard Webhooks say, without addresses of the shop', async () => {
  await using shop = await Shop.open()
  await using provider = await start(...signing)
  const notify = `http://demo.localhost:${shop.port}/api/webhooks`
  const wanted = { ...shoes, notify, returnTo: 'http://demo.localhost/done' }
  const charge = await json(await provider.post('/v1/charges', 'k1', wanted))
  await shop.has(1)
  await provider.post('/v1/refunds', 'r1', { charge: charge.id, amount: 900 })
  const [first, second] = await shop.has(2)
  assert(first !== undefined && second !== undefined)

  const { headers, text, news } = first
  assert.equal(headers['host'], `demo.localhost:${shop.port}`)
  assert.equal(headers['webhook-id'], news.id)
  const signed = `${news.id}.${String(headers['webhook-timestamp'])}.${text}`
  const hmac = createHmac('sha256', SECRET).update(signed).digest('base64')
  assert.equal(headers['webhook-signature'], `v1,${hmac}`)
  assert(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000) < 60)

  assert.equal(news.type, 'charge.succeeded')
  const {
    data: {
      charge: { id, status },
    },
  } = news
  assert.deepEqual([id, status], [charge.id, 'succeeded'])
  assert(!text.includes('notify') && !text.includes('returnTo'))
  assert.equal(second.news.type, 'refund.succeeded')
  assert.equal(second.news.data.refund?.key, 'r1')

  await provider.post('/v1/charges', 'k1', wanted)
  await sleep(100)
  assert.equal(shop.deliveries.length, 2, 'a repeated request is no news')
})

test('a shop that says no is told again with back-off until it says yes, and not after', async () => {
  await using shop = await Shop.open()
  await using provider = await start(...signing, '--webhook-url', shop.url)
  shop.status = 503
  await provider.post('/v1/charges', 'k1', shoes)
  await shop.has(2)
  shop.status = 200
  const told = await shop.has(3)
  await sleep(1000)
  assert.equal(told.length, 3)
  assert.equal(new Set(told.map(({ news }) => news.id)).size, 1)
})

test('it gives up after so many tries, and at once when the shop says 410', async () => {
  await using shop = await Shop.open()
  await using provider = await start(...signing, '--webhook-url', shop.url, '--webhook-tries', '2')
  shop.status = 500
  await provider.post('/v1/charges', 'k1', shoes)
  await shop.has(2)
  shop.status = 410
  await provider.post('/v1/charges', 'k2', shoes)
  await shop.has(3)
  await sleep(700)
  assert.equal(shop.deliveries.length, 3)
})

test('what was not delivered when the provider was killed is delivered after the next start', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'test-provider-'))
  t.after(() => rm(folder, { recursive: true }))
  const args = [...signing, '--data-file', join(folder, 'charges.jsonl')]
  await using shop = await Shop.open()
  {
    await using provider = await start(...args)
    await provider.post('/v1/charges', 'k1', { ...shoes, notify: shop.url })
    await shop.has(1)
    shop.status = 503
    await provider.post('/v1/charges', 'k2', { ...shoes, notify: shop.url })
    await provider.post('/v1/charges', 'k3', {
      ...shoes,
      method: 'card-declined',
      notify: shop.url,
    })
    await shop.has(3)
    await provider.kill('SIGKILL')
  }
  shop.deliveries.length = 0
  shop.status = 204
  await using provider = await start(...args)
  const types = (await shop.has(2)).map(({ news }) => news.type)
  assert.deepEqual(types, ['charge.succeeded', 'charge.declined'])
  await provider.kill('SIGTERM')
  shop.deliveries.length = 0
  await using last = await start(...args)
  await sleep(300)
  assert.equal(shop.deliveries.length, 0, `${last.url} tells nothing twice`)
})

test('deliveries are lost, sent twice, late or out of order, as it is told', async () => {
  await using shop = await Shop.open()
  await using provider = await start(...signing, '--webhook-url', shop.url)
  const charge = async (key: string) => {
    const { id } = await json(await provider.post('/v1/charges', key, shoes))
    return id
  }
  await provider.faults({ webhooks: { lost: 1 } })
  await charge('lost')
  await sleep(200)
  assert.equal(shop.deliveries.length, 0)

  await provider.faults({ webhooks: { twice: 1 } })
  await charge('twice')
  const [one, other] = await shop.has(2)
  assert.equal(one?.news.id, other?.news.id)

  shop.deliveries.length = 0
  await provider.faults({ webhooks: { shuffled: 1 } })
  const first = await charge('first')
  await provider.faults({})
  const second = await charge('second')
  const order = (await shop.has(2)).map(({ news }) => news.data.charge.id)
  assert.deepEqual(order, [second, first])

  shop.deliveries.length = 0
  await provider.faults({ seed: 4, webhooks: { late: 1 } })
  const since = performance.now()
  await Promise.all(Array.from({ length: 5 }, (_, n) => charge(`late${n}`)))
  await shop.has(5)
  assert(performance.now() - since > 100)
})

test('without a secret nobody is told anything', async () => {
  await using shop = await Shop.open()
  await using provider = await start('--delay-ms', '0', '--webhook-url', shop.url)
  await provider.post('/v1/charges', 'k1', shoes)
  await sleep(200)
  assert.equal(shop.deliveries.length, 0)
})
