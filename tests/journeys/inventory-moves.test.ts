/** Goods between warehouses, a warehouse that is counted while it sells, and what was when. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { holderOf } from '../../server/contexts/inventory/domain/holder.ts'

import { undocumented } from './documented.ts'
import { A, good, Journey, refused, type Json } from './journey.ts'

let journey: Journey
let as: string
before(async () => {
  journey = await Journey.begin()
  as = await journey.token('warehouse')
})
after(() => journey?.[Symbol.asyncDispose]())

const I = `${A}/inventory`
const stockOf = async (sku: string, query = '') =>
  good(await journey.get(`${I}/stock/${sku}${query}`, { as }))
const levels = async (sku: string) =>
  Object.fromEntries(
    (await stockOf(sku)).warehouses.map(({ warehouse, onHand }: Json) => [warehouse, onHand]),
  )
const send = (sku: string, quantity: number, from = 'kyiv', to = 'lviv') =>
  journey.post(`${I}/transfers`, { from, to, lines: [{ sku, quantity }] }, { as })
const take = (id: string, body: object = {}) =>
  journey.post(`${I}/transfers/${id}/receipts`, body, { as })
const count = (id: string, sku: string, quantity: number) =>
  journey.call('PUT', `${I}/stock-takes/${id}/lines/${sku}`, { as, body: { quantity } })
const end = (id: string, verb = 'close') =>
  journey.post(`${I}/stock-takes/${id}/${verb}`, undefined, { as })
const openTake = async (warehouse = 'kyiv') =>
  good(await journey.post(`${I}/stock-takes`, { warehouse }, { as }), 201).id as string

suite('a transfer', () => {
  test('leaves one warehouse, is in neither, and comes in parts; the rest is lost for a reason', async () => {
    const { sku } = await journey.aProduct(10)
    const { id } = good(await send(sku, 6), 201)
    const onTheWay = await stockOf(sku)
    assert.equal(onTheWay.stock, 4, 'what is on its way is not for sale')
    assert.deepEqual(onTheWay.inTransit, [{ transferId: id, quantity: 6 }])

    const part = good(await take(id, { lines: [{ sku, quantity: 4 }] }), 201)
    assert.equal(part.status, 'on-the-way')
    assert.deepEqual(await levels(sku), { kyiv: 4, lviv: 4 })
    const rest = { lines: [{ sku, quantity: 1 }], lostReason: 'the box was wet' }
    assert.equal(good(await take(id, rest), 201).status, 'received')
    assert.deepEqual(await levels(sku), { kyiv: 4, lviv: 5 })
    assert.deepEqual((await stockOf(sku)).inTransit, [])

    const seen = good(await journey.get(`${I}/transfers/${id}`, { as }))
    assert.deepEqual(
      [seen.from, seen.to, seen.status, seen.lines, seen.reason],
      [
        'kyiv',
        'lviv',
        'received',
        [{ sku, sent: 6, received: 5, lost: 1, returned: 0 }],
        'the box was wet',
      ],
    )
    const moves = good(await journey.get(`${I}/stock/${sku}/movements?warehouse=lviv`, { as }))
    assert.deepEqual(
      moves.items.map(({ what, change, after: then }: Json) => [what, change, then]),
      [
        ['arrived', 1, 5],
        ['arrived', 4, 4],
      ],
    )
  })

  test('that is cancelled brings back what is still on its way', async () => {
    const { sku } = await journey.aProduct(5)
    const { id } = good(await send(sku, 5), 201)
    good(await take(id, { lines: [{ sku, quantity: 2 }] }), 201)
    const reason = { reason: 'not needed there' }
    const cancelled = await journey.post(`${I}/transfers/${id}/cancel`, reason, { as })
    assert.equal(good(cancelled).status, 'cancelled')
    assert.deepEqual(await levels(sku), { kyiv: 3, lviv: 2 })
    refused(await take(id), 409, 'inventory.transfer-over')
    const again = await journey.post(`${I}/transfers/${id}/cancel`, reason, { as })
    refused(again, 409, 'inventory.transfer-over')
  })

  test('is refused where it makes no sense, and nothing is stored', async () => {
    const { sku } = await journey.aProduct(5)
    await journey.aCart(sku, 3)
    const { id } = good(await send(sku, 1), 201)
    const elsewhere = { as: await journey.token('warehouse', 'second'), in: 'second' as const }
    const before = await journey.stored()
    refused(await send(sku, 1, 'kyiv', 'kyiv'), 409, 'inventory.same-warehouse')
    refused(await send(sku, 1, 'kyiv', 'atlantis'), 404, 'inventory.unknown-warehouse')
    // A warehouse of the shop next door is none of this one.
    refused(await send(sku, 1, 'vilnius', 'kyiv'), 404, 'inventory.unknown-warehouse')
    refused(await send('NO-SUCH-SKU', 1), 404, 'inventory.unknown-sku')
    const short = refused(await send(sku, 2), 409, 'inventory.not-enough')
    assert.deepEqual([short.wanted, short.free], [2, 1], 'what buyers hold stays where it is')
    for (const quantity of [0, -1, 1.5, 1e9 + 1, 2 ** 53, '3']) {
      refused(await send(sku, quantity as number), 422, 'request.invalid')
    }
    const twice = { from: 'kyiv', to: 'lviv', lines: [1, 1].map((quantity) => ({ sku, quantity })) }
    refused(await journey.post(`${I}/transfers`, twice, { as }), 409, 'inventory.sku-twice')
    const more = refused(
      await take(id, { lines: [{ sku, quantity: 2 }] }),
      409,
      'inventory.not-sent',
    )
    assert.deepEqual([more.wanted, more.left], [2, 1])
    const nobody = crypto.randomUUID()
    refused(await take(nobody), 404, 'inventory.unknown-transfer')
    refused(await journey.get(`${I}/transfers/${id}`, elsewhere), 404, 'inventory.unknown-transfer')
    refused(
      await journey.post(`${I}/transfers/${id}/receipts`, {}, elsewhere),
      404,
      'inventory.unknown-transfer',
    )
    assert.deepEqual(await journey.stored(), before)
  })

  test('sent twice under one key is one transfer; two who take the same goods in take them once', async () => {
    const { sku } = await journey.aProduct(10)
    const body = { from: 'kyiv', to: 'lviv', lines: [{ sku, quantity: 4 }] }
    const key = crypto.randomUUID()
    const both = await Promise.all(
      [1, 2].map(() => journey.post(`${I}/transfers`, body, { as, key })),
    )
    const [first, second] = both.map((answer) => good(answer, 201).id)
    assert.equal(first, second)
    const taken = await Promise.all([1, 2, 3].map(() => take(first)))
    assert.deepEqual(
      taken.map(({ status }) => status).toSorted((a, b) => a - b),
      [201, 409, 409],
    )
    assert.deepEqual(await levels(sku), { kyiv: 6, lviv: 4 })
  })

  test('is in the list, page by page', async () => {
    const { sku } = await journey.aProduct(9)
    const sent: string[] = []
    for (let i = 0; i < 3; i += 1) sent.unshift(good(await send(sku, 1), 201).id)
    const first = good(await journey.get(`${I}/transfers?limit=2`, { as }))
    assert.deepEqual(
      first.items.map(({ id }: Json) => id),
      sent.slice(0, 2),
    )
    const next = good(await journey.get(`${I}/transfers?limit=2&after=${first.next}`, { as }))
    assert.equal(next.items[0].id, sent[2])
  })
})

suite('a stock take', () => {
  test('books every difference in one commit, and sales in between stay sales', async () => {
    const [more, less, same] = [
      await journey.aProduct(5),
      await journey.aProduct(8),
      await journey.aProduct(3),
    ]
    const id = await openTake()
    assert.equal(good(await count(id, more.sku, 6)).variance, 1)
    assert.equal(good(await count(id, less.sku, 1)).variance, -7)
    const line = good(await count(id, less.sku, 7))
    assert.deepEqual(line, { sku: less.sku, expected: 8, counted: 7, variance: -1 })
    good(await count(id, same.sku, 3))
    await journey.aPaidOrder(less.sku, 2)
    assert.deepEqual(await levels(less.sku), { kyiv: 6 })

    assert.equal(good(await end(id)).status, 'closed')
    assert.deepEqual(await levels(more.sku), { kyiv: 6 })
    assert.deepEqual(await levels(less.sku), { kyiv: 5 }, 'seven were there and two were sold')
    assert.deepEqual(await levels(same.sku), { kyiv: 3 })
    const { status, lines } = good(await journey.get(`${I}/stock-takes/${id}`, { as }))
    assert.equal(status, 'closed')
    const variances = new Map(lines.map(({ sku, variance }: Json) => [sku, variance]))
    assert.deepEqual(
      [more, less, same].map(({ sku }) => variances.get(sku)),
      [1, -1, 0],
    )
    const moves = good(await journey.get(`${I}/stock/${less.sku}/movements`, { as }))
    const [last] = moves.items.filter(({ what }: Json) => what === 'counted')
    assert.deepEqual([last.change, last.reason], [-1, 'stock take'])
    refused(await count(id, same.sku, 1), 409, 'inventory.stock-take-over')
    refused(await end(id), 409, 'inventory.stock-take-over')
  })

  test('cannot book away what buyers hold, names them, and books nothing at all (INVENTORY-3)', async () => {
    const [held, free] = [await journey.aProduct(5), await journey.aProduct(5)]
    const cart = await journey.aCart(held.sku, 4)
    const id = await openTake()
    good(await count(id, free.sku, 9))
    good(await count(id, held.sku, 3))
    const problem = refused(await end(id), 409, 'inventory.held')
    assert.deepEqual([problem.sku, problem.wanted, problem.held], [held.sku, 3, 4])
    assert.deepEqual(
      problem.holders.map(({ holder, quantity }: Json) => [holder, quantity]),
      [[holderOf(cart), 4]],
    )
    assert.deepEqual([await levels(held.sku), await levels(free.sku)], [{ kyiv: 5 }, { kyiv: 5 }])
    good(await count(id, held.sku, 4))
    good(await end(id))
    assert.deepEqual([await levels(held.sku), await levels(free.sku)], [{ kyiv: 4 }, { kyiv: 9 }])
  })

  test('is one for each warehouse at a time; one that is abandoned books nothing', async () => {
    const { sku } = await journey.aProduct(5)
    const id = await openTake('odesa')
    const again = await journey.post(`${I}/stock-takes`, { warehouse: 'odesa' }, { as })
    refused(again, 409, 'inventory.stock-take-open')
    good(await count(id, sku, 50))
    assert.equal(good(await end(id, 'abandon')).status, 'abandoned')
    assert.deepEqual(await levels(sku), { kyiv: 5 })
    good(await end(await openTake('odesa'), 'abandon'))
    const { items } = good(await journey.get(`${I}/stock-takes?limit=2`, { as }))
    assert.deepEqual(
      items.map(({ warehouse, status }: Json) => [warehouse, status]),
      [
        ['odesa', 'abandoned'],
        ['odesa', 'abandoned'],
      ],
    )
  })

  test('is refused where it makes no sense', async () => {
    const { sku } = await journey.aProduct(1)
    const id = await openTake('lviv')
    refused(await count(id, 'NO-SUCH-SKU', 1), 404, 'inventory.unknown-sku')
    for (const quantity of [-1, 0.5, 1e9 + 1]) {
      refused(await count(id, sku, quantity), 422, 'request.invalid')
    }
    refused(await count(crypto.randomUUID(), sku, 1), 404, 'inventory.unknown-stock-take')
    const nowhere = await journey.post(`${I}/stock-takes`, { warehouse: 'vilnius' }, { as })
    refused(nowhere, 404, 'inventory.unknown-warehouse')
    const elsewhere = { as: await journey.token('warehouse', 'second'), in: 'second' as const }
    refused(
      await journey.post(`${I}/stock-takes/${id}/close`, undefined, elsewhere),
      404,
      'inventory.unknown-stock-take',
    )
    const buyer = { as: await journey.token('shopper') }
    refused(await journey.get(`${I}/stock-takes`, buyer), 403, 'auth.forbidden')
    good(await end(id, 'abandon'))
  })
})

suite('any instant', () => {
  test('can be asked what was where, who held it and why', async () => {
    const { id, sku } = await journey.aProduct(0)
    const instants: { at: string; seen: Json }[] = []
    const note = async () => {
      const { at: _, why, holds, ...seen } = await stockOf(sku)
      const short = holds.map(({ holder, warehouse, quantity }: Json) => [
        holder,
        warehouse,
        quantity,
      ])
      instants.push({ at: new Date().toISOString(), seen: { ...seen, why, holds: short } })
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
    const receipt = { sku, quantity: 9, warehouse: 'kyiv', supplierRef: 'D-1' }
    good(await journey.post(`${I}/receipts`, receipt, { as }), 201)
    await note()
    await journey.aCart(sku, 2)
    await note()
    const { id: transferId } = good(await send(sku, 3), 201)
    await note()
    await journey.aPaidOrder(sku, 1)
    await note()
    good(await take(transferId), 201)
    good(await journey.patch(`${A}/products/${id}/stock`, { delta: -1, reason: 'broken' }, { as }))
    await note()

    for (const { at, seen } of instants) {
      const { at: _, why, holds, ...then } = await stockOf(sku, `?at=${at}`)
      assert(holds.every(({ until }: Json) => until === null))
      const short = holds.map(({ holder, warehouse, quantity }: Json) => [
        holder,
        warehouse,
        quantity,
      ])
      assert.deepEqual({ ...then, why, holds: short }, seen, at)
    }
    const last = instants.at(-1)!.seen
    assert.deepEqual(
      last.why.map(({ what, warehouse, change }: Json) => [what, warehouse, change]),
      [
        ['corrected', 'kyiv', -1],
        ['arrived', 'lviv', 3],
        ['sold', 'kyiv', -1],
        ['held', 'kyiv', 0],
        ['sent', 'kyiv', -3],
        ['held', 'kyiv', 0],
        ['received', 'kyiv', 9],
      ],
    )
    const before = await stockOf(sku, '?at=2020-01-01T00:00:00Z')
    assert.deepEqual([before.stock, before.warehouses, before.why], [0, [], []])
    refused(await journey.get(`${I}/stock/${sku}?at=yesterday`, { as }), 422, 'request.invalid')
    refused(
      await journey.get(`${I}/stock/NOPE?at=2020-01-01T00:00:00Z`, { as }),
      404,
      'inventory.unknown-sku',
    )
  })
})

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
