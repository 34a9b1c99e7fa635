import assert from 'node:assert/strict'
import { test } from 'node:test'

import { highlights } from '../words/highlight.ts'
import { indexTerms } from '../words/index-terms.ts'
import { marksOf, type Marked } from './marks.ts'

const SOUGHT = ['кросівок', 'мячі', 'гантелі 10кг', '2x10', 'shoe', 'біг'].map((sought): Marked => {
  const terms = ['uk', 'en'].flatMap((each) => indexTerms(sought, each as 'uk'))
  return { terms: new Set(terms.map(({ term }) => term)), prefixes: ['футб'] }
})

test('what is remembered of a name marks the same as reading it anew', () => {
  const names = [
    'Кросівки для бігу, чорні',
    'М’яч футбольний 5',
    'Гантелі 2 × 10 кг',
    'Trail <b>shoes</b>',
  ]
  for (const uk of names) {
    const entry = { name: { uk } }
    for (const marked of [...SOUGHT, ...SOUGHT]) {
      const { terms, prefixes } = marked
      assert.deepEqual(marksOf(entry, 'uk', marked), highlights(uk, 'uk', terms, prefixes))
    }
  }
})

test('a name in one language is not marked as in another that is read by the same rules', () => {
  const entry = { name: { en: 'Trail shoes', 'en-GB': 'Shoes for trails' } }
  const marked = { terms: new Set(['shoe']), prefixes: [] }
  assert.deepEqual(marksOf(entry, 'en', marked), [{ from: 6, to: 11 }])
  assert.deepEqual(marksOf(entry, 'en-GB', marked), [{ from: 0, to: 5 }])
  assert.deepEqual(marksOf(entry, 'de', marked), [])
})
