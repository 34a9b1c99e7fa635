import assert from 'node:assert/strict'
import { test } from 'node:test'

import {
  chosenOf,
  picturesOf,
  pictureOfValue,
  stateOf,
  unitPriceOf,
  withValue,
  type Availability,
  type PageVariant,
} from './product.ts'

const uah = (amount: number) => ({ amount, currency: 'UAH' })

function aVariant(
  size: string,
  color: string,
  availability: Availability = 'in-stock',
): PageVariant {
  return {
    sku: `${size}-${color}`,
    choice: { size, color },
    price: uah(100),
    was: null,
    lowestBefore: null,
    tiers: [],
    availability,
    weightGrams: null,
    components: [],
    pictures: [`${color}-picture`],
  }
}

function aGroup(code: string, ...values: string[]) {
  return {
    code,
    name: code,
    values: values.map((each) => ({ code: each, name: each, swatch: null })),
  }
}

/** Red is not made in S, and M in blue is sold out. */
const shirt = {
  groups: [aGroup('size', 'S', 'M', 'L'), aGroup('color', 'blue', 'red')],
  variants: [
    aVariant('S', 'blue'),
    aVariant('M', 'blue', 'out'),
    aVariant('M', 'red'),
    aVariant('L', 'blue'),
    aVariant('L', 'red', 'low'),
  ],
}
const named = (sku: string): PageVariant => chosenOf(shirt, new URLSearchParams({ sku }))

test('an address names a variant by its SKU or by its options', () => {
  assert.equal(named('L-red').sku, 'L-red')
  const asked = new URLSearchParams({ size: 'L', color: 'red' })
  assert.equal(chosenOf(shirt, asked).sku, 'L-red')
})

test('an address that names nothing there is shows the first that can be bought', () => {
  assert.equal(named('no-such').sku, 'S-blue')
  assert.equal(chosenOf(shirt, new URLSearchParams('size=M')).sku, 'M-red')
  const soldOut = { ...shirt, variants: [aVariant('S', 'blue', 'out')] }
  assert.equal(chosenOf(soldOut, new URLSearchParams()).sku, 'S-blue')
})

test('options that are asked for and do not go together: the first group counts', () => {
  assert.equal(chosenOf(shirt, new URLSearchParams('size=S&color=red')).sku, 'S-blue')
})

test('only groups before rule a value out, so that every variant can be reached from every other', () => {
  assert.equal(stateOf(shirt, named('S-blue'), 'color', 'red'), 'impossible')
  assert.equal(stateOf(shirt, named('M-red'), 'size', 'S'), 'free')
  assert.equal(withValue(shirt, named('M-red'), 'size', 'S')?.sku, 'S-blue')
  for (const from of shirt.variants) {
    for (const to of shirt.variants) {
      const half = withValue(shirt, from, 'size', to.choice['size'] ?? '')
      assert(half !== undefined)
      assert.equal(withValue(shirt, half, 'color', to.choice['color'] ?? '')?.sku, to.sku)
    }
  }
})

test('what is sold out can be looked at, and says so', () => {
  assert.equal(stateOf(shirt, named('M-red'), 'color', 'blue'), 'out')
  assert.equal(withValue(shirt, named('M-red'), 'color', 'blue')?.sku, 'M-blue')
})

test('as little else as possible changes with a choice', () => {
  assert.equal(withValue(shirt, named('M-red'), 'size', 'L')?.sku, 'L-red')
  assert.equal(withValue(shirt, named('S-blue'), 'size', 'M')?.sku, 'M-blue')
})

test('the pictures of the chosen variant come first, and no picture is lost', () => {
  const pictures = ['whole', 'blue-picture', 'red-picture'].map((asset) => ({ asset, alt: '' }))
  const shown = picturesOf({ pictures }, named('L-red')).map(({ asset }) => asset)
  assert.deepEqual(shown, ['red-picture', 'whole', 'blue-picture'])
})

test('a value has a picture only where it is the value that the picture shows', () => {
  assert.equal(pictureOfValue(shirt, 'color', 'red'), 'red-picture')
  assert.equal(pictureOfValue(shirt, 'size', 'L'), undefined)
})

test('from so many units on each costs less', () => {
  const tiers = [
    { fromQuantity: 10, unitPrice: uah(90) },
    { fromQuantity: 50, unitPrice: uah(80) },
  ]
  const variant = { ...aVariant('S', 'blue'), tiers }
  const prices = [1, 9, 10, 49, 50].map((quantity) => unitPriceOf(variant, quantity).amount)
  assert.deepEqual(prices, [100, 100, 90, 90, 80])
})
