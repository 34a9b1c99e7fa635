import assert from 'node:assert/strict'
import { test } from 'node:test'

import { highlights } from './highlight.ts'

const marked = (text: string, ...terms: string[]): string[] =>
  highlights(text, 'uk', new Set(terms)).map(({ from, to }) => text.slice(from, to))

test('the words that have a term are marked whole, as they are written', () => {
  assert.deepEqual(marked('Жіночі кросівки й пара кросівок', 'кросивк'), ['кросівки', 'кросівок'])
  assert.deepEqual(marked('М’ячі, мʼяч', 'мяч'), ['М’ячі', 'мʼяч'])
  assert.deepEqual(marked('Гиря, 16 кг', '16kg'), ['16 кг'])
  assert.deepEqual(marked('<b>намет</b>', 'намет'), ['намет'])
  assert.deepEqual(marked('нічого'), [])
})

test('the beginning of a word marks it, and a long text is marked at so many places', () => {
  const text = 'Велосипедний замок'
  assert.deepEqual(highlights(text, 'uk', new Set(), ['велос']), [{ from: 0, to: 12 }])
  assert.equal(highlights('намет '.repeat(1000), 'uk', new Set(['намет'])).length, 64)
})
