import assert from 'node:assert/strict'
import { suite, test } from 'node:test'

import fc from 'fast-check'

import { decimalOf, digitsOf, minorUnits, wholeNumber } from './amounts.ts'
import { columnsOf } from './columns.ts'

suite('an amount', () => {
  test('is read as people of several countries write it', () => {
    const cases: readonly (readonly [string, number, number | undefined])[] = [
      ['1299', 2, 129_900],
      ['1299.5', 2, 129_950],
      ['1299,50', 2, 129_950],
      ['1 299,50', 2, 129_950],
      ['1\u00A0299.50', 2, 129_950],
      ['1,299.50', 2, 129_950],
      ['1.299,50', 2, 129_950],
      ["1'299.50", 2, 129_950],
      ['1.299.500,00', 2, 129_950_000],
      ['1.299.500', 2, 129_950_000],
      ['0.01', 2, 1],
      ['12.500', 2, undefined],
      ['12.5000', 2, 1250],
      ['1500', 0, 1500],
      ['1500.00', 0, 1500],
      ['1.234', 3, 1234],
      ['12.345', 2, undefined],
      ['-5', 2, undefined],
      ['5-', 2, undefined],
      ['1e5', 2, undefined],
      ['', 2, undefined],
      ['.', 2, undefined],
      ['12,34,56', 2, undefined],
      ['1,29.50', 2, undefined],
      ['9'.repeat(14), 2, undefined],
      ['NaN', 2, undefined],
    ]
    for (const [text, digits, expected] of cases) {
      assert.equal(minorUnits(text, digits), expected, `${text} with ${digits} digits`)
    }
    assert.equal(wholeNumber('1 200'), 1200)
    assert.equal(wholeNumber('12.0'), 12)
    assert.equal(wholeNumber('12.5'), undefined)
    assert.equal(wholeNumber('-1'), undefined)
  })

  test('is read as it was written', () => {
    const currency = fc.constantFrom('UAH', 'EUR', 'JPY', 'KWD')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), currency, (amount, of) => {
        const digits = digitsOf(of)
        assert.equal(minorUnits(decimalOf(amount, digits), digits), amount)
      }),
    )
  })
})

test('a header says what is unknown, repeated and missing, all at once', () => {
  const { columns, faults } = columnsOf('products', [
    '\uFEFFsku'.replace('\uFEFF', ''),
    'name.uk',
    ' price ',
    'tint',
    'option',
    'price',
    'sku.uk',
    '',
    '',
  ])
  assert.equal(columns.length, 7)
  assert.deepEqual(faults, [
    { column: 'tint', code: 'column-unknown' },
    { column: 'option', code: 'column-unknown' },
    { column: 'price', code: 'column-repeated' },
    { column: 'sku.uk', code: 'column-unknown' },
  ])
  assert.deepEqual(columnsOf('stock', ['sku', 'constructor']).faults, [
    { column: 'constructor', code: 'column-unknown' },
    { column: 'warehouse', code: 'column-missing' },
    { column: 'quantity', code: 'column-missing' },
  ])
})
