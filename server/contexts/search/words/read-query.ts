import { commonAlphabet } from './alphabet.ts'
import {
  alternativesOf,
  inShop,
  MOST_ALTERNATIVES,
  ownTerms,
  transliterationsOf,
} from './alternatives.ts'
import { looksTyped } from './looks-typed.ts'
import { typedInCyrillic, typedInLatin } from './layouts.ts'
import { isCounting, isStopWord } from './stems.ts'
import { QUERY_CHARACTERS, QUERY_WORDS, tokensOf, type RawToken } from './tokens.ts'
import type { Alternative, Language, Lexicon, QueryReadings, Reading, Token } from './types.ts'
import { alsoCalled, PHRASE_WORDS } from './vocabulary.ts'

const PREFIX = 0.6
const JOINED = 0.9
/** What a reading loses that is not what was typed. */
const OTHER_READING = 0.1

export interface Asking {
  /** Of the shop, the asker’s own first. */
  readonly languages: readonly Language[]
  readonly lexicon: Lexicon
}

type Source = 'typed' | 'layout' | 'transliteration'

/** A run of signs without a space, read in one way. */
interface Chunk {
  readonly words: readonly Word[]
  readonly source: Source
}

interface Word {
  readonly raw: RawToken
  readonly alternatives: readonly Alternative[]
}

/**
 * What a query may mean in the words of a shop: each word by its stem in either Cyrillic language,
 * by what it is also called, and, where the shop does not have it, as typed in the wrong layout or in
 * the other alphabet (SRC-02, SRC-04, SRC-05). Never refuses: of too long a query the first 64 words
 * of the first 256 characters are read, and `isCut` says so.
 */
export function readQuery(text: string, asking: Asking): QueryReadings {
  const tokens = tokensOf(text, QUERY_CHARACTERS)
  const isCut = text.length > QUERY_CHARACTERS || tokens.length > QUERY_WORDS
  const pieces = text
    .slice(0, QUERY_CHARACTERS)
    .split(/\s+/u)
    .filter((piece) => piece !== '')
  const whole = joinedUnits(pieces)
  const typed = whole.map((piece) => chunkOf(piece, 'typed', asking))
  const best = typed.every(isKnownChunk) ? typed : bestChunks(whole, typed, asking)
  const readings: Reading[] = []
  if (best.some(({ source }) => source !== 'typed')) readings.push(readingOf(best, asking))
  if (readings.length === 0 || !isBetter(best, typed)) {
    const asTyped = readingOf(typed, asking)
    if (readings.length === 0) readings.unshift(asTyped)
    else readings.push(asTyped)
  }
  return { readings, isCut }
}

/** Every word of one reading is known and not of the other: the other need not be tried. */
function isBetter(best: readonly Chunk[], typed: readonly Chunk[]): boolean {
  return best.every(isKnownChunk) && !typed.every(isKnownChunk)
}

function isKnownChunk({ words }: Chunk): boolean {
  return words.every(({ raw, alternatives }) => alternatives.length > 0 || isStopWord(raw.word))
}

function bestChunks(
  pieces: readonly string[],
  typed: readonly Chunk[],
  asking: Asking,
): readonly Chunk[] {
  const best = pieces.map((piece, at) => bestOf(piece, typed[at] as Chunk, asking))
  // Who typed one word in the wrong layout typed the others so, known or not.
  if (!best.some(({ source }) => source === 'layout')) return best
  return best.map((chunk, at) => {
    if (chunk.source !== 'typed' || isKnownChunk(chunk)) return chunk
    return otherLayouts(pieces[at] ?? '', asking)[0] ?? chunk
  })
}

/** A number and its unit are one piece whether or not there is a space between. */
function joinedUnits(pieces: readonly string[]): readonly string[] {
  const joined: string[] = []
  for (const piece of pieces) {
    const before = joined.at(-1)
    const isPair =
      before !== undefined &&
      /\d$/.test(before) &&
      tokensOf(`${before} ${piece}`).length === tokensOf(before).length
    if (isPair) joined[joined.length - 1] = `${before} ${piece}`
    else joined.push(piece)
  }
  return joined
}

function chunkOf(piece: string, source: Source, { languages, lexicon }: Asking): Chunk {
  const [language = 'uk'] = languages
  const tokens = tokensOf(piece, QUERY_CHARACTERS)
  const code = tokens.map(({ word }) => word).join('')
  const words = tokens.map((raw) => ({ raw, alternatives: alternativesOf(raw, language, lexicon) }))
  const [first] = tokens
  // A code that is typed in one piece (vthskif40) is one word of the index.
  if (first !== undefined && tokens.length > 1 && lexicon.frequency(code) > 0)
    if (words.some(({ alternatives }) => alternatives.length === 0))
      return {
        source,
        words: [
          {
            raw: { ...first, word: code, script: 'latin' },
            alternatives: [{ term: code, weight: 1, why: 'joined' }],
          },
        ],
      }
  return { words, source }
}

function bestOf(piece: string, typed: Chunk, asking: Asking): Chunk {
  if (typed.words.length > 0 && isKnownChunk(typed)) return typed
  if (typed.words.length > 0 && typed.words.every(({ raw }) => raw.script === 'number'))
    return typed
  const others = otherLayouts(piece, asking)
  const layout = others.find((chunk) => chunk.words.length > 0 && isKnownChunk(chunk))
  if (layout !== undefined) return layout
  const transliterated = inOtherAlphabet(typed, asking)
  if (transliterated !== undefined) return transliterated
  const [likely] = others
  return likely !== undefined && !looksTyped(piece) && looksTyped(surfaceOf(likely))
    ? likely
    : typed
}

