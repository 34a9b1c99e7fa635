/**
 * What the analysis of words promises to the search engine (SRC-02, SRC-04, SRC-05). Everything in
 * this folder is pure and bounded: no clock, no database, a time that is linear in a bounded text.
 *
 * - `index-terms.ts`: `indexTerms(text, language)`, `readText(text, language)`, `skuTerms(sku)`
 * - `read-query.ts`: `readQuery(text, { languages, lexicon })`, `askedWords(text, languages)`
 * - `correct.ts`: `correct(word, candidates)`, `distance(a, b, most)`, `trigrams(word)`
 * - `highlight.ts`: `highlights(text, language, terms)`
 */
export type Language = 'uk' | 'ru' | 'en'

/**
 * A term of the index: a stem in one common alphabet for Ukrainian and Russian (і, ї, ы are и; є, э,
 * ё are е; no soft sign, no apostrophe, no doubled letter), an English stem, a number, a number
 * with its unit (`10kg`) or a code (`vthskif40`). Letters and digits only, at most 64 of them.
 */
export interface IndexedTerm {
  readonly term: string
  /** Words counted from 0; terms of one word (a stem, a number with and without its unit) share it. */
  readonly position: number
}

/** Why an alternative stands in for what was typed; what is told to a person (“corrected from”). */
export type Why =
  | 'typed'
  | 'other-language-stem'
  | 'layout'
  | 'transliteration'
  | 'derived'
  | 'synonym'
  | 'translation'
  | 'prefix'
  | 'joined'
  | 'correction'

export interface Alternative {
  readonly term: string
  /** Further terms that have to be there as well: the alternative is a phrase (спальний мішок). */
  readonly also?: readonly string[]
  /** Every term that begins so. Only the last word of a query, while it is typed. */
  readonly isPrefix?: true
  /** From 0 (never) to 1 (as good as typed). */
  readonly weight: number
  readonly why: Why
}

export interface Token {
  /** The word as it is shown: folded, but in its own letters; of the reading, not of what was typed. */
  readonly surface: string
  /** Whether the lexicon has it, by any alternative but a prefix. */
  readonly isKnown: boolean
  /** Best first, at most 24. One of them has to be there. */
  readonly alternatives: readonly Alternative[]
}

export interface Reading {
  /** At most 64; none when there is nothing to look for (an empty query, or only stop words). */
  readonly tokens: readonly Token[]
  /** From 0; what a hit of this reading loses against one of a reading without. */
  readonly penalty: number
  readonly why: 'typed' | 'layout' | 'transliteration' | 'phrase' | 'mixed'
  /** The query as it was understood, to be shown when `why` is not `typed`. */
  readonly text: string
}

export interface QueryReadings {
  /** Best first, one at least and at most four: look for the first, and on if it finds nothing. */
  readonly readings: readonly Reading[]
  /** The query was longer than 256 characters or 64 words; the rest was not looked at. */
  readonly isCut: boolean
}

/** The words a shop's texts have. Answers at once: what is in a database is fetched before. */
export interface Lexicon {
  /** How many products have the term (as `indexTerms` writes it); 0 when none has. */
  readonly frequency: (term: string) => number
}

/** A word of the lexicon that may be what was meant. */
export interface Candidate {
  /** As `readText` writes it. */
  readonly word: string
  readonly frequency: number
}

export interface Correction extends Candidate {
  /** Edits, weighed: a slip of a finger on the keyboard or of a doubled letter costs less than 1. */
  readonly distance: number
  /** From 0 to 1, best first in a list. */
  readonly score: number
}

/** Of a text in UTF-16 units, `to` exclusive. */
export interface Range {
  readonly from: number
  readonly to: number
}
