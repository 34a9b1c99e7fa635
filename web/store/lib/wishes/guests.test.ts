import assert from 'node:assert/strict'
import { suite, test } from 'node:test'

import { MOST_OF_GUEST, read, withoutWish, withWish, written } from './guests.ts'

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

suite('what a guest wishes for', () => {
  test('is read as it was written', () => {
    for (const wish of [{ productId: id(7) }, { productId: id(7), sku: 'RED~42' }]) {
      assert.deepEqual(read(written(wish)), wish)
    }
  })

  test('is kept without a variant whose code is too long for a cookie', () => {
    assert.deepEqual(read(written({ productId: id(7), sku: 'X'.repeat(25) })), { productId: id(7) })
  })

  test('is a product once, and the one that was wished for last is the last', () => {
    const first = withWish(withWish([], { productId: id(1) }) ?? [], { productId: id(2) }) ?? []
    const again = withWish(first, { productId: id(1), sku: 'RED' }) ?? []
    assert.deepEqual(again.map(read), [{ productId: id(2) }, { productId: id(1), sku: 'RED' }])
    assert.deepEqual(withoutWish(again, id(1)).map(read), [{ productId: id(2) }])
  })

  test('is thirty products and no more, of which each may still become another variant', () => {
    let wishes: readonly string[] = []
    for (let n = 0; n < MOST_OF_GUEST; n += 1) wishes = withWish(wishes, { productId: id(n) }) ?? []
    assert.equal(wishes.length, 30)
    assert.equal(withWish(wishes, { productId: id(99) }), undefined)
    assert.equal(withWish(wishes, { productId: id(3), sku: 'RED' })?.length, 30)
  })
})
