/** The same key and body give the same answer, and one effect (requirement R3). */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'

import { undocumented } from './documented.ts'
import { A, eventually, good, Journey, refused, TERMS, type Ask, type Json } from './journey.ts'

let journey: Journey
let admin: string
before(async () => {
  journey = await Journey.begin()
  admin = await journey.token('admin')
})
after(() => journey?.[Symbol.asyncDispose]())

interface Keyed {
  readonly method: 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  /** Another body, or another path, that the key must not be good for. */
  readonly other: { readonly path?: string; readonly body?: unknown }
  readonly ask?: Ask
  /** Whether what goes on after the answer is over. */
  readonly over?: (answered: Json) => Promise<boolean>
}

let place = 0
const name = () => `idem-${(place += 1)}`
const text = (word: string) => ({ uk: word, ru: word, en: word })

const I = `${A}/inventory`

async function aTransfer(): Promise<{ id: string; body: Json }> {
  const { sku } = await journey.aProduct(0)
  const delivery = { sku, warehouse: 'kyiv', quantity: 9, supplierRef: 'D-1' }
  good(await journey.post(`${I}/receipts`, delivery, { as: admin }), 201)
  const body = { from: 'kyiv', to: 'lviv', lines: [{ sku, quantity: 2 }] }
  return { id: good(await journey.post(`${I}/transfers`, body, { as: admin }), 201).id, body }
}

async function aStockTake(warehouse: string): Promise<string> {
  return good(await journey.post(`${I}/stock-takes`, { warehouse }, { as: admin }), 201).id
}

async function aQuestion(): Promise<string> {
  const { id } = await journey.aProduct(0)
  const body = { name: 'Олена', text: `Words ${name()}` }
  const ask = { as: await journey.token('shopper') }
  return good(await journey.post(`${A}/products/${id}/questions`, body, ask), 201).id
}

/** A return that is asked for, its address, and the order it is of. */
async function aReturn(): Promise<{ order: Json; body: Json; path: string }> {
  const { sku } = await journey.aProduct(5)
  const order = await journey.aPaidOrder(sku, 3)
  const body = { lines: [{ sku, quantity: 1 }], reason: 'wrong-size' }
  const path = `${A}/orders/${order.id}/returns`
  const { id } = good(await journey.post(path, body, { orderToken: order.token }), 201)
  return { order, body, path: `${A}/returns/${id}` }
}

async function aSchedule(): Promise<string> {
  const body = { name: 'x', kind: 'stock', rhythm: { every: 'hours', hours: 168 }, to: {} }
  return good(await journey.post(`${A}/admin/exchange-schedules`, body, { as: admin }), 201).id
}

/** An import that is not over when the next request comes, and changes nothing. */
async function anImport(): Promise<string> {
  const table = `sku;warehouse;quantity\n${'none;kyiv;7\n'.repeat(30_000)}`
  const ask = { as: admin, headers: { 'content-type': 'text/csv' } }
  const path = `${A}/admin/imports?kind=stock&mode=trial`
  return good(await journey.post(path, table, ask), 202).id
}

