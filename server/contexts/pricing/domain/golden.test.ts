/**
 * Golden cases of money: every figure was worked out by hand (net = gross × 1,000,000 ÷ (1,000,000 +
 * rate) and so on, with a pencil's rounding), so that none of them is the program's own opinion.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { money } from '#platform/money'

import type { PricedLine, TaxTerms } from '../contract.ts'
import { total } from './total.ts'

type Given = readonly [sku: string, unitPrice: number, quantity: number, category?: string]

interface Case {
  readonly name: string
  readonly currency?: string
  readonly terms: TaxTerms
  readonly lines: readonly Given[]
  readonly delivery?: number
  readonly discount?: number
  /** By line: total, tax, discount, delivery, delivery's tax. */
  readonly each: readonly (readonly [number, number, number?, number?, number?])[]
  /** Items, tax, total. */
  readonly sums: readonly [number, number, number]
}

const terms = (
  areIncluded: boolean,
  rates: Record<string, number>,
  rounding: TaxTerms['rounding'] = 'half-up',
): TaxTerms => ({
  areIncluded,
  rounding,
  zone: 'z',
  source: 'own',
  rates: Object.fromEntries(
    Object.entries(rates).map(([category, partsPerMillion]) => [
      category,
      { name: category, partsPerMillion },
    ]),
  ),
})

const UA = terms(true, { standard: 200_000 })
const UA_MEDICINE = terms(true, { standard: 200_000, medicine: 70_000, export: 0 })
const DE = terms(false, { standard: 190_000, reduced: 70_000 })
const DE_IN = terms(true, { standard: 190_000, reduced: 70_000 })
const EVEN = terms(false, { standard: 190_000 }, 'half-even')
const JP = terms(true, { standard: 100_000, food: 80_000 })
const JP_EX = terms(false, { standard: 100_000, food: 80_000 })
const KW = terms(false, { standard: 50_000 })
const HALF = terms(false, { standard: 500_000 })
const HALF_EVEN = terms(false, { standard: 500_000 }, 'half-even')
const US = terms(false, { standard: 88_750, clothes: 0 })
const CH = terms(true, { standard: 81_000, reduced: 26_000 })
const ALL = terms(true, { standard: 1_000_000 })
const NONE: TaxTerms = { ...terms(true, {}), source: 'none', zone: null }

