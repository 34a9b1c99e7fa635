import type { Instant } from '#platform/clock'

import type { Suggestion } from '../contract.ts'
import { correct, isSurelyMeant, trigrams } from '../words/correct.ts'
import { indexTerms } from '../words/index-terms.ts'
import { mayHaveApostrophe, writtenAs } from '../words/written.ts'
import type { SearchShop } from './engine.ts'
import type { Texts } from './entry.ts'
import type { Hit } from './find.ts'
import type { Word } from './lexicon.ts'
import type { SynonymTerms } from './understand.ts'

/** Characters of what is being typed that are looked at; the end, because that is where it is typed. */
const LOOKED_AT = 100

export interface SuggestAsk {
  readonly text: string
  readonly language: string
  readonly languages: readonly string[]
  /** Of each kind. */
  readonly limit: number
  readonly now: Instant
  readonly synonyms: SynonymTerms
}

export interface Suggested {
  readonly words: readonly Suggestion[]
  readonly places: readonly Suggestion[]
  /** Whose stock is to be looked at before they are shown. */
  readonly products: readonly Hit[]
}

/** What may be meant by what has been typed so far (SRC-04): words, categories, brands, products. */
export async function suggest(shop: SearchShop, ask: SuggestAsk): Promise<Suggested> {
  const typed = foldedWords(ask.text)
  const last = typed.at(-1)
  if (last === undefined) return { words: [], places: [], products: [] }
  const { attempts } = await shop.understand(
    ask.text.slice(-LOOKED_AT),
    [ask.language, ...ask.languages],
    ask.synonyms,
  )
  const common = { filters: [], sort: 'relevance', now: ask.now, isBare: true } as const
  let products: readonly Hit[] = []
  let instead: string | undefined
  for (const attempt of attempts) {
    const found = await shop.find({ ...common, words: attempt.words, limit: ask.limit })
    if (found.total === 0 || found.missing > 0) continue
    products = found.hits
    instead = attempt.instead
    break
  }
  const read = instead === undefined ? typed : foldedWords(instead)
  const ending = read.at(-1) ?? last
  const beginning = wordsIn(instead ?? ask.text).slice(0, -1)
  const completions = (await completionsOf(shop, ending, ask)).map(({ word }) => word)
  const written = await writtenOf(shop, completions, ask.now)
  return {
    words: completions.map((word) => ({
      kind: 'word',
      text: [...beginning, written.get(word) ?? word].join(' '),
      slug: null,
      productId: null,
      picture: null,
    })),
    places: placesOf(shop, [...new Set([last, ending])], ask),
    products,
  }
}

/** Words that begin so; when none does, words that are most like it. */
async function completionsOf(
  shop: SearchShop,
  ending: string,
  { language, limit }: SuggestAsk,
): Promise<readonly Word[]> {
  const found = await shop.beginningWith(ending, language, limit)
  if (found.length > 0 || ending.length < 3) return found
  return correct(ending, await shop.like(trigrams(ending)))
    .filter((each) => isSurelyMeant(ending, each))
    .slice(0, limit)
}

/** Products of each word in whose names it is looked for how it is written. */
const LOOKED_THROUGH = 5
const MOST_LABELS = 500

/** How words are written that may have an apostrophe, which the lexicon does not keep. */
async function writtenOf(
  shop: SearchShop,
  completions: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, string>> {
  const unsure = completions.filter(mayHaveApostrophe)
  if (unsure.length === 0) return new Map()
  const common = {
    filters: [],
    sort: 'relevance',
    limit: LOOKED_THROUGH,
    now,
    isBare: true,
  } as const
  const found = await Promise.all(
    unsure.map(async (word) => {
      const meant = indexTerms(word, 'uk').map(({ term }) => ({ term, weight: 1 }))
      return shop.find({ ...common, words: [meant] })
    }),
  )
  const names = found.flatMap(({ hits }) => hits.flatMap(({ entry }) => Object.values(entry.name)))
  return writtenAs(unsure, [...labelsOf(shop.values), ...names])
}

/** What categories, brands and choices are called, as many as can be looked through for each key typed. */
function labelsOf(values: SearchShop['values']): string[] {
  const found: string[] = []
  for (const facet of values.facets()) {
    for (const number of facet.values) {
      if (found.length >= MOST_LABELS) return found
      found.push(...Object.values(values.at(number).label).filter(isApostrophed))
    }
  }
  return found
}

const isApostrophed = (label: string): boolean => /['’ʼ]/.test(label)

/** Categories and brands of which a word begins so, those with most products first. */
function placesOf(
  { values }: SearchShop,
  beginnings: readonly string[],
  { language, languages, limit }: SuggestAsk,
): Suggestion[] {
  return (['category', 'brand'] as const).flatMap((kind) => {
    const facet = values.facet(kind, kind)
    if (facet === undefined) return []
    const found: Suggestion[] = []
    for (const number of facet.values) {
      const { code, label } = values.at(number)
      const isMeant = wordsOf(label).some((word) =>
        beginnings.some((each) => word.startsWith(each)),
      )
      if (!isMeant) continue
      found.push({
        kind,
        text: textOf(label, [language, ...languages]),
        slug: code,
        productId: null,
        picture: null,
      })
      if (found.length >= limit) break
    }
    return found
  })
}

/** Of a label, whose object lives as long as nothing calls the place anew. */
const labelWords = new WeakMap<Texts, readonly string[]>()

function wordsOf(label: Texts): readonly string[] {
  const known = labelWords.get(label)
  if (known !== undefined) return known
  const words = Object.values(label).flatMap(foldedWords)
  labelWords.set(label, words)
  return words
}

function textOf(texts: Texts, languages: readonly string[]): string {
  for (const language of languages) {
    const text = texts[language]
    if (text !== undefined) return text
  }
  return Object.values(texts)[0] ?? ''
}

/** Words in lower case, as they are written. */
function wordsIn(text: string): string[] {
  return text
    .slice(-LOOKED_AT)
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}'’ʼ`]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
}

/** The same as the lexicon has them. */
function foldedWords(text: string): string[] {
  return wordsIn(text).map((word) =>
    word
      .replaceAll('ё', 'е')
      .replaceAll('ґ', 'г')
      .replace(/['’ʼ`]/g, ''),
  )
}
