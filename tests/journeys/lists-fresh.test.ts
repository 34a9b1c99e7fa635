/** What a process remembers of lists is never older than what a caller was told it wrote (PRF-05). */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

import { processesOf } from '../support/processes.ts'
import { A, Journey, type Json } from './journey.ts'

const journey = await Journey.begin({ processes: processesOf('2+1') })
const [, two] = journey.shop.fronts
assert(two !== undefined)
const elsewhere = journey.by(two)
after(() => journey[Symbol.asyncDispose]())

const LIST = `${A}/products?limit=5&lang=uk`

async function changed(product: Json, changes: object): Promise<string> {
  const as = await journey.token('admin')
  const { sku, name, price } = product
  const answer = await journey.call('PUT', `${A}/products/${product.id}`, {
    as,
    body: { sku, name, price, ...changes },
  })
  assert.equal(answer.status, 200, answer.text)
  return String(answer.headers['torg-position'])
}

async function listed(product: Json, position?: string): Promise<Json> {
  const headers: Record<string, string> =
    position === undefined ? {} : { 'torg-position': position }
  const page = await elsewhere.get(LIST, { headers })
  assert.equal(page.status, 200, page.text)
  return page.body.items.find((each: Json) => each.id === product.id)
}

test('a list at another process shows a change at once to who brings its position', async () => {
  const product = await journey.aProduct(2)
  for (let n = 1; n <= 15; n += 1) {
    // It is asked for again and again, so the other process has it ready.
    for (let asked = 0; asked < 3; asked += 1) await listed(product)
    const position = await changed(product, { name: `Мʼяч ${n}` })
    assert.match(position, /^\d+\.\d+$/)
    assert.equal((await listed(product, position)).name, `Мʼяч ${n}`)
  }
})

test('and within a second to everybody else', async () => {
  const product = await journey.aProduct(2)
  while ((await listed(product)) === undefined) await sleep(20)
  for (let asked = 0; asked < 3; asked += 1) await listed(product)
  await changed(product, { name: 'Інший' })
  const until = performance.now() + 1_000
  while ((await listed(product)).name !== 'Інший') {
    assert(performance.now() < until, 'a second is over')
    await sleep(10)
  }
})

test('units that are put into a cart at one process are no longer in the list of another', async () => {
  const product = await journey.aProduct(2)
  while ((await listed(product)) === undefined) await sleep(20)
  for (let asked = 0; asked < 3; asked += 1) {
    const card = await listed(product)
    assert.deepEqual([card.stock, card.availability], [2, 'low'])
  }
  const { id } = (await journey.post(`${A}/carts`)).body
  const added = await journey.post(`${A}/carts/${id}/items`, { sku: product.sku, quantity: 2 })
  assert.equal(added.status, 201, added.text)
  const card = await listed(product, String(added.headers['torg-position']))
  assert.deepEqual([card.stock, card.availability], [0, 'out'])
})

test('a position that nobody was given is refused and waits for nothing longer than a second', async () => {
  for (const position of ['x', '1', '1.', '1.2.3', '-1.5', `1.${'9'.repeat(30)}`, '7.5']) {
    const answer = await elsewhere.get(LIST, { headers: { 'torg-position': position } })
    assert.equal(answer.status, 400, position)
    assert.equal(answer.body.code, 'request.malformed')
  }
  const since = performance.now()
  const answer = await elsewhere.get(LIST, { headers: { 'torg-position': '1.999999999999' } })
  assert.equal(answer.status, 400)
  assert(performance.now() - since < 1_900)
})

test('a position of long ago waits for nothing', async () => {
  const since = performance.now()
  const answer = await elsewhere.get(LIST, { headers: { 'torg-position': '1.3' } })
  assert.equal(answer.status, 200)
  assert(performance.now() - since < 500)
})

test('the same bytes are not sent twice', async () => {
  const first = await elsewhere.get(LIST)
  const tag = String(first.headers['etag'])
  const again = await elsewhere.get(LIST, { headers: { 'if-none-match': tag } })
  assert.equal(again.status, 304)
  assert.equal(again.text, '')
})
