import assert from 'node:assert/strict'
import { test } from 'node:test'

import { isForged } from './forged.ts'

const host = 'shop.example:3000'

test('a form of the shop itself is taken, from whichever browser', () => {
  for (const given of [
    { origin: 'https://shop.example:3000', fetchSite: 'same-origin' },
    { origin: 'http://shop.example:3000' },
    { origin: 'null', fetchSite: 'same-origin' },
    { fetchSite: 'none' },
    {},
  ]) {
    assert.equal(isForged({ method: 'POST', host, ...given }), false, JSON.stringify(given))
  }
})

test('a form of any other page is not, be it a shop under the same domain', () => {
  for (const given of [
    { origin: 'https://evil.example' },
    { origin: 'https://shop.example' },
    { origin: 'https://other.shop.example:3000', fetchSite: 'same-site' },
    { fetchSite: 'cross-site' },
    { origin: 'null' },
    { origin: '' },
  ]) {
    assert.equal(isForged({ method: 'POST', host, ...given }), true, JSON.stringify(given))
  }
})

test('whoever only looks may come from anywhere', () => {
  assert.equal(isForged({ method: 'GET', host, fetchSite: 'cross-site' }), false)
})
