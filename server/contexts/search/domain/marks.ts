import type { TextRange } from '../contract.ts'
import { termsOf } from '../words/index-terms.ts'
import { tokensOf } from '../words/tokens.ts'
import type { Language } from '../words/types.ts'

/** A word of a name, and the terms it is found by. */
interface Mark extends TextRange {
  readonly terms: readonly string[]
}

/** What is marked in names. */
export interface Marked {
  readonly terms: ReadonlySet<string>
  readonly prefixes: readonly string[]
}

/** Names are shown again and again, and reading one costs as much as finding it. */
const KEPT = 20_000
const MOST_RANGES = 64

const read = new Map<string, readonly Mark[]>()

/** Where a name has one of the terms: the same as `highlights` of `words/` says, remembered by name. */
export function marksOf(
  text: string,
  language: Language,
  { terms, prefixes }: Marked,
): TextRange[] {
  const ranges: TextRange[] = []
  for (const { from, to, terms: own } of marksIn(text, language)) {
    if (ranges.length >= MOST_RANGES) break
    if (own.some((term) => terms.has(term) || prefixes.some((each) => term.startsWith(each)))) {
      ranges.push({ from, to })
    }
  }
  return ranges
}

function marksIn(text: string, language: Language): readonly Mark[] {
  const key = `${language} ${text}`
  const known = read.get(key)
  if (known !== undefined) return known
  const marks = tokensOf(text).map((token) => ({
    from: token.from,
    to: token.to,
    terms: termsOf(token, language),
  }))
  if (read.size >= KEPT) read.clear()
  read.set(key, marks)
  return marks
}
