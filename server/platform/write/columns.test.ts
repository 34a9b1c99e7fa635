import assert from 'node:assert/strict'
import { suite, test } from 'node:test'

import fc from 'fast-check'

import { listsOf, valueText } from './columns.ts'

suite('lists of texts', () => {
  /** As `string_to_array` does. */
  const apart = (text: string, separator: string, nothing: string): (string | null)[] =>
    text.split(separator).map((each) => (each === nothing ? null : each))

  const marked = fc.string({ unit: fc.constantFrom('a', '0', '1', '\x1d', '\x1e', '\x1f') })
  const text = fc.option(fc.oneof(marked, fc.string()))

  test('come apart as they were put together, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 1 })), (lists) => {
        const { texts, separator, nothing } = listsOf(lists)
        assert.deepEqual(
          texts.map((each) => apart(each, separator, nothing)),
          lists,
        )
      }),
      { numRuns: 2_000 },
    )
  })

  test('have marks of one character where nobody wrote it', () => {
    assert.deepEqual(listsOf([['a', null], ['b']]), {
      texts: ['a\x1e\x1d', 'b'],
      separator: '\x1e',
      nothing: '\x1d',
    })
  })
})

suite('a value', () => {
  for (const [value, type, expected] of [
    [undefined, 'text', null],
    [null, 'jsonb', null],
    ['a "b"', 'text collate "C"', 'a "b"'],
    ['a "b"', 'jsonb', String.raw`"a \"b\""`],
    [[1, null], 'jsonb', '[1,null]'],
    [{ a: 'b' }, 'json', '{"a":"b"}'],
    [7, 'bigint', '7'],
    [false, 'boolean', 'false'],
    [[], 'text[]', '{}'],
    [['a', 'b,{"c"}\\', null], 'text[] collate "C"', String.raw`{"a","b,{\"c\"}\\",null}`],
  ] as const) {
    test(`of ${type} is ${expected}`, () => assert.equal(valueText(value, type), expected))
  }

  for (const [value, type] of [
    [{ a: 1 }, 'text'],
    [['a'], 'text'],
    [[['a']], 'text[]'],
    [NaN, 'bigint'],
    [new Date(0), 'timestamp with time zone'],
  ] as const) {
    test(`${JSON.stringify(value)} for ${type} is a bug`, () =>
      assert.throws(() => valueText(value, type)))
  }
})
