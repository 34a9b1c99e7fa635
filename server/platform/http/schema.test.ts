import assert from 'node:assert/strict'
import { test } from 'node:test'

import Type from 'typebox'

import { check, plain } from './schema.ts'

const one = Type.Object({ count: Type.Integer(), inner: Type.Optional(Type.Object({})) })
const checkOne = check(plain(one, true), 'body')
const checkEither = check(
  plain(Type.Union([one, Type.Object({ text: Type.String() })]), true),
  'body',
)

function many(fields: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: fields }, (_, nth) => [`x${nth}`, nth]))
}

test('however many unknown fields an object has, it is refused', () => {
  // Eight and more were once taken, with whatever else was wrong beside them.
  for (const fields of [1, 7, 8, 9, 20, 500]) {
    const extra = many(fields)
    for (const subject of [checkOne, checkEither]) {
      assert.notEqual(subject({ count: 1, ...extra }).length, 0, `${fields} beside good ones`)
      assert.notEqual(subject({ count: 'x', ...extra }).length, 0, `${fields} beside a bad one`)
      assert.notEqual(subject({ count: 1, inner: extra }).length, 0, `${fields} further in`)
    }
  }
  assert.deepEqual(checkOne({ count: 1, inner: {} }), [])
})

test('eight unknown fields are named as one is', () => {
  const faultOf = (name: string) => ({
    in: 'body',
    pointer: `/${name}`,
    message: 'is not a field of this request',
  })
  assert.deepEqual(checkOne({ count: 1, 'a/b': 1 }), [faultOf('a~1b')])
  assert.deepEqual(checkOne({ count: 1, ...many(8) }), Object.keys(many(8)).map(faultOf))
})

test('of a closed list of values all are named, once', () => {
  const mode = Type.Union([Type.Literal('apply'), Type.Literal('trial')])
  const kind = Type.Enum(['csv', 'xlsx'])
  const checkList = check(plain(Type.Object({ mode, kind }), true), 'query')
  assert.deepEqual(checkList({ mode: 'apply', kind: 'csv' }), [])
  const faults = checkList({ mode: 'rehearsal', kind: 'pdf' })
  assert.deepEqual(
    faults.map(({ pointer, message }) => `${pointer} ${message}`),
    ['/mode must be "apply" or "trial"', '/kind must be "csv" or "xlsx"'],
  )
})
