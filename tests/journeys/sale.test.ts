/** A sale from every side of the counter: guest, shopper, staff, and the shop next door. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { undocumented } from './documented.ts'
import { A, eventually, good, Journey, refused, TERMS, type Json } from './journey.ts'

let journey: Journey
before(async () => {
  journey = await Journey.begin()
})
after(() => journey?.[Symbol.asyncDispose]())

suite('a guest', () => {
  test('buys something from the list, and nobody else can look over the shoulder', async () => {
    const list = good(await journey.get(`${A}/products?limit=5&lang=en`))
    const product = list.items.find((each: Json) => each.stock > 2)
    const cart = good(await journey.post(`${A}/carts`), 201)
    assert.equal(cart.status, 'open')
    assert.deepEqual(cart.total, { amount: 0, currency: 'UAH' })

    const item = { sku: product.sku, quantity: 2 }
    const added = good(await journey.post(`${A}/carts/${cart.id}/items`, item), 201)
    assert.deepEqual(added.line.unitPrice, product.price)
    assert.equal(added.total.amount, 2 * product.price.amount)
    assert.ok(Date.parse(added.line.heldUntil) > Date.now())

    const seen = good(await journey.get(`${A}/carts/${cart.id}?lang=en`))
    assert.equal(seen.lines[0].name, product.name)
    assert.deepEqual(seen.total, added.total)

    const order = good(await journey.post(`${A}/orders`, { cartId: cart.id, ...TERMS }), 201)
    assert.equal(order.status, 'reserved')
    assert.match(order.number, /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
    assert.ok(order.delivery.amount > 0)
    assert.equal(order.total.amount, order.items.amount + order.delivery.amount)
    assert.deepEqual(order.payment, { id: order.paymentId, status: 'pending' })

    const { orderToken, payment } = {
      orderToken: order.token,
      payment: `${A}/payments/${order.paymentId}`,
    }
    refused(await journey.get(`${A}/orders/${order.id}`), 404, 'orders.unknown')
    refused(await journey.get(payment), 404, 'payments.unknown')
    refused(await journey.post(`${payment}/process`), 404, 'payments.unknown')

    const paid = good(await journey.post(`${payment}/process`, undefined, { orderToken }))
    assert.equal(paid.status, 'succeeded')
    assert.deepEqual(paid.amount, order.total)
    assert.ok(paid.transactionId)

    const confirmed = good(await journey.get(`${A}/orders/${order.id}`, { orderToken }))
    assert.equal(confirmed.status, 'confirmed')
    assert.equal(confirmed.email, TERMS.email)
    assert.deepEqual(confirmed.shippingAddress, TERMS.shippingAddress)
    const closed = good(await journey.get(`${A}/carts/${cart.id}`))
    assert.equal(`${closed.status} ${closed.orderId}`, `closed ${order.id}`)

    const charges = await journey.shop.charges()
    const mine = charges.filter(({ reference }) => reference === order.paymentId)
    assert.deepEqual(
      mine.map(({ amount, currency }) => ({ amount, currency })),
      [order.total],
    )

    const payments = await eventually(
      async () => good(await journey.get(`${A}/payments/order/${order.id}`, { orderToken })),
      ({ items }) => items.length > 0,
    )
    assert.deepEqual(payments.items, [paid])
  })

  test('changes a cart until it fits: units that leave it are free again', async () => {
    const { sku } = await journey.aProduct(10)
    const cart = await journey.aCart(sku, 4)
    const line = `${A}/carts/${cart}/items/${sku}`
    assert.equal(await journey.freeUnits(sku), 6)

    assert.equal(good(await journey.patch(line, { quantity: 9 })).line.quantity, 9)
    assert.equal(await journey.freeUnits(sku), 1)
    const more = { sku, quantity: 2 }
    const shortage = refused(
      await journey.post(`${A}/carts/${cart}/items`, more),
      409,
      'inventory.not-enough',
    )
    assert.deepEqual([shortage.wanted, shortage.free], [11, 10])

    const stale = refused(
      await journey.patch(line, { quantity: 1, version: 1 }),
      409,
      'cart.version-stale',
    )
    good(await journey.patch(line, { quantity: 1, version: stale.version }))
    good(await journey.call('DELETE', line))
    assert.equal(await journey.freeUnits(sku), 10)
    refused(await journey.call('DELETE', line), 404, 'cart.line-unknown')
  })

  test('cancels before paying; the units are free and the payment takes no money', async () => {
    const { sku } = await journey.aProduct(3)
    const order = await journey.anOrder(sku, 3)
    const asked = { orderToken: order.token }
    assert.equal(await journey.freeUnits(sku), 0)
    refused(await journey.post(`${A}/orders/${order.id}/cancel`), 404, 'orders.unknown')

    const cancelled = good(await journey.post(`${A}/orders/${order.id}/cancel`, {}, asked))
    assert.equal(`${cancelled.status} ${cancelled.reason}`, 'cancelled buyer')
    assert.equal(await journey.freeUnits(sku), 3)
    const closed = await journey.post(`${A}/payments/${order.paymentId}/process`, {}, asked)
    assert.equal(refused(closed, 409, 'payments.closed').status, 409)
    refused(
      await journey.post(`${A}/orders/${order.id}/cancel`, {}, asked),
      409,
      'orders.illegal-move',
    )
  })

  test('buys one product without a cart, by its id or its SKU', async () => {
    const { id: productId, sku } = await journey.aProduct(5)
    const byId = good(await journey.post(`${A}/orders`, { productId, quantity: 2, ...TERMS }), 201)
    const bySku = good(await journey.post(`${A}/orders`, { sku, quantity: 3, ...TERMS }), 201)
    assert.deepEqual([byId.lines[0].quantity, bySku.lines[0].quantity], [2, 3])
    assert.equal(await journey.freeUnits(sku), 0)
  })

  test('comes for the goods, and need not say where home is', async () => {
    const { sku } = await journey.aProduct(1)
    const cartId = await journey.aCart(sku)
    const { shippingAddress: _, ...terms } = { ...TERMS, deliveryMethod: 'pickup' }
    const order = good(await journey.post(`${A}/orders`, { cartId, ...terms }), 201)
    assert.equal(order.delivery.amount, 0)
    const seen = await journey.get(`${A}/orders/${order.id}`, { orderToken: order.token })
    assert.equal(good(seen).email, terms.email)
    assert.equal('shippingAddress' in seen.body, false)
    const [row] = await journey.shop.query<{ is: boolean }>(
      'select shipping_address is null as is from orders.contacts where order_id = $1',
      [order.id],
    )
    assert.equal(row?.is, true)
  })

  test('agrees to a total, and is told when it is another', async () => {
    const { sku, price } = await journey.aProduct(5)
    const cartId = await journey.aCart(sku)
    const low = { amount: price.amount, currency: 'UAH' }
    const changed = refused(
      await journey.post(`${A}/orders`, { cartId, ...TERMS, expectedTotal: low }),
      409,
      'pricing.changed',
    )
    const expectedTotal = changed.total
    assert.ok(expectedTotal.amount > price.amount, 'the delivery is in the total')
    good(await journey.post(`${A}/orders`, { cartId, ...TERMS, expectedTotal }), 201)
  })
})

suite('a signed-in shopper', () => {
  test('finds own orders and payments again, and those of nobody else', async () => {
    const [as, id] = [await journey.token('shopper'), await journey.userId('shopper')]
    const { sku } = await journey.aProduct(10)
    const first = await journey.aPaidOrder(sku, 1, { as })
    const second = await journey.anOrder(sku, 2, { as })
    assert.equal(first.userId, id)

    const orders = await eventually(
      async () => good(await journey.get(`${A}/orders/user/${id}`, { as })),
      ({ items }) => items.length === 2 && items[1].status === 'confirmed',
    )
    assert.deepEqual(
      orders.items.map((each: Json) => each.id),
      [second.id, first.id],
    )
    const page = good(await journey.get(`${A}/orders/user/${id}?limit=1`, { as }))
    const after = encodeURIComponent(page.next)
    const next = good(await journey.get(`${A}/orders/user/${id}?limit=1&after=${after}`, { as }))
    assert.deepEqual([page.items[0].id, next.items[0].id], [second.id, first.id])
    assert.equal(next.next, null)

    const payments = good(await journey.get(`${A}/payments/user/${id}`, { as }))
    assert.deepEqual(
      payments.items.map((each: Json) => `${each.orderId} ${each.status}`),
      [`${second.id} pending`, `${first.id} succeeded`],
    )
    // No token of the order is needed: the order is one's own.
    assert.equal(good(await journey.get(`${A}/orders/${first.id}`, { as })).status, 'confirmed')

    const courier = { as: await journey.token('courier') }
    refused(await journey.get(`${A}/orders/${first.id}`, courier), 404, 'orders.unknown')
    refused(await journey.get(`${A}/orders/user/${id}`, courier), 403, 'auth.forbidden')
    refused(await journey.get(`${A}/payments/user/${id}`, courier), 403, 'auth.forbidden')
    refused(await journey.get(`${A}/users/${id}`, courier), 404, 'identity.user-unknown')
    refused(await journey.get(`${A}/orders/user/${id}`), 401, 'auth.required')
  })

  test('opens a guest’s order with its token, and cancelling it is the buyer’s doing', async () => {
    const { sku } = await journey.aProduct(1)
    const order = await journey.anOrder(sku)
    const asked = { as: await journey.token('shopper'), orderToken: order.token }
    const cancelled = good(await journey.post(`${A}/orders/${order.id}/cancel`, {}, asked))
    assert.equal(cancelled.reason, 'buyer')
  })
})

suite('the staff', () => {
  test('cancel an unpaid order: its units are free again', async () => {
    const as = await journey.token('admin')
    const { sku } = await journey.aProduct(2)
    const order = await journey.anOrder(sku, 2)
    const moved = await journey.patch(
      `${A}/orders/${order.id}/status`,
      { status: 'cancelled' },
      { as },
    )
    assert.equal(`${good(moved).status} ${good(moved).reason}`, 'cancelled staff')
    assert.equal(await journey.freeUnits(sku), 2)
  })

  test('hand over a paid order, once; an unpaid one they cannot', async () => {
    const as = await journey.token('admin')
    const { sku } = await journey.aProduct(5)
    const unpaid = await journey.anOrder(sku)
    const to = (id: string, status: string) =>
      journey.patch(`${A}/orders/${id}/status`, { status }, { as })
    const wrong = refused(await to(unpaid.id, 'fulfilled'), 409, 'orders.illegal-move')
    assert.equal(wrong.detail, 'The order is reserved; from there it cannot become fulfilled.')
    refused(await to(unpaid.id, 'confirmed'), 409, 'orders.illegal-move')

    const paid = await journey.aPaidOrder(sku)
    assert.equal(good(await to(paid.id, 'fulfilled')).status, 'fulfilled')
    refused(await to(paid.id, 'fulfilled'), 409, 'orders.illegal-move')
    refused(await to(paid.id, 'cancelled'), 409, 'orders.illegal-move')
    refused(await to(paid.id, 'created'), 409, 'orders.illegal-move')
  })

  test('give a part of the money back, then the rest, and never more', async () => {
    const as = await journey.token('admin')
    const { sku } = await journey.aProduct(2)
    const { total, paymentId } = await journey.aPaidOrder(sku, 2)
    const refund = `${A}/payments/${paymentId}/refund`
    const part = { amount: 100, currency: 'UAH' }

    const once = good(await journey.post(refund, { amount: part, reason: 'a scratch' }, { as }))
    assert.equal(once.status, 'partially-refunded')
    assert.deepEqual(once.refunded, part)
    const above = refused(
      await journey.post(refund, { amount: total, reason: 'all of it' }, { as }),
      409,
      'payments.refund-above-paid',
    )
    assert.equal(above.free, total.amount - 100)

    const rest = good(await journey.post(refund, { reason: 'returned' }, { as }))
    assert.equal(rest.status, 'refunded')
    assert.deepEqual(rest.refunded, total)
    refused(
      await journey.post(refund, { reason: 'again' }, { as }),
      409,
      'payments.refund-above-paid',
    )
    const charge = (await journey.shop.charges()).find(({ reference }) => reference === paymentId)
    assert.equal(charge?.amountRefunded, total.amount)
  })

  test('see an order as it was at any moment of its life', async () => {
    const as = await journey.token('admin')
    const { sku } = await journey.aProduct(1)
    const order = await journey.anOrder(sku)
    await new Promise((resolve) => setTimeout(resolve, 5))
    const paying = { orderToken: order.token }
    good(await journey.post(`${A}/payments/${order.paymentId}/process`, undefined, paying))

    const asOf = (instant: string) =>
      journey.get(`${A}/orders/${order.id}?asOf=${encodeURIComponent(instant)}`, { as })
    assert.equal(good(await asOf(new Date(Date.now() + 60_000).toISOString())).status, 'confirmed')
    assert.equal(
      good(await asOf(new Date(Date.parse(order.createdAt) + 2).toISOString())).status,
      'reserved',
    )
    refused(await asOf('2020-01-01T00:00:00Z'), 404, 'orders.unknown')
    // RFC 3339 knows leap seconds and offsets.
    refused(await asOf('2016-12-31T23:59:60Z'), 404, 'orders.unknown')
    assert.equal(good(await asOf('2099-01-01T00:00:00+02:00')).status, 'confirmed')
    for (const wrong of ['2026-02-30T00:00:00Z', 'yesterday', '2026-01-01', '']) {
      refused(await asOf(wrong), 422, 'request.invalid')
    }
  })
})

suite('the shop next door', () => {
  test('has its own products, currency and language', async () => {
    const shop = good(await journey.get(`${A}/shop`, { in: 'second' }))
    assert.deepEqual([shop.slug, shop.currency, shop.languages[0]], ['second', 'EUR', 'en'])
    const [here, there] = [
      good(await journey.get(`${A}/products?limit=100`)),
      good(await journey.get(`${A}/products?limit=100`, { in: 'second' })),
    ]
    const ids = new Set(here.items.map((each: Json) => each.id))
    assert.ok(there.items.length > 40)
    assert.ok(there.items.every((each: Json) => !ids.has(each.id) && each.price.currency === 'EUR'))
    assert.ok(here.items.every((each: Json) => each.price.currency === 'UAH'))
  })

  test('sells the same way, in its own currency and from its own warehouse', async () => {
    const { sku } = await journey.aProduct(2, 'second', 4_990)
    const order = await journey.aPaidOrder(sku, 2, { in: 'second' })
    assert.deepEqual(order.items, { amount: 9_980, currency: 'EUR' })
    assert.equal(await journey.freeUnits(sku, 'second'), 0)
    refused(
      await journey.get(`${A}/orders/${order.id}`, { orderToken: order.token }),
      404,
      'orders.unknown',
    )
    const unknown = await journey.post(`${A}/carts/${await journey.aCart()}/items`, {
      sku,
      quantity: 1,
    })
    assert.equal(refused(unknown, 404, 'cart.sku-unknown').sku, sku)
  })

  test('has its own accounts: a token of one shop opens nothing in the other', async () => {
    const as = await journey.token('admin')
    for (const path of ['users', 'inventory/warehouses', 'products', 'shop']) {
      const answer = await journey.get(`${A}/${path}`, { as, in: 'second' })
      refused(answer, 401, 'auth.token-invalid')
    }
    assert.notEqual(await journey.userId('admin'), await journey.userId('admin', 'second'))
  })
})

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