/** One request for every operation that takes a key, each ready to be sent. */
const operations: Readonly<Record<string, () => Promise<Keyed>>> = {
  async registerUser() {
    const body = {
      email: `${name()}@example.test`,
      username: 'olena',
      password: 'kayak over the dam 9!',
      birthDate: '1994-05-17',
    }
    return {
      method: 'POST',
      path: `${A}/users/register`,
      body,
      other: { body: { ...body, username: 'o' } },
    }
  },
  async createProduct() {
    const body = { sku: name(), name: text('Мʼяч'), price: { amount: 100, currency: 'UAH' } }
    const other = { body: { ...body, price: { amount: 1, currency: 'UAH' } } }
    return { method: 'POST', path: `${A}/products`, body, other, ask: { as: admin } }
  },
  async mergeProduct() {
    const { id } = await journey.aProduct(5)
    const body = { name: { en: 'Ball' } }
    const other = { body: { name: { en: 'Bell' } } }
    return { method: 'PATCH', path: `${A}/products/${id}`, body, other, ask: { as: admin } }
  },
  async addCategory() {
    const body = { slug: name(), name: text('Гольф') }
    const other = { body: { ...body, name: text('Поло') } }
    return { method: 'POST', path: `${A}/categories`, body, other, ask: { as: admin } }
  },
  async addBrand() {
    const body = { slug: name(), name: 'Tee' }
    const other = { body: { ...body, name: 'Toe' } }
    return { method: 'POST', path: `${A}/brands`, body, other, ask: { as: admin } }
  },
  async correctStock() {
    const { id } = await journey.aProduct(5)
    const body = { delta: -2, reason: 'broken' }
    const other = { body: { delta: -3, reason: 'broken' } }
    return { method: 'PATCH', path: `${A}/products/${id}/stock`, body, other, ask: { as: admin } }
  },
  async receiveGoods() {
    const { sku } = await journey.aProduct(0)
    const body = { sku, warehouse: 'kyiv', quantity: 5, supplierRef: 'D-1' }
    const other = { body: { ...body, quantity: 6 } }
    return { method: 'POST', path: `${A}/inventory/receipts`, body, other, ask: { as: admin } }
  },
  async createCart() {
    const { sku } = await journey.aProduct(5)
    const items = `${A}/carts/${await journey.aCart()}/items`
    return {
      method: 'POST',
      path: `${A}/carts`,
      other: { path: items, body: { sku, quantity: 1 } },
    }
  },
  async addCartItem() {
    const { sku } = await journey.aProduct(5)
    const path = `${A}/carts/${await journey.aCart()}/items`
    return {
      method: 'POST',
      path,
      body: { sku, quantity: 2 },
      other: { body: { sku, quantity: 3 } },
    }
  },
  async setCartItem() {
    const { sku } = await journey.aProduct(5)
    const path = `${A}/carts/${await journey.aCart(sku)}/items/${sku}`
    return { method: 'PATCH', path, body: { quantity: 3 }, other: { body: { quantity: 4 } } }
  },
  async removeCartItem() {
    const { sku } = await journey.aProduct(5)
    const [mine, another] = [await journey.aCart(sku), await journey.aCart(sku)]
    const path = `${A}/carts/${mine}/items/${sku}`
    return { method: 'DELETE', path, other: { path: `${A}/carts/${another}/items/${sku}` } }
  },
  async claimCart() {
    const { sku } = await journey.aProduct(5)
    const [mine, another] = [await journey.aCart(sku), await journey.aCart(sku)]
    return {
      method: 'POST',
      path: `${A}/carts/${mine}/claim`,
      other: { path: `${A}/carts/${another}/claim` },
      ask: { as: admin },
    }
  },
  async placeOrder() {
    const { sku } = await journey.aProduct(5)
    const body = { cartId: await journey.aCart(sku), ...TERMS }
    const other = { body: { ...body, deliveryMethod: 'pickup' } }
    return { method: 'POST', path: `${A}/orders`, body, other }
  },
  async cancelOrder() {
    const { sku } = await journey.aProduct(5)
    const [order, another] = [await journey.anOrder(sku), await journey.anOrder(sku)]
    return {
      method: 'POST',
      path: `${A}/orders/${order.id}/cancel`,
      other: { path: `${A}/orders/${another.id}/cancel` },
      ask: { as: admin },
    }
  },
  async cancelCheckout() {
    const { sku } = await journey.aProduct(5)
    const [order, another] = [await journey.anOrder(sku), await journey.anOrder(sku)]
    return {
      method: 'POST',
      path: `${A}/checkouts/${order.id}/cancel`,
      other: { path: `${A}/checkouts/${another.id}/cancel` },
      ask: { as: admin },
    }
  },
  async setOrderStatus() {
    const { sku } = await journey.aProduct(5)
    const { id } = await journey.aPaidOrder(sku)
    const path = `${A}/orders/${id}/status`
    const other = { body: { status: 'cancelled' } }
    return { method: 'PATCH', path, body: { status: 'fulfilled' }, other, ask: { as: admin } }
  },
  async openPayment() {
    const { sku } = await journey.aProduct(5)
    const order = await journey.anOrder(sku)
    // Nothing of the API declines yet (the test provider says yes), so the log says it did.
    await journey.shop.query(
      `insert into platform.events (tenant_id, stream, version, type, data, cause, era, at)
       select tenant_id, stream, version + 1, 'payment.declined', '{"reason":"test"}', 'test', era, at
       from platform.events where stream = $1 and version = 1`,
      [`payment/${order.paymentId}`],
    )
    await journey.shop.query(`update platform.streams set version = 2 where stream = $1`, [
      `payment/${order.paymentId}`,
    ])
    const body = { orderId: order.id, method: 'card' }
    const other = { body: { ...body, method: 'cash' } }
    return { method: 'POST', path: `${A}/payments`, body, other, ask: { orderToken: order.token } }
  },
  async processPayment() {
    const { sku } = await journey.aProduct(5)
    const [order, another] = [await journey.anOrder(sku), await journey.anOrder(sku)]
    return {
      method: 'POST',
      path: `${A}/payments/${order.paymentId}/process`,
      other: { path: `${A}/payments/${another.paymentId}/process` },
      ask: { orderToken: order.token },
    }
  },
  async sendTransfer() {
    const { body } = await aTransfer()
    const other = { body: { ...body, to: 'odesa' } }
    return { method: 'POST', path: `${I}/transfers`, body, other, ask: { as: admin } }
  },
  async receiveTransfer() {
    const { id } = await aTransfer()
    const other = { body: { lostReason: 'it fell off' } }
    const path = `${I}/transfers/${id}/receipts`
    return { method: 'POST', path, body: {}, other, ask: { as: admin } }
  },
  async cancelTransfer() {
    const { id } = await aTransfer()
    const [body, other] = [{ reason: 'the road is closed' }, { body: { reason: 'another' } }]
    return { method: 'POST', path: `${I}/transfers/${id}/cancel`, body, other, ask: { as: admin } }
  },
  async openStockTake() {
    const [body, other] = [{ warehouse: 'kyiv' }, { body: { warehouse: 'odesa' } }]
    return { method: 'POST', path: `${I}/stock-takes`, body, other, ask: { as: admin } }
  },
  async closeStockTake() {
    const take = `${I}/stock-takes/${await aStockTake('lviv')}`
    const other = { path: `${take}/abandon` }
    return { method: 'POST', path: `${take}/close`, other, ask: { as: admin } }
  },
  async abandonStockTake() {
    const take = `${I}/stock-takes/${await aStockTake('odesa')}`
    const other = { path: `${take}/close` }
    return { method: 'POST', path: `${take}/abandon`, other, ask: { as: admin } }
  },
  async countStockTakeLine() {
    const { sku } = await journey.aProduct(5)
    const path = `${I}/stock-takes/${await aStockTake('lviv')}/lines/${sku}`
    const other = { body: { quantity: 8 } }
    return { method: 'PUT', path, body: { quantity: 7 }, other, ask: { as: admin } }
  },
  async refundPayment() {
    const { sku } = await journey.aProduct(5)
    const { paymentId } = await journey.aPaidOrder(sku)
    const body = { amount: { amount: 100, currency: 'UAH' }, reason: 'a scratch' }
    const other = { body: { ...body, reason: 'another' } }
    return {
      method: 'POST',
      path: `${A}/payments/${paymentId}/refund`,
      body,
      other,
      ask: { as: admin },
    }
  },
  async addSynonym() {
    const body = { words: ['sphere'], also: ['ball'] }
    const other = { body: { ...body, also: ['bell'] } }
    return { method: 'POST', path: `${A}/search/synonyms`, body, other, ask: { as: admin } }
  },
  async keepMyAddress() {
    const body = { name: 'Олена', line1: 'Хрещатик 1', city: 'Київ', country: 'UA', isUsual: false }
    const other = { body: { ...body, line1: 'Хрещатик 2' } }
    const ask = { as: await journey.token('shopper') }
    return { method: 'POST', path: `${A}/users/me/addresses`, body, other, ask }
  },
  async mergeWishes() {
    const [one, two] = [await journey.aProduct(0), await journey.aProduct(0)]
    const body = { items: [{ productId: one.id }] }
    const other = { body: { items: [{ productId: two.id }] } }
    const ask = { as: await journey.token('shopper') }
    return { method: 'POST', path: `${A}/users/me/wishes`, body, other, ask }
  },
  async requestReturn() {
    const { order, body } = await aReturn()
    const path = `${A}/orders/${order.id}/returns`
    const other = { body: { ...body, reason: 'damaged' } }
    return { method: 'POST', path, body, other, ask: { orderToken: order.token } }
  },
  async withdrawReturn() {
    const { path } = await aReturn()
    const other = { path: `${(await aReturn()).path}/withdraw` }
    return { method: 'POST', path: `${path}/withdraw`, other, ask: { as: admin } }
  },
  async approveReturn() {
    const { path } = await aReturn()
    const other = { path: `${path}/decline`, body: { because: 'too late' } }
    return { method: 'POST', path: `${path}/approve`, other, ask: { as: admin } }
  },
  async declineReturn() {
    const { path } = await aReturn()
    const other = { body: { because: 'worn' } }
    const body = { because: 'broken by the buyer' }
    return { method: 'POST', path: `${path}/decline`, body, other, ask: { as: admin } }
  },
  async writeReview() {
    const { id } = await journey.aProduct(0)
    const body = { name: 'Олена', text: `Words ${name()}`, rating: 4 }
    const path = `${A}/products/${id}/reviews`
    const ask = { as: await journey.token('shopper') }
    return { method: 'POST', path, body, other: { body: { ...body, rating: 5 } }, ask }
  },
  async askQuestion() {
    const { id } = await journey.aProduct(0)
    const body = { name: 'Олена', text: `Words ${name()}` }
    const path = `${A}/products/${id}/questions`
    const ask = { as: await journey.token('shopper') }
    return { method: 'POST', path, body, other: { body: { ...body, text: 'Others' } }, ask }
  },
  async answerContribution() {
    const path = `${A}/contributions/${await aQuestion()}`
    good(await journey.post(`${path}/show`, undefined, { as: admin }))
    const body = { name: 'Torg', text: `Words ${name()}` }
    const other = { body: { ...body, text: 'Others' } }
    return { method: 'POST', path: `${path}/answers`, body, other, ask: { as: admin } }
  },
  async showContribution() {
    const [one, two] = [await aQuestion(), await aQuestion()]
    const path = (id: string): string => `${A}/contributions/${id}/show`
    return { method: 'POST', path: path(one), other: { path: path(two) }, ask: { as: admin } }
  },
  async refuseContribution() {
    const path = `${A}/contributions/${await aQuestion()}/refuse`
    const other = { body: { because: 'copied' } }
    return { method: 'POST', path, body: { because: 'other' }, other, ask: { as: admin } }
  },
  async beginImport() {
    const path = `${A}/admin/imports?kind=stock&mode=trial`
    const table = (sku: string): string => `sku,warehouse,quantity\n${sku},kyiv,7\n`
    const over = async ({ id }: Json): Promise<boolean> =>
      good(await journey.get(`${A}/admin/imports/${id}`, { as: admin })).state === 'done'
    const other = { body: table('two') }
    return { method: 'POST', path, body: table('one'), other, ask: { as: admin }, over }
  },
  async createExchangeSchedule() {
    const path = `${A}/admin/exchange-schedules`
    const body = { name: 'x', kind: 'stock', rhythm: { every: 'hours', hours: 168 }, to: {} }
    const other = { body: { ...body, name: 'y' } }
    return { method: 'POST', path, body, other, ask: { as: admin } }
  },
  async runExchangeSchedule() {
    const [one, two] = [await aSchedule(), await aSchedule()]
    const path = (id: string): string => `${A}/admin/exchange-schedules/${id}/run`
    const over = async (): Promise<boolean> => {
      const runs = good(await journey.get(`${path(one)}s`, { as: admin })).items
      return runs[0].state === 'done'
    }
    return { method: 'POST', path: path(one), other: { path: path(two) }, ask: { as: admin }, over }
  },
  async cancelImport() {
    const one = await anImport()
    const path = (id: string): string => `${A}/admin/imports/${id}/cancel`
    const other = { path: path(crypto.randomUUID()) }
    // The batch that was under way has ended as well.
    const over = async (): Promise<boolean> => {
      const before = await journey.stored()
      await new Promise((resolve) => setTimeout(resolve, 300))
      return isDeepStrictEqual(await journey.stored(), before)
    }
    return { method: 'POST', path: path(one), other, ask: { as: admin }, over }
  },
}

