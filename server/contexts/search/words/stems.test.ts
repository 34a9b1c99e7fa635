import assert from 'node:assert/strict'
import { test } from 'node:test'

import { DIFFERENT, SAME_ENGLISH, SAME_RUSSIAN, SAME_UKRAINIAN } from './golden-stems.testing.ts'
import { queryStems } from './stems.ts'
import { indexTerms } from './index-terms.ts'
import type { Language } from './types.ts'

const TABLES = [
  ['uk', SAME_UKRAINIAN, 300],
  ['ru', SAME_RUSSIAN, 200],
  ['en', SAME_ENGLISH, 100],
] as const

const stemOf = (word: string, language: Language): string =>
  indexTerms(word, language)
    .map(({ term }) => term)
    .join('+')

for (const [language, table, least] of TABLES) {
  test(`forms of one word share a stem: ${language}`, () => {
    const words = table
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
    const apart = words
      .map((forms) => new Set(forms.map((form) => `${stemOf(form, language)}`)))
      .map((stems, at) => ({ word: words[at]?.[0], stems: [...stems] }))
      .filter(({ stems }) => stems.length > 1)
    assert.deepEqual(apart, [])
    const forms = new Set(words.flat()).size
    assert.ok(forms >= least, `${forms} forms`)
  })
}

test('different words have different stems', () => {
  const same = DIFFERENT.trim()
    .split('\n')
    .filter((line) => {
      const [language, one = '', other = ''] = line.split(' ')
      return stemOf(one, language as Language) === stemOf(other, language as Language)
    })
  assert.deepEqual(same, [])
})

test('a word of either language is sought by the stem that either language gives it', () => {
  assert.deepEqual(queryStems('лижам', 'uk'), ['лиж'])
  assert.ok(queryStems('перчатками', 'uk').includes(stemOf('перчатки', 'ru')))
  assert.ok(queryStems('сумками', 'ru').includes(stemOf('сумка', 'uk')))
  assert.ok(queryStems('ракетці', 'uk').includes(stemOf('ракетка', 'uk')), 'a locative')
})
