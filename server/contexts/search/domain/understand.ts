import { correct, isSurelyMeant, trigrams } from '../words/correct.ts'
import { indexTerms } from '../words/index-terms.ts'
import { readQuery, type Asking } from '../words/read-query.ts'
import { inCyrillic } from '../words/transliterate.ts'
import type { Language, Reading, Token } from '../words/types.ts'
import { languageOfText } from './make-entry.ts'
import type { Word } from './lexicon.ts'
import type { Alternative, Postings, Sought } from './postings.ts'

/** What a shop's people also call things, by the term of a word: other terms that may stand for it. */
export type SynonymTerms = ReadonlyMap<string, readonly Alternative[]>

/** One way to understand a query, to be tried if those before it find nothing. */
export interface Attempt {
  readonly words: readonly Sought[]
  /** Best documents of this attempt score so much less. */
  readonly penalty: number
  /** What was sought instead of what was typed, to be shown; undefined when it is that. */
  readonly instead: string | undefined
  readonly why: Reading['why'] | 'correction'
}

/** The words of a shop, as far as understanding a query needs them; a `ShopIndex` has them. */
export interface ShopWords {
  readonly postings: Pick<Postings, 'count' | 'withPrefix'>
  readonly lexicon: { like(trigrams: readonly string[]): readonly Word[] }
}

export interface Understood {
  /** Best first; none when there is nothing to look for. */
  readonly attempts: readonly Attempt[]
  /** The query was too long to be read whole. */
  readonly isCut: boolean
}

/** A query of more words is cut: each costs time, and no product has so many. */
const MOST_WORDS = 24

/** Words that may be meant by one that the shop does not have. */
const CORRECTIONS = 4

/** What a corrected word counts against one that was typed. */
const CORRECTED = 0.8

/** The ways to understand a query in the words of this shop (SRC-02, SRC-04, SRC-05). */
export function understand(
  index: ShopWords,
  text: string,
  languages: readonly string[],
  synonyms: SynonymTerms,
): Understood {
  const spoken = [...new Set(languages.map(languageOfText))]
  // A word that has synonyms is a word of the shop, though no product has it.
  const frequency = (term: string): number =>
    Math.max(index.postings.count(term), synonyms.has(term) ? 1 : 0)
  const lexicon = { frequency }
  const { readings: read, isCut } = readQuery(text, { languages: spoken, lexicon })
  const readings = read.map((reading) => withoutChance(index, reading, spoken, text.toLowerCase()))
  const attempts: Attempt[] = []
  for (const reading of readings) {
    const tokens = reading.tokens.slice(0, MOST_WORDS)
    if (tokens.length === 0 || !saysSomething(index, tokens)) continue
    attempts.push({
      words: tokens.map(({ alternatives }) => widened(alternatives, synonyms)),
      penalty: reading.penalty,
      instead: reading.why === 'typed' ? undefined : reading.text,
      why: reading.why,
    })
  }
  const corrected = readings.flatMap(
    (reading) => correctedAttempt(index, reading, { languages: spoken, lexicon }, synonyms) ?? [],
  )
  attempts.push(...corrected.toSorted((a, b) => b.likeness - a.likeness))
  return {
    attempts,
    isCut: isCut || readings.some(({ tokens }) => tokens.length > MOST_WORDS),
  }
}

function widened(alternatives: Sought, synonyms: SynonymTerms): Sought {
  if (synonyms.size === 0) return alternatives
  const more = alternatives.flatMap(({ term, weight, isPrefix, also }) =>
    isPrefix === true || also !== undefined
      ? []
      : (synonyms.get(term) ?? []).map((each) => ({ ...each, weight: each.weight * weight })),
  )
  return more.length === 0 ? alternatives : [...alternatives, ...more.slice(0, 40)]
}

/** Words of so few letters have in the other alphabet a stem that many a text happens to have. */
const SHORT = 5

const BY_LETTERS: readonly string[] = ['transliteration', 'other-language-stem', 'derived']

