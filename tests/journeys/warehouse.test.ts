/** A day in the warehouse: goods come, are counted and corrected, and every number can be explained. */
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

const receive = (sku: string, quantity: number, warehouse = 'kyiv') =>
  journey.post(`${A}/inventory/receipts`, { sku, quantity, warehouse, supplierRef: 'D-17' }, { as })
const correct = (productId: string, correction: object) =>
  journey.patch(`${A}/products/${productId}/stock`, correction, { as })
const stockOf = async (sku: string) =>
  good(await journey.get(`${A}/inventory/stock/${sku}`, { as }))
const movementsOf = async (sku: string, query = '') =>
  good(await journey.get(`${A}/inventory/stock/${sku}/movements${query}`, { as }))

suite('a warehouse', () => {
  test('explains why it is 47', async () => {
    const { id, sku } = await journey.aProduct(0)
    assert.equal(good(await receive(sku, 40), 201).onHand, 40)
    good(await receive(sku, 12), 201)
    good(await correct(id, { delta: -3, reason: 'broken in the rain' }))
    await journey.aPaidOrder(sku, 2)
    const cart = await journey.aCart(sku, 5)

    const { stock, warehouses, holds } = await stockOf(sku)
    assert.equal(stock, 42)
    assert.deepEqual(warehouses, [{ warehouse: 'kyiv', onHand: 47, held: 5, free: 42 }])
    assert.deepEqual(
      holds.map(({ holder, warehouse, quantity }: Json) => [holder, warehouse, quantity]),
      [[holderOf(cart), 'kyiv', 5]],
    )

    const { items, next } = await movementsOf(sku)
    assert.equal(next, null)
    const changes: number[] = items.map(({ change }: Json) => change)
    assert.equal(
      changes.reduce((sum, change) => sum + change, 0),
      47,
      'the changes sum to what is on hand',
    )
    const told = items.filter(({ change }: Json) => change !== 0)
    assert.deepEqual(
      told.map(({ what, change, after: then, reason }: Json) => [what, change, then, reason]),
      [
        ['sold', -2, 47, null],
        ['corrected', -3, 49, 'broken in the rain'],
        ['received', 12, 52, 'D-17'],
        ['received', 40, 40, 'D-17'],
      ],
    )
    assert.equal(items[0].what, 'held')
    assert.equal(items[0].holder, holderOf(cart))
  })

  test('reads its movements page by page, without a gap and without a repeat', async () => {
    const { sku } = await journey.aProduct(0)
    for (let i = 1; i <= 7; i += 1) good(await receive(sku, i), 201)
    const whole = (await movementsOf(sku)).items
    assert.equal(whole.length, 7)

    const pages: Json[] = []
    let after: string | null = ''
    while (after !== null) {
      const query: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`
      const page: Json = await movementsOf(sku, `?limit=3${query}`)
      pages.push(...page.items)
      after = page.next
      // What happens meanwhile is newer than the page and changes nothing on it.
      if (pages.length === 3) good(await receive(sku, 100), 201)
    }
    assert.deepEqual(pages, whole)
    assert.equal(pages.at(0).after, 28)
  })

  test('counts: the whole shop at once, or one place', async () => {
    const { id, sku } = await journey.aProduct(0)
    good(await receive(sku, 5, 'kyiv'), 201)
    good(await receive(sku, 7, 'lviv'), 201)

    const one = good(await correct(id, { quantity: 4, warehouse: 'lviv', reason: 'count' }))
    assert.equal(one.stock, 9)
    const whole = good(await correct(id, { quantity: 100, reason: 'count' }))
    assert.equal(whole.stock, 100)
    assert.deepEqual(
      whole.warehouses.map(({ warehouse, onHand }: Json) => [warehouse, onHand]),
      [
        ['kyiv', 100],
        ['lviv', 0],
        ['odesa', 0],
      ],
    )
    assert.equal(good(await journey.get(`${A}/products/${id}`)).stock, 100)
    const moves = (await movementsOf(sku, '?warehouse=lviv')).items
    assert.deepEqual(
      moves.map(({ what, change, reason }: Json) => [what, change, reason]),
      [
        ['counted', -4, 'count'],
        ['counted', -3, 'count'],
        ['received', 7, 'D-17'],
      ],
    )
  })

  test('cannot count below what buyers hold, and is told how many that is', async () => {
    const { id, sku } = await journey.aProduct(10)
    await journey.aCart(sku, 6)
    const before = await stockOf(sku)

    const held = refused(await correct(id, { quantity: 5, reason: 'count' }), 409, 'inventory.held')
    assert.equal(
      held.detail,
      `You counted 5 of ${sku} in kyiv, but 6 are held there. Let carts or orders go first.`,
    )
    assert.deepEqual([held.wanted, held.held, held.warehouse], [5, 6, 'kyiv'])
    const short = refused(
      await correct(id, { delta: -5, reason: 'broken' }),
      409,
      'inventory.not-enough',
    )
    assert.deepEqual([short.wanted, short.free], [5, 4])
    assert.deepEqual(await stockOf(sku), before)
    good(await correct(id, { quantity: 6, reason: 'count' }))
    assert.equal(await journey.freeUnits(sku), 0)
  })

  test('takes in nothing for a SKU or a place it does not know', async () => {
    const { id, sku } = await journey.aProduct(1)
    refused(await receive('NO-SUCH-SKU', 1), 404, 'inventory.unknown-sku')
    refused(await receive(sku, 1, 'atlantis'), 404, 'inventory.unknown-warehouse')
    // A warehouse of the shop next door is none of this one.
    refused(await receive(sku, 1, 'vilnius'), 404, 'inventory.unknown-warehouse')
    const nowhere = { quantity: 1, warehouse: 'atlantis', reason: 'count' }
    refused(await correct(id, nowhere), 404, 'inventory.unknown-warehouse')
    const other = { quantity: 1, sku: 'NO-SUCH-SKU', reason: 'count' }
    refused(await correct(id, other), 404, 'inventory.unknown-sku')
    refused(
      await correct(crypto.randomUUID(), { quantity: 1, reason: 'count' }),
      404,
      'inventory.unknown-product',
    )
    const nothing = await journey.get(`${A}/inventory/stock/NO-SUCH-SKU`, { as })
    refused(nothing, 404, 'inventory.unknown-sku')
    const moves = await journey.get(`${A}/inventory/stock/${sku}/movements?warehouse=atlantis`, {
      as,
    })
    refused(moves, 404, 'inventory.unknown-warehouse')
  })

  test('corrects a variant of its own by its SKU', async () => {
    const admin = await journey.token('admin')
    const draft = {
      name: { uk: 'Кросівки', ru: 'Кроссовки', en: 'Shoes' },
      price: { amount: 500_000, currency: 'UAH' },
      variants: ['41', '42'].map((size) => ({
        sku: `SHOE-${size}`,
        options: [{ code: 'size', valueCode: size }],
      })),
    }
    const product = good(await journey.post(`${A}/products`, draft, { as: admin }), 201)
    good(await correct(product.id, { quantity: 3, sku: 'SHOE-42', reason: 'count' }))
    const seen = good(await journey.get(`${A}/products/${product.id}`))
    assert.deepEqual(
      seen.variants.map(({ sku, stock }: Json) => [sku, stock]),
      [
        ['SHOE-41', 0],
        ['SHOE-42', 3],
      ],
    )
    assert.equal(seen.stock, 3)
  })
})

test('no answer of this journey is missing in the documentation', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
