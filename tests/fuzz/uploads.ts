/** Files as somebody might send them: pictures, tables, and what is neither. */
import fc from 'fast-check'

import { aGif } from '../authorization/things.ts'

const HEADS = [
  'product;sku;name.uk;name.en;price;option.size;weightGrams',
  'sku;warehouse;quantity',
  'sku,currency,amount',
  'sku\tprice',
  '\ufeffsku;name.uk',
  'sku;sku',
  '',
]

/** Begins like a file of a known kind and is none. */
const BROKEN = [
  '',
  'PK\u0003\u0004',
  'GIF89a',
  '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
  '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>',
  '\u0000'.repeat(2_000),
  '"'.repeat(999),
  ';'.repeat(9_999),
  'x'.repeat(300_000),
]

/** The text of a file; it goes over the wire as UTF-8. */
export function uploads(): fc.Arbitrary<string> {
  const cell = fc.oneof(
    fc.constantFrom('', '1', '-1', '1 299,50', '1e999', '=1+1', '"a;b"', '"', 'kyiv', 'UAH', 'S'),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  )
  const row = fc.array(cell, { maxLength: 8 }).map((cells) => cells.join(';'))
  const table = fc
    .tuple(fc.constantFrom(...HEADS), fc.array(row, { maxLength: 6 }))
    .map(([head, rows]) => [head, ...rows].join('\n'))
  // Another one each time: a picture the shop has already is not made again.
  return fc.oneof(table, fc.constant('').map(aGif), fc.constantFrom(...BROKEN))
}
