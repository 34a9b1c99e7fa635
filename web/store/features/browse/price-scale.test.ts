import assert from 'node:assert/strict'
import { test } from 'node:test'

import { movedTo, priceAt, STOPS, stopOf } from './price-scale.ts'

const scale = { min: 45, max: 74_999 }

test('the ends of a slider are the lowest and the highest price', () => {
  assert.equal(priceAt(0, scale), 45)
  assert.equal(priceAt(STOPS, scale), 74_999)
  assert.equal(stopOf(1, scale), 0)
  assert.equal(stopOf(99_999, scale), STOPS)
})

test('a price lies between, never falls and comes back to about the same stop', () => {
  let last = 0
  for (let stop = 0; stop <= STOPS; stop += 1) {
    const price = priceAt(stop, scale)
    assert.ok(price >= last && price >= scale.min && price <= scale.max)
    assert.ok(Math.abs(stopOf(price, scale) - stop) <= 2)
    last = price
  }
})

test('one price is a scale, too', () => {
  assert.equal(priceAt(50, { min: 0, max: 0 }), 0)
  assert.equal(stopOf(5, { min: 5, max: 5 }), 0)
})

test('every press of a key moves a slider, however near its prices are', () => {
  for (const near of [scale, { min: 1799, max: 7499 }, { min: 28, max: 169 }, { min: 1, max: 3 }]) {
    let price = near.min
    for (let presses = 0; price < near.max; presses += 1) {
      const next = priceAt(movedTo(stopOf(price, near) + 1, price, near), near)
      assert.ok(next > price && presses <= STOPS, `${next} after ${price}`)
      price = next
    }
  }
})