/** The readings of the same keys in other layouts, the asker’s own language first. */
function otherLayouts(piece: string, asking: Asking): readonly Chunk[] {
  const isLatin = /[a-z]/i.test(piece)
  if (!isLatin && !/[а-яіїєґ]/i.test(piece)) return []
  const texts = isLatin
    ? (asking.languages[0] === 'ru' ? (['ru', 'uk'] as const) : (['uk', 'ru'] as const)).map(
        (layout) => typedInCyrillic(piece, layout),
      )
    : [typedInLatin(piece)]
  return texts.map((text) => chunkOf(text, 'layout', asking))
}

function inOtherAlphabet(typed: Chunk, { languages, lexicon }: Asking): Chunk | undefined {
  const [language = 'uk'] = languages
  let isOther = false
  const words = typed.words.map((word): Word => {
    if (word.alternatives.length > 0) return word
    const alternatives = transliterationsOf(word.raw, language, lexicon)
    if (alternatives.length === 0) return word
    isOther = true
    return { raw: word.raw, alternatives }
  })
  return isOther ? { words, source: 'transliteration' } : undefined
}

function readingOf(chunks: readonly Chunk[], { languages, lexicon }: Asking): Reading {
  const [language = 'uk'] = languages
  const all = chunks.flatMap(({ words }) => words).slice(0, QUERY_WORDS)
  const words = withoutEmptyWords(all)
  const phrases = phrasesIn(words, language, lexicon)
  const tokens = words.map(({ raw, alternatives }, at): Token => {
    const known = inShop([...alternatives, ...(phrases[at] ?? [])], lexicon)
    if (known.length > 0) return { surface: surface(raw), isKnown: true, alternatives: known }
    return {
      surface: surface(raw),
      isKnown: false,
      alternatives: unknownOf(raw, language, at === words.length - 1),
    }
  })
  const sources = new Set(chunks.map(({ source }) => source))
  const [only = 'typed'] = sources
  return {
    tokens,
    why: sources.size > 1 ? 'mixed' : only,
    penalty: sources.size === 1 && sources.has('typed') ? 0 : OTHER_READING,
    text: all.map(({ raw }) => surface(raw)).join(' '),
  }
}

/** The term itself, so that nothing is found rather than too much; the last word may go on. */
function unknownOf(raw: RawToken, language: Language, isLast: boolean): readonly Alternative[] {
  const terms = ownTerms(raw, language)
  const typed = terms.map((term): Alternative => ({ term, weight: 1, why: 'typed' }))
  if (!isLast || raw.script === 'number' || raw.word.length < 3) return typed
  const begun = raw.script === 'cyrillic' ? [commonAlphabet(raw.word), ...terms] : [raw.word]
  const prefixes = [...new Set(begun)]
    .filter((term) => term.length >= 3)
    .map((term): Alternative => ({ term, isPrefix: true, weight: PREFIX, why: 'prefix' }))
  return [...typed, ...prefixes].slice(0, MOST_ALTERNATIVES)
}

/** Without stop words, and without what only says that a number is a size. */
function withoutEmptyWords(words: readonly Word[]): readonly Word[] {
  return words.filter(({ raw }, at) => {
    if (isStopWord(raw.word)) return false
    const beside = [words[at - 1], words[at + 1]]
    const isBesideNumber = beside.some((each) => each?.raw.script === 'number')
    return !isCounting(raw.word) || !isBesideNumber
  })
}

/**
 * What phrases of the query are also called, for each of their words: боксерська груша is found by
 * both words or by мішок in place of either. Also two words that the shop writes as one.
 */
function phrasesIn(
  words: readonly Word[],
  language: Language,
  lexicon: Lexicon,
): readonly (readonly Alternative[])[] {
  const found: Alternative[][] = words.map(() => [])
  const terms = words.map(({ raw }) => ownTerms(raw, language).slice(0, 2))
  for (let from = 0; from < words.length - 1; from++) {
    for (let length = 2; length <= PHRASE_WORDS && from + length <= words.length; length++) {
      const phrase = terms.slice(from, from + length)
      const called = inShop([...keysOf(phrase).flatMap(alsoCalled), ...joinedOf(phrase)], lexicon)
      for (let at = from; at < from + length; at++) found[at]?.push(...called)
    }
  }
  return found
}

/** By the first stems of all words, and by the second ones: one language for the whole phrase. */
function keysOf(phrase: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const first = phrase.map(([term = '']) => term)
  const second = phrase.map(([term = '', other]) => other ?? term)
  return [first, second]
}

function joinedOf(phrase: readonly (readonly string[])[]): readonly Alternative[] {
  if (phrase.length !== 2) return []
  const whole = phrase.map(([term = '']) => term).join('')
  return [{ term: whole.slice(0, 64), weight: JOINED, why: 'joined' }]
}

function surface({ word, unit }: RawToken): string {
  return unit === undefined ? word : `${word} ${unit}`
}

function surfaceOf({ words }: Chunk): string {
  return words.map(({ raw }) => raw.word).join(' ')
}
