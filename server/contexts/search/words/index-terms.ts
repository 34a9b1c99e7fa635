import { indexStem, isStopWord } from './stems.ts'
import { tokensOf, type RawToken } from './tokens.ts'
import type { IndexedTerm, Language } from './types.ts'
import { measureTerm } from './units.ts'

/**
 * The terms of a text, for the index. A word gives its stem; words with a hyphen give their parts
 * and the whole (t-shirt: t, shirt, tshirt); a number gives itself, with its unit if it has one, and
 * its parts (2x10 кг: 2x10, 2x10kg, 10, 10kg). Stop words give nothing but count as a position.
 * Linear; of a text longer than 20,000 characters the beginning is read.
 */
export function indexTerms(text: string, language: Language): IndexedTerm[] {
  return termsOfTokens(tokensOf(text), language)
}

/** What is kept of a text for the index. */
export interface TextRead {
  readonly terms: readonly string[]
  /** As a person writes them, for the lexicon: for corrections and suggestions. */
  readonly words: readonly string[]
}

export function readText(text: string, language: Language): TextRead {
  const tokens = tokensOf(text)
  return {
    terms: termsOfTokens(tokens, language).map(({ term }) => term),
    words: tokens
      .filter(({ word, script }) => script !== 'number' && word.length > 1 && !isStopWord(word))
      .map(({ word }) => word),
  }
}

function termsOfTokens(tokens: readonly RawToken[], language: Language): IndexedTerm[] {
  const terms: IndexedTerm[] = []
  tokens.forEach((token, position) => {
    for (const term of termsOf(token, language)) terms.push({ term, position })
    const joined = joinedAt(tokens, position)
    if (joined !== undefined) terms.push({ term: joined, position })
  })
  return terms
}

/** The terms of a code: its parts and the whole, so that VTH-SKIF-40 and vthskif40 find it. */
export function skuTerms(sku: string): IndexedTerm[] {
  const tokens = tokensOf(sku, CODE_CHARACTERS)
  const whole = wholeOf(tokens)
  const parts = tokens.map((token, position) => ({ term: plainTerm(token), position }))
  return whole === '' || parts.length === 1
    ? parts
    : [...parts, { term: whole.slice(0, 64), position: 0 }]
}

/** Of a code; what stands beyond is not looked at. */
const CODE_CHARACTERS = 128

/** Letters and digits of a code, in lower case. */
function wholeOf(tokens: readonly RawToken[]): string {
  return tokens
    .map(({ word, unit }) => word + (unit ?? ''))
    .join('')
    .replaceAll('.', '')
}

export function termsOf(token: RawToken, language: Language): readonly string[] {
  if (token.script !== 'number') {
    if (isStopWord(token.word)) return []
    const stem = indexStem(token, language)
    return stem === '' ? [] : [stem]
  }
  return numbersIn(token.word).flatMap((number) =>
    token.unit === undefined
      ? [measureTerm(number)]
      : [measureTerm(number), measureTerm(number, token.unit)],
  )
}

/** Of a measure, itself and its parts. */
function numbersIn(word: string): readonly string[] {
  return word.includes('x') ? [...new Set([word, ...word.split('x')])] : [word]
}

function plainTerm({ word, unit }: RawToken): string {
  return measureTerm(word, unit)
}

/** The whole of a hyphenated word that begins at a position. */
function joinedAt(tokens: readonly RawToken[], at: number): string | undefined {
  const chunk = tokens[at]?.chunk
  if (tokens[at - 1]?.chunk === chunk || tokens[at + 1]?.chunk !== chunk) return undefined
  let end = at
  let letters = 0
  while (tokens[end]?.chunk === chunk && end - at < 8) {
    if (tokens[end]?.script !== 'number') letters++
    end++
  }
  const whole = tokens
    .slice(at, end)
    .map((each) => plainTerm(each))
    .join('')
  return letters > 0 && whole.length <= 64 ? whole : undefined
}
