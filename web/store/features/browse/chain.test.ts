import assert from 'node:assert/strict'
import { test } from 'node:test'

import { before, grown, type Page } from './chain.ts'

const page = (after: string | null, next: string | null): Page => ({ after, next, items: [] })
const [first, second, third] = [page(null, 'a'), page('a', 'b'), page('b', null)]

test('pages that were loaded stand before the one that is shown', () => {
  const chain = grown(grown(grown([], first), second), third)
  assert.deepEqual(before(chain, 'b'), [first, second])
  assert.deepEqual(before(chain, null), [])
})

test('who comes back to the beginning does not lose what follows', () => {
  assert.deepEqual(grown([first, second, third], first), [first, second, third])
})

test('a list that has changed begins anew', () => {
  const changed = page(null, 'z')
  assert.deepEqual(grown([first, second, third], changed), [changed])
})

test('a page that nothing leads to stands alone', () => {
  assert.deepEqual(before([first], 'x'), [])
  assert.deepEqual(grown([first], page('x', 'y')), [page('x', 'y')])
})
