import type { Instant } from '#platform/clock'

import type { Suggestion } from '../contract.ts'
import { correct, trigrams } from '../words/correct.ts'
import type { Texts } from './entry.ts'
import { find, type Hit } from './find.ts'
import type { Word } from './lexicon.ts'
import type { ShopIndex } from './shop-index.ts'
import { understand, type SynonymTerms } from './understand.ts'

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
export function suggest(index: ShopIndex, ask: SuggestAsk): Suggested {
  const typed = foldedWords(ask.text)
  const last = typed.at(-1)
  if (last === undefined) return { words: [], places: [], products: [] }
  const { attempts } = understand(
    index,
    ask.text.slice(-LOOKED_AT),
    [ask.language, ...ask.languages],
    ask.synonyms,
  )
  const common = { filters: [], sort: 'relevance', now: ask.now, isBare: true } as const
  let products: readonly Hit[] = []
  let instead: string | undefined
  for (const attempt of attempts) {
    const found = find(index, { ...common, words: attempt.words, limit: ask.limit })
    if (found.total === 0 || found.missing > 0) continue
    products = found.hits
    instead = attempt.instead
    break
  }
  const read = instead === undefined ? typed : foldedWords(instead)
  const ending = read.at(-1) ?? last
  const beginning = read.slice(0, -1)
  const completions = completionsOf(index, ending, ask)
  return {
    words: completions.map(({ word }) => ({
      kind: 'word',
      text: [...beginning, word].join(' '),
      slug: null,
      productId: null,
      picture: null,
    })),
    places: placesOf(index, [...new Set([last, ending])], ask),
    products,
  }
}

/** Words that begin so; when none does, words that are most like it. */
function completionsOf(
  index: ShopIndex,
  ending: string,
  { language, limit }: SuggestAsk,
): readonly Word[] {
  const found = index.lexicon.beginningWith(ending, language, limit)
  if (found.length > 0 || ending.length < 3) return found
  return correct(ending, index.lexicon.like(trigrams(ending))).slice(0, limit)
}

/** Categories and brands of which a word begins so, those with most products first. */
function placesOf(
  { values }: ShopIndex,
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

/** Words in lower case, as the lexicon has them. */
function foldedWords(text: string): string[] {
  return text
    .slice(-LOOKED_AT)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll('ґ', 'г')
    .replace(/['’ʼ`]/g, '’')
    .split(/[^\p{L}\p{N}’]+/u)
    .filter((word) => word !== '')
}
