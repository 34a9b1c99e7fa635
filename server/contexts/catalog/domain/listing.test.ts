import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import { listedSkus, pricePlace, skuOf, sortKey, termsOf, unitsIn } from './listing.ts'
import { whole } from './whole.ts'

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

test('names are in the order of the alphabet, not of the code points', () => {
  const ukrainian = ['Абрикос', 'ґава', 'єдиноріг', 'Ібіс', 'їжак', 'йогурт', 'мʼяч', 'ящик']
  const keys = ukrainian.map(sortKey)
  assert.deepEqual(keys.toSorted(byBytes), keys)
  assert.deepEqual(
    ['ґ', 'г', 'д', 'и', 'і', 'ї', 'й', 'е', 'є', 'ж', 'ё'].toSorted((a, b) =>
      byBytes(sortKey(a), sortKey(b)),
    ),
    ['г', 'ґ', 'д', 'е', 'ё', 'є', 'ж', 'и', 'і', 'ї', 'й'],
  )
  assert.equal(sortKey('Ärmel'), sortKey('armel'))
  assert.equal(sortKey('  «Ball» — 5 '), 'ball 5')
})

test('no name makes a key that is long, or that reads as the end of a place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const key = sortKey(name)
      assert(key.length <= 80)
      assert.doesNotMatch(key, /[\t\n\0]/)
      assert(key.isWellFormed())
    }),
  )
})

test('places by price are in the order of prices', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000_000), fc.nat(1_000_000_000), (a, b) => {
      const order = byBytes(pricePlace(a, 'x'), pricePlace(b, 'x'))
      assert.equal(Math.sign(order), Math.sign(a - b))
    }),
  )
})

test('a product is found by its category, brand, attributes and options, each once', () => {
  const option = (valueCode: string) => ({ code: 'size', valueCode, name: {}, value: {} })
  const variant = (sku: string, valueCode: string) => ({
    sku,
    options: [option(valueCode)],
    price: { amount: 1, currency: 'UAH' },
    weightGrams: null,
    components: sku === 'SET' ? [{ sku: 'BALL', quantity: 2 }] : [],
    pictures: [],
  })
  const facts = whole({
    slug: 's',
    name: {},
    description: {},
    category: 'shoes',
    brand: 'kros',
    variants: [variant('A', '42'), variant('B', '42'), variant('SET', '43')],
    attributes: { color: ['red', 'blue'], waterproof: true, weight: 12, story: 'x'.repeat(61) },
  })
  assert.deepEqual(termsOf(facts), [
    'c:shoes',
    'b:kros',
    'p:shoes/kros',
    'a:size=42',
    'a:size=43',
    'a:color=red',
    'a:color=blue',
    'a:waterproof=true',
    'a:weight=12',
  ])
  assert.equal(listedSkus(facts), 'A B SET+BALL')
  assert.equal(skuOf('SET+BALL'), 'SET')
  assert.deepEqual(unitsIn('SET+BALL'), ['SET', 'BALL'])
})
