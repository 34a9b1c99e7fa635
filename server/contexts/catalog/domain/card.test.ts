import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { VariantOption } from '../contract.ts'
import {
  cardOf,
  cardTextsOf,
  fillCard,
  isSaidIn,
  piecesOf,
  withTexts,
  type CardSource,
} from './card.ts'
import type { Standing } from './standing.ts'
import { whole } from './whole.ts'

const price = { amount: 129_900, currency: 'UAH' }

interface Sent {
  readonly name: string
  readonly description: string
  readonly stock: number
  readonly availability: string
  readonly priceFrom: { readonly amount: number }
  readonly priceTo: { readonly amount: number }
  readonly variants: readonly {
    readonly sku: string
    readonly stock: number
    readonly options: readonly unknown[]
  }[]
}

function aProduct(text = 'М’яч', amounts: readonly number[] = [1, 2]): CardSource {
  const variants = amounts.map((amount, n) => ({
    sku: `B-${n}`,
    options: [],
    price: { ...price, amount },
    weightGrams: 400,
  }))
  return {
    productId: '5f0c1e9a-0000-4000-8000-000000000001',
    facts: whole({
      slug: 'ball',
      name: { uk: text },
      description: { uk: text },
      category: null,
      brand: 'tovkach',
      variants: variants as never,
    }),
    version: 3,
    createdAt: '2026-11-21T10:00:00.000Z',
    updatedAt: '2026-11-21T10:00:01.000Z',
  }
}

function cardIn(product: CardSource, language: string): string {
  return withTexts(cardOf(product), cardTextsOf(product.facts, language, 'uk'))
}

function filled(product: CardSource, standings: Record<string, Standing>, language = 'uk'): Sent {
  const skus = product.facts.variants.map((variant) => variant.sku)
  const pieces = piecesOf(cardIn(product, language))
  const json = fillCard(pieces, skus, new Map(Object.entries(standings)))
  return JSON.parse(json) as Sent
}

test('a filled card tells the stock of each variant, of all, and the best word of them', () => {
  const low: Standing = { free: 2, word: 'low' }
  const much: Standing = { free: 40, word: 'in-stock' }
  const card = filled(aProduct(), { 'B-0': low, 'B-1': much })
  assert.equal(card.stock, 42)
  assert.deepEqual(
    card.variants.map(({ stock }) => stock),
    [2, 40],
  )
  assert.equal(card.availability, 'in-stock')
  assert.equal(filled(aProduct(), { 'B-1': low }).availability, 'low')
  assert.equal(filled(aProduct(), {}).availability, 'out')
  assert.equal(filled(aProduct(), {}).stock, 0)
  assert.equal(
    filled(aProduct(), { 'B-0': { free: 0, word: 'preorder' } }).availability,
    'preorder',
  )
})

test('a card tells the prices of the cheapest and the dearest variant', () => {
  const { priceFrom, priceTo } = filled(aProduct('Мʼяч', [300, 100, 200]), {})
  assert.deepEqual([priceFrom.amount, priceTo.amount], [100, 300])
})

test('each text of a card is in the language asked for, else in the first of the shop', () => {
  const size = (n: number): VariantOption => ({
    code: 'size',
    valueCode: String(n),
    name: { uk: 'Розмір', en: 'Size' },
    value: { uk: `№ ${n}` },
  })
  const product = aProduct()
  const variants = product.facts.variants.map((variant, n) => ({ ...variant, options: [size(n)] }))
  const facts = { ...product.facts, name: { uk: 'М’яч', en: 'Ball' }, variants }
  const shown = filled({ ...product, facts }, {}, 'en')
  assert.equal(shown.name, 'Ball')
  assert.equal(shown.description, 'М’яч')
  assert.deepEqual(
    shown.variants.map(({ options }) => options),
    [0, 1].map((n) => [{ code: 'size', valueCode: String(n), name: 'Size', value: `№ ${n}` }]),
  )
})

test('a card that was written whole, in one language, is shown as it is', () => {
  const old = cardIn(aProduct(), 'uk')
  assert.equal(withTexts('', old), old)
  // A process of before that edits a product in an upgrade leaves what languages share as it was.
  assert.equal(withTexts(cardOf(aProduct()), old), old)
})

test('no text of a product passes for a place of its stock or of another text', () => {
  for (const text of [
    '\u0001',
    '\u0002',
    '\\u0002',
    '"name":"\u0002"',
    '"name":\u0002',
    '$1',
    '"stock":"\u0001"',
    '"stock":\u0001',
    '\\u0001',
    '"stock":"\\u0001"',
    '"availability":"\u0001"',
  ]) {
    const card = filled(aProduct(text), { 'B-0': { free: 7, word: 'in-stock' } })
    assert.deepEqual([card.name, card.description, card.stock], [text, text, 7])
  }
})

test('what others say of a product comes with it, and is nothing when nobody says anything', () => {
  const skus = ['B-0', 'B-1']
  const pieces = piecesOf(cardIn(aProduct(), 'uk'))
  const said = {
    salePrice: { amount: 90_000, currency: 'UAH' },
    wasPrice: null,
    rating: { average: 13 / 3, count: 3 },
  }
  const saidIn = (json: string) => {
    const { salePrice, wasPrice, rating } = JSON.parse(json) as typeof said
    return { salePrice, wasPrice, rating }
  }
  assert.deepEqual(saidIn(fillCard(pieces, skus, new Map(), said)), said)
  const nothing = { salePrice: null, wasPrice: null, rating: null }
  assert.deepEqual(saidIn(fillCard(pieces, skus, new Map())), nothing)
})

test('a card is one line, and says so much of a long description', () => {
  const text = `${'слово '.repeat(1_000)}\n\r\u2028😀`
  const json = cardIn(aProduct(text), 'uk')
  assert.doesNotMatch(json, /[\n\r]/)
  const { description } = filled(aProduct(text), {})
  assert.match(description, /слово…$/)
  assert(description.length <= 301)
})

test('a card where nothing is said in a language is that of the first', () => {
  const product = aProduct()
  const said = (facts: Partial<CardSource['facts']>): void => {
    const other = { ...product, facts: { ...product.facts, ...facts } }
    assert.equal(isSaidIn(other.facts, 'en'), true)
    assert.notEqual(cardIn(other, 'en'), cardIn(other, 'uk'))
  }
  assert.equal(isSaidIn(product.facts, 'en'), false)
  assert.equal(cardIn(product, 'en'), cardIn(product, 'uk'))

  const size = { code: 'size', valueCode: '5', name: { uk: 'Розмір' }, value: { uk: 'П’ять' } }
  const sized = (option: VariantOption): CardSource['facts']['variants'] =>
    product.facts.variants.map((variant) => ({ ...variant, options: [option] }))
  said({ name: { uk: 'М’яч', en: 'Ball' } })
  said({ description: { uk: 'Круглий', en: 'Round' } })
  said({ variants: sized({ ...size, name: { ...size.name, en: 'Size' } }) })
  said({ variants: sized({ ...size, value: { ...size.value, en: 'Five' } }) })
})
