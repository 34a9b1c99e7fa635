import assert from 'node:assert/strict'
import { test } from 'node:test'

import { languageOf } from './language.ts'

const shop = ['uk', 'ru', 'en']

function check(lang: string | undefined, accept: string | undefined, expected: string): void {
  assert.equal(languageOf(shop, lang, accept), expected)
}

test('the language asked for by name comes before that of the browser', () => {
  check('en', 'uk', 'en')
  check('EN-us', 'uk', 'en')
  check('de', 'en', 'uk')
})

test('the best of the browser’s languages that the shop has is chosen', () => {
  check(undefined, 'en-US,en;q=0.9,uk;q=0.8', 'en')
  check(undefined, 'de-DE, de;q=0.9, ru;q=0.5, en;q=0.4', 'ru')
  check(undefined, 'en;q=0.2, *;q=0.5', 'uk')
  check(undefined, 'ru;q=0, en;q=0.001', 'en')
})

test('whoever asks for nothing the shop has gets its first language', () => {
  check(undefined, undefined, 'uk')
  check(undefined, 'de, fr;q=0.5', 'uk')
  check(undefined, ',;q=,en;q=nonsense;;', 'en')
  check(undefined, 'ru;q=0', 'uk')
  assert.equal(languageOf(['en'], undefined, 'uk'), 'en')
})
