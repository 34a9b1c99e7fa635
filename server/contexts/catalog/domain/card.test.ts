import assert from 'node:assert/strict'
import { test } from 'node:test'

import { cardOf, fillCard } from './card.ts'
import { presentListed, type ListedProduct } from './view.ts'

const price = { amount: 129_900, currency: 'UAH' }

function aProduct(changes: Partial<ListedProduct> = {}): ListedProduct {
  return {
    id: '5f0c1e9a-0000-4000-8000-000000000001',
    slug: 'ball',
    name: 'М’яч',
    description: '',
    category: null,
    brand: 'tovkach',
    variants: ['B-4', 'B-5'].map((sku) => ({ sku, options: [], price, weightGrams: 400 })),
    version: 3,
    created_ms: 1_795_243_528_000,
    updated_ms: 1_795_243_529_000,
    ...changes,
  }
}

function check(product: ListedProduct, stock: Record<string, number>): void {
  const free = new Map(Object.entries(stock))
  const skus = product.variants.map((variant) => variant.sku)
  const filled: unknown = JSON.parse(fillCard(cardOf(product, 'uk', 'uk'), skus, free))
  assert.deepEqual(filled, presentListed(product, 'active', free, 'uk', 'uk'))
}

test('a filled card is the product as it would be written anew', () => {
  check(aProduct(), { 'B-4': 3, 'B-5': 44 })
  check(aProduct(), { 'B-5': 1 })
  check(aProduct(), {})
})

test('no text of a product passes for a place of its stock', () => {
  for (const name of [
    '\u0001',
    '"stock":"\u0001"',
    '"stock":\u0001',
    '\\u0001',
    '"stock":"\\u0001"',
  ]) {
    check(aProduct({ name, description: name, slug: name }), { 'B-4': 1, 'B-5': 2 })
  }
})