const CASES: readonly Case[] = [
  {
    name: 'Ukraine: 120.00 holds 20.00 of tax',
    terms: UA,
    lines: [['A', 12_000, 1]],
    each: [[12_000, 2_000]],
    sums: [12_000, 2_000, 12_000],
  },
  {
    name: 'Ukraine: 100.00 holds 16.67 (16.666…)',
    terms: UA,
    lines: [['A', 10_000, 1]],
    each: [[10_000, 1_667]],
    sums: [10_000, 1_667, 10_000],
  },
  {
    name: 'Ukraine: 3 × 33.33 is rounded once, not thrice: 99.99 ÷ 6 = 16.665',
    terms: UA,
    lines: [['A', 3_333, 3]],
    each: [[9_999, 1_667]],
    sums: [9_999, 1_667, 9_999],
  },
  {
    name: 'Ukraine: three lines of 33.33 hold 5.56 each (5.555)',
    terms: UA,
    lines: [
      ['A', 3_333, 1],
      ['B', 3_333, 1],
      ['C', 3_333, 1],
    ],
    each: [
      [3_333, 556],
      [3_333, 556],
      [3_333, 556],
    ],
    sums: [9_999, 1_668, 9_999],
  },
  {
    name: 'Ukraine: one kopiyka holds none (0.1667)',
    terms: UA,
    lines: [['A', 1, 1]],
    each: [[1, 0]],
    sums: [1, 0, 1],
  },
  {
    name: 'Ukraine: three kopiykas hold half of one, which goes up',
    terms: UA,
    lines: [['A', 3, 1]],
    each: [[3, 1]],
    sums: [3, 1, 3],
  },
  {
    name: 'Ukraine: three kopiykas, half to even, hold none',
    terms: { ...UA, rounding: 'half-even' },
    lines: [['A', 3, 1]],
    each: [[3, 0]],
    sums: [3, 0, 3],
  },
  {
    name: 'Ukraine: nine kopiykas hold 1.5, half to even is two',
    terms: { ...UA, rounding: 'half-even' },
    lines: [['A', 9, 1]],
    each: [[9, 2]],
    sums: [9, 2, 9],
  },
  {
    name: 'Ukraine: delivery is taxed as the goods: 75.00 holds 12.50',
    terms: UA,
    lines: [['A', 12_000, 1]],
    delivery: 7_500,
    each: [[12_000, 2_000, 0, 7_500, 1_250]],
    sums: [12_000, 3_250, 19_500],
  },
  {
    name: 'Ukraine: medicine at 7 %: 107.00 holds 7.00',
    terms: UA_MEDICINE,
    lines: [['A', 10_700, 1, 'medicine']],
    each: [[10_700, 700]],
    sums: [10_700, 700, 10_700],
  },
  {
    name: 'Ukraine: two rates share delivery by what the lines cost: 120 to 60',
    terms: UA_MEDICINE,
    lines: [
      ['A', 12_000, 1],
      ['B', 6_000, 1, 'medicine'],
    ],
    delivery: 900,
    each: [
      // 600 ÷ 6 = 100; 6,000 × 7 ÷ 107 = 392.52; 300 × 7 ÷ 107 = 19.63.
      [12_000, 2_000, 0, 600, 100],
      [6_000, 393, 0, 300, 20],
    ],
    sums: [18_000, 2_513, 18_900],
  },
  {
    name: 'Ukraine: a rate of nought is a rate',
    terms: UA_MEDICINE,
    lines: [['A', 10_000, 2, 'export']],
    delivery: 500,
    each: [[20_000, 0, 0, 500, 0]],
    sums: [20_000, 0, 20_500],
  },
  {
    name: 'a category without a rate is not taxed',
    terms: UA,
    lines: [['A', 10_000, 1, 'books']],
    each: [[10_000, 0]],
    sums: [10_000, 0, 10_000],
  },
  {
    name: 'a category called constructor is one without a rate',
    terms: UA,
    lines: [['A', 10_000, 1, 'constructor']],
    each: [[10_000, 0]],
    sums: [10_000, 0, 10_000],
  },
  {
    name: 'no rates at all: tax is nought, delivery is added',
    terms: NONE,
    lines: [['A', 129_900, 3]],
    delivery: 9_000,
    each: [[389_700, 0, 0, 9_000, 0]],
    sums: [389_700, 0, 398_700],
  },
  {
    name: 'Germany: 19 % on 100.00 is added',
    terms: DE,
    lines: [['A', 10_000, 1]],
    each: [[11_900, 1_900]],
    sums: [10_000, 1_900, 11_900],
  },
  {
    name: 'Germany: 7 % on a book',
    terms: DE,
    lines: [['A', 1_999, 1, 'reduced']],
    // 139.93
    each: [[2_139, 140]],
    sums: [1_999, 140, 2_139],
  },
  {
    name: 'Germany: both rates and delivery of 5.00 over 80 and 20',
    terms: DE,
    lines: [
      ['A', 8_000, 1],
      ['B', 2_000, 1, 'reduced'],
    ],
    delivery: 500,
    each: [
      [9_520, 1_520, 0, 400, 76],
      [2_140, 140, 0, 100, 7],
    ],
    sums: [10_000, 1_743, 12_243],
  },
  {
    name: 'Germany, prices with tax: 119.00 holds 19.00',
    terms: DE_IN,
    lines: [['A', 11_900, 1]],
    each: [[11_900, 1_900]],
    sums: [11_900, 1_900, 11_900],
  },
  {
    name: 'Germany, prices with tax: 9.99 holds 1.60 (1.595)',
    terms: DE_IN,
    lines: [['A', 999, 1]],
    each: [[999, 160]],
    sums: [999, 160, 999],
  },
  {
    name: 'Germany: three lines of 33.33 are taxed 6.33 each (6.3327)',
    terms: DE,
    lines: [
      ['A', 3_333, 1],
      ['B', 3_333, 1],
      ['C', 3_333, 1],
    ],
    each: [
      [3_966, 633],
      [3_966, 633],
      [3_966, 633],
    ],
    sums: [9_999, 1_899, 11_898],
  },
  {
    name: 'half up: 19 % of 0.50 is 0.10 (9.5)',
    terms: DE,
    lines: [['A', 50, 1]],
    each: [[60, 10]],
    sums: [50, 10, 60],
  },
  {
    name: 'half to even: 19 % of 0.50 is 0.10, for ten is even',
    terms: EVEN,
    lines: [['A', 50, 1]],
    each: [[60, 10]],
    sums: [50, 10, 60],
  },
  {
    name: 'half to even: 19 % of 1.50 is 0.28 (28.5)',
    terms: EVEN,
    lines: [['A', 150, 1]],
    each: [[178, 28]],
    sums: [150, 28, 178],
  },
  {
    name: 'half up: 19 % of 1.50 is 0.29',
    terms: DE,
    lines: [['A', 150, 1]],
    each: [[179, 29]],
    sums: [150, 29, 179],
  },
  {
    name: 'half up: half of one, three and five',
    terms: HALF,
    lines: [
      ['A', 1, 1],
      ['B', 3, 1],
      ['C', 5, 1],
    ],
    each: [
      [2, 1],
      [5, 2],
      [8, 3],
    ],
    sums: [9, 6, 15],
  },
  {
    name: 'half to even: half of one, three and five',
    terms: HALF_EVEN,
    lines: [
      ['A', 1, 1],
      ['B', 3, 1],
      ['C', 5, 1],
    ],
    each: [
      [1, 0],
      [5, 2],
      [7, 2],
    ],
    sums: [9, 4, 13],
  },
  {
    name: 'yen have no minor unit: ¥108 holds 8 at 8 %',
    currency: 'JPY',
    terms: JP,
    lines: [['A', 108, 1, 'food']],
    each: [[108, 8]],
    sums: [108, 8, 108],
  },
  {
    name: 'yen: ¥1,000 at 10 % holds 91 (90.909)',
    currency: 'JPY',
    terms: JP,
    lines: [['A', 1_000, 1]],
    each: [[1_000, 91]],
    sums: [1_000, 91, 1_000],
  },
  {
    name: 'yen without tax: ¥333 thrice at 10 %',
    currency: 'JPY',
    terms: JP_EX,
    lines: [['A', 333, 3]],
    each: [[1_099, 100]],
    sums: [999, 100, 1_099],
  },
  {
    name: 'dinars have three decimals: 1.250 at 5 % is 0.063 (62.5)',
    currency: 'KWD',
    terms: KW,
    lines: [['A', 1_250, 1]],
    each: [[1_313, 63]],
    sums: [1_250, 63, 1_313],
  },
  {
    name: 'dinars: 0.010 at 5 % is 0.001 (0.5)',
    currency: 'KWD',
    terms: KW,
    lines: [['A', 10, 1]],
    each: [[11, 1]],
    sums: [10, 1, 11],
  },
  {
    name: 'New York: 8.875 % of 19.99 is 1.77 (177.41)',
    currency: 'USD',
    terms: US,
    lines: [['A', 1_999, 1]],
    each: [[2_176, 177]],
    sums: [1_999, 177, 2_176],
  },
  {
    name: 'New York: clothes are not taxed, nor is their share of delivery',
    currency: 'USD',
    terms: US,
    lines: [
      ['A', 6_000, 1, 'clothes'],
      ['B', 2_000, 2],
    ],
    delivery: 1_000,
    each: [
      [6_000, 0, 0, 600, 0],
      // 355; 35.5.
      [4_355, 355, 0, 400, 36],
    ],
    sums: [10_000, 391, 11_391],
  },
  {
    name: 'Switzerland: 8.1 % in 100.00 is 7.49 (749.306)',
    currency: 'CHF',
    terms: CH,
    lines: [['A', 10_000, 1]],
    each: [[10_000, 749]],
    sums: [10_000, 749, 10_000],
  },
  {
    name: 'a rate of one hundred percent takes half of what includes it',
    terms: ALL,
    lines: [['A', 101, 1]],
    each: [[101, 51]],
    sums: [101, 51, 101],
  },
  {
    name: 'a discount of everything leaves nothing to tax but delivery',
    terms: UA,
    lines: [
      ['A', 10_000, 1],
      ['B', 5_000, 2],
    ],
    discount: 20_000,
    delivery: 600,
    each: [
      [0, 0, 10_000, 300, 50],
      [0, 0, 10_000, 300, 50],
    ],
    sums: [20_000, 100, 600],
  },
  {
    name: 'a discount of everything without delivery costs nothing',
    terms: DE,
    lines: [['A', 999, 7]],
    discount: 6_993,
    each: [[0, 0, 6_993]],
    sums: [6_993, 0, 0],
  },
  {
    name: 'one minor unit of discount over seven equal lines goes to the first by SKU',
    terms: NONE,
    lines: ['G', 'F', 'E', 'D', 'C', 'B', 'A'].map((sku): Given => [sku, 100, 1]),
    discount: 1,
    each: [
      [100, 0],
      [100, 0],
      [100, 0],
      [100, 0],
      [100, 0],
      [100, 0],
      [99, 0, 1],
    ],
    sums: [700, 0, 699],
  },
  {
    name: 'one minor unit of delivery over seven lines goes to the dearest',
    terms: NONE,
    lines: [
      ['A', 1, 1],
      ['B', 1, 1],
      ['C', 1, 1],
      ['D', 2, 1],
      ['E', 1, 1],
      ['F', 1, 1],
      ['G', 1, 1],
    ],
    delivery: 1,
    each: [
      [1, 0, 0, 0],
      [1, 0, 0, 0],
      [1, 0, 0, 0],
      [2, 0, 0, 1],
      [1, 0, 0, 0],
      [1, 0, 0, 0],
      [1, 0, 0, 0],
    ],
    sums: [8, 0, 9],
  },
  {
    name: '100 over weights of 1, 1 and 1 is 34, 33 and 33',
    terms: NONE,
    lines: [
      ['A', 500, 1],
      ['B', 500, 1],
      ['C', 500, 1],
    ],
    discount: 100,
    each: [
      [466, 0, 34],
      [467, 0, 33],
      [467, 0, 33],
    ],
    sums: [1_500, 0, 1_400],
  },
  {
    name: 'a tenth off 120.00 and 60.00 leaves 20 % of what is left',
    terms: UA,
    lines: [
      ['A', 12_000, 1],
      ['B', 6_000, 1],
    ],
    discount: 1_800,
    each: [
      [10_800, 1_800, 1_200],
      [5_400, 900, 600],
    ],
    sums: [18_000, 2_700, 16_200],
  },
  {
    name: 'a discount comes before tax that is added',
    terms: DE,
    lines: [['A', 10_000, 1]],
    discount: 1_000,
    each: [[10_710, 1_710, 1_000]],
    sums: [10_000, 1_710, 10_710],
  },
  {
    name: 'Hare’s method: 10 over 47, 16 and 37 is 5, 1 and 4',
    terms: NONE,
    lines: [
      ['A', 47, 1],
      ['B', 16, 1],
      ['C', 37, 1],
    ],
    discount: 10,
    each: [
      [42, 0, 5],
      [15, 0, 1],
      [33, 0, 4],
    ],
    sums: [100, 0, 90],
  },
  {
    name: 'the tax of delivery is rounded once a rate: 3 × 0.5 is 2, not 3',
    terms: HALF,
    lines: [
      ['A', 2, 1],
      ['B', 2, 1],
      ['C', 2, 1],
    ],
    delivery: 3,
    each: [
      [3, 1, 0, 1, 1],
      [3, 1, 0, 1, 1],
      [3, 1, 0, 1, 0],
    ],
    sums: [6, 5, 14],
  },
  {
    name: 'a hundred million hryvnias at once are exact',
    terms: UA,
    lines: [['A', 1_000_000_000, 10_000]],
    each: [[10_000_000_000_000, 1_666_666_666_667]],
    sums: [10_000_000_000_000, 1_666_666_666_667, 10_000_000_000_000],
  },
  {
    name: 'what is given away is a line of nothing',
    terms: UA,
    lines: [
      ['A', 0, 3],
      ['B', 600, 1],
    ],
    delivery: 60,
    each: [
      [0, 0, 0, 0, 0],
      [600, 100, 0, 60, 10],
    ],
    sums: [600, 110, 660],
  },
]

function check({ currency = 'UAH', terms: given, lines, delivery = 0, discount = 0, ...is }: Case) {
  const priced = lines.map(([sku, unitPrice, quantity, taxCategory]): PricedLine => ({
    sku,
    quantity,
    unitPrice: money(unitPrice, currency),
    ...(taxCategory === undefined ? {} : { taxCategory }),
  }))
  const found = total(currency, priced, money(delivery, currency), given, money(discount, currency))
  assert.deepEqual(
    found.lines.map((line) => [
      line.total.amount,
      line.tax.amount,
      line.discount.amount,
      line.delivery.amount,
      line.deliveryTax.amount,
    ]),
    is.each.map(([all, tax, off = 0, share = 0, shareTax = 0]) => [all, tax, off, share, shareTax]),
  )
  assert.deepEqual([found.items.amount, found.tax.amount, found.total.amount], is.sums)
  assert.equal(found.total.currency, currency)
}

for (const each of CASES) test(`golden: ${each.name}`, () => check(each))

test('there are at least forty golden cases', () => {
  assert(CASES.length >= 40, `only ${CASES.length}`)
  assert.equal(new Set(CASES.map(({ name }) => name)).size, CASES.length)
})
