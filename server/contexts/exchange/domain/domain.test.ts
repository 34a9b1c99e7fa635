import assert from 'node:assert/strict'
import { suite, test } from 'node:test'

import fc from 'fast-check'

import { decimalOf, digitsOf } from '#platform/money'

import { minorUnits, wholeNumber } from './amounts.ts'
import { openClashes } from './clashes.ts'
import { columnsOf } from './columns.ts'
import { componentsIn, componentsText } from './components.ts'
import { brokenCells, type TableRow } from './rows.ts'

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
        const text = decimalOf({ amount, currency: of })
        assert.equal(minorUnits(text, digitsOf(of)), amount)
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

test('components are SKUs and how many of each', () => {
  for (const [text, expected] of [
    ['BALL-5', [{ sku: 'BALL-5', quantity: 1 }]],
    [
      ' BALL-5 * 2;PUMP',
      [
        { sku: 'BALL-5', quantity: 2 },
        { sku: 'PUMP', quantity: 1 },
      ],
    ],
    ['', undefined],
    ['A;', undefined],
    ['A*', undefined],
    ['A*-1', undefined],
    ['A*1.5', undefined],
    ['A B', undefined],
    ['A*1*2', undefined],
  ] as const) {
    assert.deepEqual(componentsIn(text), expected, text)
    if (expected !== undefined) assert.deepEqual(componentsIn(componentsText(expected)), expected)
  }
})

const row = (line: number, cells: Readonly<Record<string, string>>): TableRow => ({
  line,
  cells: new Map(Object.entries(cells)),
})

suite('rows of one table', () => {
  test('that speak of one thing are seen, whoever judged those before', () => {
    const clashes = openClashes('products')
    clashes.learn(row(2, { sku: 'A', product: 'tee' }))
    const twice = clashes.see([row(3, { sku: 'A' })])
    assert.deepEqual([twice.notes.map(({ line }) => line), twice.maker], [[3], undefined])
    assert.equal(clashes.see([row(4, { sku: 'B', product: 'tee' })]).maker, 2)
    // A further row of what was begun before is no second product.
    assert.equal(clashes.see([row(5, { sku: 'A', product: 'tee' })]).maker, undefined)
    const two = [row(6, { sku: 'C', product: 'cap' }), row(7, { sku: 'D', product: 'cap' })]
    assert.deepEqual(clashes.see(two), { notes: [], maker: undefined })
    const stock = openClashes('stock')
    assert.deepEqual(stock.see([row(2, { sku: 'A', warehouse: 'kyiv' })]).notes, [])
    assert.deepEqual(stock.see([row(3, { sku: 'A', warehouse: 'lviv' })]).notes, [])
    assert.equal(stock.see([row(4, { sku: 'A', warehouse: 'kyiv' })]).notes.length, 1)
  })

  test('that are not all text say in which columns', () => {
    const found = brokenCells(
      row(9, { sku: 'A\u0000', 'name.uk': 'М\uFFFDч', brand: '\u001E', description: 'a\r\n\tb' }),
    )
    assert.deepEqual(
      found.map(({ line, column, code }) => [line, column, code]),
      [
        [9, 'sku', 'exchange.encoding-broken'],
        [9, 'name.uk', 'exchange.encoding-broken'],
        [9, 'brand', 'exchange.encoding-broken'],
      ],
    )
  })
})
