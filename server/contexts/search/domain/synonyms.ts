import type { Synonym } from '../contract.ts'
import { indexTerms } from '../words/index-terms.ts'
import type { Language } from '../words/types.ts'
import type { Alternative } from './postings.ts'
import type { SynonymTerms } from './understand.ts'

/** What a synonym counts against the word that was typed. */
const WEIGHT = 0.75

const LANGUAGES: readonly Language[] = ['uk', 'ru', 'en']

/** A shop's synonyms as terms of the index, in every language a word may be read in. */
export function synonymTerms(synonyms: readonly Synonym[]): SynonymTerms {
  const terms = new Map<string, Alternative[]>()
  const say = (word: string, others: readonly string[]): void => {
    const alternatives = others.filter((other) => other !== word).flatMap(alternativesOf)
    for (const [term] of readingsOf(word)) {
      if (term !== undefined) terms.set(term, [...(terms.get(term) ?? []), ...alternatives])
    }
  }
  for (const { words, also, isOneWay } of synonyms) {
    for (const word of words) say(word, isOneWay ? also : [...words, ...also])
    if (isOneWay) continue
    for (const word of also) if (isSingleWord(word)) say(word, [...words, ...also])
  }
  return terms
}

/** Only a single word can be sought for another; a phrase can only be found instead of one. */
export function isSingleWord(text: string): boolean {
  return readingsOf(text).every((terms) => terms.length === 1) && readingsOf(text).length > 0
}

/** How each language reads a text: its terms, by word, the same reading once. */
function readingsOf(text: string): string[][] {
  const seen = new Set<string>()
  return LANGUAGES.flatMap((language) => {
    const byPosition = new Map<number, string>()
    for (const { term, position } of indexTerms(text, language)) {
      if (!byPosition.has(position)) byPosition.set(position, term)
    }
    const terms = [...byPosition.values()]
    const key = terms.join(' ')
    if (key === '' || seen.has(key)) return []
    seen.add(key)
    return [terms]
  })
}

function alternativesOf(text: string): Alternative[] {
  return readingsOf(text).flatMap(([term, ...also]) => {
    if (term === undefined) return []
    return [{ term, weight: WEIGHT, ...(also.length === 0 ? {} : { also }) }]
  })
}
