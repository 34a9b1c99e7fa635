import assert from 'node:assert/strict'
import { test } from 'node:test'

import { mayHaveApostrophe, writtenAs } from './written.ts'

test('words are told as texts write them, whatever sign they have for an apostrophe', () => {
  const texts = ['Футбольний М’яч Opuka', "Великий об'єм 5 л", 'М’які кеди', 'Women’s bag', 'Свято']
  assert.deepEqual(
    [...writtenAs(['мяч', 'мячик', 'обєм', 'мякий', 'мятний', 'свято', 'women'], texts)],
    [
      ['мяч', 'м’яч'],
      ['мячик', 'м’ячик'],
      ['обєм', "об'єм"],
      ['мякий', 'м’який'],
    ],
  )
})

test('a word is looked up only where an apostrophe may be', () => {
  for (const word of ['мяч', 'обєм', 'пять', 'карєр', 'підїзд'])
    assert(mayHaveApostrophe(word), word)
  for (const word of ['кросівки', 'лижі', 'ball', 'яблуко']) assert(!mayHaveApostrophe(word), word)
})
