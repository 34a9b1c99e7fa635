/** Open pages hear of prices and availability as they change, whichever process they are at (CAT-13). */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { openPage, type Heard, type LivePage } from '../support/live-page.ts'
import { processesOf } from '../support/processes.ts'
import { A, good, Journey, type Json } from './journey.ts'

const journey = await Journey.begin({
  processes: processesOf('2+1'),
  env: { LIVE_CONNECTIONS_PER_ADDRESS: '20' },
})
const [one, two] = journey.shop.fronts
assert(one !== undefined && two !== undefined)
const pages: LivePage[] = []
after(async () => {
  for (const page of pages) page.close()
  await journey[Symbol.asyncDispose]()
})

async function open(at = one!, headers: Record<string, string> = {}): Promise<LivePage> {
  const page = await openPage(at.url, { headers })
  pages.push(page)
  return page
}

async function watching(product: Json, at = one!): Promise<LivePage> {
  const page = await open(at)
  page.send({ subscribe: [product.id] })
  await page.next(({ productId }) => productId === product.id)
  return page
}

async function reprice(product: Json, amount: number): Promise<void> {
  const as = await journey.token('admin')
  const body = { sku: product.sku, name: product.name, price: { amount, currency: 'UAH' } }
  const done = await journey.call('PUT', `${A}/products/${product.id}`, { as, body })
  assert.equal(done.status, 200, done.text)
}

const within = async (page: LivePage, from: number, fits: (heard: Heard) => boolean) => {
  const since = performance.now()
  const heard = await page.next(fits, from)
  const ms = performance.now() - since
  assert(ms < 1_000, `heard after ${ms.toFixed(0)} ms`)
  return heard
}

test('LIVE-2: a price and the purchase of the last unit reach pages at every process within a second', async () => {
  const product = await journey.aProduct(1, 'demo', 50_000)
  const here = await watching(product)
  const there = await watching(product, two)
  for (const page of [here, there]) {
    const [first] = page.heard
    assert.equal(first?.price?.amount, 50_000)
    assert.equal(first?.availability, 'low')
  }

  const before = [here.heard.length, there.heard.length]
  await reprice(product, 45_000)
  for (const [n, page] of [here, there].entries()) {
    const heard = await within(page, before[n] ?? 0, ({ price }) => price?.amount === 45_000)
    assert.equal(heard.version, 2)
  }
  const cart = await journey.aCart(product.sku)
  assert(cart !== '')
  for (const page of [here, there]) {
    await within(page, 1, ({ availability }) => availability === 'out')
  }
})

test('LIVE-2: one of several variants is sold out, and pages hear which', async () => {
  const as = await journey.token('admin')
  const [small, large] = [crypto.randomUUID(), crypto.randomUUID()]
  const variant = (sku: string, size: string) => ({
    sku,
    price: { amount: 50_000, currency: 'UAH' },
    options: [{ code: 'size', valueCode: size }],
  })
  const name = { uk: `М’яч ${small}`, en: `Ball ${small}` }
  const draft = { name, variants: [variant(small, 'S'), variant(large, 'L')] }
  const product = good(await journey.post(`${A}/products`, draft, { as }), 201)
  const setUnits = async (sku: string, quantity: number): Promise<void> => {
    const body = { sku, quantity, reason: 'for a test' }
    good(await journey.patch(`${A}/products/${product.id}/stock`, body, { as }))
  }
  await setUnits(small, 9)
  await setUnits(large, 9)
  const page = await watching(product)
  await page.next(({ variants }) => variants?.every((each) => each.availability !== 'out') === true)
  const before = page.heard.length
  await setUnits(small, 0)
  const { availability, variants } = await within(
    page,
    before,
    ({ variants: told }) => told?.some((each) => each.availability === 'out') === true,
  )
  assert.notEqual(availability, 'out')
  assert.deepEqual(
    variants?.map((each) => [each.sku, each.availability === 'out']),
    [
      [small, true],
      [large, false],
    ],
  )
})

test('LIVE-1: no page hears how many units there are', async () => {
  const product = await journey.aProduct(37)
  const page = await watching(product)
  assert.deepEqual(Object.keys(page.heard[0] ?? {}).toSorted(), [
    'availability',
    'position',
    'price',
    'productId',
    'version',
  ])
  assert.equal(page.heard[0]?.availability, 'in-stock')
})

test('LIVE-2: however often a product changes, a page hears of it twice a second, the newest last', async () => {
  const product = await journey.aProduct(5, 'demo', 1_000)
  const page = await watching(product)
  const since = performance.now()
  for (let amount = 1_001; amount <= 1_030; amount += 1) await reprice(product, amount)
  await page.next(({ price }) => price?.amount === 1_030)
  const seconds = (performance.now() - since) / 1_000
  assert(page.heard.length <= 2 + 2 * seconds + 1, `${page.heard.length} in ${seconds} s`)
})

