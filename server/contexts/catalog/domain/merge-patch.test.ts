import assert from 'node:assert/strict'
import { test } from 'node:test'

import { mergePatch } from './merge-patch.ts'

/** The examples of RFC 7396, appendix A: original, patch, result. */
const CASES: readonly (readonly [unknown, unknown, unknown])[] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
]

test('a patch merges as the examples of RFC 7396 do', () => {
  for (const [original, patch, result] of CASES) {
    assert.deepEqual(mergePatch(original, patch), result, JSON.stringify(patch))
  }
})

test('names that every object has are names like others', () => {
  const patch: unknown = JSON.parse('{"constructor": {"x": 1}, "toString": null}')
  assert.deepEqual(mergePatch({}, patch), { constructor: { x: 1 } })
})
