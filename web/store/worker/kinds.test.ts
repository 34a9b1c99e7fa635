import assert from 'node:assert/strict'
import { test } from 'node:test'

import { kindOf, prefixOf, surplus, type Kind } from './kinds.ts'

const kind = (method: string, path: string, mode = 'navigate'): Kind =>
  kindOf(method, mode, new URL(path, 'https://shop.example'))

test('products and the cart are kept as pages, in every language, and nothing else is', () => {
  for (const prefix of ['', '/en', '/uk']) {
    assert.equal(kind('GET', `${prefix}/p/ball`), 'product')
    assert.equal(kind('GET', `${prefix}/cart`), 'cart')
    const pages = ['/', '/account', '/account/profile', '/checkout/review', '/orders/x', '/sign-in']
    for (const path of [...pages, '/p/ball/review', '/search?q=x', '/cart/later']) {
      assert.equal(kind('GET', `${prefix}${path}`), 'page', path)
    }
  }
})

test('what the router asks for is told from pages, and what is no page of a product is left alone', () => {
  assert.equal(kind('GET', '/en/p/ball.data?x=1', 'cors'), 'product-data')
  assert.equal(kind('GET', '/cart.data', 'cors'), 'cart-data')
  assert.equal(kind('GET', '/ru/own.data?_routes=x', 'cors'), 'own')
  for (const path of ['/account.data', '/checkout/review.data', '/api/v1/orders/x', '/sw.js']) {
    assert.equal(kind('GET', path, 'cors'), 'other', path)
  }
})

test('whoever signs in or out, or changes the account, is somebody else to the worker', () => {
  for (const path of ['/sign-out', '/en/sign-in.data', '/register', '/account/password.data']) {
    assert.equal(kind('POST', path, 'cors'), 'person-change', path)
  }
  assert.equal(kind('POST', '/en/cart.data', 'cors'), 'cart-change')
  assert.equal(kind('POST', '/checkout/review', 'cors'), 'other')
})

test('files are those with a hash in their name or a version in their address', () => {
  assert.equal(kind('GET', '/assets/root-x.js', 'cors'), 'file')
  assert.equal(kind('GET', '/theme.css?v=1', 'no-cors'), 'look')
  assert.equal(kind('GET', '/theme.css', 'no-cors'), 'other')
  assert.equal(kind('GET', '/media/5f0c/640.webp', 'no-cors'), 'picture')
})

test('a page of a language has its prefix, and the oldest of too many go', () => {
  assert.deepEqual(['/en/p/x', '/p/en', '/english', '/uk'].map(prefixOf), ['/en', '', '', '/uk'])
  assert.deepEqual(surplus([1, 2, 3, 4], 3), [1])
  assert.deepEqual(surplus([1, 2], 3), [])
})
