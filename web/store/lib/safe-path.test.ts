import assert from 'node:assert/strict'
import { test } from 'node:test'

import { safePath } from './safe-path.ts'

test('a path of the shop is followed with its query', () => {
  for (const path of ['/', '/cart', '/uk/p/ball?sku=A-1#reviews', '/search?q=%D0%BC//x']) {
    assert.equal(safePath(path, '/account'), path)
  }
})

test('nothing leads out of the shop', () => {
  for (const wanted of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\u0000/evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    ' /cart',
    'cart',
    '',
    null,
    undefined,
  ]) {
    assert.equal(safePath(wanted, '/account'), '/account', String(wanted))
  }
})
