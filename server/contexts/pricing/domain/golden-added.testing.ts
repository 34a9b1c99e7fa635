/** Golden cases of prices to which tax is added. */
import { DE, EVEN, JP_EX, KW, HALF, HALF_EVEN, US, type Case } from './golden.testing.ts'

export const ADDED: readonly Case[] = [
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
    name: 'a discount of everything without delivery costs nothing',
    terms: DE,
    lines: [['A', 999, 7]],
    discount: 6_993,
    each: [[0, 0, 6_993]],
    sums: [6_993, 0, 0],
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
]