suite('a key', () => {
  test('is taken by every request that would do more when it is repeated, and by no test forgotten', async () => {
    const { paths } = good(await journey.get('/openapi.json'))
    const keyed = Object.values(paths as Record<string, Record<string, Json>>)
      .flatMap((methods) => Object.entries(methods))
      .filter(([, { parameters }]) =>
        parameters?.some((each: Json) => each.name === 'Idempotency-Key'),
      )
      .map(([, { operationId }]) => operationId)
    assert.deepEqual(new Set(keyed), new Set(Object.keys(operations)))
  })

  for (const [id, prepare] of Object.entries(operations)) {
    test(`of ${id} answers a repeat as it answered first, and nothing else`, async () => {
      const { method, path, body, other, ask = {}, over } = await prepare()
      const key = `key-of-${id}`
      const first = await journey.call(method, path, { ...ask, body, key })
      assert.ok([200, 201, 202].includes(first.status), JSON.stringify(first.body))
      assert.equal(first.headers['idempotent-replayed'], undefined)
      if (over !== undefined)
        await eventually(
          () => over(first.body),
          (isOver) => isOver,
        )
      const before = await journey.stored()

      const headers = { 'x-idempotency-key': key }
      for (const repeat of [
        await journey.call(method, path, { ...ask, body, key }),
        await journey.call(method, path, { ...ask, body, headers }),
      ]) {
        assert.equal(repeat.headers['idempotent-replayed'], 'true')
        assert.equal(repeat.status, first.status)
        assert.deepEqual(repeat.body, first.body)
        assert.equal(repeat.headers.location, first.headers.location)
        assert.equal(repeat.headers.etag, first.headers.etag)
      }
      const { path: otherPath = path, body: otherBody = body } = other
      const misused = await journey.call(method, otherPath, { ...ask, body: otherBody, key })
      refused(misused, 422, 'request.key-reused')
      assert.deepEqual(await journey.stored(), before, 'a repeat changes nothing')
    })
  }

  test('used twice at once has one effect and two equal answers', async () => {
    const { sku } = await journey.aProduct(5)
    const cartId = await journey.aCart(sku, 2)
    const ask = { key: 'at-once' }
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => journey.post(`${A}/orders`, { cartId, ...TERMS }, ask)),
    )
    const [first] = answers
    for (const each of answers) assert.deepEqual(good(each, 201), first?.body)
    const events = await journey.shop.query(
      `select type from platform.events where stream = $1 and type = 'cart.closed'`,
      [`cart/${cartId}`],
    )
    assert.equal(events.length, 1)
  })

  test('is not used up by a request that was refused', async () => {
    const { id, sku } = await journey.aProduct(1)
    const path = `${A}/carts/${await journey.aCart()}/items`
    const item = { sku, quantity: 2 }
    refused(await journey.post(path, item, { key: 'later' }), 409, 'inventory.not-enough')
    const more = { delta: 1, reason: 'found one' }
    good(await journey.patch(`${A}/products/${id}/stock`, more, { as: admin }))
    good(await journey.post(path, item, { key: 'later' }), 201)
  })

  test('belongs to its caller: another’s is another', async () => {
    const ask = { as: admin, key: 'mine' }
    const mine = good(await journey.post(`${A}/carts`, undefined, ask), 201)
    const shopper = { as: await journey.token('shopper'), key: 'mine' }
    const theirs = good(await journey.post(`${A}/carts`, undefined, shopper), 201)
    const next = good(
      await journey.post(`${A}/carts`, undefined, { in: 'second', key: 'mine' }),
      201,
    )
    assert.equal(new Set([mine.id, theirs.id, next.id]).size, 3)

    // Two guests behind one address cannot be told apart, but only one has the token of the order.
    const order = await journey.aPaidOrder((await journey.aProduct(1)).sku)
    const path = `${A}/payments/${order.paymentId}/process`
    const guest = { orderToken: order.token, key: 'same' }
    good(await journey.post(path, undefined, guest))
    good(await journey.post(path, undefined, guest))
    refused(await journey.post(path, undefined, { key: 'same' }), 404, 'payments.unknown')
  })

  test('that is no key is refused before anything happens', async () => {
    const long = await journey.post(`${A}/carts`, undefined, { key: 'k'.repeat(256) })
    assert.equal(refused(long, 422, 'request.key-too-long').length, 256)
    good(await journey.post(`${A}/carts`, undefined, { key: 'k'.repeat(255) }), 201)
    for (const headers of [
      { 'idempotency-key': '' },
      { 'idempotency-key': 'a b' },
      { 'idempotency-key': 'ключ'.replace(/./g, '\u00ff') },
      { 'idempotency-key': 'one', 'x-idempotency-key': 'two' },
    ]) {
      refused(await journey.post(`${A}/carts`, undefined, { headers }), 422, 'request.invalid')
    }
  })
})

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