/**
 * A reading without what a short word of the other alphabet hits by chance: nike has the stem of
 * проникає, which stands in some description. What a product is called or is about supports it, and so
 * does what it is also called.
 */
function withoutChance(
  index: ShopWords,
  reading: Reading,
  languages: readonly Language[],
  typed: string,
): Reading {
  if (reading.why !== 'transliteration' && reading.why !== 'mixed') return reading
  const tokens = reading.tokens.map((token): Token => {
    const { surface, isKnown, alternatives } = token
    if (!isKnown || surface.length > SHORT || !/^[a-z]+$/.test(surface)) return token
    if (!alternatives.every(({ why }) => BY_LETTERS.includes(why))) return token
    const terms = new Set(alternatives.map(({ term }) => term))
    const isSupported = inCyrillic(surface).some((word) =>
      index.lexicon
        .like(trigrams(word))
        .some((each) =>
          languages.some((language) =>
            indexTerms(each.word, language).some(({ term }) => terms.has(term)),
          ),
        ),
    )
    const asTyped = { term: surface, weight: 1, why: 'typed' } as const
    return isSupported ? token : { surface, isKnown: false, alternatives: [asTyped] }
  })
  const isStillOther = tokens.some(({ alternatives }) =>
    alternatives.some(({ why }) => BY_LETTERS[0] === why),
  )
  const isAsTyped = !isStillOther && tokens.every(({ surface }) => typed.includes(surface))
  return { ...reading, tokens, ...(isAsTyped ? { why: 'typed' } : {}) }
}

/** A number alone says nothing of what is sought with it: of “айфон 15” nothing is found by 15. */
function saysSomething(index: ShopWords, tokens: readonly Token[]): boolean {
  const words = tokens.filter(({ surface }) => !/^\d/.test(surface))
  const begins = ({ term, isPrefix }: Alternative): boolean =>
    isPrefix === true && index.postings.withPrefix(term, 1).length > 0
  return (
    words.length === 0 ||
    words.some(({ isKnown, alternatives }) => isKnown || alternatives.some(begins))
  )
}

/** The query with each word that the shop does not have replaced by what it has that is most like it. */
function correctedAttempt(
  index: ShopWords,
  { tokens, penalty }: Reading,
  asking: Asking,
  synonyms: SynonymTerms,
): (Attempt & { readonly likeness: number }) | undefined {
  const { languages } = asking
  let likeness = 1
  const read = tokens.slice(0, MOST_WORDS).map((token) => {
    const kept = { words: widened(token.alternatives, synonyms), shown: token.surface }
    if (token.isKnown) return kept
    const found = likely(index, token, languages)
    const [best] = found
    if (best === undefined) return kept
    likeness = Math.min(likeness, best.score)
    const words = found.flatMap(({ word, score }) =>
      languages.flatMap((language) =>
        indexTerms(word, language).map(({ term }) => ({ term, weight: score * CORRECTED })),
      ),
    )
    return { words: [...token.alternatives, ...words], shown: best.word }
  })
  if (likeness === 1) return undefined
  const instead = read.map(({ shown }) => shown).join(' ')
  // What the likeliest words are also called, alone and as phrases.
  const again = readQuery(instead, asking).readings[0]?.tokens ?? []
  const called = again.length === read.length ? again : []
  return {
    words: read.map(({ words }, at) => [
      ...words,
      ...(called[at]?.alternatives ?? []).map((each) => ({
        ...each,
        weight: each.weight * CORRECTED * likeness,
      })),
    ]),
    penalty: penalty + 0.2,
    instead,
    why: 'correction',
    likeness,
  }
}

function likely(
  index: ShopWords,
  { surface }: Token,
  languages: readonly Language[],
): readonly { readonly word: string; readonly score: number }[] {
  const candidates = index.lexicon.like(trigrams(surface))
  return correct(surface, candidates)
    .filter((each) => isSurelyMeant(surface, each))
    .filter(({ word }) => languages.some((language) => indexTerms(word, language).length > 0))
    .slice(0, CORRECTIONS)
}