test('a product that is archived is gone, and one the shop never had was never there', async () => {
  const product = await journey.aProduct(1)
  const page = await watching(product)
  const nobody = crypto.randomUUID()
  page.send({ subscribe: [nobody] })
  await page.next(({ productId, gone }) => productId === nobody && gone === true)
  await journey.call('DELETE', `${A}/products/${product.id}`, { as: await journey.token('admin') })
  await within(page, 1, ({ productId, gone }) => productId === product.id && gone === true)
})

test('LIVE-5: a page that comes back hears what it missed, and nothing older than it had heard', async () => {
  const product = await journey.aProduct(3, 'demo', 2_000)
  const page = await watching(product)
  await reprice(product, 2_100)
  const { position } = await page.next(({ price }) => price?.amount === 2_100)
  page.close()
  await reprice(product, 2_200)
  const back = await open(two)
  back.send({ subscribe: [product.id], since: position })
  const first = await back.next(({ productId }) => productId === product.id)
  assert((first.price?.amount ?? 0) >= 2_100)
  await back.next(({ price }) => price?.amount === 2_200)

  back.send({ subscribe: [product.id], since: '1.999999999999' })
  const refused = await back.next(({ error }) => error !== undefined)
  assert.equal(refused.error?.code, 'live.behind')
})

test('LIVE-3: of more products than a page may hear of it hears of none, and goes on', async () => {
  const page = await open()
  const ids = Array.from({ length: 100 }, () => crypto.randomUUID())
  page.send({ subscribe: ids })
  await page.next(({ productId }) => productId === ids[99])
  page.send({ subscribe: [crypto.randomUUID()] })
  const refused = await page.next(({ error }) => error !== undefined)
  assert.deepEqual(refused.error, { code: 'live.too-many-products', limit: 100 })
  page.send({ unsubscribe: ids.slice(0, 1), subscribe: [crypto.randomUUID()] })
  await page.next(({ gone }) => gone === true, 101)
})

test('what is no message is refused, and who sends too many or too long ones is hung up on', async () => {
  const page = await open()
  for (const bad of [
    '{',
    '[]',
    'null',
    '{"subscribe":"x"}',
    '{"subscribe":["x"]}',
    '{"since":"now"}',
    '{"hello":1}',
    `{"subscribe":${JSON.stringify(Array.from({ length: 101 }, () => crypto.randomUUID()))}}`,
  ]) {
    const from = page.heard.length
    page.send(bad)
    const { error } = await page.next(() => true, from)
    assert.equal(error?.code, 'live.message-invalid', bad)
  }
  for (let n = 0; n < 40; n += 1) page.send({})
  assert.equal((await page.untilClosed()).code, 1008)
  const long = await open()
  long.send(' '.repeat(9_000))
  // Or the rest of it was on its way when the server hung up.
  assert([1009, 1006].includes((await long.untilClosed()).code))
})

test('a page of another site is refused, one of the shop and a program are let in', async () => {
  const port = new URL(one.url).port
  for (const origin of ['https://evil.example', 'null', `http://second.localhost:${port}`]) {
    await assert.rejects(open(one, { origin }), /answered 403/)
  }
  await open(one, { origin: `http://demo.localhost:${port}` })
  const plain = await journey.get(`${A}/live`)
  assert.equal(plain.status, 426)
  assert.equal(plain.body.code, 'live.upgrade-needed')
  await assert.rejects(openPage(one.url, { host: 'nobody.localhost' }), /answered 404/)
})

test('what else wants to become something else is answered as it is', async () => {
  const answer = await journey.get(`${A}/products?limit=1`, {
    headers: { connection: 'Upgrade', upgrade: 'h2c' },
  })
  assert.equal(answer.status, 200)
})

test('LIVE-3: an address that has too many open pages gets no more until one is closed', async () => {
  const many: LivePage[] = []
  const refused = async (): Promise<string> => {
    for (let n = 0; n < 30; n += 1) {
      try {
        many.push(await open(two))
      } catch (error) {
        return String(error)
      }
    }
    return 'never'
  }
  assert.match(await refused(), /answered 429/)
  for (const page of many) page.close()
  await sleep(200)
  await open(two)
})

test('a process that stops tells its pages to come back', async () => {
  const product = await journey.aProduct(1)
  const page = await watching(product, two)
  const stopping = two.kill('SIGTERM')
  assert.deepEqual(await page.untilClosed(), {
    code: 1012,
    reason: 'The server restarts; come back.',
  })
  await stopping
})
