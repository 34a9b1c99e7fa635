import assert from 'node:assert/strict'
import { test } from 'node:test'

import { pathOfPage, safePath } from './safe-path.ts'

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

test('the address of a page says nothing of how the router asks for its data', () => {
  const url = new URL('https://shop.example/en/p/ball/review?about=question&_routes=a%2Fb')
  assert.equal(pathOfPage(url), '/en/p/ball/review?about=question')
  assert.equal(pathOfPage(new URL('https://shop.example/en/account?_routes=x')), '/en/account')
  assert.equal(url.searchParams.get('_routes'), 'a/b')
})
