import assert from 'node:assert/strict'
import { suite, test } from 'node:test'

import type { Wished, WishlistEvent } from '../contract.ts'
import { add, merge, MOST_WISHES, remove, type Wishlist, wishlists } from './wishlist.ts'

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const after = (list: Wishlist, events: readonly WishlistEvent[]): Wishlist =>
  events.reduce((now, event) => wishlists.apply(now, event, { version: 1, at: 0 }), list)
const many = (count: number, from = 0): Wished[] =>
  Array.from({ length: count }, (_, number) => ({ productId: id(from + number) }))
const listOf = (wished: readonly Wished[]): Wishlist =>
  after(wishlists.initial, merge(wishlists.initial, wished).events)

suite('a wishlist', () => {
  test('has a product once, as the variant that was chosen last (WISHLISTS-1)', () => {
    const list = listOf([{ productId: id(1), sku: 'RED' }])
    assert.deepEqual(add(list, { productId: id(1), sku: 'RED' }), { ok: true, value: [] })
    assert.deepEqual(add(list, { productId: id(1) }), { ok: true, value: [] })
    const blue = add(list, { productId: id(1), sku: 'BLUE' })
    assert.ok(blue.ok)
    assert.deepEqual(after(list, blue.value), { skus: { [id(1)]: 'BLUE' } })
  })

  test('takes 200 products and no more (WISHLISTS-2)', () => {
    const list = listOf(many(MOST_WISHES))
    assert.equal(Object.keys(list.skus).length, 200)
    const refused = add(list, { productId: id(999) })
    assert.deepEqual(refused, { ok: false, refusal: { code: 'wishlists.full', most: 200 } })
    // What is on it may still become another variant.
    assert.ok(add(list, { productId: id(0), sku: 'RED' }).ok)
    const removed = remove(list, id(0))
    assert.ok(removed.ok)
    assert.ok(add(after(list, removed.value), { productId: id(999) }).ok)
  })

  test('takes of several as many as there is room for, and says which are left (WISHLISTS-2)', () => {
    const { events, left } = merge(listOf(many(198)), many(5, 500))
    assert.deepEqual(
      events.map(({ productId }) => productId),
      [id(500), id(501)],
    )
    assert.deepEqual(left, [id(502), id(503), id(504)])
  })

  test('keeps what it has when a guest’s comes along, once or twice (WISHLISTS-3)', () => {
    const list = listOf([{ productId: id(1), sku: 'RED' }])
    const guests: Wished[] = [
      { productId: id(1), sku: 'BLUE' },
      { productId: id(2) },
      { productId: id(2), sku: 'M' },
    ]
    const once = after(list, merge(list, guests).events)
    assert.deepEqual(once, { skus: { [id(1)]: 'RED', [id(2)]: 'M' } })
    assert.deepEqual(merge(once, guests), { events: [], left: [] })
  })

  test('loses what is removed, which cannot be removed again', () => {
    const list = listOf(many(2))
    const removed = remove(list, id(0))
    assert.ok(removed.ok)
    const now = after(list, removed.value)
    assert.deepEqual(now, { skus: { [id(1)]: null } })
    assert.deepEqual(remove(now, id(0)), {
      ok: false,
      refusal: { code: 'wishlists.unknown', productId: id(0) },
    })
  })
})
