import { isCyrillic } from './alphabet.ts'
import { stemEnglish } from './stem-en.ts'
import { queryStems } from './stems.ts'
import type { RawToken } from './tokens.ts'
import { inCyrillic, inLatin } from './transliterate.ts'
import type { Alternative, Language, Lexicon } from './types.ts'
import { measureTerm } from './units.ts'
import { alsoCalled } from './vocabulary.ts'

/** Alternatives of one word, the typed one included. */
export const MOST_ALTERNATIVES = 24

const OTHER_STEM = 0.9
const DERIVED = 0.55
const BARE_NUMBER = 0.6
const TRANSLITERATED = 0.9

/** Endings of adjectives made of nouns: футбол – футбольний, біг – біговий, боксер – боксерський. */
const ADJECTIVE_STEMS = ['н', 'ов', 'ев', 'ск', 'евн', 'ян']

/** The terms under which a word itself may stand in the index, without looking whether it does. */
export function ownTerms({ word, script, unit }: RawToken, language: Language): readonly string[] {
  if (script === 'number')
    return unit === undefined ? [measureTerm(word)] : [measureTerm(word, unit), measureTerm(word)]
  return isCyrillic(word) ? queryStems(word, language) : [stemEnglish(word)]
}

/** Everything the index may have for a word as it is typed, pruned to what the shop has. */
export function alternativesOf(
  token: RawToken,
  language: Language,
  lexicon: Lexicon,
): Alternative[] {
  const terms = ownTerms(token, language)
  const own = terms.map((term, at): Alternative => {
    const lesser = token.script === 'number' ? BARE_NUMBER : OTHER_STEM
    return { term, weight: at === 0 ? 1 : lesser, why: at === 0 ? 'typed' : 'other-language-stem' }
  })
  if (token.script === 'number') return inShop(own, lexicon)
  const also = terms.flatMap((term) => alsoCalled([term]))
  const derived = token.script === 'cyrillic' ? terms.flatMap(derivedOf) : []
  return inShop([...own, ...also, ...derived], lexicon)
}

/** The same for a word in the other alphabet: krosivky, вітрохін. */
export function transliterationsOf(
  token: RawToken,
  language: Language,
  lexicon: Lexicon,
): Alternative[] {
  if (token.script === 'number' || token.word.length < 2) return []
  const words = token.script === 'latin' ? inCyrillic(token.word) : inLatin(token.word)
  const script = token.script === 'latin' ? 'cyrillic' : 'latin'
  return inShop(
    words
      .flatMap((word) => alternativesOf({ ...token, word, script }, language, lexicon))
      .map((each) => ({
        ...each,
        weight: each.weight * TRANSLITERATED,
        why: each.why === 'typed' ? 'transliteration' : each.why,
      })),
    lexicon,
  )
}

function derivedOf(stem: string): Alternative[] {
  const nouns = ADJECTIVE_STEMS.filter(
    (ending) => stem.endsWith(ending) && stem.length - ending.length >= 3,
  ).map((ending) => stem.slice(0, -ending.length))
  const adjectives = stem.length >= 3 ? ADJECTIVE_STEMS.map((ending) => stem + ending) : []
  return [...nouns, ...adjectives].map((term) => ({ term, weight: DERIVED, why: 'derived' }))
}

/** Those whose every term is in the shop, each once at its best weight, best first. */
export function inShop(alternatives: readonly Alternative[], lexicon: Lexicon): Alternative[] {
  const best = new Map<string, Alternative>()
  for (const each of alternatives) {
    const { term, also } = each
    const key = also === undefined ? term : [term, ...also].join(' ')
    if ((best.get(key)?.weight ?? 0) >= each.weight) continue
    const isThere = (one: string): boolean => lexicon.frequency(one) > 0
    if (isThere(term) && (also === undefined || also.every(isThere))) best.set(key, each)
  }
  return [...best.values()].toSorted((a, b) => b.weight - a.weight).slice(0, MOST_ALTERNATIVES)
}
