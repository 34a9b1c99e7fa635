import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import { Growing } from './growing.ts'
import { Lexicon } from './lexicon.ts'
import { SortedWords } from './sorted.ts'

test('words are found by how they begin, in order, whenever they came', () => {
  const word = fc.stringMatching(/^[абв]{1,4}$/)
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { maxLength: 100 }),
      word,
      fc.nat(100),
      (words, prefix, at) => {
        const sorted = new SortedWords()
        for (const each of words.slice(0, at)) sorted.add(each)
        sorted.beginningWith(prefix, 1)
        for (const each of words.slice(at)) sorted.add(each)
        const expected = words.filter((each) => each.startsWith(prefix)).toSorted()
        assert.deepEqual(sorted.beginningWith(prefix, 1000), expected)
        assert.deepEqual(sorted.beginningWith(prefix, 2), expected.slice(0, 2))
      },
    ),
  )
})

test('words of the language that is asked for are suggested first, then the commonest', () => {
  const lexicon = new Lexicon()
  const notes = new Growing()
  lexicon.add({ uk: ['бігун'], ru: ['бегун', 'бег'] }, notes)
  lexicon.add({ uk: ['бік', 'бігун'], ru: ['бег'] }, notes)
  const words = (prefix: string, language: string, most = 5): string[] =>
    lexicon.beginningWith(prefix, language, most).map(({ word }) => word)
  assert.deepEqual(words('б', 'uk'), ['бігун', 'бік', 'бег', 'бегун'])
  assert.deepEqual(words('б', 'ru', 2), ['бег', 'бегун'])
  assert.deepEqual(words('б', 'xx', 1), ['бег'])
  for (let at = 0; at < notes.length; at += 1) lexicon.remove(notes.numbers[at] as number)
  assert.deepEqual(words('б', 'uk'), [])
})
