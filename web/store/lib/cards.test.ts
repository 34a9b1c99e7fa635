import assert from 'node:assert/strict'
import { test } from 'node:test'

import { mainPrices } from './cards.ts'

const uah = (amount: number) => ({ amount, currency: 'UAH' })

test('a card without a sale has the least of its variants, and says whether others cost more', () => {
  const told = { least: uah(100), most: uah(300), salePrice: null, wasPrice: null }
  const card = { priceFrom: uah(100), isFrom: true, was: null }
  assert.deepEqual(mainPrices(product(told)), card)
})

test('on sale a single price is the lower one, with the lowest of the days before', () => {
  const told = { least: uah(100), most: uah(100), salePrice: uah(85), wasPrice: uah(95) }
  const card = { priceFrom: uah(85), isFrom: false, was: uah(95) }
  assert.deepEqual(mainPrices(product(told)), card)
})

test('of several prices a sale only lowers where they begin, and says no former price', () => {
  const first = { least: uah(100), most: uah(300), salePrice: uah(85), wasPrice: uah(100) }
  const dear = { ...first, salePrice: uah(255), wasPrice: uah(300) }
  const card = (from: number) => ({ priceFrom: uah(from), isFrom: true, was: null })
  assert.deepEqual(mainPrices(product(first)), card(85))
  assert.deepEqual(mainPrices(product(dear)), card(100))
})

function product<T>(prices: T) {
  return { id: '1', slug: 'ball', name: 'Ball', picture: null, rating: null, ...prices }
}
