/** What people keep to buy some day, over HTTP. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'

import { bearer, tokenOf } from '../authorization/people.ts'
import { undocumented } from './documented.ts'
import { A, eventually, good, Journey, refused, type Json } from './journey.ts'

let journey: Journey
before(async () => {
  journey = await Journey.begin()
})
after(() => journey?.[Symbol.asyncDispose]())

const WISHES = `${A}/users/me/wishes`

/** Somebody new who is signed in, with a list of their own. */
function somebody() {
  const { headers } = { headers: bearer(tokenOf({ id: crypto.randomUUID() }, ['shopper'])) }
  return {
    add: (id: string, body: object = {}) =>
      journey.call('PUT', `${WISHES}/${id}`, { headers, body }),
    remove: (id: string) => journey.call('DELETE', `${WISHES}/${id}`, { headers }),
    merge: (items: readonly object[], key?: string) =>
      journey.post(WISHES, { items }, { headers, ...(key === undefined ? {} : { key }) }),
    list: async (query = '') => good(await journey.get(`${WISHES}${query}`, { headers })),
    products: async (): Promise<string[]> =>
      good(await journey.get(`${A}/users/me/wished-products`, { headers })).productIds,
  }
}

suite('a wishlist', () => {
  test('has what was added, the newest first, in the language that is asked for', async () => {
    const [one, two, who] = [await journey.aProduct(0), await journey.aProduct(0), somebody()]
    good(await who.add(one.id), 204)
    good(await who.add(two.id, { sku: two.sku }), 204)
    const { items, next } = await who.list('?lang=en')
    assert.deepEqual(
      items.map(({ productId, sku, name }: Json) => [productId, sku, name]),
      [
        [two.id, two.sku, `Ball ${two.sku}`],
        [one.id, null, `Ball ${one.sku}`],
      ],
    )
    assert.equal(next, null)
    assert.equal((await who.list()).items[0].name, `Мʼяч ${two.sku}`)
    assert.deepEqual(await who.products(), [two.id, one.id])
    assert.deepEqual(await somebody().products(), [], 'nobody else has it (WISHLISTS-4)')
  })

  test('is shown page by page, each product once', async () => {
    const who = somebody()
    const made = [await journey.aProduct(0), await journey.aProduct(0), await journey.aProduct(0)]
    for (const { id } of made) good(await who.add(id), 204)
    const first = await who.list('?limit=2')
    const rest = await who.list(`?limit=2&after=${first.next}`)
    const ids = [...first.items, ...rest.items].map(({ productId }: Json) => productId)
    assert.deepEqual(ids, made.map(({ id }) => id).toReversed())
    assert.equal(rest.next, null)
  })

  test('has a product once, whatever is asked at once (WISHLISTS-1)', async () => {
    const [{ id }, who] = [await journey.aProduct(0), somebody()]
    const answers = await Promise.all(Array.from({ length: 12 }, () => who.add(id)))
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([204]))
    assert.deepEqual(await who.products(), [id])
    const rows = await journey.shop.query(
      `select 1 from platform.events where type = 'wishlists.product-added' and data->>'productId' = '${id}'`,
    )
    assert.equal(rows.length, 1)
  })

  test('keeps what is not sold any more, under the name it had (WISHLISTS-3)', async () => {
    const [{ id, sku }, who] = [await journey.aProduct(0), somebody()]
    good(await who.add(id), 204)
    const as = await journey.token('admin')
    good(await journey.call('DELETE', `${A}/products/${id}`, { as }), 204)
    assert.equal((await who.list('?lang=en')).items[0].name, `Ball ${sku}`)
    await eventually(
      () => somebody().add(id),
      ({ status }) => status === 404,
    )
    refused(await somebody().add(id), 404, 'wishlists.product-unknown')
    good(await who.remove(id), 204)
    refused(await who.remove(id), 404, 'wishlists.unknown')
    assert.deepEqual(await who.products(), [])
  })

  test('takes no variant of another product, and nothing of another shop', async () => {
    const [one, two, who] = [await journey.aProduct(0), await journey.aProduct(0), somebody()]
    const foreign = await journey.aProduct(0, 'second')
    refused(await who.add(one.id, { sku: two.sku }), 404, 'wishlists.sku-unknown')
    refused(await who.add(foreign.id), 404, 'wishlists.product-unknown')
    assert.deepEqual(await who.products(), [])
  })

  test('takes along what a guest kept, once, and says what could not come (WISHLISTS-3)', async () => {
    const [one, two, who] = [await journey.aProduct(0), await journey.aProduct(0), somebody()]
    const gone = crypto.randomUUID()
    good(await who.add(one.id, { sku: one.sku }), 204)
    const kept = [{ productId: one.id }, { productId: two.id }, { productId: gone }]
    const merged = good(await who.merge(kept))
    assert.deepEqual(merged, { added: 1, left: [gone] })
    assert.deepEqual(good(await who.merge(kept)), { added: 0, left: [gone] })
    const { items } = await who.list()
    assert.deepEqual(
      items.map(({ productId, sku }: Json) => [productId, sku]),
      [
        [two.id, null],
        [one.id, one.sku],
      ],
    )
    refused(await who.merge(Array.from({ length: 31 }, () => kept[0]!)), 422, 'request.invalid')
  })
})

test('all that was answered is documented', async () => {
  assert.deepEqual(await undocumented(journey), [])
})
