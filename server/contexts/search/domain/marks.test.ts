import assert from 'node:assert/strict'
import { test } from 'node:test'

import { highlights } from '../words/highlight.ts'
import { indexTerms } from '../words/index-terms.ts'
import { marksOf } from './marks.ts'

test('what is remembered of a name marks the same as reading it anew', () => {
  const names = [
    'Кросівки для бігу, чорні',
    'М’яч футбольний 5',
    'Гантелі 2 × 10 кг',
    'Trail <b>shoes</b>',
  ]
  for (const name of [...names, ...names]) {
    for (const sought of ['кросівок', 'мячі', 'гантелі 10кг', 'shoe', 'біг']) {
      const terms = new Set(
        ['uk', 'en'].flatMap((each) => indexTerms(sought, each as 'uk').map(({ term }) => term)),
      )
      const marked = { terms, prefixes: ['футб'] }
      assert.deepEqual(marksOf(name, 'uk', marked), highlights(name, 'uk', terms, marked.prefixes))
    }
  }
})
