import assert from 'node:assert/strict'
import { test } from 'node:test'

import fc from 'fast-check'

import { correct, distance, isSurelyMeant, trigrams } from './correct.ts'

const WORDS = ['кросівки', 'кросовки', 'рюкзак', 'гантелі', 'велосипед', 'скакалка', 'мяч', 'tent']
const candidates = WORDS.map((word) => ({ word, frequency: 5 }))

/** As the definition has it, over the whole table: what the band must not change. */
function plainly(a: string, b: string): number {
  return distance(a, b, 1000)
}

test('the word meant comes first: swapped, missing, doubled and mistaken letters', () => {
  for (const [typed, meant] of [
    ['корсівки', 'кросівки'],
    ['крсівки', 'кросівки'],
    ['кросіівки', 'кросівки'],
    ['рюгзак', 'рюкзак'],
    ['гантелли', 'гантелі'],
    ['велосепед', 'велосипед'],
    ['скаклака', 'скакалка'],
    ['tnet', 'tent'],
  ] as const)
    assert.equal(correct(typed, candidates)[0]?.word, meant, typed)
})

test('words that are too far, too short or numbers are not corrected', () => {
  assert.deepEqual(correct('холодильник', candidates), [])
  assert.deepEqual(correct('мя', candidates), [])
  assert.deepEqual(correct('m10', candidates), [])
  assert.deepEqual(correct('боти', [{ word: 'бинти', frequency: 9 }]), [], 'two edits of four')
})

test('a name that the shop does not have is not taken for a slip of another word', () => {
  const isMeant = (typed: string, word: string): boolean =>
    correct(typed, [{ word, frequency: 50 }]).some((each) => isSurelyMeant(typed, each))
  for (const [typed, other] of [
    ['nike', 'bike'],
    ['puma', 'pump'],
    ['reebok', 'ranok'],
    ['чешки', 'мешки'],
    ['балетки', 'палатки'],
  ] as const)
    assert.equal(isMeant(typed, other), false, typed)
  for (const [typed, meant] of [
    ['tnet', 'tent'],
    ['кдеи', 'кеди'],
    ['уртка', 'куртка'],
    ['рюгзак', 'рюкзак'],
    ['шалом', 'шолом'],
    ['фелосипед', 'велосипед'],
  ] as const)
    assert.equal(isMeant(typed, meant), true, typed)
})

test('alike in distance, the commoner word comes first', () => {
  const [first] = correct('кіт', [
    { word: 'кит', frequency: 1 },
    { word: 'кет', frequency: 500 },
  ])
  assert.equal(first?.word, 'кит', 'a likely slip is nearer')
  const [common] = correct('пат', [
    { word: 'лат', frequency: 1 },
    { word: 'рат', frequency: 900 },
  ])
  assert.equal(common?.word, 'рат')
})

test('the distance is that of the definition: symmetric, zero for the same, bounded by its bound', () => {
  assert.equal(distance('abc', 'abc', 2), 0)
  assert.equal(distance('ca', 'ac', 2), 0.8)
  assert.equal(distance('теніс', 'тенніс', 2), 0.5)
  assert.ok(distance('abcdef', 'uvwxyz', 2) > 2)
  const word = fc.string({ unit: fc.constantFrom('а', 'б', 'в', 'и', 'і'), maxLength: 9 })
  fc.assert(
    fc.property(word, word, (a, b) => {
      const all = plainly(a, b)
      assert.equal(all, plainly(b, a))
      const bounded = distance(a, b, 2)
      if (all <= 2) assert.equal(bounded, all)
      else assert.ok(bounded > 2)
    }),
  )
})

test('monsters are compared within a bounded time', () => {
  const long = 'а'.repeat(100_000)
  const many = Array.from({ length: 10_000 }, () => ({ word: 'аб'.repeat(50), frequency: 1 }))
  const since = performance.now()
  correct(long, many)
  assert.ok(performance.now() - since < 250)
})

test('trigrams are those of pg_trgm', () => {
  assert.deepEqual(trigrams('cat'), ['  c', ' ca', 'cat', 'at '])
  assert.ok(trigrams('а'.repeat(1000)).length < 70)
})
