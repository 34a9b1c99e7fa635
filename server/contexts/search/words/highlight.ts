import { termsOf } from './index-terms.ts'
import { tokensOf } from './tokens.ts'
import type { Language, Range } from './types.ts'

/** A text is marked at no more places. */
const MOST_RANGES = 64

/**
 * Where a text has one of the terms, to be shown: whole words, in order, apart from each other.
 * Positions of the text as it was given, not markup: whoever shows them escapes the text.
 */
export function highlights(
  text: string,
  language: Language,
  terms: ReadonlySet<string>,
  prefixes: readonly string[] = [],
): Range[] {
  const ranges: Range[] = []
  for (const token of tokensOf(text)) {
    if (ranges.length >= MOST_RANGES) break
    const isHit = termsOf(token, language).some(
      (term) => terms.has(term) || prefixes.some((prefix) => term.startsWith(prefix)),
    )
    if (isHit) ranges.push({ from: token.from, to: token.to })
  }
  return ranges
}
